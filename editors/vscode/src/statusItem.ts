/** In the status bar: how many findings the document has, and which language was recognised. */
import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import { Later } from './later';
import type { Status } from './protocol';
import type { Server } from './server';

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('columnist', vscode.StatusBarAlignment.Right, 95);
  private readonly update = new Later(250, () => this.show());
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.item.name = 'Columnist';
    this.item.command = 'columnist.worklist.focus';
    const update = () => this.update.call();
    this.disposables = [
      this.item,
      this.update,
      server.onDidChange(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.languages.onDidChangeDiagnostics(update),
    ];
    update();
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async show(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !this.server.serves(document)) {
      this.item.hide();
      return;
    }
    const client = this.server.running;
    if (client === undefined) {
      this.set('$(warning)', vscode.l10n.t('Columnist does not run.'));
      return;
    }
    // The answer waits until the folders are read.
    const indexing = setTimeout(() => this.set('$(sync~spin)', vscode.l10n.t('Columnist reads the report.')), 200);
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const status = await this.server.execute<Status>('columnist/status', { uri }).catch(() => undefined);
    clearTimeout(indexing);
    if (status?.document === undefined || client.state !== State.Running) {
      return;
    }
    const { findings, language } = status.document;
    const names = new Intl.DisplayNames([vscode.env.language], { type: 'language' });
    const recognised =
      language === null
        ? vscode.l10n.t('No language is recognised in it.')
        : vscode.l10n.t('It is taken for {0}.', names.of(language) ?? language);
    const found =
      findings === 1 ? vscode.l10n.t('1 finding in this document.') : vscode.l10n.t('{0} findings in this document.', findings);
    this.set(`$(book) ${findings}`, `${found} ${recognised}\n${status.summary}`);
  }

  private set(text: string, tooltip: string): void {
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: `Columnist: ${tooltip}` };
    this.item.show();
  }
}
