-- The reading view: a window beside the page that shows it as it would read after the repair, a paragraph a line. It
-- follows the page as that changes and scrolls; <CR> leads back to the line.
local server = require('columnist.server')
local M = {}

-- So many lines around the visible ones are read.
local MARGIN = 200

-- What each view shows, by the buffer of its page: the view's buffer, and where each of its lines comes from.
local views = {}

local function window_of(buffer)
  local window = vim.fn.bufwinid(buffer)
  return window ~= -1 and window or nil
end

local function scroll(page)
  local view, window = views[page], window_of(page)
  local shown = view and window_of(view.buffer)
  if not (window and shown) then
    return
  end
  local top = vim.fn.line('w0', window) - 1
  for number, places in ipairs(view.places) do
    for _, place in ipairs(places) do
      if place.line >= top then
        vim.api.nvim_win_set_cursor(shown, { number, 0 })
        vim.api.nvim_win_call(shown, function()
          vim.cmd('normal! zt')
        end)
        return
      end
    end
  end
end

local function show(page, answer)
  local view = views[page]
  if not view or not answer or not vim.api.nvim_buf_is_valid(view.buffer) then
    return
  end
  local lines, places = {}, {}
  for _, paragraph in ipairs(answer.paragraphs) do
    local text, starts = '', {}
    for _, piece in ipairs(paragraph.pieces) do
      table.insert(starts, { column = #text, line = piece.range.start.line, doubtful = piece.doubtful })
      text = text .. piece.text:gsub('\n', ' ')
    end
    table.insert(lines, text)
    table.insert(places, vim.tbl_extend('force', starts, { heading = paragraph.kind == 'heading' }))
  end
  vim.bo[view.buffer].modifiable = true
  vim.api.nvim_buf_set_lines(view.buffer, 0, -1, true, lines)
  vim.bo[view.buffer].modifiable = false
  view.places = places
  vim.api.nvim_buf_clear_namespace(view.buffer, view.marks, 0, -1)
  for number, starts in ipairs(places) do
    for at, place in ipairs(starts) do
      local group = place.doubtful and 'ColumnistDoubtful' or starts.heading and 'Title' or nil
      if group then
        local stop = starts[at + 1] and starts[at + 1].column or #lines[number]
        vim.api.nvim_buf_set_extmark(view.buffer, view.marks, number - 1, place.column, { end_col = stop, hl_group = group })
      end
    end
  end
  scroll(page)
end

local function update(page)
  local window = window_of(page)
  if not window then
    return
  end
  local first, last = vim.fn.line('w0', window) - 1, vim.fn.line('w$', window)
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(page) },
    range = {
      start = { line = math.max(0, first - MARGIN), character = 0 },
      ['end'] = { line = last + MARGIN, character = 0 },
    },
  }
  server.request(page, 'columnist/readingOrder', params, function(answer)
    show(page, answer)
  end)
end

local function go_back(page)
  local view, window = views[page], window_of(page)
  local cursor = vim.api.nvim_win_get_cursor(0)
  local target
  for _, place in ipairs(view.places[cursor[1]] or {}) do
    if place.column <= cursor[2] then
      target = place.line
    end
  end
  if window and target then
    vim.api.nvim_set_current_win(window)
    vim.api.nvim_win_set_cursor(window, { target + 1, 0 })
  end
end

function M.open()
  local page, window = vim.api.nvim_get_current_buf(), vim.api.nvim_get_current_win()
  if not server.client(page) or views[page] then
    return
  end
  local buffer = vim.api.nvim_create_buf(false, true)
  views[page] = { buffer = buffer, places = {}, marks = vim.api.nvim_create_namespace('columnist.reading') }
  local view = vim.api.nvim_open_win(buffer, false, { split = 'right', win = window })
  vim.wo[view].wrap, vim.wo[view].linebreak, vim.wo[view].number = true, true, false
  vim.bo[buffer].bufhidden = 'wipe'
  vim.keymap.set('n', '<CR>', function()
    go_back(page)
  end, { buffer = buffer, desc = 'To the line in the page' })

  local group = vim.api.nvim_create_augroup('columnist.reading.' .. page, {})
  local waits = false
  vim.api.nvim_buf_attach(page, false, {
    on_lines = function()
      if not views[page] then
        return true -- no more, thank you
      end
      if not waits then
        waits = true
        -- Many lines may change at one stroke, and the server must have them before it is asked.
        vim.schedule(function()
          waits = false
          update(page)
        end)
      end
    end,
  })
  vim.api.nvim_create_autocmd('WinScrolled', {
    group = group,
    callback = function(event)
      if tonumber(event.match) == window_of(page) then
        update(page)
      end
    end,
  })
  vim.api.nvim_create_autocmd('BufWipeout', {
    group = group,
    buffer = buffer,
    callback = function()
      views[page] = nil
      vim.api.nvim_del_augroup_by_id(group)
    end,
  })
  update(page)
end

return M
