/**
 * The extension: starts the server and puts together what VS Code shows of it. Everything about text (what is a merge,
 * what a repair does, what a reference leads to) is decided in the server.
 */
import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { OutlineView } from './outlineView';
import { LastPage } from './page';
import { ReadingView } from './readingView';
import { Server } from './server';
import { StatusItem } from './statusItem';
import { Tints } from './tints';
import { Worklist } from './worklist';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Columnist', { log: true });
  const running = new Server(context, log);
  server = running;
  const page = new LastPage(running);
  const reading = new ReadingView(running, page, context.extensionUri);
  const worklist = new Worklist(running);
  context.subscriptions.push(
    log,
    running,
    page,
    reading,
    worklist,
    new Tints(running),
    new OutlineView(running),
    new StatusItem(running),
    registerCommands(running, page),
    vscode.commands.registerCommand('columnist.readingView', () => reading.open()),
    vscode.commands.registerCommand('columnist.refreshWorklist', () => worklist.refresh()),
    vscode.commands.registerCommand('columnist.restartServer', () => running.restart()),
    vscode.commands.registerCommand('columnist.showLog', () => log.show()),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration('columnist.server')) {
        await running.restart();
      }
    }),
  );
  await running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
