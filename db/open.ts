/** Opens, creates and closes a file: header, permissions, pragmas, migration. Every refusal says why; nothing is changed. */
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import type { Author, FileInfo, UndoState } from '../shared/api.ts';
import type { AppError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { LockHolder } from '../shared/safekeeping.ts';
import type { Backups } from './backup/backups.ts';
import { type Header, hasUnfinishedJournal, readHeader } from './header.ts';
import { type HeldLock, holderOf, takeLock } from './lock/lockFile.ts';
import { Names } from './log/names.ts';
import { ReplicaIdentity, type WriterRecords } from './log/replica.ts';
import { UndoStack } from './log/undoStack.ts';
import { migrate, SCHEMA_VERSION } from './migrations/index.ts';
import type { OpenFile, Touched } from './openFile.ts';
import { catchUpBeforeClosing } from './search/catchUp.ts';
import { SearchIndex } from './search/searchIndex.ts';
import { connectSqlite, type Database, imageOf, sqliteCode } from './sqlite.ts';
import { fsError, isDamage, openError, unusableName } from './sqliteErrors.ts';

export interface OpenOptions {
  records: WriterRecords;
  author: Author | null;
  /**
   * Be the one who writes, until the file is closed: takes the lock, or opens for reading only when somebody else has it.
   * Without it the file is only read and may be open elsewhere.
   */
  isExclusive: boolean;
  /** Where backups of a file go; without it none are made. */
  backups?: Backups;
  now?: () => number;
  onCommit?: (touched: Touched, undo: UndoState) => void;
}

/** Opens an existing file. A file that may not be written, or that a newer version wrote, opens for reading only. */
export function openFile(path: string, options: OpenOptions): Result<OpenFile, AppError> {
  const refusal = unusableName(path);
  if (refusal) return err(refusal);
  const header = readHeader(path);
  if (!header.ok) return header;
  let access: Access | null = null;
  let db: Database | null = null;
  try {
    access = accessTo(path, header.value, options);
    db = connect(path, access, options);
    if (!db.readonly) {
      const prepared = prepareForWriting(db, path, options);
      if (!prepared.ok) {
        db.close();
        access.lock?.release();
        return prepared;
      }
    }
    return ok(assemble(db, path, access.readOnlyReason, options, access));
  } catch (error) {
    db?.close();
    access?.lock?.release();
    if (sqliteCode(error)) return err(openError(path, error));
    if (error instanceof Error && 'syscall' in error) return err(fsError(path, error));
    throw error;
  }
}

interface Access {
  readOnlyReason: FileInfo['readOnlyReason'];
  lock: HeldLock | null;
  lockedBy: LockHolder | null;
}

function accessTo(path: string, header: Header, { isExclusive, author }: OpenOptions): Access {
  const readOnlyReason = readOnlyReasonOf(path, header);
  const lockedBy = isExclusive ? null : holderOf(path);
  if (readOnlyReason !== null || !isExclusive) return { readOnlyReason, lock: null, lockedBy };
  try {
    const { lock, holder } = takeLock(path, author?.name ?? accountName());
    return { readOnlyReason: lock ? null : 'busy', lock, lockedBy: holder };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (['EACCES', 'EPERM', 'EROFS'].includes(code))
      return { readOnlyReason: 'permission', lock: null, lockedBy: null };
    if (['ENOSPC', 'EDQUOT'].includes(code)) return { readOnlyReason: 'disk-full', lock: null, lockedBy: null };
    throw error;
  }
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/** How long one process waits for another's transaction: checking a large file reads for a second or two. */
const BUSY_MS = 5_000;

function connect(path: string, { readOnlyReason }: Access, { isExclusive }: OpenOptions): Database {
  const isReader = readOnlyReason !== null || !isExclusive;
  if (isReader && readOnlyReason === null && hasUnfinishedJournal(path)) rollBackUnfinished(path);
  const db = connectSqlite(path, { readonly: isReader, fileMustExist: true, timeout: BUSY_MS });
  try {
    setPragmas(db);
    // A reader of an older file sees it as it would be after the update, which it may not make.
    const isOlder = (db.pragma('user_version', { simple: true }) as number) < SCHEMA_VERSION;
    if (!isReader || !isOlder) return db;
    const image = connectSqlite(imageOf(db));
    db.close();
    setPragmas(image);
    migrate(image);
    return image;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Restores what a killed program left half-written; a connection that may only read cannot. SQLite itself tells a dead
 * writer's journal from a living one's, by its locks.
 */
function rollBackUnfinished(path: string): void {
  const db = connectSqlite(path, { fileMustExist: true, timeout: BUSY_MS });
  try {
    setPragmas(db);
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } finally {
    db.close();
  }
}

function prepareForWriting(db: Database, path: string, { backups, now }: OpenOptions): Result<unknown, AppError> {
  // Not by the header's version: what is left of a killed update has only now been rolled back.
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version >= SCHEMA_VERSION || version === 0) return ok(migrate(db));
  const kept = backups?.make({ db, path, now: now ?? Date.now }, 'before-migration') ?? ok(null);
  return kept.ok ? ok(migrate(db)) : kept;
}

/** Gives a ready connection its parts. The database is one of ours, of this schema or a newer one. */
export function assemble(
  db: Database,
  path: string,
  readOnlyReason: FileInfo['readOnlyReason'],
  options: OpenOptions,
  { lock, lockedBy }: Pick<Access, 'lock' | 'lockedBy'> = { lock: null, lockedBy: null },
): OpenFile {
  const names = new Names(db);
  const search = new SearchIndex(db);
  // Also in the image that a reader of an older file has of it.
  if (!db.readonly && !search.isCurrent) db.transaction(() => search.rebuild()).immediate();
  const replica = new ReplicaIdentity(db, options.records, path);
  const undoStack = new UndoStack(db);
  if (replica.key) undoStack.load(replica.key);
  return {
    db,
    path,
    // Asked before every edit: whoever slept through somebody's taking over must not go on writing.
    get readOnlyReason() {
      return readOnlyReason ?? (lock === null || lock.isOurs() ? null : 'busy');
    },
    lock,
    lockedBy,
    backups: options.backups ?? null,
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
    if (file.readOnlyReason === null) {
      if (!file.db.readonly) catchUpBeforeClosing(file);
      file.replica.close();
    }
    // Takes the empty journal away with it.
    if (file.lock?.isOurs()) file.db.pragma('journal_mode = DELETE');
  } catch (error) {
    // In a damaged file there is nothing to tidy up; it is let go all the same.
    if (!isDamage(error)) throw error;
  } finally {
    file.db.close();
    file.lock?.release();
  }
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
 * One file at rest: a rollback journal leaves nothing beside it that people forget to copy. While the file is open the
 * journal is cut to nothing after each edit rather than deleted, which spares two syncs of the folder; EXTRA syncs
 * whatever tells that an edit is over, so that a saved edit survives a power cut. Locks are held for single transactions:
 * others may read, and the lock file says who may write. Nothing in a file may make SQLite run code.
 */
export function setPragmas(db: Database): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('mmap_size = 0');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -16000');
  if (db.readonly || db.memory) return;
  db.pragma('journal_mode = TRUNCATE');
  db.pragma('synchronous = EXTRA');
}
