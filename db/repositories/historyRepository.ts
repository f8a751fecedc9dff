/** History for people: who did what when, with the values before and after. */
import type { fileApi, HistoryChange, HistoryEntry, Input } from '../../shared/api.ts';
import { batchKindName } from '../log/batchKinds.ts';
import { type BatchKey, Causality } from '../log/causality.ts';
import { type CellScope, cellHistories } from '../log/cellHistory.ts';
import { type MergeEvent, mergeEventsAfter } from '../merge/mergeEvents.ts';
import type { OpenFile } from '../openFile.ts';
import type { Database } from '../sqlite.ts';
import { entityLabeller, type Labeller, referenceName } from './labels.ts';

const SHOWN_CHANGES = 50;

/** Stands for a replica in the reference of a merge into this file: such an entry is no batch, `seq` is its number. */
export const MERGES = '';

interface BatchRow extends BatchKey {
  id: number;
  key: string;
  kind: number;
  at: number;
  author: string | null;
  post: string | null;
  label: string;
  revertsReplica: number | null;
  revertsSeq: number | null;
  changeCount: number;
}

const SELECT_BATCH = `
  SELECT b.id, b.replica, b.seq, r.key, b.kind, b.at, a.name AS author, nullif(a.post, '') AS post, l.code AS label,
    b.revertsReplica, b.revertsSeq, (SELECT count(*) FROM change c WHERE c.batch = b.id) AS changeCount
  FROM batch b JOIN replica r ON r.id = b.replica JOIN label l ON l.id = b.label LEFT JOIN author a ON a.id = b.author`;

/** Newest first, in the order in which batches came into this file. `next` continues after the last entry. */
export function listHistory(
  file: OpenFile,
  { instrumentId, field, before, limit }: Input<typeof fileApi, 'history.list'>,
): { entries: HistoryEntry[]; next: number | null } {
  const scope = instrumentId === undefined ? null : scopeOf(file, instrumentId, field);
  const isInScope = scope === null ? '1' : `b.id IN (SELECT batch FROM change WHERE ${scope.sql})`;
  const batches = file.db
    .prepare(`${SELECT_BATCH} WHERE b.id < ? AND ${isInScope} ORDER BY b.id DESC LIMIT ?`)
    .all(before ?? Number.MAX_SAFE_INTEGER, ...(scope?.values ?? []), limit + 1) as BatchRow[];
  const page = batches.slice(0, limit);
  const undone = undoneBatches(file.db);
  const toEntry = entryMaker(file, undone, scope?.rows ?? null);
  const entries = page.flatMap((batch) => [
    ...(scope === null ? mergeEventsAfter(file.db, batch.id).map((event) => mergeEntry(event, undone)) : []),
    toEntry(batch),
  ]);
  return { entries, next: batches.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** The rows of an instrument: itself, its notes and its supporting bodies. */
function scopeOf(file: OpenFile, instrumentId: string, field: string | undefined) {
  const row = file.names.knownRow('instrument', instrumentId) ?? -1;
  if (field !== undefined) {
    const fieldId = file.names.knownField('instrument', field) ?? -1;
    return { sql: 'row = ? AND field = ?', values: [row, fieldId], rows: new Set([row]) };
  }
  const select = 'SELECT row FROM note WHERE instrumentId = ? UNION SELECT row FROM support WHERE instrumentId = ?';
  const rows = [row, ...(file.db.prepare(select).pluck().all(instrumentId, instrumentId) as number[])];
  return { sql: 'row IN (SELECT value FROM json_each(?))', values: [JSON.stringify(rows)], rows: new Set(rows) };
}

/** Makes entries with one reading of the order of changes, and one look at each name, for all of a page. */
function entryMaker(
  file: OpenFile,
  undone: ReadonlySet<number>,
  rows: ReadonlySet<number> | null,
): (batch: BatchRow) => HistoryEntry {
  const label = entityLabeller(file.db);
  const scope = { ...(rows ? { rows } : { limit: SHOWN_CHANGES }), causality: Causality.load(file.db) };
  return (batch) => toEntry(file, batch, label, undone, scope);
}

function toEntry(
  file: OpenFile,
  batch: BatchRow,
  label: Labeller,
  undone: ReadonlySet<number>,
  scope: CellScope,
): HistoryEntry {
  const cells = cellHistories(file, batch.id, scope);
  const changes = cells.slice(0, SHOWN_CHANGES).map(
    (cell): HistoryChange => ({
      entity: cell.entity,
      entityId: cell.key,
      entityLabel: label(cell.entity, cell.key) ?? '',
      field: cell.field,
      before: cell.before?.value ?? null,
      after: cell.own.value,
      beforeName: referenceName(label, cell.field, cell.before?.value ?? null),
      afterName: referenceName(label, cell.field, cell.own.value),
    }),
  );
  return {
    batch: { replica: batch.key, seq: batch.seq },
    kind: batchKindName(batch.kind),
    at: batch.at,
    author: batch.author,
    authorPost: batch.post,
    label: batch.label,
    reverts: revertedRef(file.db, batch),
    isUndone: undone.has(batch.id),
    changes,
    changeCount: scope.rows ? cells.length : batch.changeCount,
  };
}

/** A merge as an entry of its own, above what it brought in. */
const mergeEntry = (event: MergeEvent, undone: ReadonlySet<number>): HistoryEntry => ({
  batch: { replica: MERGES, seq: event.id },
  kind: 'merge',
  at: event.at,
  author: event.author,
  authorPost: event.post,
  label: 'merge',
  reverts: null,
  isUndone: event.undoneBy !== null && !undone.has(event.undoneBy),
  changes: [],
  changeCount: event.changes,
  sources: event.sources,
});

function revertedRef(db: Database, { revertsReplica, revertsSeq }: BatchRow): HistoryEntry['reverts'] {
  if (revertsReplica === null || revertsSeq === null) return null;
  const replica = db.prepare('SELECT key FROM replica WHERE id = ?').pluck().get(revertsReplica) as string;
  return { replica, seq: revertsSeq };
}

/** Local numbers of the batches that are taken back: reverted by a batch that is not itself taken back. */
function undoneBatches(db: Database): Set<number> {
  const reverts = db
    .prepare(
      `SELECT b.id AS id, target.id AS target FROM batch b
       JOIN batch target ON target.replica = b.revertsReplica AND target.seq = b.revertsSeq ORDER BY b.id DESC`,
    )
    .all() as { id: number; target: number }[];
  const undone = new Set<number>();
  // Newest first: whether the reverting batch stands is known before its target is asked about.
  for (const { id, target } of reverts) if (!undone.has(id)) undone.add(target);
  return undone;
}
