-- What a user does in Neovim, with the plugin installed as its README says. Works in 0.10 and in newer ones. A case
-- that fails says so and the next one runs.
local report = vim.env.EXAMPLES .. '/report/'
local chapter = report .. '1-haven.txt'

local function wait(what, condition)
  if not vim.wait(10000, condition, 10) then
    error('waited in vain for ' .. what, 0)
  end
end

local function equal(actual, expected)
  if not vim.deep_equal(actual, expected) then
    error(('expected %s, got %s'):format(vim.inspect(expected), vim.inspect(actual)), 0)
  end
end

local function open(file)
  vim.cmd.edit(vim.fn.fnameescape(file))
  wait('a server', function()
    return #vim.lsp.get_clients({ bufnr = 0, name = 'columnist' }) == 1
  end)
  return vim.api.nvim_get_current_buf()
end

-- Asks the server as the editor's own functions do, and gives the one answer.
local function ask(method, more)
  local params = vim.tbl_extend('force', { textDocument = vim.lsp.util.make_text_document_params(0) }, more or {})
  local answer = assert(vim.lsp.buf_request_sync(0, method, params, 10000), 'no answer to ' .. method)
  local _, first = next(answer)
  return assert(first.result, vim.inspect(first.err))
end

local function finding(code)
  return vim.tbl_filter(function(diagnostic)
    return diagnostic.code == code
  end, vim.diagnostic.get(0))
end

-- Puts the cursor on the first byte of a text in the buffer.
local function go_to(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    local column = line:find(text, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      return
    end
  end
  error('not in the buffer: ' .. text, 0)
end

local function cursor_line()
  return vim.api.nvim_get_current_line()
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, true)
end

local cases = {
  {
    'the server is attached to a text file and to a Markdown file',
    function()
      open(chapter)
      open(report .. '2-onderhoud.md')
    end,
  },
  {
    'a buffer that shows no file gets no server',
    function()
      vim.cmd.edit('fugitive:///somewhere/.git//0/a.md')
      vim.bo.filetype = 'markdown'
      equal(vim.wait(200, function()
        return #vim.lsp.get_clients({ bufnr = 0 }) > 0
      end), false)
    end,
  },
  {
    'a reference that leads nowhere is a diagnostic, where it stands',
    function()
      open(report .. '3-summary.md')
      wait('the finding', function()
        return #finding('unresolved-reference') == 1
      end)
      local found = finding('unresolved-reference')[1]
      local line = lines()[found.end_lnum + 1]
      equal(line:sub(found.end_col - 1, found.end_col), ' 7')
    end,
  },
  {
    'the outline holds the headings',
    function()
      open(report .. '2-onderhoud.md')
      local names = vim.tbl_map(function(symbol)
        return symbol.name
      end, ask('textDocument/documentSymbol'))
      assert(vim.iter(names):any(function(name)
        return name:find('^2 ')
      end), vim.inspect(names))
    end,
  },
  {
    'definition leads from a reference to the chapter in another file',
    function()
      open(chapter)
      go_to('hoofdstuk 2.3')
      vim.lsp.buf.definition()
      wait('the jump', function()
        return vim.api.nvim_buf_get_name(0):find('2%-onderhoud%.md$') ~= nil
      end)
      equal(cursor_line(), '## 2.3 De kosten')
    end,
  },
  {
    'a burst of edits ends in the text that the server knows',
    function()
      local buffer = open(report .. 'bijlage-a.txt')
      for _ = 1, 300 do
        vim.api.nvim_buf_set_text(buffer, 0, 0, 0, 0, { '😀', '' })
        vim.api.nvim_buf_set_text(buffer, 0, 0, 1, 0, { 'x' })
        vim.api.nvim_buf_set_text(buffer, 0, 0, 0, 1, {})
      end
      vim.api.nvim_buf_set_lines(buffer, 0, 0, true, { 'Hoofdstuk 9 Na de storm', '' })
      wait('the new heading', function()
        return vim.iter(ask('textDocument/documentSymbol')):any(function(symbol)
          return symbol.name:find('Na de storm') and symbol.range.start.line == 0
        end)
      end)
    end,
  },
}

local failed = 0
for _, case in ipairs(cases) do
  local ok, message = xpcall(case[2], function(message)
    return type(message) == 'string' and message or vim.inspect(message)
  end)
  io.stdout:write(ok and 'ok: ' or 'FAIL: ', case[1], ok and '' or ': ' .. message, '\n')
  failed = failed + (ok and 0 or 1)
end
vim.lsp.stop_client(vim.lsp.get_clients())
local gone = vim.wait(10000, function()
  return #vim.lsp.get_clients() == 0
end, 10)
io.stdout:write(gone and 'ok: ' or 'FAIL: ', 'the server leaves when it is told to\n')
vim.cmd(failed == 0 and gone and 'qall!' or 'cquit')
