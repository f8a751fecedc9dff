/** cr-sqlite, where somebody has it: its package fetches a binary when it is installed, which not every network lets through. */
import { connectSqlite, type Database } from '../../../db/sqlite.ts';

/** The extension's file; undefined where nobody has named one. */
export const crSqlitePath = (): string | undefined => process.env.MOU_TRACKER_CRSQLITE || undefined;

/** A database with the extension loaded, which wants to be told before it is closed. */
export function openCrSqlite(path: string): { db: Database; close: () => void } {
  const db = connectSqlite(path);
  db.loadExtension(crSqlitePath() ?? '');
  const close = () => {
    db.prepare('SELECT crsql_finalize()').get();
    db.close();
  };
  return { db, close };
}
