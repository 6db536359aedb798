/**
 * The language server: found, started, asked, restarted. Who wants to know when it runs, or that what it draws has
 * changed, listens here.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import {
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  State,
  TransportKind,
  vsdiag,
} from 'vscode-languageclient/node';
import { findProgram } from './program';
import { LANGUAGES } from './protocol';

/** The oldest program that this extension understands. */
const OLDEST = [0, 1, 0] as const;

/** Documents on disk and unsaved ones. `git:`, diff and other views stay silent: nobody can repair those. */
const DOCUMENTS = [
  ...['file', 'untitled'].flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
  { scheme: 'file', pattern: '**/columnist.toml' },
];

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly heard = new WeakSet<object>();
  /** Whether it runs may have changed, or what it would draw. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    readonly log: vscode.LogOutputChannel,
  ) {}

  /** Whether the server is for a document. */
  serves(document: vscode.TextDocument): boolean {
    return vscode.languages.match(DOCUMENTS.slice(0, -1), document) > 0;
  }

  /** The client, once the server runs. */
  get running(): LanguageClient | undefined {
    return this.client?.state === State.Running ? this.client : undefined;
  }

  /** Has the server execute one of its commands; undefined while it does not run. */
  async execute<Answer>(command: string, argument: object): Promise<Answer | undefined> {
    return await this.running?.sendRequest<Answer>('workspace/executeCommand', { command, arguments: [argument] });
  }

  async start(): Promise<void> {
    const found = findProgram({
      setting: vscode.workspace.getConfiguration('columnist').get('server.path', ''),
      extension: this.context.extensionPath,
      workspace: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
      searchPath: process.env['PATH'] ?? '',
      windows: process.platform === 'win32',
    });
    const missing = 'missing' in found ? found.missing : await this.isTooOld(found.path);
    if (missing !== undefined || 'missing' in found) {
      this.complain(missing ?? '');
      return;
    }
    this.log.info(`Starting ${found.path}`);
    const options: LanguageClientOptions = {
      documentSelector: DOCUMENTS,
      outputChannel: this.log,
      // VS Code lists a Markdown document's own headings itself.
      initializationOptions: { complementMarkdownOutline: true },
      markdown: { isTrusted: false },
      errorHandler: {
        // Who types while the server dies writes to it in vain until its end is seen. That is no reason to give it up.
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => usual.closed(),
      },
      middleware: {
        async provideDiagnostics(document, previous, token, next) {
          const report = await next(document, previous, token);
          if (report?.kind === vsdiag.DocumentDiagnosticReportKind.full) {
            report.items.forEach(underlineFirstLine);
          }
          return report;
        },
      },
    };
    const run = { command: found.path, args: ['lsp'], transport: TransportKind.stdio };
    const client = new LanguageClient('columnist', 'Columnist', run, options);
    const usual: ErrorHandler = client.createDefaultErrorHandler();
    this.client = client;
    client.onDidChangeState(() => this.changed.fire());
    try {
      await client.start();
    } catch (error) {
      // The client has said so itself, with a button that leads to the log.
      this.log.error(`The server did not start: ${String(error)}`);
    }
  }

  async stop(): Promise<void> {
    const running = this.client;
    this.client = undefined;
    try {
      await running?.dispose();
    } catch (error) {
      // A server that never started, or that died, cannot be asked to leave.
      this.log.debug(`While stopping: ${String(error)}`);
    }
    this.changed.fire();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  dispose(): void {
    this.changed.dispose();
  }

  /**
   * The server says that what it draws has changed by asking that tokens be asked for. VS Code's provider of tokens hears
   * of it; there is none before a document is open.
   */
  listenForRedraws(document: vscode.TextDocument): void {
    const provider = this.running?.getFeature('textDocument/semanticTokens').getProvider(document);
    if (provider !== undefined && !this.heard.has(provider)) {
      this.heard.add(provider);
      provider.onDidChangeSemanticTokensEmitter.event(() => this.changed.fire());
    }
  }

  /** Why a program is of no use: it cannot tell its version, or an old one. */
  private async isTooOld(path: string): Promise<string | undefined> {
    try {
      const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 10_000 });
      const version = /\b(\d+)\.(\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number);
      if (version === undefined) {
        return vscode.l10n.t('{0} is not the program columnist: it does not tell its version.', path);
      }
      const difference = OLDEST.map((number, at) => (version[at] ?? 0) - number).find((each) => each !== 0) ?? 0;
      return difference < 0
        ? vscode.l10n.t('{0} is version {1}, which is too old: {2} or later is needed.', path, version.join('.'), OLDEST.join('.'))
        : undefined;
    } catch (error) {
      return vscode.l10n.t('{0} cannot be run: {1}', path, error instanceof Error ? error.message : String(error));
    }
  }

  /** Shown without waiting for an answer: the editor must not hang on an unread message. */
  private complain(reason: string): void {
    this.log.error(reason);
    const settings = vscode.l10n.t('Open Settings');
    const again = vscode.l10n.t('Try Again');
    const message = vscode.l10n.t('Columnist cannot start. {0}', reason);
    void vscode.window.showErrorMessage(message, settings, again).then((choice) => {
      if (choice === settings) {
        return vscode.commands.executeCommand('workbench.action.openSettings', 'columnist.server.path');
      }
      return choice === again ? vscode.commands.executeCommand('columnist.restartServer') : undefined;
    });
  }
}

/** A finding of many lines is underlined on its first: the tints show the others, and text under waves is hard to read. */
function underlineFirstLine(finding: vscode.Diagnostic): void {
  const { start, isSingleLine } = finding.range;
  if (!isSingleLine) {
    finding.range = new vscode.Range(start, start.translate(0, 1000));
  }
}
