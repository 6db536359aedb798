/** The outline of the whole report: its documents, and under each the headings, as one tree. */
import * as vscode from 'vscode';
import type { DocumentSymbol } from 'vscode-languageserver-protocol';
import { Later } from './later';
import { reportOutline } from './protocol';
import type { Server } from './server';
import { goTo } from './worklist';

interface Entry {
  readonly uri: vscode.Uri;
  /** The file's name; none for a heading. */
  readonly file?: string;
  readonly symbol?: DocumentSymbol;
  readonly children: readonly DocumentSymbol[];
}

export class OutlineView implements vscode.TreeDataProvider<Entry>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Entry>;
  private readonly refreshing = new Later(500, () => this.changed.fire());
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.view = vscode.window.createTreeView('columnist.outline', { treeDataProvider: this, showCollapseAll: true });
    const refresh = () => this.view.visible && this.refreshing.call();
    this.disposables = [
      this.view,
      this.changed,
      this.refreshing,
      server.onDidChange(() => this.refreshing.call()),
      this.view.onDidChangeVisibility(refresh),
      vscode.workspace.onDidChangeTextDocument((change) => server.serves(change.document) && refresh()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  async getChildren(entry?: Entry): Promise<Entry[]> {
    if (entry !== undefined) {
      return entry.children.map((symbol) => ({ uri: entry.uri, symbol, children: symbol.children ?? [] }));
    }
    const answer = await this.server.running?.sendRequest(reportOutline, {}).catch(() => undefined);
    return (answer?.documents ?? []).map(({ uri, name, symbols }) => ({
      uri: vscode.Uri.parse(uri),
      file: name,
      children: symbols,
    }));
  }

  getTreeItem(entry: Entry): vscode.TreeItem {
    const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
    const { symbol } = entry;
    if (symbol === undefined) {
      const item = new vscode.TreeItem(entry.file ?? '', Expanded);
      item.iconPath = vscode.ThemeIcon.File;
      item.resourceUri = entry.uri;
      return item;
    }
    const item = new vscode.TreeItem(symbol.name, entry.children.length === 0 ? None : Collapsed);
    item.iconPath = new vscode.ThemeIcon('symbol-string');
    const { line, character } = symbol.selectionRange.start;
    item.command = goTo(vscode.l10n.t('Show'), entry.uri, line, character);
    return item;
  }
}
