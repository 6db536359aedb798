-- :Columnist and its subcommands. Each gathers where the cursor is and has the server do the work.
local server = require('columnist.server')
local M = {}

-- Has the server do something at the cursor.
local function here(command, more)
  local client = server.client()
  if client then
    server.execute(0, command, vim.tbl_extend('error', server.here(client), more or {}))
  end
end

-- Says something of the lines of the command: of the line of the cursor, unless a range is given.
local function say(word, number)
  return function(command)
    local range = {
      start = { line = command.line1 - 1, character = 0 },
      ['end'] = { line = command.line2, character = 0 },
    }
    server.execute(0, 'columnist/say', { uri = vim.uri_from_bufnr(0), range = range, word = word, number = number })
  end
end

-- Goes to the next merged block, or the one before.
local function walk(step)
  local function is_block(diagnostic)
    return diagnostic.source == 'columnist' and diagnostic.code == 'merged-columns'
  end
  local blocks = vim.tbl_filter(is_block, vim.diagnostic.get(0))
  table.sort(blocks, function(a, b)
    return step * (a.lnum - b.lnum) < 0
  end)
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local next = blocks[1]
  for _, block in ipairs(blocks) do
    if step * (block.lnum - line) > 0 then
      next = block
      break
    end
  end
  if next then
    vim.cmd("normal! m'")
    vim.api.nvim_win_set_cursor(0, { next.lnum + 1, next.col })
  else
    vim.notify('No columns ran together in this document.')
  end
end

-- Explains the finding at the cursor; where there is none, what merged columns are.
local function explain()
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local code = 'merged-columns'
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local stops = diagnostic.end_lnum or diagnostic.lnum
    if diagnostic.source == 'columnist' and diagnostic.lnum <= line and line <= stops then
      code = diagnostic.code
    end
  end
  server.execute(0, 'columnist/explain', { code = code }, function(answer)
    local lines = vim.split(answer.explanation, '\n')
    vim.lsp.util.open_floating_preview(lines, 'markdown', { border = 'rounded', max_width = 80 })
  end)
end

local function columns(command)
  local number = tonumber(command.fargs[2])
  if number then
    say('columns', number)(command)
  else
    vim.notify(':Columnist columns wants a number: in how many were these lines set?', vim.log.levels.WARN)
  end
end

local function move_split(command)
  here('columnist/moveSplit', { by = tonumber(command.fargs[2]) or 1 })
end

local subcommands = {
  ['repair'] = function()
    here('columnist/repair')
  end,
  ['repair-document'] = function(command)
    server.execute(0, 'columnist/repair', { uri = vim.uri_from_bufnr(0), doubtful = command.bang })
  end,
  ['repair-report'] = function(command)
    require('columnist.report').repair(command.bang, command.fargs[2] == 'now')
  end,
  ['left'] = say('left'),
  ['right'] = say('right'),
  ['full-width'] = say('fullWidth'),
  ['columns'] = columns,
  ['forget'] = say('nothing'),
  ['move-split'] = move_split,
  ['merge-back'] = function()
    here('columnist/mergeBack')
  end,
  ['not-merged'] = function()
    here('columnist/notMerged')
  end,
  ['next'] = function()
    walk(1)
  end,
  ['previous'] = function()
    walk(-1)
  end,
  ['explain'] = explain,
  ['read'] = function()
    require('columnist.reading').open()
  end,
  ['status'] = function()
    require('columnist.report').status()
  end,
  ['outline'] = function()
    require('columnist.report').outline()
  end,
}

function M.run(command)
  local subcommand = subcommands[command.fargs[1]]
  if subcommand then
    subcommand(command)
  else
    vim.notify(('There is no :Columnist %s; see :help :Columnist'):format(command.fargs[1]), vim.log.levels.WARN)
  end
end

function M.complete(start)
  local names = vim.tbl_filter(function(name)
    return vim.startswith(name, start)
  end, vim.tbl_keys(subcommands))
  table.sort(names)
  return names
end

return M
