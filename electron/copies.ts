/** Copies for the window: given away whole, in part or under a passphrase; taken to work on; opened with a passphrase. */
import { basename } from 'node:path';
import type { OpenFile, SavedFile } from '../shared/api.ts';
import type { CopyScope } from '../shared/copyScope.ts';
import type { AppError } from '../shared/errors.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import type { FilePlace, MadeBackup } from '../shared/safekeeping.ts';
import { database } from './dbProcess.ts';
import { askCopy } from './dialogs.ts';
import { contentReplaced, currentFile, currentPath, openEncrypted, openPath } from './openFile.ts';
import { rememberSaved } from './savedFiles.ts';

const noFile = err<AppError>({ code: 'no-file-open', details: {} });

export async function saveCopy(
  scope: CopyScope | null,
  passphrase: string | null,
): Promise<Reply<{ saved: SavedFile | null }>> {
  const path = await write(scope === null ? 'copy' : 'part', scope, passphrase);
  if (!path.ok) return path;
  return ok({ saved: path.value === null ? null : rememberSaved(path.value) });
}

/** A copy of one's own to work on, opened in place of the file that cannot or should not be written. */
export async function takeCopy(): Promise<Reply<{ file: OpenFile | null }>> {
  const path = await write('own', null, null);
  if (!path.ok) return path;
  if (path.value === null) return ok({ file: null });
  const opened = await openPath(path.value);
  return opened.ok ? ok({ file: opened.value }) : opened;
}

/** Under a passphrase that the person has, the file that was refused last for want of one. */
export async function openWithPassphrase(passphrase: string): Promise<Reply<{ file: OpenFile | null }>> {
  const opened = await openEncrypted(passphrase);
  return opened.ok ? ok({ file: opened.value }) : opened;
}

export async function placeOfOpenFile(): Promise<Reply<FilePlace>> {
  const path = currentPath();
  return path === null ? noFile : database()['file.place']({ path });
}

export const restoreBackup = async (id: string): Promise<Reply<{ kept: MadeBackup }>> =>
  contentReplaced(await database()['backup.restore']({ id }));

/** Where it was written, or null when the person cancelled. */
async function write(
  kind: 'copy' | 'part' | 'own',
  scope: CopyScope | null,
  passphrase: string | null,
): Promise<Reply<string | null>> {
  const file = currentFile();
  if (!file) return noFile;
  const path = await askCopy(basename(file.name), kind, passphrase !== null);
  if (!path) return ok(null);
  // The dialog has asked about a file that stands there.
  const copied = await database()['copy.save']({ path, scope, passphrase, mayReplace: true });
  return copied.ok ? ok(path) : copied;
}
