/**
 * Puts other content in a file's place, a backup's or a copy's: written beside it, checked, renamed. At every moment there
 * is a whole file under the name, the old or the new one.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { type AppError, AppErrorException } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { syncFolder, writeDurably } from '../copy/deliver.ts';
import { connectSqlite, type Database, sqliteCode } from '../sqlite.ts';
import { fsError, openError } from '../sqliteErrors.ts';
import { renamePatiently } from '../writeWhole.ts';
import type { BackupName } from './backups.ts';

/** New content, whole and checked, beside the file that it is to replace. */
export interface Draft {
  path: string;
  /** Takes the place of the file, whose connections are closed. Throws the file system's errors. */
  moveIntoPlace: () => void;
  remove: () => void;
}

/** What a draft is made of. */
export interface DraftContent {
  /** Writes everything to the path it is given, and syncs it. */
  write: (temporary: string) => void;
  /** Says why what was written may not take the file's place, or null. */
  refusal: (temporary: string) => AppError | null;
}

/** The first half, during which nothing happens to the file: it may go on being used, and backed up. */
export function draftBeside(path: string, { write, refusal }: DraftContent): Result<Draft, AppError> {
  const place = realpathSync(path);
  const draft = join(dirname(place), `.mou-${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  const remove = () => {
    for (const suffix of ['', '-journal']) rmSync(`${draft}${suffix}`, { force: true });
  };
  try {
    write(draft);
    const refused = refusal(draft);
    if (refused) {
      remove();
      return err(refused);
    }
  } catch (error) {
    remove();
    if (error instanceof AppErrorException) return err(error.appError);
    if (sqliteCode(error)) return err(openError(path, error));
    if (error instanceof Error && 'syscall' in error) return err(fsError(path, error));
    throw error;
  }
  const moveIntoPlace = () => {
    renamePatiently(draft, place);
    syncFolder(dirname(place));
  };
  return ok({ path: draft, moveIntoPlace, remove });
}

/** A backup's bytes as they are. */
export const draftOfBackup = (path: string, backup: Pick<BackupName, 'id' | 'path'>): Result<Draft, AppError> =>
  draftBeside(path, {
    write: (temporary) => writeDurably(temporary, readFileSync(backup.path)),
    refusal: (temporary) => (isWhole(temporary) ? null : { code: 'backup-missing', details: { id: backup.id } }),
  });

function isWhole(path: string): boolean {
  let db: Database | null = null;
  try {
    db = connectSqlite(path, { readonly: true, fileMustExist: true });
    return db.pragma('quick_check(1)', { simple: true }) === 'ok';
  } catch (error) {
    if (sqliteCode(error)) return false;
    throw error;
  } finally {
    db?.close();
  }
}

/**
 * For a file that cannot be read: the damaged one stays, under a name that says so, and the backup takes its place.
 * Returns where the damaged one is now.
 */
export function replaceDamaged(
  path: string,
  backup: Pick<BackupName, 'id' | 'path'>,
): Result<{ aside: string }, AppError> {
  const draft = draftOfBackup(path, backup);
  if (!draft.ok) return draft;
  const place = realpathSync(path);
  const aside = asideName(place);
  try {
    renamePatiently(place, aside);
    // What belongs to the damaged file must not be taken for the new one's.
    for (const suffix of ['-journal', '-wal', '-shm'])
      if (existsSync(`${place}${suffix}`)) renameSync(`${place}${suffix}`, `${aside}${suffix}`);
    try {
      draft.value.moveIntoPlace();
    } catch (error) {
      renamePatiently(aside, place);
      throw error;
    }
    return ok({ aside });
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return err(fsError(path, error));
    throw error;
  } finally {
    draft.value.remove();
  }
}

function asideName(place: string): string {
  const ending = extname(place);
  const stem = place.slice(0, place.length - ending.length);
  for (let count = 1; ; count += 1) {
    const name = `${stem} (damaged${count === 1 ? '' : ` ${count}`})${ending}`;
    if (!existsSync(name)) return name;
  }
}
