/** The backups of a file for people: what each holds, and what has happened since. */
import { statSync } from 'node:fs';
import type { BackupEntry } from '../../shared/safekeeping.ts';
import type { OpenFile } from '../openFile.ts';
import { fileCounts } from '../repositories/fileRepository.ts';
import { connectSqlite, type Database } from '../sqlite.ts';
import type { BackupName, Backups } from './backups.ts';

/** Newest first. */
export function listBackups(file: OpenFile): BackupEntry[] {
  const names = file.backups?.list(file) ?? [];
  const present = lastSeqs(file.db);
  const sumsBeyond = summer(file.db);
  return names.map((name) =>
    entryOf(name, (backup) => {
      const there = lastSeqs(backup);
      return { since: sumsBeyond(there), onlyHere: beyond(backup, present) };
    }),
  );
}

type Comparison = Pick<BackupEntry, 'since' | 'onlyHere'>;

/** For a file that cannot be read: its backups, compared with whatever there is to compare them with. */
export const listBackupsByPlace = (
  backups: Backups | null,
  path: string,
  compare: (backup: Database) => Comparison = () => NOTHING,
): BackupEntry[] => backups?.listByPlace(path).map((name) => entryOf(name, compare)) ?? [];

const NOTHING: Comparison = { since: [], onlyHere: { batches: 0, changes: 0 } };

function entryOf(
  { id, at, reason, isAlarming, path }: BackupName,
  compare: (backup: Database) => Comparison,
): BackupEntry {
  const about = { id, at, reason, isAlarming };
  let db: Database | null = null;
  try {
    db = connectSqlite(path, { readonly: true, fileMustExist: true });
    return { ...about, sizeBytes: statSync(path).size, counts: fileCounts(db), ...compare(db) };
  } catch {
    return { ...about, sizeBytes: sizeOf(path), counts: null, ...NOTHING };
  } finally {
    db?.close();
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** By the name that files share: the last batch of each replica. */
export const lastSeqs = (db: Database): ReadonlyMap<string, number> =>
  new Map(
    db
      .prepare('SELECT r.key, max(b.seq) FROM batch b JOIN replica r ON r.id = b.replica GROUP BY b.replica')
      .raw()
      .all() as [string, number][],
  );

/** For many backups in turn: what the file's batches beyond a vector are, by author. */
export function summer(db: Database): (there: ReadonlyMap<string, number>) => BackupEntry['since'] {
  const replicas = db.prepare('SELECT id, key FROM replica').raw().all() as [number, string][];
  const beyondOne = db.prepare(
    `SELECT a.name AS author, count(*) AS batches, sum(b.held) AS changes
     FROM batch b LEFT JOIN author a ON a.id = b.author WHERE b.replica = ? AND b.seq > ? GROUP BY a.name`,
  );
  return (there) => {
    const byAuthor = new Map<string | null, { batches: number; changes: number }>();
    for (const [id, key] of replicas)
      for (const { author, batches, changes } of beyondOne.all(id, there.get(key) ?? 0) as BackupEntry['since']) {
        const sum = byAuthor.get(author) ?? { batches: 0, changes: 0 };
        byAuthor.set(author, { batches: sum.batches + batches, changes: sum.changes + changes });
      }
    return [...byAuthor].map(([author, sum]) => ({ author, ...sum })).sort((one, other) => other.changes - one.changes);
  };
}

function beyond(db: Database, present: ReadonlyMap<string, number>): BackupEntry['onlyHere'] {
  const sums = summer(db)(present);
  return {
    batches: sums.reduce((sum, { batches }) => sum + batches, 0),
    changes: sums.reduce((sum, { changes }) => sum + changes, 0),
  };
}
