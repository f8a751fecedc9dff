/** What this computer knows of the place of a file; shared/rules/place.ts judges it. */
import { readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Place, placeOf } from '../shared/rules/place.ts';

/** Of a file that is there, or is to be made there. */
export const placeOfFile = (path: string): Place =>
  placeOf({
    path: realPlace(path),
    platform: process.platform,
    env: process.env,
    home: homedir(),
    syncRoots: dropboxRoots(),
    mounts: process.platform === 'linux' ? mountsOf(readText('/proc/self/mounts') ?? '') : [],
  });

function realPlace(path: string): string {
  try {
    // The native one: it turns a mapped drive into the network path behind it.
    return realpathSync.native(path);
  } catch {
    try {
      return join(realpathSync.native(dirname(path)), basename(path));
    } catch {
      return path;
    }
  }
}

/** Dropbox says in a file of its own where its folders are, wherever people have moved them. */
function dropboxRoots(): { root: string; service: string }[] {
  const folders = [process.env.APPDATA, process.env.LOCALAPPDATA, homedir()].filter((folder) => folder !== undefined);
  return folders.flatMap((folder) =>
    ['Dropbox', '.dropbox'].flatMap((name) => {
      try {
        const accounts: unknown = JSON.parse(readText(join(folder, name, 'info.json')) ?? 'null');
        return Object.values(accounts ?? {}).flatMap((account: { path?: unknown }) =>
          typeof account?.path === 'string' ? [{ root: account.path, service: 'Dropbox' }] : [],
        );
      } catch {
        return [];
      }
    }),
  );
}

/** Lines of "device place type options ..."; blanks in a place are written as \040. */
export const mountsOf = (text: string): { at: string; type: string }[] =>
  text.split('\n').flatMap((line) => {
    const [, at, type] = line.split(' ');
    if (at === undefined || type === undefined) return [];
    return [
      { at: at.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8))), type },
    ];
  });

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
