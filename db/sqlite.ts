/**
 * The one place that loads SQLite. A development runtime may bring a better-sqlite3 built for its own Node-API
 * (MOU_TRACKER_SQLITE names the package's folder); a packaged program never looks at that variable.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
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
 * The bytes of a database. Of a file by reading it while no one can write, of one in memory by SQLite's own image of it,
 * so that nothing is written anywhere.
 */
export function imageOf(db: Database): Buffer {
  if (db.memory) return process.versions.electron && override ? imageThroughSharedMemory(db) : db.serialize();
  // A shared lock until the file is read. (Closing it gives up this process's locks on it, on Unix: after that nothing
  // more is read in the transaction.)
  return db.transaction(() => {
    db.prepare('SELECT 1 FROM sqlite_schema').get();
    return readFileSync(db.name);
  })();
}

/**
 * `serialize` of the development runtime's older better-sqlite3 ends an Electron process (it hands out memory from outside
 * V8's sandbox). There, and only there, the image takes its way through Linux's shared memory, which is no disk either.
 */
function imageThroughSharedMemory(db: Database): Buffer {
  const path = `/dev/shm/mou-${process.pid}-${randomBytes(8).toString('hex')}`;
  try {
    db.prepare('VACUUM INTO ?').run(path);
    return readFileSync(path);
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * A value of the log as it is bound: a whole number as SQLite's own, of one byte or a few. A number of JavaScript would be
 * kept in eight, since the column takes values as they come.
 */
export const bound = (value: string | number | null): string | number | bigint | null =>
  Number.isSafeInteger(value) ? BigInt(value as number) : value;

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
