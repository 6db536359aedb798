/**
 * The page that a command is about: that of the active editor or, where something else is in front (the walkthrough, a
 * reading view), the one that was in front before.
 */
import * as vscode from 'vscode';
import type { Server } from './server';

export class LastPage implements vscode.Disposable {
  private document: vscode.TextDocument | undefined;
  private readonly watching: vscode.Disposable;

  constructor(private readonly server: Server) {
    this.keep(vscode.window.activeTextEditor);
    this.watching = vscode.window.onDidChangeActiveTextEditor((editor) => this.keep(editor));
  }

  /** The editor with the page, brought to the front; undefined, which is said, where no page is open. */
  async editor(): Promise<vscode.TextEditor | undefined> {
    const active = vscode.window.activeTextEditor;
    if (active !== undefined) {
      return active;
    }
    const { document } = this;
    if (document === undefined || document.isClosed) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a page of your report first.'));
      return undefined;
    }
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    const shows = ({ input }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString();
    const viewColumn = tabs.find(shows)?.group.viewColumn;
    return await vscode.window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
  }

  dispose(): void {
    this.watching.dispose();
  }

  private keep(editor: vscode.TextEditor | undefined): void {
    if (editor !== undefined && this.server.serves(editor.document)) {
      this.document = editor.document;
    }
  }
}
