/**
 * A file that cannot be read any more: the window says what there is in its stead, and a person chooses. The damaged file
 * itself is known here alone, and stays whatever is chosen.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { DamagedFile, OpenFile, Output, shellApi } from '../shared/api.ts';
import type { AppError } from '../shared/errors.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import type { Damage, Salvaged } from '../shared/safekeeping.ts';
import { database } from './dbProcess.ts';
import { askSalvage } from './dialogs.ts';
import { lastDamagedPath, openPath } from './openFile.ts';
import { namesOf } from './recentFiles.ts';

let asked: { token: string; path: string } | null = null;

/** The file that was refused last because it is damaged, with its backups; null: there is none. */
export async function findDamaged(): Promise<Reply<{ damaged: DamagedFile | null }>> {
  const path = lastDamagedPath();
  if (path === null) return ok({ damaged: null });
  const found = await database()['damage.backups']({ path });
  if (!found.ok) return found;
  asked = { token: randomUUID(), path };
  return ok({ damaged: { token: asked.token, ...namesOf(path), backups: found.value.backups } });
}

export async function surveyDamaged(token: string): Promise<Reply<Damage>> {
  const path = pathOf(token, 'damage.survey');
  return path.ok ? database()['damage.survey']({ path: path.value }) : path;
}

/** Puts a backup in its place, opens that, and brings in what can still be read. */
export async function restoreDamaged(
  token: string,
  id: string,
  addReadable: boolean,
): Promise<Reply<Output<typeof shellApi, 'damage.restore'>>> {
  const path = pathOf(token, 'damage.restore');
  if (!path.ok) return path;
  const restored = await database()['damage.restore']({ path: path.value, id });
  if (!restored.ok) return restored;
  const { aside } = restored.value;
  const opened = await openPath(path.value);
  if (!opened.ok) return opened;
  const result = { file: opened.value, aside: basename(aside), added: 0, problem: null };
  if (!addReadable) return ok(result);
  const added = await database()['damage.addReadable']({ path: aside });
  if (added.ok) return ok({ ...result, added: added.value.changes });
  // Restored it is in any case. It may have been asked for before it was known that there is nothing.
  return ok(added.error.code === 'nothing-to-salvage' ? result : { ...result, problem: added.error });
}

/** Asks where to, writes there what can still be read, and opens that. Null: the person cancelled. */
export async function salvageDamaged(
  token: string,
): Promise<Reply<{ file: OpenFile | null; missing: Salvaged['missing'] | null }>> {
  const path = pathOf(token, 'damage.salvage');
  if (!path.ok) return path;
  const out = await askSalvage(basename(path.value));
  if (out === null) return ok({ file: null, missing: null });
  const salvaged = await database()['damage.salvage']({ path: path.value, out });
  if (!salvaged.ok) return salvaged;
  const opened = await openPath(salvaged.value.path);
  return opened.ok ? ok({ file: opened.value, missing: salvaged.value.missing }) : opened;
}

const pathOf = (token: string, method: string): Reply<string> =>
  asked?.token === token
    ? ok(asked.path)
    : err<AppError>({ code: 'invalid-call', details: { method, problem: 'no such file' } });
