-- What concerns the whole report: the worklist and the outline, as quickfix lists, and its repair.
local server = require('columnist.server')
local M = {}

-- The worklist: what is still merged, the most doubtful first.
function M.status()
  server.execute(0, 'columnist/status', vim.empty_dict(), function(status)
    local items = vim.tbl_map(function(work)
      local how = work.safe and 'beyond doubt' or ('about %.1f lines doubtful'):format(work.expectedWrong)
      local page = type(work.page) == 'string' and ('page %s, '):format(work.page) or ''
      return {
        filename = vim.uri_to_fname(work.uri),
        lnum = work.range.start.line + 1,
        end_lnum = work.range['end'].line + 1,
        text = ('%s%d columns, %s'):format(page, work.columns, how),
        type = work.safe and 'I' or 'W',
      }
    end, status.work)
    vim.fn.setqflist({}, ' ', { title = 'Columnist: ' .. status.summary, items = items })
    vim.notify('Columnist: ' .. status.summary)
    if #items > 0 then
      vim.cmd('botright copen')
    end
  end)
end

-- The headings of the whole report.
function M.outline()
  server.request(0, 'columnist/reportOutline', vim.empty_dict(), function(outline)
    local items = {}
    local function add(file, symbols, depth)
      for _, symbol in ipairs(symbols) do
        local start = symbol.selectionRange.start
        local text = ('  '):rep(depth) .. symbol.name
        table.insert(items, { filename = file, lnum = start.line + 1, col = start.character + 1, text = text })
        add(file, symbol.children or {}, depth + 1)
      end
    end
    for _, document in ipairs(outline.documents) do
      add(vim.uri_to_fname(document.uri), document.symbols, 0)
    end
    vim.fn.setqflist({}, ' ', { title = 'Columnist: outline of the report', items = items })
    vim.cmd('botright copen')
  end)
end

-- The differences that an edit would make, as a patch.
local function differences(edit, encoding)
  local out = {}
  for _, change in ipairs(edit.documentChanges or {}) do
    local uri = change.textDocument.uri
    local buffer = vim.uri_to_bufnr(uri)
    vim.fn.bufload(buffer)
    local before = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
    local scratch = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_lines(scratch, 0, -1, true, before)
    vim.lsp.util.apply_text_edits(change.edits, scratch, encoding)
    local after = vim.api.nvim_buf_get_lines(scratch, 0, -1, true)
    vim.api.nvim_buf_delete(scratch, { force = true })
    vim.list_extend(out, { '--- ' .. vim.uri_to_fname(uri), '+++ repaired' })
    local text = vim.diff(table.concat(before, '\n') .. '\n', table.concat(after, '\n') .. '\n')
    vim.list_extend(out, vim.split(vim.trim(text), '\n'))
  end
  return out
end

-- Repairs all documents: shows every change first, and asks. With `all` the doubtful blocks too, with `unasked` at once.
function M.repair(all, unasked)
  local argument = { preview = true, doubtful = all }
  server.execute(0, 'columnist/repair', argument, function(answer, client)
    local edit = type(answer) == 'table' and answer.edit
    if type(edit) ~= 'table' then
      return -- The server has said why.
    end
    if not edit.documentChanges then
      edit.documentChanges = {}
      for uri, edits in pairs(edit.changes or {}) do
        table.insert(edit.documentChanges, { textDocument = { uri = uri }, edits = edits })
      end
      edit.changes = nil
    end
    local encoding = client.offset_encoding
    if not unasked then
      vim.cmd('botright new')
      vim.bo.buftype, vim.bo.bufhidden, vim.bo.filetype = 'nofile', 'wipe', 'diff'
      vim.api.nvim_buf_set_lines(0, 0, -1, true, differences(edit, encoding))
      vim.cmd.redraw()
      local question = ('Repair %d blocks in %d documents?'):format(answer.blocks, answer.documents)
      local choice = vim.fn.confirm(question, '&Yes\n&No', 2)
      vim.cmd.bwipeout()
      if choice ~= 1 then
        return
      end
    end
    vim.lsp.util.apply_workspace_edit(edit, encoding)
  end)
end

return M
