/** What was printed and exported in this session: the window gets a token with which it can be shown, and nothing else. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { shell } from 'electron';
import type { SavedFile } from '../shared/api.ts';
import type { AppError } from '../shared/errors.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import { log } from './log.ts';
import { namesOf } from './recentFiles.ts';

const paths = new Map<string, string>();

export function rememberSaved(path: string): SavedFile {
  const token = randomUUID();
  paths.set(token, path);
  return { token, ...namesOf(path) };
}

export function showSaved(token: string): Reply<Record<string, never>> {
  const found = find(token);
  if (!found.ok) return found;
  shell.showItemInFolder(found.value);
  return ok({});
}

/** Opens it in the program that the system has for it; without one, shows where it is. */
export async function openSaved(token: string): Promise<Reply<Record<string, never>>> {
  const found = find(token);
  if (!found.ok) return found;
  const problem = await shell.openPath(found.value);
  if (problem !== '') {
    log(`nothing opened a saved file: ${problem}`);
    shell.showItemInFolder(found.value);
  }
  return ok({});
}

function find(token: string): { ok: true; value: string } | { ok: false; error: AppError } {
  const path = paths.get(token);
  if (!path) return err({ code: 'invalid-call', details: { method: 'saved', problem: 'no such token' } });
  return existsSync(path) ? ok(path) : err({ code: 'file-missing', details: { path } });
}
