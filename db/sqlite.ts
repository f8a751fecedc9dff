/**
 * The one place that loads SQLite. A development runtime may bring a better-sqlite3 built for its own Node-API
 * (MOU_TRACKER_SQLITE names the package's folder); a packaged program never looks at that variable.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type BetterSqlite from 'better-sqlite3';

export type Database = BetterSqlite.Database;
export type Statement = BetterSqlite.Statement<unknown[]>;

// Not called `require`: the bundler gives chunks that name one of its own.
const load = createRequire(import.meta.url);
const isPackaged = import.meta.url.includes('app.asar');
const override = isPackaged ? undefined : process.env.MOU_TRACKER_SQLITE;

const Sqlite = load(override || 'better-sqlite3') as typeof BetterSqlite;

/** A path, `:memory:`, or the bytes of a database, which then live in memory only. */
export const connectSqlite = (source: string | Buffer, options?: BetterSqlite.Options): Database =>
  new Sqlite(source, options);

/**
 * The bytes of a database. Of a file by reading it while no one can write, of one in memory by SQLite's own image of it:
 * `serialize` of the development runtime's older better-sqlite3 would end an Electron process (memory outside V8's
 * sandbox), and there the second is refused.
 */
export function imageOf(db: Database): Buffer {
  if (db.memory) {
    if (process.versions.electron && override)
      throw new Error('the development runtime has no way to read a database out of its memory');
    return db.serialize();
  }
  // A shared lock until the file is read. (Closing it gives up this process's locks on it, on Unix: after that nothing
  // more is read in the transaction.)
  return db.transaction(() => {
    db.prepare('SELECT 1 FROM sqlite_schema').get();
    return readFileSync(db.name);
  })();
}

const statements = new WeakMap<Database, Map<string, Statement>>();

/**
 * The statement of a text, prepared once a connection: preparing takes longer than most of ours take to run. For texts of
 * a fixed set only; an `iterate` has to come to its end before anybody can use the same text again.
 */
export function prepared(db: Database, sql: string): Statement {
  let known = statements.get(db);
  if (!known) {
    known = new Map();
    statements.set(db, known);
  }
  let statement = known.get(sql);
  if (!statement) {
    statement = db.prepare(sql);
    known.set(sql, statement);
  }
  return statement;
}

/** SQLite's own result code ("SQLITE_BUSY", ...) of an error, or null for any other error. */
export const sqliteCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')
    ? error.code
    : null;
