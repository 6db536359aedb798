/**
 * Starts the language server and stops it. Everything about text (what is a merge, what a repair does, what a
 * reference leads to) is decided in the server; this file knows only where the server is and which documents are its.
 */
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import { findProgram } from './program';

/** Documents on disk and unsaved ones. `git:`, diff and other views stay silent: nobody can repair those. */
const DOCUMENTS = ['file', 'untitled'].flatMap((scheme) =>
  ['markdown', 'plaintext'].map((language) => ({ scheme, language })),
);

let client: LanguageClient | undefined;
let log: vscode.LogOutputChannel;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel('Columnist', { log: true });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand('columnist.restartServer', () => restart(context)),
    vscode.commands.registerCommand('columnist.showLog', () => log.show()),
    vscode.commands.registerCommand('columnist.repairDocument', repairDocument),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration('columnist.server')) {
        await restart(context);
      }
    }),
  );
  await start(context);
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const found = findProgram({
    setting: vscode.workspace.getConfiguration('columnist').get('server.path', ''),
    extension: context.extensionPath,
    workspace: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    searchPath: process.env['PATH'] ?? '',
    windows: process.platform === 'win32',
  });
  if ('missing' in found) {
    log.error(found.missing);
    sayMissing(found.missing);
    return;
  }
  log.info(`Starting ${found.path}`);
  const options: LanguageClientOptions = { documentSelector: DOCUMENTS, outputChannel: log };
  client = new LanguageClient(
    'columnist',
    'Columnist',
    { command: found.path, args: ['lsp'], transport: TransportKind.stdio },
    options,
  );
  try {
    await client.start();
  } catch (error) {
    // The client has said so itself, with a button that leads to the log.
    log.error(`The server did not start: ${String(error)}`);
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  try {
    await running?.dispose();
  } catch (error) {
    // A server that never started, or that died, cannot be asked to leave.
    log.debug(`While stopping: ${String(error)}`);
  }
}

async function restart(context: vscode.ExtensionContext): Promise<void> {
  await stop();
  await start(context);
}

/** Shown without waiting for an answer: the editor must not hang on an unread message. */
function sayMissing(reason: string): void {
  const settings = 'Open Settings';
  const again = 'Try Again';
  void vscode.window.showErrorMessage(`Columnist cannot start. ${reason}`, settings, again).then((choice) => {
    if (choice === settings) {
      return vscode.commands.executeCommand('workbench.action.openSettings', 'columnist.server.path');
    }
    return choice === again ? vscode.commands.executeCommand('columnist.restartServer') : undefined;
  });
}

/** The server's own fix-all: which blocks it repairs is the server's to say. */
async function repairDocument(): Promise<void> {
  await vscode.commands.executeCommand('editor.action.sourceAction', {
    kind: 'source.fixAll.columnist',
    apply: 'first',
  });
}
