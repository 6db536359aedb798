-- Asks the language server, in Neovim 0.10 and newer.
local M = {}

-- The server of a buffer, or nil with a word to the user.
function M.client(buffer)
  local client = vim.lsp.get_clients({ bufnr = buffer or 0, name = 'columnist' })[1]
  if not client then
    vim.notify('Columnist does not run for this buffer; see :checkhealth columnist', vim.log.levels.WARN)
  end
  return client
end

-- Asks for the findings of every buffer of a server, where Neovim asks for them at all.
function M.pull_findings(client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  local method = 'textDocument/diagnostic'
  if not client or not client.server_capabilities.diagnosticProvider then
    return
  end
  for buffer in pairs(client.attached_buffers) do
    local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
    if vim.fn.has('nvim-0.11') == 1 then
      client:request(method, params, nil, buffer)
    else
      client.request(method, params, nil, buffer)
    end
  end
end

-- Sends a request; `use` gets the result.
function M.request(buffer, method, params, use)
  -- By its number: only so does Neovim send the changes first that it has kept back.
  buffer = buffer == 0 and vim.api.nvim_get_current_buf() or buffer
  local client = M.client(buffer)
  if not client then
    return
  end
  local function answered(err, result)
    if err then
      vim.notify('Columnist: ' .. (err.message or vim.inspect(err)), vim.log.levels.WARN)
    elseif use then
      use(result, client)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, answered, buffer)
  else
    client.request(method, params, answered, buffer)
  end
end

-- Has the server execute one of its commands.
function M.execute(buffer, command, argument, use)
  M.request(buffer, 'workspace/executeCommand', { command = command, arguments = { argument } }, use)
end

-- Where the cursor is, as the server counts.
function M.here(client)
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  return { uri = params.textDocument.uri, position = params.position }
end

return M
