/**
 * Brings another copy's log into this file: the union of both, and the tables that follow from it. Exact for any copies
 * with any common past, in any order, any number of times (docs/merge.md has the rules, M1 to M9).
 */
import type { CellValue } from '../../shared/entities/index.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Causality } from '../log/causality.ts';
import { type CellChange, headsOf, isConflict, winnerOf } from '../log/heads.ts';
import { hasTable } from '../log/names.ts';
import { changesOfCell } from '../log/project.ts';
import type { OpenFile, Touched } from '../openFile.ts';
import { familyId } from '../repositories/fileRepository.ts';
import { entityLabeller } from '../repositories/labels.ts';
import { type Database, sqliteCode } from '../sqlite.ts';
import { openError } from '../sqliteErrors.ts';
import { alignReplicas, type Fork } from './alignment.ts';
import { bringIn, type Incoming } from './bringIn.ts';
import { openOther } from './otherFile.ts';
import { reprojectRows } from './reproject.ts';

/** One side's value in a conflict. */
export interface ConflictSide {
  value: CellValue;
  at: number;
  author: string | null;
  /** Names the batch for ever. */
  replica: string;
  seq: number;
}

export interface Conflict {
  entity: string;
  id: string;
  /** What the row is called. */
  label: string;
  field: string;
  /** What showed on this side before the merge, and the newest of what stands against it. */
  ours: ConflictSide | null;
  theirs: ConflictSide[];
}

export interface IncomingBatch {
  replica: string;
  seq: number;
  at: number;
  author: string | null;
  label: string;
  changes: number;
}

export interface MergeReport {
  /** Paths in the order in which they were merged. */
  sources: string[];
  batches: IncomingBatch[];
  changes: number;
  /** Cells of the whole file that stand in conflict after the merge because of what came in. */
  conflicts: Conflict[];
  forks: Fork[];
  instrumentIds: string[];
}

/**
 * Merges the copies at `paths` into the open file in one transaction: all of it or nothing. With `isDryRun` everything is
 * done and taken back, so that what is announced is exactly what would happen.
 */
export function mergeFiles(
  file: OpenFile,
  paths: readonly string[],
  { isDryRun }: { isDryRun: boolean },
): Result<MergeReport, AppError> {
  if (file.readOnlyReason && !isDryRun)
    return err({ code: 'file-read-only', details: { path: file.path, reason: file.readOnlyReason } });
  const others: Database[] = [];
  try {
    for (const path of paths) {
      const other = openOther(path);
      if (!other.ok) return other;
      others.push(other.value);
      if (familyId({ db: other.value }) !== familyId(file)) return err({ code: 'other-family', details: { path } });
    }
    const merged = runMerge(file, others, isDryRun);
    if (!isDryRun && merged.batches.length > 0) file.onCommit(merged.touched, file.undoStack.state());
    const { touched, ...report } = merged;
    return ok({ sources: [...paths], ...report, instrumentIds: [...touched.instrumentIds] });
  } catch (error) {
    if (sqliteCode(error)) return err(openError(file.path, error));
    throw error;
  } finally {
    for (const other of others) other.close();
  }
}

type Merged = Omit<MergeReport, 'sources' | 'instrumentIds'> & { touched: Touched };

/** Thrown to take a rehearsed merge back. */
class Rehearsed extends Error {
  readonly merged: Merged;

  constructor(merged: Merged) {
    super('rehearsed');
    this.merged = merged;
  }
}

function runMerge(file: OpenFile, others: readonly Database[], isDryRun: boolean): Merged {
  const run = file.db.transaction(() => {
    const merged = mergeAll(file, others);
    if (isDryRun) throw new Rehearsed(merged);
    return merged;
  });
  try {
    const merged = run.immediate();
    if (merged.batches.length > 0) file.replica.learned();
    if (merged.forks.length > 0) {
      file.replica.forget();
      file.undoStack.clear();
    }
    return merged;
  } catch (error) {
    file.names.reload();
    if (error instanceof Rehearsed) return error.merged;
    throw error;
  }
}

function mergeAll(file: OpenFile, others: readonly Database[]): Merged {
  const { db, names } = file;
  const incoming: Incoming = { batches: [], changes: [] };
  const forks: Fork[] = [];
  for (const other of others) {
    const alignment = alignReplicas(db, other, names);
    forks.push(...alignment.forks);
    const { batches, changes } = bringIn(db, other, names, alignment.segments);
    incoming.batches.push(...batches);
    for (const change of changes) incoming.changes.push(change);
  }
  const rows = new Set(incoming.changes.map(({ row }) => row));
  const touched = reprojectRows(file, rows);
  return {
    batches: describeBatches(db, incoming.batches),
    changes: incoming.changes.length,
    conflicts: describeConflicts(file, incoming),
    forks,
    touched,
  };
}

function describeBatches(db: Database, ids: readonly number[]): IncomingBatch[] {
  const select = db.prepare(
    `SELECT r.key AS replica, b.seq AS seq, b.at AS at, a.name AS author, l.code AS label, b.held AS changes
     FROM batch b JOIN replica r ON r.id = b.replica JOIN label l ON l.id = b.label LEFT JOIN author a ON a.id = b.author
     WHERE b.id = ?`,
  );
  return ids.map((id) => select.get(id) as IncomingBatch);
}

/** Conflicts of the cells that something has come into. Ours is what showed here before. */
function describeConflicts(file: OpenFile, incoming: Incoming): Conflict[] {
  const { db, names } = file;
  const causality = Causality.load(db);
  const isIncoming = new Set(incoming.batches);
  const label = entityLabeller(db);
  const inConflict = db.prepare('SELECT 1 FROM conflict WHERE row = ? AND field = ?');
  const seen = new Set<string>();
  const conflicts: Conflict[] = [];
  for (const { row, field } of incoming.changes) {
    const key = `${row}:${field}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (!inConflict.get(row, field)) continue;
    const changes = changesOfCell(db, { row, field });
    const heads = headsOf(changes, causality);
    const before = changes.filter((change) => !isIncoming.has(change.batch));
    const ours = before.length === 0 ? null : winnerOf(headsOf(before, causality));
    const name = names.rowName(row);
    if (!name || !isConflict(heads)) continue;
    conflicts.push({
      entity: name.entity,
      id: name.key,
      label: (hasTable(name.entity) && label(name.entity, name.key)) || '',
      field: names.fieldById(field).name,
      ours: ours && sideOf(db, ours),
      theirs: heads.filter((head) => isIncoming.has(head.batch)).map((head) => sideOf(db, head)),
    });
  }
  return conflicts;
}

function sideOf(db: Database, { value, at, replicaKey, seq, batch }: CellChange): ConflictSide {
  const select = 'SELECT a.name FROM batch b JOIN author a ON a.id = b.author WHERE b.id = ?';
  const author = (db.prepare(select).pluck().get(batch) as string | undefined) ?? null;
  return { value, at, author, replica: replicaKey, seq };
}
