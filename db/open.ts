/** Opens, creates and closes a file: header, permissions, pragmas, migration. Every refusal says why; nothing is changed. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Author, FileInfo, UndoState } from '../shared/api.ts';
import type { AppError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { Names } from './log/names.ts';
import { ReplicaIdentity, type WriterRecords } from './log/replica.ts';
import { UndoStack } from './log/undoStack.ts';
import { APPLICATION_ID, migrate, SCHEMA_VERSION } from './migrations/index.ts';
import type { OpenFile, Touched } from './openFile.ts';
import { SearchIndex } from './search/searchIndex.ts';
import { connectSqlite, type Database } from './sqlite.ts';
import { fsError, openError, unusableName } from './sqliteErrors.ts';

export interface OpenOptions {
  records: WriterRecords;
  author: Author | null;
  /** Keep the file to ourselves until it is closed: the window does, a command that only reads does not. */
  isExclusive: boolean;
  now?: () => number;
  onCommit?: (touched: Touched, undo: UndoState) => void;
}

interface Header {
  userVersion: number;
}

/** Opens an existing file. A file that may not be written, or that a newer version wrote, opens for reading only. */
export function openFile(path: string, options: OpenOptions): Result<OpenFile, AppError> {
  const refusal = unusableName(path);
  if (refusal) return err(refusal);
  const header = readHeader(path);
  if (!header.ok) return header;
  const readOnlyReason = readOnlyReasonOf(path, header.value);
  let db: Database | null = null;
  try {
    db = connectSqlite(path, { readonly: readOnlyReason !== null, fileMustExist: true, timeout: 1_000 });
    setPragmas(db, options.isExclusive && readOnlyReason === null);
    // Not by the header's version: what is left of a killed update has only now been rolled back.
    if (readOnlyReason === null) migrate(db);
    return ok(assemble(db, path, readOnlyReason, options));
  } catch (error) {
    db?.close();
    return err(openError(path, error));
  }
}

/** Gives a ready connection its parts. The database is one of ours, of this schema or a newer one. */
export function assemble(
  db: Database,
  path: string,
  readOnlyReason: FileInfo['readOnlyReason'],
  options: OpenOptions,
): OpenFile {
  const names = new Names(db);
  const search = new SearchIndex(db);
  if (readOnlyReason === null && !search.isCurrent) db.transaction(() => search.rebuild()).immediate();
  const replica = new ReplicaIdentity(db, options.records, path);
  const undoStack = new UndoStack(db);
  if (replica.key) undoStack.load(replica.key);
  return {
    db,
    path,
    readOnlyReason,
    names,
    search,
    replica,
    undoStack,
    author: options.author,
    now: options.now ?? Date.now,
    onCommit: options.onCommit ?? (() => undefined),
  };
}

export function closeFile(file: OpenFile): void {
  try {
    if (file.readOnlyReason === null) file.replica.close();
  } finally {
    file.db.close();
  }
}

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';

/** Reads what the first 100 bytes say, before SQLite parses anything. */
export function readHeader(path: string): Result<Header, AppError> {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    return err(fsError(path, error));
  }
  if (stats.isDirectory()) return err({ code: 'file-is-directory', details: { path } });
  // A pipe or a device would block or never end.
  if (!stats.isFile()) return err({ code: 'not-a-tracker-file', details: { path } });
  const bytes = Buffer.alloc(HEADER_BYTES);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, bytes, 0, HEADER_BYTES, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return err(fsError(path, error));
  }
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC || bytes.readUInt32BE(68) !== APPLICATION_ID)
    return err({ code: 'not-a-tracker-file', details: { path } });
  const pageSize = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
  const pageCount = bytes.readUInt32BE(28);
  // Copied halfway, or a stick pulled too early. With a journal beside it SQLite restores the length itself.
  if (stats.size < pageCount * pageSize && !existsSync(`${path}-journal`))
    return err({ code: 'file-damaged', details: { path, problem: 'truncated' } });
  return ok({ userVersion: bytes.readUInt32BE(60) });
}

function readOnlyReasonOf(path: string, header: Header): FileInfo['readOnlyReason'] {
  if (header.userVersion > SCHEMA_VERSION) return 'newer-version';
  try {
    // The folder too: SQLite puts its journal beside the file. root may write everywhere, yet a file without any write
    // bit was protected by somebody on purpose.
    accessSync(path, constants.W_OK);
    accessSync(dirname(realpathSync(path)), constants.W_OK);
    return (statSync(path).mode & 0o222) === 0 ? 'permission' : null;
  } catch {
    return 'permission';
  }
}

/**
 * One file at rest: a rollback journal leaves nothing beside it that people forget to copy, and EXTRA syncs the folder
 * after the journal is gone, so that a saved edit survives a power cut. Nothing in a file may make SQLite run code.
 */
export function setPragmas(db: Database, isExclusive: boolean): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('mmap_size = 0');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -16000');
  if (db.readonly) return;
  if (isExclusive) {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
  }
  db.pragma('journal_mode = DELETE');
  db.pragma('synchronous = EXTRA');
}
