/**
 * Brings another copy's log into this file: the union of both, and the tables that follow from it. Exact for any copies
 * with any common past, in any order, any number of times (docs/merge.md has the rules, M1 to M9).
 */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { type AppError, AppErrorException } from '../../shared/errors.ts';
import { inconsistencyKey } from '../../shared/inconsistencyKey.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Conflict, Fork, IncomingBatch, MergeReport } from '../../shared/sharing.ts';
import { settleMarks } from '../copy/restriction.ts';
import { NO_RECORDS } from '../installation.ts';
import { Causality } from '../log/causality.ts';
import { DELETED } from '../log/project.ts';
import { assemble } from '../open.ts';
import type { OpenFile, Touched } from '../openFile.ts';
import { conflictDescriber } from '../repositories/conflictsRepository.ts';
import { inconsistenciesThrough } from '../repositories/inconsistenciesRepository.ts';
import { connectSqlite, type Database, imageOf, prepared, sqliteCode } from '../sqlite.ts';
import { isDamage, openError } from '../sqliteErrors.ts';
import { alignReplicas } from './alignment.ts';
import { BatchIndex } from './batchIndex.ts';
import { bringIn, type IncomingBatchRow, type IncomingChange, inCellOrder } from './bringIn.ts';
import { recordMerge } from './mergeEvents.ts';
import { type CopySource, OtherFileError, openKin } from './otherFile.ts';
import { type ConflictCell, reproject } from './reproject.ts';

/** A copy that is open for reading. */
export interface OtherFile {
  path: string;
  db: Database;
}

/** What came in, for whoever sums it up while it is there: a rehearsal is taken back. */
export interface Arrived {
  file: OpenFile;
  changes: readonly IncomingChange[];
  batches: readonly IncomingBatchRow[];
  instrumentIds: ReadonlySet<string>;
  /** Local number of the last batch that was here before. */
  lastBefore: number;
}

interface MergeOptions {
  isDryRun: boolean;
  /** Nobody has asked for it: it is no step of Ctrl+Z, and whoever calls sees to backups. */
  isBackground?: boolean;
  /** Called inside the transaction, once the tables hold what came in. */
  onArrived?: (arrived: Arrived) => void;
}

/**
 * Merges copies into the open file in one transaction: all of it or nothing. With `isDryRun` everything is done and taken
 * back, so that what is announced is exactly what would happen.
 */
export function mergeFiles(
  file: OpenFile,
  copies: readonly (string | CopySource)[],
  options: Omit<MergeOptions, 'isBackground'>,
): Result<MergeReport, AppError> {
  const sources = copies.map((copy) => (typeof copy === 'string' ? { path: copy } : copy));
  const others: OtherFile[] = [];
  try {
    for (const source of sources) {
      const { path } = source;
      // It holds what it holds; and its lock is ours.
      if (isSameFile(path, file.path)) continue;
      const other = openKin(file, source);
      if (!other.ok) return other;
      others.push({ path, db: other.value });
    }
    const merged = mergeOpenFiles(file, others, options);
    return merged.ok ? ok({ ...merged.value, sources: sources.map(({ path }) => basename(path)) }) : merged;
  } finally {
    for (const { db } of others) db.close();
  }
}

function isSameFile(one: string, other: string): boolean {
  try {
    const [first, second] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
    return first.dev === second.dev && first.ino === second.ino;
  } catch {
    return false; // whoever opens it says what is wrong
  }
}

/** The same with copies that are open already, and known to be of this family. */
export function mergeOpenFiles(
  file: OpenFile,
  others: readonly OtherFile[],
  options: MergeOptions,
): Result<MergeReport, AppError> {
  const { isDryRun, isBackground = false } = options;
  if (file.readOnlyReason === 'newer-version' || (file.readOnlyReason !== null && !isDryRun))
    return err({ code: 'file-read-only', details: { path: file.path, reason: file.readOnlyReason } });
  if (file.db.readonly && isDryRun) return rehearseInMemory(file, others, options);
  if (!isDryRun && !isBackground && others.length > 0) {
    const kept = file.backups?.make(file, 'before-merge');
    if (kept && !kept.ok) return kept;
  }
  try {
    const merged = isDryRun ? rehearse(file, others, options) : carryOut(file, others, options);
    if (merged.event !== null && !isBackground) file.undoStack.pushMerge(merged.event);
    if (!isDryRun && hasBrought(merged)) file.onCommit(merged.touched, file.undoStack.state());
    const { batches, changes, conflicts, inconsistencies, forks } = merged;
    const sources = others.map(({ path }) => basename(path));
    return ok({
      sources,
      batches,
      changes,
      conflicts,
      inconsistencies,
      forks,
      instrumentIds: [...merged.touched.instrumentIds],
    });
  } catch (error) {
    if (error instanceof AppErrorException) return err(error.appError);
    if (sqliteCode(error)) return err(openError(file.path, error));
    throw error;
  }
}

interface Merged extends Omit<MergeReport, 'sources' | 'instrumentIds'> {
  touched: Touched;
  /** Names here whose histories were cut, their ends going by other names now. */
  cutReplicas: ReadonlySet<string>;
  /** How many sessions were not known here. */
  sessions: number;
  /** Null when nothing came in, or in a rehearsal. */
  event: number | null;
}

/**
 * Changes have come in, or some of this file's own go by another name now; or it is known now where a session began whose
 * batches may still come: forks are told by that alone, and a part may be the last copy that knows it (M6).
 */
const hasBrought = ({ changes, cutReplicas, sessions }: Merged): boolean =>
  changes > 0 || cutReplicas.size > 0 || sessions > 0;

function carryOut(file: OpenFile, others: readonly OtherFile[], options: MergeOptions): Merged {
  try {
    const merged = file.db
      .transaction(() => {
        const all = mergeAll(file, others, options);
        // If not, the file stays as it is, to the last byte.
        if (!hasBrought(all)) throw new TakenBack({ ...all, forks: [] });
        return all;
      })
      .immediate();
    if (merged.cutReplicas.size > 0) file.undoStack.clear();
    file.replica.learned(merged.cutReplicas);
    return merged;
  } catch (error) {
    file.names.reload();
    if (error instanceof TakenBack) return error.merged;
    throw error;
  }
}

/** Thrown to take a merge back that was rehearsed, or that brought nothing. */
class TakenBack extends Error {
  readonly merged: Merged;

  constructor(merged: Merged) {
    super('taken back');
    this.merged = merged;
  }
}

function rehearse(file: OpenFile, others: readonly OtherFile[], options: MergeOptions): Merged {
  // What does not fit into memory must not be written to the file meanwhile, not even to be taken back.
  file.db.pragma('cache_spill = OFF');
  try {
    file.db
      .transaction(() => {
        const all = mergeAll(file, others, options);
        throw new TakenBack(hasBrought(all) ? all : { ...all, forks: [] });
      })
      .immediate();
    throw new Error('a rehearsal was carried out');
  } catch (error) {
    if (error instanceof TakenBack) return { ...error.merged, event: null };
    throw error;
  } finally {
    file.names.reload();
    file.db.pragma('cache_spill = ON');
  }
}

/** What would come into a file that may not be written: tried on a copy of it. */
function rehearseInMemory(
  file: OpenFile,
  others: readonly OtherFile[],
  options: MergeOptions,
): Result<MergeReport, AppError> {
  const db = connectSqlite(imageOf(file.db));
  try {
    const { author, now } = file;
    const copy = assemble(db, file.path, null, { records: NO_RECORDS, author, isExclusive: false, now });
    return mergeOpenFiles(copy, others, options);
  } finally {
    db.close();
  }
}

/** Inside a transaction. */
function mergeAll(file: OpenFile, others: readonly OtherFile[], options: MergeOptions): Merged {
  const { db } = file;
  const lastBefore = db.prepare('SELECT coalesce(max(id), 0) FROM batch').pluck().get() as number;
  const batches = new Map<number, IncomingBatchRow>();
  const changes: IncomingChange[] = [];
  const completing: IncomingChange[] = [];
  const forks: Fork[] = [];
  const cutReplicas = new Set<string>();
  let sessions = 0;
  for (const other of others)
    blaming(file, other.path, () => {
      const alignment = alignReplicas(db, other.db, file.names);
      forks.push(...alignment.forks);
      for (const key of alignment.cutReplicas) cutReplicas.add(key);
      const incoming = bringIn(db, other.db, file.names, alignment.segments);
      sessions += incoming.sessions;
      // One copy may bring the first part of a batch, and the next one another.
      for (const batch of incoming.batches)
        batches.set(batch.id, { ...batch, changes: batch.changes + (batches.get(batch.id)?.changes ?? 0) });
      for (const change of incoming.changes) changes.push(change);
      for (const change of incoming.completing) if (change.batch <= lastBefore) completing.push(change);
      const replicas = new Set(incoming.batches.map(({ replica }) => replica));
      if (replicas.size > 0) settleMarks(db, other.db, replicas);
    });
  // What one copy has brought may have got another name by the next.
  if (cutReplicas.size > 0 && others.length > 1)
    for (const batch of batches.values()) Object.assign(batch, nameOf(db, batch));
  const lateChanges = new Set(completing.map(cellAndBatch));
  const isOurs = (change: { row: number; field: number; batch: number }) =>
    change.batch <= lastBefore && (lateChanges.size === 0 || !lateChanges.has(cellAndBatch(change)));
  const rows = new Set<number>();
  // The names of replicas break ties between what stands in a conflict.
  if (cutReplicas.size > 0)
    for (const row of db.prepare('SELECT DISTINCT row FROM conflict').pluck().all() as number[]) rows.add(row);
  if (others.length > 1) changes.sort(inCellOrder);
  // Nobody reads the report of a step that nobody has asked for.
  const isTold = changes.length > 0 && !options.isBackground;
  const fields = new Set(isTold ? changes.map(({ field }) => field) : []);
  const knownBefore = new Set(inconsistenciesThrough(file, fields).map(inconsistencyKey));
  const index = new BatchIndex(db, batches.values(), lastBefore + 1);
  const { touched, conflicts } = project(file, { changes, rows }, index, isOurs);
  const paths = others.map(({ path }) => path);
  const firstBatch = lastBefore + 1;
  const event =
    changes.length === 0 ? null : recordMerge(file, { paths, firstBatch, changes: changes.length, completing });
  options.onArrived?.({
    file,
    changes,
    batches: [...batches.values()],
    instrumentIds: touched.instrumentIds,
    lastBefore,
  });
  return {
    batches: describeBatches(db, [...batches.values()]),
    changes: changes.length,
    conflicts,
    inconsistencies: inconsistenciesThrough(file, fields).filter((one) => !knownBefore.has(inconsistencyKey(one))),
    forks,
    touched,
    cutReplicas,
    sessions,
    event,
  };
}

const nameOf = (db: Database, { id }: IncomingBatchRow) =>
  prepared(db, 'SELECT replica, seq FROM batch WHERE id = ?').get(id) as Pick<IncomingBatchRow, 'replica' | 'seq'>;

const cellAndBatch = ({ row, field, batch }: { row: number; field: number; batch: number }): string =>
  `${row}:${field}:${batch}`;

/** Whatever the file of a stranger makes fail is said of that file, not of ours. */
function blaming(file: OpenFile, path: string, use: () => void): void {
  try {
    use();
  } catch (error) {
    const code = sqliteCode(error);
    if (error instanceof OtherFileError || (code !== null && isFaultOfOther(error, code, file)))
      throw new AppErrorException({ code: 'file-damaged', details: { path, problem: (error as Error).message } });
    throw error;
  }
}

/** Values of another's log that break our tables' rules; or pages that cannot be read, unless they are ours. */
function isFaultOfOther(error: unknown, code: string, { db }: OpenFile): boolean {
  if (/^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|ERROR|IOERR_(READ|SHORT_READ|CORRUPTFS))/.test(code)) return true;
  return isDamage(error) && db.pragma('quick_check(1)', { simple: true }) === 'ok';
}

/** The tables after the union, and the conflicts that what came in has part in. */
function project(
  file: OpenFile,
  { changes, rows }: { changes: readonly IncomingChange[]; rows: ReadonlySet<number> },
  batches: BatchIndex,
  isOurs: (change: { row: number; field: number; batch: number }) => boolean,
): { touched: Touched; conflicts: Conflict[] } {
  const causality = Causality.load(file.db);
  const found: ConflictCell[] = [];
  const onConflict = (cell: ConflictCell) => {
    // Whether a row is deleted can be put in question by a change of any of its cells.
    const isWhole = file.names.fieldById(cell.field).name === DELETED;
    if (cell.changes.some((change) => (isWhole || change.field === cell.field) && !isOurs(change))) found.push(cell);
  };
  const touched = reproject(file, changes, rows, { causality, batches, isOurs, onConflict });
  // Only now: the names of rows are read from the tables.
  const describeConflict = conflictDescriber(file, causality, (batch) => batches.author(batch));
  const conflicts = found.flatMap((cell) => describeConflict(cell, isOurs) ?? []);
  return { touched, conflicts };
}

function describeBatches(db: Database, batches: readonly IncomingBatchRow[]): IncomingBatch[] {
  const texts = (sql: string) => new Map(db.prepare(sql).raw().all() as [number, string][]);
  const replicas = texts('SELECT id, key FROM replica');
  const authors = texts('SELECT id, name FROM author');
  const labels = texts('SELECT id, code FROM label');
  return batches.map(({ replica, seq, at, author, label, changes }) => ({
    replica: replicas.get(replica) ?? '',
    seq,
    at,
    author: author === null ? null : (authors.get(author) ?? null),
    label: labels.get(label) ?? '',
    changes,
  }));
}
