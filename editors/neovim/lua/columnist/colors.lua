-- The looks of the columns. The server says which cell is of which column, by semantic tokens; these are their colours.
-- All are defaults: a color scheme, or the user, may define the groups otherwise.
local M = {}

local TINTS = {
  dark = { '#20304f', '#4a3722', '#1f4030', '#3f2b45', '#383838' },
  light = { '#e3ebfa', '#f9ecda', '#def2e6', '#f3e4f6', '#ececec' },
}
local TYPES = { 'column1', 'column2', 'column3', 'column4', 'aside' }

function M.define()
  for number, type in ipairs(TYPES) do
    local name = 'Columnist' .. type:sub(1, 1):upper() .. type:sub(2)
    vim.api.nvim_set_hl(0, name, { bg = TINTS[vim.o.background][number], default = true })
    vim.api.nvim_set_hl(0, '@lsp.type.' .. type, { link = name, default = true })
  end
  -- A line, not a colour alone: underdashed where the terminal knows it, else underlined.
  vim.api.nvim_set_hl(0, 'ColumnistDoubtful', { underdashed = true, default = true })
  vim.api.nvim_set_hl(0, '@lsp.mod.doubtful', { link = 'ColumnistDoubtful', default = true })
end

return M
