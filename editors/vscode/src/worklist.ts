/** The worklist: what is still merged in the whole report, the most doubtful first, with the sum above it. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { Later } from './later';
import type { Status, Work } from './protocol';
import type { Server } from './server';

export class Worklist implements vscode.TreeDataProvider<Work>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Work>;
  private readonly refreshing = new Later(400, () => this.changed.fire());
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.view = vscode.window.createTreeView('columnist.worklist', { treeDataProvider: this });
    this.disposables = [
      this.view,
      this.changed,
      this.refreshing,
      server.onDidChange(() => this.refreshing.call()),
      vscode.languages.onDidChangeDiagnostics(() => this.view.visible && this.refreshing.call()),
      this.view.onDidChangeVisibility(() => this.refreshing.call()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  refresh(): void {
    this.changed.fire();
  }

  async getChildren(): Promise<Work[]> {
    const status = await this.server.execute<Status>('columnist/status', {}).catch(() => undefined);
    if (status === undefined) {
      return [];
    }
    this.view.message =
      status.merged === 0
        ? vscode.l10n.t('None of {0} pages is merged.', status.pages)
        : vscode.l10n.t('{0} of {1} pages still merged, {2} doubtful', status.merged, status.pages, status.doubtful);
    const badge = { value: status.merged, tooltip: this.view.message };
    this.view.badge = status.merged === 0 ? undefined : badge;
    return [...status.work];
  }

  getTreeItem(work: Work): vscode.TreeItem {
    const uri = vscode.Uri.parse(work.uri);
    const { start, end } = work.range;
    const lines = end.line - start.line + 1;
    const item = new vscode.TreeItem(
      vscode.l10n.t('{0}, lines {1}–{2}', basename(uri.path), start.line + 1, end.line + 1),
    );
    item.tooltip = vscode.workspace.asRelativePath(uri);
    const page = work.page === null ? '' : vscode.l10n.t('page {0}, ', work.page);
    const wrong = work.expectedWrong.toFixed(work.expectedWrong < 1 ? 1 : 0);
    item.description =
      page +
      (work.safe ? vscode.l10n.t('beyond doubt') : vscode.l10n.t('about {0} of {1} lines doubtful', wrong, lines));
    item.iconPath = new vscode.ThemeIcon(work.safe ? 'pass' : 'question');
    item.contextValue = 'block';
    item.command = goTo(vscode.l10n.t('Show'), uri, start.line, start.character);
    return item;
  }
}

/** The command that shows a place of a document. */
export function goTo(title: string, uri: vscode.Uri, line: number, character: number): vscode.Command {
  const selection = new vscode.Range(line, character, line, character);
  return { title, command: 'vscode.open', arguments: [uri, { selection }] };
}
