/**
 * VS Code, started for a test: its own server on a port of the loopback, with our extension installed from the
 * package, and a window of it in a browser. Paths come from the environment that `run` sets.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

const { WORK, VSCODE, NODE, PLAYWRIGHT, CHROMIUM, EXAMPLES, PICTURES } = process.env;
const { chromium } = createRequire(import.meta.url)(PLAYWRIGHT);

/** How long anything may take before it counts as not happening, in milliseconds. */
export const PATIENCE = 45_000;

const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.editor.enablePreview': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  'git.enabled': false,
  'files.autoSave': 'off',
  'window.restoreWindows': 'none',
};

/** A VS Code with an installed extension, and a browser to open windows of it. */
export class VSCode {
  /** Installs the package and starts server and browser. `settings` are the user's own, besides those of every test. */
  static async start({ name, settings = {} }) {
    const code = new VSCode();
    code.home = join(WORK, name);
    code.folder = join(code.home, 'examples');
    cpSync(EXAMPLES, code.folder, { recursive: true });
    code.configure(settings);
    code.environment = { ...process.env, PATH: `${dirname(NODE)}:${process.env.PATH}` };
    code.run('--install-extension', join(WORK, 'columnist.vsix'), '--force');
    const port = await freePort();
    code.address = `http://127.0.0.1:${port}`;
    const log = openSync(join(code.home, 'server.log'), 'w');
    code.server = spawn(
      NODE,
      [
        ...[join(VSCODE, 'out/server-main.js'), '--host', '127.0.0.1', '--port', String(port)],
        ...['--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off', ...code.places()],
      ],
      { env: code.environment, stdio: ['ignore', log, log], detached: true },
    );
    await until('the server answers', () => fetch(`${code.address}/version`).then((answer) => answer.ok, () => false));
    code.browser = await chromium.launchPersistentContext(join(code.home, 'chromium'), {
      executablePath: CHROMIUM,
      headless: true,
      viewport: { width: 1400, height: 860 },
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
    });
    code.browser.setDefaultTimeout(PATIENCE);
    return code;
  }

  /** The command line of the server, for what it does and ends: installing, listing. Gives what it printed. */
  run(...args) {
    const all = [join(VSCODE, 'out/server-main.js'), ...this.places(), '--accept-server-license-terms', ...args];
    return execFileSync(NODE, all, { env: this.environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  places() {
    const data = join(this.home, 'data');
    return ['--server-data-dir', data, '--user-data-dir', data, '--extensions-dir', join(this.home, 'extensions')];
  }

  /** Writes the user's settings; VS Code sees it while it runs. */
  configure(settings) {
    for (const kind of ['User', 'Machine']) {
      const folder = join(this.home, 'data', kind);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
    }
  }

  /** The page that shows the window. */
  async page() {
    return this.browser.pages()[0] ?? (await this.browser.newPage());
  }

  /** A window on the example report, or on `path`. */
  async window(path = this.folder) {
    const page = await this.page();
    await page.goto(`${this.address}/?folder=${encodeURIComponent(path)}`, { timeout: 120_000 });
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 120_000 });
    return new Window(page);
  }

  async stop() {
    await this.browser?.close().catch(() => {});
    if (this.server?.exitCode === null) {
      const gone = new Promise((resolve) => this.server.once('exit', resolve));
      // The server has started processes of its own: the group goes as a whole.
      process.kill(-this.server.pid, 'SIGTERM');
      const late = setTimeout(() => process.kill(-this.server.pid, 'SIGKILL'), 5000);
      await gone;
      clearTimeout(late);
    }
  }
}

/** What a user does in a window. */
export class Window {
  constructor(page) {
    this.page = page;
  }

  async keys(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  /** Opens a file of the folder by its name. */
  async open(file) {
    await this.ask('Control+P');
    await this.choose(file, file);
    await this.page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
  }

  /** Opens the box for words by its key, again where a view that was just closing took the key. */
  async ask(key) {
    const box = this.page.locator('.quick-input-widget input').first();
    for (let again = 0; again < 10; again++) {
      await this.keys(key);
      if (await box.waitFor({ state: 'visible', timeout: 3000 }).then(() => true, () => false)) {
        return;
      }
    }
  }

  /** Writes into the box that is open, and takes the choice that then shows the text. */
  async choose(words, text) {
    await this.page.locator('.quick-input-widget input').first().fill(words);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  }

  /** Runs a command by its title in the palette. */
  async command(title) {
    await this.ask('F1');
    await this.choose(`>${title}`, title);
  }

  /** Puts the cursor on a line and a column, both counted from 1; again where a box that was just closing took the words. */
  async go(line, column = 1) {
    const box = this.page.locator('.quick-input-widget input').first();
    for (let again = 0; again < 8; again++) {
      await this.ask('Control+G');
      // What is filled in goes where the keys go.
      if (!(await box.evaluate((input) => input === document.activeElement))) {
        continue;
      }
      const there = await box
        .fill(`:${line}:${column}`, { timeout: 5000 })
        .then(() => box.press('Enter', { timeout: 5000 }))
        .then(() => this.cursorAt(line, column, 5000))
        .then(() => true, () => false);
      if (there) {
        return;
      }
    }
    await this.cursorAt(line, column);
  }

  /** Waits until the cursor is there, as the status bar tells. */
  async cursorAt(line, column, timeout = PATIENCE) {
    const place = column === undefined ? `Ln ${line},` : `Ln ${line}, Col ${column}`;
    await this.page.locator('.statusbar-item', { hasText: place }).first().waitFor({ timeout });
  }

  /** Selects whole lines, counted from 1. */
  async select(first, last) {
    await this.go(first, 1);
    for (let line = first; line < last; line += 1) {
      await this.keys('Shift+ArrowDown');
    }
    await this.keys('Shift+End');
  }

  /** The text of a line, as the document has it: the cursor goes there, and the line is copied. */
  async line(number) {
    await this.go(number, 1);
    return await this.page.evaluate(() => {
      const editor = document.querySelector('.editor-instance .monaco-editor');
      const top = editor.querySelector('.view-overlays .current-line')?.parentElement.style.top;
      const line = [...editor.querySelectorAll('.view-line')].find((line) => line.style.top === top);
      // What the editor draws between the words is no text of the document.
      return line?.textContent.replaceAll('\u00a0', ' ').replaceAll(/\u200c|[│┊¦]\??/g, '').replaceAll(/ +/g, ' ').trim();
    });
  }

  /** The frame of a web view that shows what a selector names. */
  async webview(selector) {
    return await until('the web view is there', async () => {
      for (const frame of this.page.frames()) {
        const found = await frame.locator(selector).count().catch(() => 0);
        if (found > 0 && frame !== this.page.mainFrame()) {
          return frame;
        }
      }
      return undefined;
    });
  }

  /** Keeps a picture of the window. A click on the lines as a whole, which are wider than the window, shifted them. */
  async picture(name) {
    await this.page.evaluate(() => {
      document.querySelectorAll('.editor-scrollable').forEach((lines) => (lines.scrollLeft = 0));
    });
    // Away from what would show a box of its own, with a path of this machine in it.
    await this.page.mouse.move(700, 780);
    await this.page.locator('.workbench-hover').first().waitFor({ state: 'hidden', timeout: 3000 }).catch(() => {});
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }
}

/** Waits until something is so, and gives what it gave. */
export async function until(what, condition, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain until ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
