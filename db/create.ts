/** Makes a new file: whole or not at all, and never over an existing one. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkValue } from '../shared/entities/index.ts';
import { type AppError, AppErrorException } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { newId } from './ids.ts';
import { NO_RECORDS } from './installation.ts';
import { ReplicaIdentity, startSession, type WriterRecord } from './log/replica.ts';
import { type Batch, writeBatch } from './log/writeBatch.ts';
import { migrate } from './migrations/index.ts';
import { assemble, closeFile, type OpenOptions, openFile, setPragmas } from './open.ts';
import type { OpenFile } from './openFile.ts';
import { REGISTER_AT_MS, REGISTER_FAMILY, REGISTER_REPLICA, registerRows } from './seed/registerRows.ts';
import { connectSqlite, type Database, sqliteCode } from './sqlite.ts';
import { fsWriteError, openError, unusableName } from './sqliteErrors.ts';
import { moveWithoutReplacing } from './writeWhole.ts';

export interface NewFile {
  from: 'register' | 'empty';
  /** What the committee calls it; signed by the author. */
  title: string;
}

/** Creates the file at `path` and opens it. */
export function createFile(path: string, { from, title }: NewFile, options: OpenOptions): Result<OpenFile, AppError> {
  const refusal = unusableName(path) ?? refusedTitle(title);
  if (refusal) return err(refusal);
  if (existsSync(path)) return err({ code: 'file-exists', details: { path } });
  let folder: string;
  try {
    folder = mkdtempSync(join(dirname(path), '.new-'));
  } catch (error) {
    return err(fsWriteError(path, error));
  }
  try {
    const draft = join(folder, basename(path));
    const record = fill(draft, { from, title }, options);
    moveWithoutReplacing(draft, path);
    if (record) options.records.put(path, record);
  } catch (error) {
    return err(sqliteCode(error) ? openError(path, error) : fsWriteError(path, error));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return openFile(path, options);
}

/** What the title's rule has against it: asked before anything is made. */
function refusedTitle(title: string): AppError | null {
  try {
    checkValue('file', 'title', title);
    return null;
  } catch (error) {
    if (error instanceof AppErrorException) return error.appError;
    throw error;
  }
}

/** Returns the record by which the same installation goes on writing once the draft has its place. */
function fill(draft: string, { from, title }: NewFile, options: OpenOptions): WriterRecord | null {
  let record: WriterRecord | null = null;
  const keepRecord = { ...NO_RECORDS, put: (_: string, written: WriterRecord) => (record = written) };
  const db = connectSqlite(draft);
  try {
    setPragmas(db);
    migrate(db);
    const family = from === 'register' ? REGISTER_FAMILY : newId();
    db.prepare("INSERT INTO meta (key, value) VALUES ('family', ?)").run(family);
    // Nobody is told of what is written here: windows still show another file.
    const file = assemble(db, draft, null, { ...options, records: keepRecord, onCommit: undefined });
    if (from === 'register') writeRegister(file);
    // The title is the first thing this author writes. No step to take back: a file without a name helps nobody.
    must(
      writeBatch(file, { label: 'file-create', kind: 'seed' }, (batch) => ok(batch.create('file', family, { title }))),
    );
    db.transaction(() => file.search.rebuild())();
    closeFile(file);
    return record;
  } finally {
    db.close();
  }
}

/** The register is written in its own name and time, not in this installation's. */
function writeRegister(file: OpenFile): void {
  const id = file.names.replica(REGISTER_REPLICA);
  const asRegister: OpenFile = {
    ...file,
    author: null,
    now: () => REGISTER_AT_MS,
    replica: new RegisterIdentity(file.db, id),
  };
  must(writeBatch(asRegister, { label: 'seed', kind: 'seed' }, (batch) => ok(createRows(batch))));
}

function createRows(batch: Batch): void {
  for (const { entity, id, fields } of registerRows()) batch.create(entity, id, fields);
}

/** Writes the one batch of the register. */
class RegisterIdentity extends ReplicaIdentity {
  readonly #db: Database;
  readonly #id: number;

  constructor(db: Database, id: number) {
    super(db, NO_RECORDS, '');
    this.#db = db;
    this.#id = id;
  }

  override next() {
    const token = startSession(this.#db, { replica: this.#id, seq: 1, token: 0 });
    return { id: this.#id, key: REGISTER_REPLICA, seq: 1, token };
  }
}

function must<T>(result: Result<T, AppError>): T {
  if (result.ok) return result.value;
  throw new Error(`a new file refused its own first rows: ${JSON.stringify(result.error)}`);
}
