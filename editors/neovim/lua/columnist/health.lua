-- :checkhealth columnist
local M = {}

local function program()
  local config = vim.lsp.config and vim.lsp.config.columnist
  return config and type(config.cmd) == 'table' and config.cmd[1] or 'columnist'
end

function M.check()
  local health, name = vim.health, program()
  health.start('columnist')
  if vim.fn.has('nvim-0.10') == 0 then
    health.error('Neovim 0.10 or newer is needed.')
  end
  if vim.fn.executable(name) == 0 then
    health.error(name .. ' is no program on the PATH.', {
      'Build it with `cargo build --release`, and put it on the PATH,',
      "or name it: vim.lsp.config('columnist', { cmd = { '/path/to/columnist', 'lsp' } })",
    })
    return
  end
  local answer = vim.system({ name, '--version' }, { text = true }):wait(10000)
  if answer.code == 0 then
    health.ok(vim.trim(answer.stdout) .. ' at ' .. vim.fn.exepath(name))
  else
    health.error(name .. ' cannot be run: ' .. vim.trim(answer.stderr or ''))
  end
  local clients = vim.lsp.get_clients({ name = 'columnist' })
  if #clients == 0 then
    health.info('No server runs: open a Markdown or text file.')
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers or {})
    health.ok(('A server runs for %d buffers, in %s'):format(buffers, client.root_dir or 'no folder'))
  end
end

return M
