/**
 * The commands. Each gathers where the cursor is and has the server do the work; the only ones that do something
 * themselves walk from finding to finding and ask what is to be repaired.
 */
import * as vscode from 'vscode';
import type { LastPage } from './page';
import type { Explanation, Preview, Work } from './protocol';
import type { Server } from './server';

/** The scheme of the pages that explain a check. */
const EXPLANATION = 'columnist-explanation';

export function registerCommands(server: Server, page: LastPage): vscode.Disposable {
  const commands: Record<string, (argument?: unknown) => unknown> = {
    repairBlock: (work) => repairBlock(server, page, work as Work | undefined),
    repairDocument: () => here(server, 'columnist/repair', ({ uri }) => ({ uri })),
    repairDocumentWhole: () => here(server, 'columnist/repair', ({ uri }) => ({ uri, doubtful: true })),
    repairReport: () => repairReport(server),
    lineLeft: () => say(server, { word: 'left' }),
    lineRight: () => say(server, { word: 'right' }),
    lineFullWidth: () => say(server, { word: 'fullWidth' }),
    linesTwoColumns: () => say(server, { word: 'columns', number: 2 }),
    linesThreeColumns: () => say(server, { word: 'columns', number: 3 }),
    linesColumns: () => sayColumns(server),
    forget: () => say(server, { word: 'nothing' }),
    moveSplitLeft: () => here(server, 'columnist/moveSplit', ({ uri, position }) => ({ uri, position, by: -1 })),
    moveSplitRight: () => here(server, 'columnist/moveSplit', ({ uri, position }) => ({ uri, position, by: 1 })),
    mergeBack: () => here(server, 'columnist/mergeBack', ({ uri, position }) => ({ uri, position })),
    notMerged: () => here(server, 'columnist/notMerged', ({ uri, position }) => ({ uri, position })),
    nextBlock: () => walk(1),
    previousBlock: () => walk(-1),
    explain: () => explain(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`columnist.${name}`, run)),
    vscode.workspace.registerTextDocumentContentProvider(EXPLANATION, {
      async provideTextDocumentContent({ path }) {
        const code = path.replace(/^\/|\.md$/g, '');
        const answer = await server.execute<Explanation>('columnist/explain', { code });
        return answer?.explanation ?? '';
      },
    }),
  );
}

interface Here {
  readonly uri: string;
  readonly position: { line: number; character: number };
  readonly range: { start: { line: number; character: number }; end: { line: number; character: number } };
}

/** Has the server do something at the cursor, or with the selection. */
async function here(server: Server, command: string, argument: (here: Here) => object): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const client = server.running;
  if (editor === undefined || client === undefined || !server.serves(editor.document)) {
    return;
  }
  const convert = client.code2ProtocolConverter;
  const place = {
    uri: convert.asUri(editor.document.uri),
    position: convert.asPosition(editor.selection.active),
    range: convert.asRange(editor.selection),
  };
  try {
    await server.execute(command, argument(place));
  } catch (error) {
    void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
  }
}

function say(server: Server, word: object): Promise<void> {
  return here(server, 'columnist/say', ({ uri, range }) => ({ uri, range, ...word }));
}

async function sayColumns(server: Server): Promise<void> {
  const answer = await vscode.window.showQuickPick(['2', '3', '4', '5'], {
    title: vscode.l10n.t('In how many columns were these lines set?'),
  });
  if (answer !== undefined) {
    await say(server, { word: 'columns', number: Number(answer) });
  }
}

/**
 * Repairs the block at the cursor, or the one of the worklist. Who asks for it from the walkthrough sees no cursor: then it
 * is the block that begins before it, or else the first, of the page that was in front before.
 */
async function repairBlock(server: Server, page: LastPage, work: Work | undefined): Promise<void> {
  if (work !== undefined) {
    await server.execute('columnist/repair', { uri: work.uri, position: work.range.start });
    return;
  }
  if (vscode.window.activeTextEditor === undefined) {
    const editor = await page.editor();
    const blocks = editor === undefined ? [] : merged(editor).sort((a, b) => a.start.compareTo(b.start));
    const block = blocks.filter(({ start }) => editor?.selection.active.isAfterOrEqual(start)).at(-1) ?? blocks[0];
    if (editor !== undefined && block !== undefined) {
      show(editor, block);
    }
  }
  await here(server, 'columnist/repair', ({ uri, position }) => ({ uri, position }));
}

/** Repairs the whole report, once every change was looked at. */
async function repairReport(server: Server): Promise<void> {
  const sure = vscode.l10n.t('Only what is beyond doubt');
  const all = vscode.l10n.t('Also what is in doubt');
  const choice = await vscode.window.showQuickPick([sure, all], { title: vscode.l10n.t('Repair all documents') });
  const client = server.running;
  if (choice === undefined || client === undefined) {
    return;
  }
  const title = vscode.l10n.t('Columnist repairs the report');
  const preview = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
    server.execute<Preview>('columnist/repair', { preview: true, doubtful: choice === all }),
  );
  if (preview?.edit === null || preview?.edit === undefined) {
    return; // The server has said why.
  }
  const sum = vscode.l10n.t('{0} blocks in {1} documents', preview.blocks, preview.documents);
  void vscode.window.setStatusBarMessage(`$(check-all) ${sum}`, 10_000);
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(preview.edit);
  // Each change is marked as one to be confirmed, so VS Code shows them all first.
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

/** Goes to the next merged block, or to the one before, round the ends of the document. */
function walk(step: 1 | -1): void {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return;
  }
  const blocks = merged(editor).sort((a, b) => step * a.start.compareTo(b.start));
  const cursor = editor.selection.active;
  const next = blocks.find(({ start }) => step * start.compareTo(cursor) > 0) ?? blocks[0];
  if (next === undefined) {
    void vscode.window.setStatusBarMessage(vscode.l10n.t('No columns ran together in this document.'), 4000);
    return;
  }
  show(editor, next);
}

/** Puts the cursor at the start of a block. */
function show(editor: vscode.TextEditor, block: vscode.Range): void {
  editor.selection = new vscode.Selection(block.start, block.start);
  editor.revealRange(block, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The merged blocks of an editor's document. */
function merged(editor: vscode.TextEditor): vscode.Range[] {
  return vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((finding) => finding.source === 'columnist' && finding.code === 'merged-columns')
    .map((finding) => finding.range);
}

/** Explains the finding at the cursor; where there is none, what merged columns are. */
async function explain(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const found =
    editor === undefined
      ? undefined
      : vscode.languages
          .getDiagnostics(editor.document.uri)
          .filter((finding) => finding.source === 'columnist' && finding.range.contains(editor.selection.active))
          // The smallest one around the cursor is the one that is meant.
          .sort((a, b) => (a.range.contains(b.range) ? 1 : -1))[0];
  const code = typeof found?.code === 'string' ? found.code : 'merged-columns';
  await vscode.commands.executeCommand('markdown.showPreviewToSide', vscode.Uri.parse(`${EXPLANATION}:/${code}.md`));
}
