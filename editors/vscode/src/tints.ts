/**
 * The columns of merged blocks in tints, with the gutter at their left edge, broken where the split is in doubt. Which
 * cell is of which column the server tells, as semantic tokens; VS Code's own drawing of those knows no backgrounds.
 */
import * as vscode from 'vscode';
import type { SemanticTokens } from 'vscode-languageserver-protocol';
import { Later } from './later';
import type { Server } from './server';

/** So many lines beyond the visible ones are tinted too, so that scrolling shows no bare lines. */
const MARGIN = 60;

export class Tints implements vscode.Disposable {
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();
  private readonly redraw = new Later(60, () => this.drawAll());
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly server: Server) {
    const redraw = () => this.redraw.call();
    this.disposables = [
      this.redraw,
      server.onDidChange(redraw),
      vscode.window.onDidChangeVisibleTextEditors(redraw),
      vscode.window.onDidChangeTextEditorVisibleRanges(redraw),
      vscode.workspace.onDidChangeTextDocument((change) => change.contentChanges.length > 0 && redraw()),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('columnist') && redraw()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables, ...this.types.values()).dispose();
  }

  private async drawAll(): Promise<void> {
    const editors = vscode.window.visibleTextEditors.filter((editor) => this.server.serves(editor.document));
    await Promise.all(editors.map((editor) => this.draw(editor)));
  }

  private async draw(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    this.server.listenForRedraws(document);
    const cells = new Map<string, vscode.Range[]>();
    const client = this.server.running;
    const wanted = vscode.workspace.getConfiguration('columnist', document).get('tints', true);
    const legend = client?.initializeResult?.capabilities.semanticTokensProvider?.legend;
    if (wanted && client !== undefined && legend !== undefined) {
      const { version } = document;
      const visible = editor.visibleRanges.reduce((all, range) => all.union(range));
      const first = Math.max(0, visible.start.line - MARGIN);
      const last = Math.min(document.lineCount - 1, visible.end.line + MARGIN);
      const range = client.code2ProtocolConverter.asRange(new vscode.Range(first, 0, last, 0));
      const textDocument = { uri: client.code2ProtocolConverter.asUri(document.uri) };
      let tokens: SemanticTokens | null;
      try {
        tokens = await client.sendRequest('textDocument/semanticTokens/range', { textDocument, range });
      } catch {
        return; // It was cancelled, or the server is gone: what is drawn stays until the next time.
      }
      if (document.version !== version) {
        return; // A newer drawing is on its way.
      }
      for (const token of decode(tokens?.data ?? [])) {
        const doubtful = (token.marks & (1 << legend.tokenModifiers.indexOf('doubtful'))) !== 0;
        const name = `${legend.tokenTypes[token.type] ?? ''}${doubtful ? ' doubtful' : ''}`;
        cells.set(name, [...(cells.get(name) ?? []), token.range]);
      }
    }
    for (const name of new Set([...cells.keys(), ...this.types.keys()])) {
      editor.setDecorations(this.type(name), cells.get(name) ?? []);
    }
  }

  /** How the cells of a column look. Colours are the theme's; the lines are there without any. */
  private type(name: string): vscode.TextEditorDecorationType {
    const known = this.types.get(name);
    if (known !== undefined) {
      return known;
    }
    const [column = '', doubtful] = name.split(' ');
    const left = column === 'column1' ? '0' : '2px';
    const color = (part: string) => new vscode.ThemeColor(`columnist.${part}`);
    const type = vscode.window.createTextEditorDecorationType({
      backgroundColor: color(`${column}Background`),
      borderStyle: doubtful === undefined ? 'solid' : 'dashed',
      borderWidth: doubtful === undefined ? `0 0 0 ${left}` : `0 0 1px ${left}`,
      borderColor: color(doubtful === undefined ? 'gutter' : 'doubtfulGutter'),
      ...(doubtful === undefined
        ? {}
        : { overviewRulerColor: color('doubtfulGutter'), overviewRulerLane: vscode.OverviewRulerLane.Right }),
    });
    this.types.set(name, type);
    return type;
  }
}

/** The tokens of the protocol's five numbers each. */
function* decode(data: readonly number[]): Generator<{ range: vscode.Range; type: number; marks: number }> {
  let line = 0;
  let start = 0;
  for (let at = 0; at + 4 < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, marks = 0] = data.slice(at, at + 5);
    line += lines;
    start = lines === 0 ? start + characters : characters;
    yield { range: new vscode.Range(line, start, line, start + length), type, marks };
  }
}
