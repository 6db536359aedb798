/** What a user of VS Code does with the example report. One window serves all cases: starting it is most of the time. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VSCode, until } from './vscode.mjs';

const code = await VSCode.start({ name: 'trusted' });
const page = await code.page();
const chapter = readFileSync(join(code.folder, 'report/1-haven.txt'), 'utf8').split(/\n/);
/** The lines of its first page that were set in columns, counted from 1. */
const [FIRST, LAST] = [4, 24];
let window;
let failed = 0;

const cases = {
  async 'the package is installed'() {
    assert.match(code.run('--list-extensions'), /^columnist\.columnist$/m);
  },

  async 'the findings are in the Problems panel, with their source and code'() {
    await window.open('4-los-eind.md');
    await window.keys('Control+Shift+M');
    const row = page.locator('.markers-panel .monaco-list-row', { hasText: 'hoofdstuk 7' });
    await row.first().waitFor();
    assert.match(await row.first().innerText(), /columnist[\s\S]*unresolved-reference/);
    await window.keys('Control+J');
  },

  async 'the outline of a plain text holds its headings, that of Markdown each of them once'() {
    await window.open('bijlage-a.txt');
    await window.command('Explorer: Focus on Outline View');
    const row = page.locator('.outline-pane .monaco-list-row');
    await row.filter({ hasText: 'Bijlage A Metingen' }).first().waitFor();
    await window.open('2-onderhoud.md');
    await window.keys('Control+Shift+O');
    const symbol = page.locator('.quick-input-list .monaco-list-row');
    await symbol.filter({ hasText: 'Figuur 1' }).first().waitFor();
    assert.equal(await symbol.filter({ hasText: '2.1 De sluis' }).count(), 1);
    await window.keys('Escape');
  },

  async 'F12 leads from a reference to the chapter in another file'() {
    await window.open('1-haven.txt');
    await window.go(23, 98); // in “hoofdstuk 2.3”
    await window.keys('F12');
    await page.locator('.tab.active[data-resource-name="2-onderhoud.md"]').waitFor();
    await window.cursorAt(37, 4);
  },

  async 'what the model does not see, the person says: these lines were set in two columns'() {
    await window.open('1-haven.txt');
    await window.select(FIRST, LAST);
    await window.command('Columnist: These Lines Were Set in Two Columns');
    await until('the columns have two tints', async () => (await tints()).size >= 2);
  },

  async 'the gutter is drawn at each split, without need of colours'() {
    const gutters = await until('gutters are drawn', async () => {
      const text = (await page.locator('.view-lines').first().innerText()).match(/[│┊]/g);
      return (text?.length ?? 0) >= 15 && text;
    });
    assert.ok(gutters.length <= LAST - FIRST + 1, `${gutters.length} gutters`);
    await page.locator('.codelens-decoration', { hasText: 'in reading order' }).first().waitFor();
    await window.go(1, 1);
    await page.mouse.move(700, 780);
    await window.picture('tints');
  },

  async 'a split in doubt looks like it, and a split is moved by hand'() {
    assert.ok((await dashed()) > 0, 'no split looks doubtful');
    await window.go(6, 10);
    const line = page.locator('.view-line', { hasText: 'haven binnen' }).first();
    const before = await line.innerText();
    await window.keys('Alt+m', '.');
    await until('the gutter stands elsewhere', async () => (await line.innerText()) !== before);
    await window.picture('doubt');
  },

  async 'a line stands in the column that the person says'() {
    await window.go(10, 1);
    await window.keys('Alt+m', 'ArrowRight');
    await until('the line is tinted as the right column', async () => {
      const hints = await page.locator('.view-line', { hasText: 'anderhalve dag' }).first().innerText();
      return /^[│┊]/.test(hints.trim());
    });
    await window.command('Columnist: Forget What I Said of These Lines');
    await window.select(FIRST, LAST);
    await window.keys('Alt+m', '2');
  },

  async 'the reading view shows the page in reading order, and follows typing and scrolling'() {
    await window.go(FIRST, 1);
    await window.command('Columnist: Open Reading View Beside');
    const view = await window.webview('main .text');
    const text = () => view.locator('main').innerText();
    const reading = await text();
    assert.ok(reading.indexOf('voorjaar werd afgerond') < reading.indexOf('Alleen bij de lozing'), reading);
    await page.mouse.move(700, 780);
    await window.picture('reading');
    await page.locator('.editor-instance .view-lines').first().click();
    await window.go(3, 1);
    await page.keyboard.type('Goedemorgen. ');
    await until('the view shows what was typed', async () => (await text()).includes('Goedemorgen. Dit hoofdstuk'));
    await view.locator('span', { hasText: 'Vissers melden' }).first().click();
    await window.cursorAt(7);
    await until('all is as before', async () => {
      await window.keys('Control+Z');
      return (await window.line(3)) === chapter[2];
    });
    await page.locator('.tab', { hasText: 'Reading' }).first().click({ button: 'middle' });
  },

  async 'the repair is accepted from the light bulb, and one undo takes it back'() {
    await window.open('1-haven.txt');
    await window.keys('Control+Home');
    await window.go(FIRST, 1);
    const before = await window.line(FIRST + 1);
    await window.go(FIRST, 1);
    await window.keys('Control+.');
    const action = page.locator('.action-widget .monaco-list-row', { hasText: 'in reading order' }).first();
    await action.waitFor();
    await window.picture('repair');
    await action.click();
    const repaired = await until('the line is repaired', async () => {
      const line = await window.line(FIRST + 1);
      return line !== before && line;
    });
    assert.ok(before.startsWith(repaired), `${before} became ${repaired}`);
    await window.keys('Control+Z');
    await until('it is as before', async () => (await window.line(FIRST + 1)) === before);
    await until('its tints are back', async () => (await tints()).size >= 2);
  },

  async 'the walkthrough alone leads from a merged page to a repaired one'() {
    await window.open('1-haven.txt');
    const before = await window.line(FIRST + 1);
    await window.go(1, 1);
    const step = async (title, button) => {
      await window.command('Welcome: Open Walkthrough...');
      await window.choose('From a merged page', 'From a merged page');
      const walkthrough = page.locator('.gettingStartedContainer');
      await walkthrough.getByText(title, { exact: true }).first().click();
      await walkthrough.getByRole('button', { name: button }).first().click();
    };
    await step('Read it as it will be', 'Open Reading View');
    const view = await window.webview('main .text');
    await until('the page is shown', async () => (await view.locator('main').innerText()).includes('voorjaar werd afgerond'));
    await step('Repair the block', 'Repair This Block');
    const line = page.locator('.editor-instance .view-line', { hasText: 'verslagjaar' }).first();
    await until('the line is repaired', async () => !(await line.innerText().catch(() => 'Alleen')).includes('Alleen'));
    await page.locator('.tab', { hasText: 'Reading' }).first().click({ button: 'middle' });
    await page.locator('.tab', { hasText: 'Welcome' }).first().click({ button: 'middle' });
    await window.open('1-haven.txt');
    await until('it is as before', async () => {
      await window.keys('Control+Z');
      return (await window.line(FIRST + 1)) === before && (await window.line(1)) === chapter[0];
    });
  },

  async 'a repaired block is merged back long after'() {
    const before = await window.line(FIRST + 1);
    await window.go(FIRST, 1);
    await window.keys('Alt+m', 'Enter');
    await until('the line is repaired', async () => (await window.line(FIRST + 1)) !== before);
    await window.go(1, 1);
    await page.keyboard.type('x');
    await window.go(FIRST + 2, 1);
    await window.keys('Alt+m', 'b');
    await until('it is merged again', async () => (await window.line(FIRST + 1)) === before);
    await until('all is as before', async () => {
      await window.keys('Control+Z');
      return (await window.line(1)) === chapter[0] && (await window.line(FIRST + 1)) === before;
    });
  },

  async 'the worklist shows what is still merged, and leads there'() {
    await window.command('Columnist: Focus on Worklist View');
    const row = page.locator('.pane-body .monaco-list-row', { hasText: '1-haven.txt' }).first();
    await row.waitFor();
    assert.match(await row.innerText(), /lines \d+–\d+[\s\S]*page 3/);
    await page.locator('.pane-body .message, .tree-explorer-viewlet-tree-view .message', { hasText: 'still merged' }).first().waitFor();
    await window.go(1, 1);
    await window.picture('worklist');
    await window.go(29, 1);
    await row.click();
    await window.cursorAt(FIRST, 1);
  },

  async 'the outline of the report holds the chapters of all its files'() {
    await window.command('Columnist: Focus on Report Outline View');
    const row = page.locator('.pane-body .monaco-list-row');
    await row.filter({ hasText: 'report/2-onderhoud.md' }).first().waitFor();
    await row.filter({ hasText: '2 Onderhoud en werken' }).first().click();
    await page.locator('.tab.active[data-resource-name="2-onderhoud.md"]').waitFor();
    await window.picture('outline');
  },

  async 'the status bar tells how many findings there are, and the language'() {
    await window.open('1-haven.txt');
    const item = page.locator('.statusbar-item[aria-label*="Columnist"]').first();
    await item.waitFor();
    await until('the language is told', async () => /Dutch/.test(await item.getAttribute('aria-label')));
  },

  async 'repairing all documents shows every change first'() {
    await window.command('Columnist: Repair All Documents…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Also what is in doubt' }).first().click();
    const preview = page.locator('.bulk-edit-panel');
    await preview.locator('.monaco-list-row', { hasText: '1-haven.txt' }).first().waitFor();
    await window.picture('preview');
    await preview.getByRole('button', { name: /Discard/ }).first().click();
    await window.open('1-haven.txt');
    assert.equal(await window.line(1), chapter[0]);
  },

  async 'a finding is explained'() {
    await window.open('4-los-eind.md');
    await window.command('Columnist: Explain This Finding');
    const view = await window.webview('h1, h2, p');
    await until('the page is there', async () => /column|reference/i.test(await view.locator('body').innerText()));
    await window.keys('Control+w');
  },

  async 'a server that is killed while one types is back within three seconds, and not a letter is lost'() {
    await window.open('4-los-eind.md');
    const before = await window.line(3);
    const [first] = servers();
    await window.go(3, 1);
    await page.keyboard.type('Een ');
    process.kill(first, 'SIGKILL');
    const killed = Date.now();
    await page.keyboard.type('lange zin. ');
    await until('another runs', () => servers().some((pid) => pid !== first));
    const back = Date.now() - killed;
    assert.equal(await window.line(3), `Een lange zin. ${before}`);
    assert.ok(back < 3000, `it took ${back} ms`);
    await page.locator('.monaco-editor .squiggly-info, .monaco-editor .squiggly-hint, .monaco-editor .squiggly-warning').first().waitFor();
    await until('all is as before', async () => {
      await window.keys('Control+Z');
      return (await window.line(3)) === before;
    });
  },

  async 'a program that is missing is named, with what to do'() {
    code.configure({ 'columnist.server.path': '/nowhere/columnist' });
    const message = page.locator('.notification-toast', { hasText: '/nowhere/columnist' });
    await message.first().waitFor();
    await message.first().getByText('Open Settings').waitFor();
    code.configure({});
    await until('it runs again', () => servers().length > 0);
  },

  async 'in a folder that is not trusted, its own program is not run'() {
    const folder = join(code.home, 'untrusted');
    cpSync(code.folder, folder, { recursive: true });
    const [proof, trap] = [join(folder, 'was-run'), join(folder, 'trap')];
    writeFileSync(trap, `#!/bin/sh\ntouch '${proof}'\n`);
    chmodSync(trap, 0o755);
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify({ 'columnist.server.path': trap }));
    code.configure({
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.untrustedFiles': 'open',
    });
    window = await code.window(folder);
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await window.open('4-los-eind.md');
    await page.locator('.monaco-editor .squiggly-info, .monaco-editor .squiggly-hint, .monaco-editor .squiggly-warning').first().waitFor();
    assert.ok(!existsSync(proof), 'the trap was run');
  },
};

try {
  window = await code.window();
  for (const [name, run] of Object.entries(cases).filter(([name]) => name.includes(process.env.ONLY ?? ''))) {
    await test(name, run);
  }
} finally {
  await code.stop();
}
process.exit(failed === 0 ? 0 : 1);

/** Runs a case, says how it went, and keeps a picture of what went wrong. */
async function test(name, run) {
  const start = Date.now();
  try {
    await run();
    console.log(`ok: ${name}${process.env.TIMES ? ` (${Date.now() - start} ms)` : ''}`);
  } catch (error) {
    failed += 1;
    await window.picture(`failed-${failed}`).catch(() => {});
    console.log(`FAIL: ${name}: ${error.message.split('\n')[0]}`);
    console.log(error.stack);
    // What is open and in the way of the next case.
    await window.keys('Escape', 'Escape').catch(() => {});
  }
}

/** The backgrounds of what is decorated in the editor. */
async function tints() {
  const colors = await page.evaluate(() =>
    [...document.querySelectorAll('.editor-instance .view-overlays .cdr')]
      .map((cell) => getComputedStyle(cell).backgroundColor)
      .filter((color) => !/, 0\)$|transparent/.test(color)),
  );
  return new Set(colors);
}

/** How many cells have the broken line of a doubtful split. */
async function dashed() {
  return await page.evaluate(
    () =>
      [...document.querySelectorAll('.editor-instance .view-overlays .cdr')].filter((cell) => {
        const style = getComputedStyle(cell);
        return style.borderLeftStyle === 'dashed' && style.borderLeftWidth !== '0px';
      }).length,
  );
}

/** The language servers that run. */
function servers() {
  const processes = execFileSync('ps', ['-eo', 'pid=,pgid=,args='], { encoding: 'utf8' }).split('\n');
  return processes
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S*columnist) lsp\b/.exec(line))
    .filter((found) => found !== null && found[3].startsWith(code.home))
    .map((found) => Number(found[1]));
}
