/**
 * Opens another's copy for reading: a file that a stranger may have made. Nothing of it is trusted, nothing is attached,
 * and nothing is written beside it.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { HEADER_BYTES, headerOf, readHeader } from '../header.ts';
import { MIGRATIONS, migrate, SCHEMA_VERSION } from '../migrations/index.ts';
import { setPragmas } from '../open.ts';
import type { OpenFile } from '../openFile.ts';
import { familyId } from '../repositories/fileRepository.ts';
import { connectSqlite, type Database } from '../sqlite.ts';
import { openError } from '../sqliteErrors.ts';

/** Thrown while an opened copy is read: what is wrong with it, for whoever looks into the file. */
export class OtherFileError extends Error {}

/** A copy by its place; with the bytes of its database if what lies there is encrypted. */
export interface CopySource {
  path: string;
  image?: Buffer;
}

/** Opens a copy of this very file; the caller closes it. Files of other families are refused. */
export function openKin(file: Pick<OpenFile, 'db'>, { path, image }: CopySource): Result<Database, AppError> {
  const other = image === undefined ? openOther(path) : openOtherImage(path, image);
  if (!other.ok) return other;
  try {
    if (familyId({ db: other.value }) === familyId(file)) return other;
  } catch (error) {
    other.value.close();
    throw error;
  }
  other.value.close();
  return err({ code: 'other-family', details: { path } });
}

/** The caller closes it. Refuses what is not whole, not ours, or built otherwise than its version builds its files. */
export function openOther(path: string): Result<Database, AppError> {
  const header = readHeader(path);
  if (!header.ok) return header;
  const { userVersion, isWal } = header.value;
  if (userVersion > SCHEMA_VERSION)
    return err({ code: 'file-too-new', details: { path, fileVersion: userVersion, knownVersion: SCHEMA_VERSION } });
  if (isHalfWritten(path)) return err({ code: 'file-busy', details: { path } });
  if (isWal) return err({ code: 'file-damaged', details: { path, problem: 'write-ahead log' } });
  return checked(path, userVersion, () => connect(path, userVersion));
}

/** The same for a copy whose bytes are in memory only: one that came encrypted. */
export function openOtherImage(path: string, bytes: Buffer): Result<Database, AppError> {
  const header = headerOf(path, bytes.subarray(0, HEADER_BYTES), bytes.length);
  if (!header.ok) return header;
  const { userVersion, isWal } = header.value;
  if (userVersion > SCHEMA_VERSION)
    return err({ code: 'file-too-new', details: { path, fileVersion: userVersion, knownVersion: SCHEMA_VERSION } });
  if (isWal) return err({ code: 'file-damaged', details: { path, problem: 'write-ahead log' } });
  return checked(path, userVersion, () => {
    const db = connectSqlite(bytes);
    setPragmas(db);
    return db;
  });
}

function checked(path: string, userVersion: number, connectTo: () => Database): Result<Database, AppError> {
  let db: Database | null = null;
  try {
    db = connectTo();
    const problem = schemaProblem(db, userVersion) ?? integrityProblem(db, userVersion) ?? sizeProblem(db);
    if (problem !== null) {
      db.close();
      return err({ code: 'file-damaged', details: { path, problem } });
    }
    if (userVersion < SCHEMA_VERSION) migrate(db);
    return ok(db);
  } catch (error) {
    db?.close();
    return err(openError(path, error));
  }
}

/** Its program is writing, or has died writing: what the file says is half of something, the journal has the rest. */
function isHalfWritten(path: string): boolean {
  if (existsSync(`${path}-wal`)) return true;
  if (!existsSync(`${path}-journal`)) return false;
  // A journal that was finished with is left behind empty, or with nothing but zeros for a header.
  const start = Buffer.alloc(8);
  const journal = openSync(`${path}-journal`, 'r');
  try {
    readSync(journal, start, 0, start.length, 0);
  } finally {
    closeSync(journal);
  }
  return start.some((byte) => byte !== 0);
}

/** A file of an older version is brought to ours in memory; the file itself stays what it is. */
function connect(path: string, userVersion: number): Database {
  const db =
    userVersion < SCHEMA_VERSION
      ? connectSqlite(readFileSync(path))
      : connectSqlite(path, { readonly: true, fileMustExist: true });
  setPragmas(db);
  // One state of it, whoever may be writing in it meanwhile.
  if (!db.memory) db.exec('BEGIN');
  return db;
}

/** Triggers, views, generated columns or virtual tables that we did not put there could run on reading. */
function schemaProblem(db: Database, version: number): string | null {
  const expected = schemaOfVersion(version);
  const found = db.prepare(SCHEMA).raw().all() as [string, string | null][];
  for (const [name, sql] of found) if (expected.get(name) !== sql) return `unexpected ${name.slice(0, 100)}`;
  const names = new Set(found.map(([name]) => name));
  for (const name of expected.keys()) if (!names.has(name)) return `${name} is missing`;
  return null;
}

/** Objects with the text that made each; none of ours is long. */
const SCHEMA =
  "SELECT type || ' ' || name, CASE WHEN sql IS NULL OR length(sql) < 10000 THEN sql ELSE 'too long' END FROM sqlite_schema";

/** Up to this size the whole file is checked before use, in a moment that nobody notices. */
const CHECKED_WHOLE_BYTES = 8_000_000;
const READ_WHOLE = [
  'meta',
  'replica',
  'author',
  'label',
  'entity',
  'field',
  'entity_row',
  'batch',
  'session',
  'seen',
  'supersedes',
];

/**
 * Of a large file only the tables that are read whole. Its changes are held against their batches' counts and their fields'
 * rules one by one as they come in; those that do not come in may be what they are, and so may its own tables.
 */
function integrityProblem(db: Database, version: number): string | null {
  const bytes =
    (db.pragma('page_count', { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number);
  const isWhole = bytes <= CHECKED_WHOLE_BYTES || version < SCHEMA_VERSION;
  for (const scope of isWhole ? ['1'] : READ_WHOLE) {
    const said = db.pragma(`quick_check(${scope})`, { simple: true });
    if (said !== 'ok') return String(said);
  }
  return null;
}

/** No value of ours comes near; a text of a gigabyte would have to be read whole before its field's rule could refuse it. */
export const MOST_BYTES = 1_000_000;

const TEXTS: readonly [table: string, column: string][] = [
  ['entity_row', 'key'],
  ['entity', 'name'],
  ['field', 'name'],
  ['replica', 'key'],
  ['author', 'name'],
  ['author', 'post'],
  ['label', 'code'],
  ['meta', 'value'],
];

function sizeProblem(db: Database): string | null {
  for (const [table, column] of TEXTS) {
    const found = db.prepare(`SELECT 1 FROM ${table} WHERE octet_length(${column}) > ${MOST_BYTES} LIMIT 1`).get();
    if (found) return `${table}.${column} is too long`;
  }
  return null;
}

const schemas = new Map<number, ReadonlyMap<string, string | null>>();

/** What a version's own migrations make. A version that never was has made nothing. */
function schemaOfVersion(version: number): ReadonlyMap<string, string | null> {
  let schema = schemas.get(version);
  if (!schema) {
    const fresh = connectSqlite(':memory:');
    if (MIGRATIONS.some((migration) => migration.version === version)) migrate(fresh, version);
    schema = new Map(fresh.prepare(SCHEMA).raw().all() as [string, string | null][]);
    fresh.close();
    schemas.set(version, schema);
  }
  return schema;
}
