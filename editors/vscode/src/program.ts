/**
 * Where the program `columnist` is. Three places, in this order: the setting, the copy that a package for one
 * platform carries, the PATH. A setting that points nowhere is an error rather than a reason to look further: who
 * set it wants that program and no other.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { l10n } from 'vscode';

/** A program that can be started, or why there is none, in words for the reader. */
export type Found = { readonly path: string } | { readonly missing: string };

/** What the search depends on; all of it is given, so that the search itself asks nothing of the editor. */
export interface Places {
  /** The value of `columnist.server.path`, empty when it is not set. */
  readonly setting: string;
  /** The folder of the extension itself. */
  readonly extension: string;
  /** The first folder of the workspace, to which a relative setting belongs. */
  readonly workspace: string | undefined;
  /** The value of the environment's PATH. */
  readonly searchPath: string;
  readonly windows: boolean;
}

/** Looks for the program. */
export function findProgram(places: Places): Found {
  const name = places.windows ? 'columnist.exe' : 'columnist';
  if (places.setting !== '') {
    const path = expand(places.setting, places.workspace);
    return isProgram(path)
      ? { path }
      : { missing: l10n.t('The setting columnist.server.path names {0}, which is not a program that can be started.', path) };
  }
  const bundled = join(places.extension, 'server', name);
  if (isProgram(bundled)) {
    return { path: bundled };
  }
  // Empty and relative entries of the PATH are passed over: they would run whatever lies in the opened folder.
  for (const folder of places.searchPath.split(delimiter).filter(isAbsolute)) {
    const path = join(folder, name);
    if (isProgram(path)) {
      return { path };
    }
  }
  return {
    missing: l10n.t(
      'The program columnist is not on the PATH, and this package carries none for this platform. Install it, or name it in the setting columnist.server.path.',
    ),
  };
}

function expand(setting: string, workspace: string | undefined): string {
  const path = setting
    .replace(/^~(?=$|[/\\])/, homedir())
    .replace(/\$\{workspaceFolder\}/g, workspace ?? '');
  return isAbsolute(path) ? path : resolve(workspace ?? homedir(), path);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
