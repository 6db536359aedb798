/**
 * The reading view: beside the page, the document as it would read after the repair. It follows the editor as that
 * scrolls and changes, and each piece of it leads back to its line.
 */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { Later } from './later';
import { readingOrder } from './protocol';
import type { LastPage } from './page';
import type { Server } from './server';

/** So many lines around the visible ones are shown; a block that reaches in is shown whole. */
const MARGIN = 200;

export class ReadingView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private editor: vscode.TextEditor | undefined;
  private readonly fill = new Later(80, () => this.show());
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly page: LastPage,
    private readonly extension: vscode.Uri,
  ) {
    this.disposables = [
      this.fill,
      server.onDidChange(() => this.fill.call()),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.workspace.onDidChangeTextDocument((change) => change.document === this.editor?.document && this.fill.call()),
      vscode.window.onDidChangeTextEditorVisibleRanges(
        (change) => change.textEditor.document === this.editor?.document && this.scroll(change.textEditor),
      ),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
    this.panel?.dispose();
  }

  /** Opens the view, or brings it to the front. */
  async open(): Promise<void> {
    const editor = await this.page.editor();
    if (editor === undefined || !this.server.serves(editor.document)) {
      return;
    }
    if (this.panel === undefined) {
      this.panel = this.make();
    }
    this.panel.reveal(undefined, true);
    this.follow(editor);
  }

  private make(): vscode.WebviewPanel {
    const media = vscode.Uri.joinPath(this.extension, 'media');
    const panel = vscode.window.createWebviewPanel(
      'columnist.readingView',
      vscode.l10n.t('Reading View'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [media], retainContextWhenHidden: false },
    );
    const resource = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
    const nonce = randomBytes(16).toString('hex');
    panel.webview.html = `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src ${panel.webview.cspSource}; script-src 'nonce-${nonce}'">
<link rel="stylesheet" href="${resource('reading.css')}">
</head>
<body><main></main><script nonce="${nonce}" src="${resource('reading.js')}"></script></body>
</html>`;
    panel.onDidDispose(() => (this.panel = undefined));
    panel.onDidChangeViewState(() => this.fill.call());
    panel.webview.onDidReceiveMessage((message: { ready?: true; line?: number; character?: number }) => {
      if (message.ready === true) {
        void this.show();
      } else {
        void this.goTo(message.line ?? 0, message.character ?? 0);
      }
    });
    return panel;
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    if (this.panel !== undefined && editor !== undefined && this.server.serves(editor.document)) {
      this.editor = editor;
      this.fill.call();
    }
  }

  private scroll(editor: vscode.TextEditor): void {
    this.editor = editor;
    void this.panel?.webview.postMessage({ top: editor.visibleRanges[0]?.start.line ?? 0 });
    this.fill.call();
  }

  private async show(): Promise<void> {
    const [panel, editor, client] = [this.panel, this.editor, this.server.running];
    const visible = editor?.visibleRanges[0];
    if (panel?.visible !== true || editor === undefined || visible === undefined || client === undefined) {
      return;
    }
    const range = {
      start: { line: Math.max(0, visible.start.line - MARGIN), character: 0 },
      end: { line: visible.end.line + MARGIN, character: 0 },
    };
    const textDocument = { uri: client.code2ProtocolConverter.asUri(editor.document.uri) };
    const answer = await client.sendRequest(readingOrder, { textDocument, range }).catch(() => null);
    if (answer?.version === editor.document.version) {
      panel.title = vscode.l10n.t('Reading {0}', vscode.workspace.asRelativePath(editor.document.uri, false));
      const explain = vscode.l10n.t('From a line whose split is in doubt');
      await panel.webview.postMessage({ paragraphs: answer.paragraphs, top: visible.start.line, explain });
    }
  }

  private async goTo(line: number, character: number): Promise<void> {
    if (this.editor === undefined) {
      return;
    }
    const place = new vscode.Range(line, character, line, character);
    await vscode.window.showTextDocument(this.editor.document, {
      selection: place,
      ...(this.editor.viewColumn === undefined ? {} : { viewColumn: this.editor.viewColumn }),
    });
  }
}
