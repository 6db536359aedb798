/**
 * Makes the .vsix: builds the extension, and packs it with the program for one platform or with none. Beside the program
 * goes what it has learnt, the files of data/.
 *
 *   npm run package                                                        any platform, no program inside
 *   npm run package -- --target linux-x64 --server path/to/columnist       one platform, with its program
 *
 * `--out FILE` says where it goes; otherwise columnist.vsix, or columnist-TARGET.vsix, in this folder.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The platforms that there are packages for, as VS Code calls them, and what the program is built for there. */
const TARGETS = {
  'linux-x64': 'x86_64-unknown-linux-gnu',
  'linux-arm64': 'aarch64-unknown-linux-gnu',
  'alpine-x64': 'x86_64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
  'win32-x64': 'x86_64-pc-windows-msvc',
  'win32-arm64': 'aarch64-pc-windows-msvc',
};

const { values } = parseArgs({
  options: { target: { type: 'string' }, server: { type: 'string' }, out: { type: 'string' } },
});
if ((values.target === undefined) !== (values.server === undefined)) {
  fail('--target and --server belong together: a package for one platform carries that platform’s program');
}
if (values.target !== undefined && !Object.hasOwn(TARGETS, values.target)) {
  fail(`there is no package for ${values.target}; there is one for ${Object.keys(TARGETS).join(', ')}`);
}

const here = import.meta.dirname;
const server = join(here, 'server');
const suffix = values.target === undefined ? '' : `-${values.target}`;
const out = resolve(values.out ?? join(here, `columnist${suffix}.vsix`));

rmSync(server, { recursive: true, force: true });
try {
  run('npm', ['run', '--silent', 'build']);
  const target = [];
  if (values.server !== undefined) {
    const program = join(server, values.target.startsWith('win32') ? 'columnist.exe' : 'columnist');
    mkdirSync(server);
    copyFileSync(values.server, program);
    chmodSync(program, 0o755);
    const data = join(here, '../../data');
    mkdirSync(join(server, 'data'));
    for (const file of readdirSync(data).filter((file) => file.endsWith('.bin'))) {
      copyFileSync(join(data, file), join(server, 'data', file));
    }
    target.push('--target', values.target);
  }
  run('npx', ['--no', 'vsce', 'package', '--no-dependencies', '--allow-missing-repository', ...target, '--out', out]);
} finally {
  // What lies in server/ would go into the next package too.
  rmSync(server, { recursive: true, force: true });
}

function run(program, args) {
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync(program, args, { cwd: here, stdio: 'inherit', shell: windows });
  if (status !== 0) {
    fail(`${program} ${args.join(' ')} ended with ${error?.message ?? status}`);
  }
}

function fail(message) {
  console.error(`package: ${message}`);
  process.exit(2);
}
