-- The configuration of the language server, in the form of Neovim 0.11 (`:help lsp-config`); plugin/columnist.lua
-- uses the same table for 0.10. What a finding or a repair is, the server decides.

---@type vim.lsp.Config
return {
  cmd = { 'columnist', 'lsp' },
  filetypes = { 'markdown', 'text' },
  get_language_id = function(_, filetype)
    return filetype == 'text' and 'plaintext' or filetype
  end,
  -- A page without a folder of its own is served too, so no marker is required. Buffers that show something else
  -- than a file (fugitive://, diffview://) get no server: nobody can repair those.
  root_dir = function(buffer, on_dir)
    if vim.bo[buffer].buftype ~= '' or vim.api.nvim_buf_get_name(buffer):match('^%a[%w+.-]+://') then
      return
    end
    on_dir(vim.fs.root(buffer, { 'columnist.toml', '.git' }))
  end,
  settings = { columnist = vim.empty_dict() },
  handlers = {
    -- The server asks for this when something else than an edit has changed what is to be shown. Neovim asks for hints
    -- anew; findings, which it also asks for itself, it cannot be told to.
    ['workspace/inlayHint/refresh'] = function(err, result, context, config)
      require('columnist.server').pull_findings(context.client_id)
      return vim.lsp.handlers['workspace/inlayHint/refresh'](err, result, context, config)
    end,
  },
}
