/**
 * The steps from an empty file to today's schema, in order. Numbered in tens; each does one thing, imports no program
 * code (code moves on, old files do not), and runs with its `user_version` in one transaction.
 */
import type { Database } from '../sqlite.ts';
import { createLog } from './0010-create-log.ts';
import { createTables } from './0020-create-tables.ts';
import { createSearch } from './0030-create-search.ts';
import { prepareMerging } from './0040-prepare-merging.ts';
import { deferSearch } from './0050-defer-search.ts';

export interface Migration {
  version: number;
  up: (db: Database) => void;
}

export const MIGRATIONS: readonly Migration[] = [createLog, createTables, createSearch, prepareMerging, deferSearch];

/** What this program writes: the version of the last step. */
export const SCHEMA_VERSION = MIGRATIONS[MIGRATIONS.length - 1]?.version ?? 0;

/** "MoUT": what `file` and we ourselves recognise in bytes 68 to 71 of the header. */
export const APPLICATION_ID = 0x4d6f5554;

/** Brings a database from its own version to the newest, or to that of a step; every step is all or nothing. */
export function migrate(db: Database, to = SCHEMA_VERSION): void {
  const from = db.pragma('user_version', { simple: true }) as number;
  for (const { version, up } of MIGRATIONS) {
    if (version <= from || version > to) continue;
    db.transaction(() => {
      up(db);
      db.pragma(`user_version = ${version}`);
      db.pragma(`application_id = ${APPLICATION_ID}`);
    })();
  }
}
