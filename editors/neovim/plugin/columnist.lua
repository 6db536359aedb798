-- Starts the language server for Markdown and plain text, and defines :ColumnistRepair.
-- Set vim.g.loaded_columnist before this file is read to have neither.
if vim.g.loaded_columnist then
  return
end
vim.g.loaded_columnist = true

-- Neovim 0.10 has no vim.lsp.enable: the same configuration is started by hand for each buffer.
local function start_by_hand(event)
  local file = assert(vim.api.nvim_get_runtime_file('lsp/columnist.lua', false)[1])
  local config = dofile(file)
  config.root_dir(event.buf, function(root)
    vim.lsp.start({
      name = 'columnist',
      cmd = config.cmd,
      root_dir = root,
      get_language_id = config.get_language_id,
      settings = config.settings,
    }, { bufnr = event.buf })
  end)
end

if vim.lsp.enable then
  vim.lsp.enable('columnist')
else
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('columnist', {}),
    pattern = { 'markdown', 'text' },
    callback = start_by_hand,
  })
end

vim.api.nvim_create_user_command('ColumnistRepair', function()
  vim.lsp.buf.code_action({ context = { only = { 'source.fixAll.columnist' }, diagnostics = {} }, apply = true })
end, { desc = 'Repair the merged columns of this document that are beyond doubt' })
