-- Starts the language server for Markdown and plain text, gives its columns colours, and defines :Columnist.
-- Set vim.g.loaded_columnist before this file is read to have none of it.
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
      handlers = config.handlers,
    }, { bufnr = event.buf })
  end)
end

local group = vim.api.nvim_create_augroup('columnist', {})
if vim.lsp.enable then
  vim.lsp.enable('columnist')
else
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = { 'markdown', 'text' },
    callback = start_by_hand,
  })
end

require('columnist.colors').define()
vim.api.nvim_create_autocmd('ColorScheme', {
  group = group,
  callback = function()
    require('columnist.colors').define()
  end,
})

-- The gutter is drawn by inlay hints, which Neovim shows only where it is told to.
vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'columnist' and vim.g.columnist_gutter ~= false then
      vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
    end
  end,
})

vim.api.nvim_create_user_command('Columnist', function(command)
  require('columnist').run(command)
end, {
  desc = 'What can be done with merged columns',
  nargs = '+',
  range = true,
  bang = true,
  complete = function(start)
    return require('columnist').complete(start)
  end,
})
