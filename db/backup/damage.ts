/**
 * A file that cannot be read any more: what there is in its stead, and how to put it there. Its backups are whole and may be
 * old; what can still be read of it may have holes and is new. So each is held against the other.
 */
import { userInfo } from 'node:os';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { BackupEntry, Damage } from '../../shared/safekeeping.ts';
import type { MergeReport } from '../../shared/sharing.ts';
import { type HeldLock, takeLock } from '../lock/lockFile.ts';
import { mergeOpenFiles } from '../merge/merge.ts';
import type { OpenFile } from '../openFile.ts';
import { familyId } from '../repositories/fileRepository.ts';
import type { Database } from '../sqlite.ts';
import { fsError } from '../sqliteErrors.ts';
import type { Backups } from './backups.ts';
import { lastSeqs, listBackupsByPlace, summer } from './listBackups.ts';
import { replaceDamaged } from './restore.ts';
import { salvage } from './salvage.ts';

/** Reads what can be read of the file, in memory, and says what of it each backup lacks, and the other way round. */
export function surveyDamage(backups: Backups | null, path: string): Result<Damage, AppError> {
  const salvaged = salvage(path);
  if (!salvaged.ok) {
    // That nothing can be read of it makes its backups all the more wanted.
    if (salvaged.error.code !== 'nothing-to-salvage') return salvaged;
    return ok({ backups: listBackupsByPlace(backups, path), salvage: null });
  }
  const { db, counts, missing } = salvaged.value;
  try {
    return ok({ backups: listBackupsByPlace(backups, path, comparedWith(db)), salvage: { counts, missing } });
  } finally {
    db.close();
  }
}

function comparedWith(salvaged: Database): (backup: Database) => Pick<BackupEntry, 'since' | 'onlyHere'> {
  const held = heldOf(salvaged);
  const sumsBeyond = summer(salvaged);
  return (backup) => ({ since: sumsBeyond(lastSeqs(backup)), onlyHere: lackingIn(held, backup) });
}

/** Batches by the name that files share, with how many of their changes are here. */
const heldOf = (db: Database): Map<string, number> => new Map(batchesOf(db).all() as [string, number][]);

const batchesOf = (db: Database) =>
  db.prepare("SELECT r.key || ' ' || b.seq, b.held FROM batch b JOIN replica r ON r.id = b.replica").raw();

/** Batch by batch: where pages are lost, what is missing lies in between as well as at the end. */
function lackingIn(held: ReadonlyMap<string, number>, backup: Database): BackupEntry['onlyHere'] {
  const lacking = { batches: 0, changes: 0 };
  for (const [name, changes] of batchesOf(backup).iterate() as IterableIterator<[string, number]>) {
    const here = held.get(name);
    if (here === undefined) lacking.batches += 1;
    lacking.changes += Math.max(0, changes - (here ?? 0));
  }
  return lacking;
}

/**
 * A backup in the place of the damaged file, which stays beside it. Not while somebody else has it open: a program that
 * still holds it whole would write on in what was moved aside.
 */
export function replaceByBackup(
  backups: Backups | null,
  path: string,
  id: string,
  person: string = userInfo().username,
): Result<{ aside: string }, AppError> {
  const backup = backups?.listByPlace(path).find((one) => one.id === id);
  if (!backup) return err({ code: 'backup-missing', details: { id } });
  let lock: HeldLock | null = null;
  try {
    const taken = takeLock(path, person);
    if (taken.holder) return err({ code: 'file-locked', details: { path, ...taken.holder } });
    lock = taken.lock;
    return replaceDamaged(path, backup);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return err(fsError(path, error));
    throw error;
  } finally {
    lock?.release();
  }
}

/**
 * Brings what can still be read of a damaged file into the open one, a backup of it: as any other copy, by a merge that can
 * be taken back.
 */
export function addReadable(file: OpenFile, path: string): Result<MergeReport, AppError> {
  const salvaged = salvage(path);
  if (!salvaged.ok) return salvaged;
  const { db } = salvaged.value;
  try {
    if (familyId({ db }) !== familyId(file)) return err({ code: 'other-family', details: { path } });
    return mergeOpenFiles(file, [{ path, db }], { isDryRun: false });
  } finally {
    db.close();
  }
}
