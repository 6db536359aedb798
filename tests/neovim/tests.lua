-- What a user does in Neovim, with the plugin installed as its README says. Works in 0.10 and in newer ones. A case
-- that fails says so and the next one runs.
local report = vim.env.EXAMPLES .. '/report/'
local chapter = report .. '1-haven.txt'

local function wait(what, condition)
  if not vim.wait(45000, condition, 10) then
    error('waited in vain for ' .. what, 0)
  end
end

local function equal(actual, expected)
  if not vim.deep_equal(actual, expected) then
    error(('expected %s, got %s'):format(vim.inspect(expected), vim.inspect(actual)), 0)
  end
end

local function open(file)
  if vim.api.nvim_buf_get_name(0) ~= file then
    vim.cmd.edit(vim.fn.fnameescape(file))
  end
  wait('a server', function()
    return #vim.lsp.get_clients({ bufnr = 0, name = 'columnist' }) == 1
  end)
  return vim.api.nvim_get_current_buf()
end

-- Asks the server as the editor's own functions do, and gives the one answer.
local function ask(method, more)
  local params = vim.tbl_extend('force', { textDocument = vim.lsp.util.make_text_document_params(0) }, more or {})
  local answer = assert(vim.lsp.buf_request_sync(0, method, params, 45000), 'no answer to ' .. method)
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

-- The lines of the chapter's first page that were set in columns.
local FIRST, LAST = 4, 24

-- Opens the chapter as it is on the disk, with those lines said to be columns, whatever the model holds.
local function open_merged()
  local buffer = open(chapter)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, true, vim.fn.readfile(chapter))
  vim.cmd(('%d,%dColumnist forget'):format(FIRST, LAST))
  vim.cmd(('%d,%dColumnist columns 2'):format(FIRST, LAST))
  -- Commands are done one after the other: once this one is, those are too.
  ask('workspace/executeCommand', { command = 'columnist/status', arguments = {} })
  wait('the block', function()
    local blocks = finding('merged-columns')
    return #blocks == 1 and blocks[1].lnum == FIRST - 1
  end)
  vim.api.nvim_win_set_cursor(0, { FIRST, 0 })
  return buffer
end

-- The types of the tokens at a place.
local function tokens(line, column)
  return vim.tbl_map(function(token)
    return token.type
  end, vim.lsp.semantic_tokens.get_at_pos(0, line - 1, column) or {})
end

vim.o.hidden = true
vim.o.report = 9999 -- no words about lines gone or come

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
      open(report .. '4-los-eind.md')
      wait('the finding', function()
        return #finding('unresolved-reference') == 1
      end)
      local found = finding('unresolved-reference')[1]
      equal({ found.lnum, found.col, found.end_col }, { 2, 4, 15 })
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
    'the columns are tinted, and the gutter is drawn',
    function()
      open_merged()
      wait('the left tint', function()
        return vim.tbl_contains(tokens(FIRST + 1, 0), 'column1')
      end)
      equal(tokens(FIRST + 1, #lines()[FIRST + 1] - 1), { 'column2' })
      wait('gutters', function()
        return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 10
      end)
      local label = vim.lsp.inlay_hint.get({ bufnr = 0 })[1].inlay_hint.label
      assert(label == '│' or label == '┊?', vim.inspect(label))
      local tint = vim.api.nvim_get_hl(0, { name = 'ColumnistColumn1' })
      assert(tint.bg, 'the left column has no colour')
    end,
  },
  {
    'the repair is a code action, and one undo takes it back',
    function()
      open_merged()
      local before = lines()
      vim.lsp.buf.code_action({
        apply = true,
        filter = function(action)
          return action.title:find('in reading order') ~= nil
        end,
      })
      wait('the repair', function()
        return #lines() > #before
      end)
      vim.cmd.undo()
      equal(lines(), before)
    end,
  },
  {
    'a repaired block is merged back',
    function()
      open_merged()
      local before = lines()
      vim.cmd('Columnist repair')
      wait('the repair', function()
        return #lines() > #before
      end)
      vim.cmd('Columnist merge-back')
      wait('the merge', function()
        return vim.deep_equal(lines(), before)
      end)
    end,
  },
  {
    'a line stands in the column that is said, and a split moves',
    function()
      open_merged()
      vim.api.nvim_win_set_cursor(0, { FIRST + 1, 0 })
      vim.cmd('Columnist right')
      wait('the right tint', function()
        return vim.tbl_contains(tokens(FIRST + 1, 0), 'column2')
      end)
      vim.cmd('Columnist move-split 1')
      wait('the first word to stand left', function()
        return vim.tbl_contains(tokens(FIRST + 1, 0), 'column1')
      end)
    end,
  },
  {
    'the reading view shows the page in reading order, follows typing, and leads back',
    function()
      local page = open_merged()
      vim.cmd('Columnist read')
      local function view()
        local windows = vim.tbl_filter(function(window)
          return vim.api.nvim_win_get_buf(window) ~= page
        end, vim.api.nvim_list_wins())
        return windows[1] and vim.api.nvim_win_get_buf(windows[1]), windows[1]
      end
      local function text()
        return table.concat(vim.api.nvim_buf_get_lines(view(), 0, -1, true), '\n')
      end
      wait('the page', function()
        return view() and text():find('voorjaar werd afgerond', 1, true)
      end)
      local left, right = text():find('voorjaar werd afgerond', 1, true), text():find('Alleen bij de lozing', 1, true)
      assert(left < right, text())
      vim.api.nvim_feedkeys('ggOGoedemorgen', 'xt', false)
      wait('what was typed', function()
        return text():find('Goedemorgen', 1, true)
      end)
      local _, window = view()
      vim.api.nvim_set_current_win(window)
      vim.fn.search('Bij het derde raakte')
      vim.api.nvim_feedkeys(vim.keycode('<CR>'), 'xt', false)
      equal(vim.api.nvim_get_current_buf(), page)
      assert(cursor_line():find('Bij het derde raakte', 1, true), cursor_line())
      vim.api.nvim_win_close(window, true)
    end,
  },
  {
    'the worklist and the outline of the report are quickfix lists',
    function()
      open_merged()
      vim.cmd('Columnist status')
      wait('the worklist', function()
        return vim.fn.getqflist({ title = true }).title:find('still merged') ~= nil
      end)
      local of_chapter = vim.iter(vim.fn.getqflist()):filter(function(item)
        return vim.fs.basename(vim.api.nvim_buf_get_name(item.bufnr)) == vim.fs.basename(chapter)
      end)
      equal(
        of_chapter
          :map(function(item)
            return item.lnum
          end)
          :totable(),
        { FIRST }
      )
      vim.cmd.cclose()
      vim.cmd('Columnist outline')
      wait('the outline', function()
        return vim.fn.getqflist({ title = true }).title:find('outline') ~= nil
      end)
      assert(vim.iter(vim.fn.getqflist()):any(function(item)
        return item.text:find('2.3 De kosten', 1, true)
      end))
      vim.cmd.cclose()
    end,
  },
  {
    'from anywhere the next merged block is one command away',
    function()
      open_merged()
      vim.api.nvim_win_set_cursor(0, { 29, 0 })
      vim.cmd('Columnist next')
      equal(vim.api.nvim_win_get_cursor(0)[1], FIRST)
    end,
  },
  {
    'the whole report is repaired at once',
    function()
      open_merged()
      local before = #lines()
      vim.cmd('Columnist! repair-report now')
      wait('the repair', function()
        return #lines() > before
      end)
    end,
  },
  {
    'the health check finds the program, and the help its words',
    function()
      vim.cmd('checkhealth columnist')
      local found = table.concat(lines(), '\n')
      assert(found:find('columnist 0', 1, true) and not found:find('ERROR'), found)
      vim.cmd.bwipeout()
      local folder = vim.fn.tempname()
      vim.fn.mkdir(folder)
      vim.uv.fs_copyfile(vim.env.REPOSITORY .. '/editors/neovim/doc/columnist.txt', folder .. '/columnist.txt')
      vim.cmd.helptags(folder)
      local tags = table.concat(vim.fn.readfile(folder .. '/tags'), '\n')
      assert(tags:find(':Columnist', 1, true), tags)
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
  io.stdout:write('\n', ok and 'ok: ' or 'FAIL: ', case[1], ok and '' or ': ' .. message, '\n')
  failed = failed + (ok and 0 or 1)
end
vim.lsp.stop_client(vim.lsp.get_clients())
local gone = vim.wait(10000, function()
  return #vim.lsp.get_clients() == 0
end, 10)
io.stdout:write('\n', gone and 'ok: ' or 'FAIL: ', 'the server leaves when it is told to\n')
vim.cmd(failed == 0 and gone and 'qall!' or 'cquit')
