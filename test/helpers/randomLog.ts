/**
 * Histories of several replicas that edit and merge at random, written down twice: as the log's rows, and as the plain
 * sets of batches that each author knew, from which everything about order can be read off without any vector.
 */
import fc from 'fast-check';
import { Names } from '../../db/log/names.ts';
import type { Database } from '../../db/sqlite.ts';
import type { CellValue, EntityName } from '../../shared/entities/index.ts';

export type LogStep =
  | { do: 'write'; by: number; at: number; cells: { row: number; field: number; value: CellValue }[] }
  | { do: 'merge'; by: number; from: number };

export interface LoggedBatch {
  /** Position in the history, which is one possible order of arrival. */
  index: number;
  replica: number;
  seq: number;
  at: number;
  cells: { row: number; field: number; value: CellValue }[];
  /** Indexes of all batches that the author knew: the whole truth about order. */
  past: ReadonlySet<number>;
}

export interface SeenRow {
  replica: number;
  seq: number;
  other: number;
  upTo: number;
}

export interface RandomLog {
  replicas: number;
  batches: LoggedBatch[];
  seen: SeenRow[];
}

export const replicaKey = (replica: number): string => `replica-${'cadb'[replica]}`;

/** Carries the steps out. A replica records what it has seen with its next batch, and only what grew. */
export function logOf(replicas: number, steps: readonly LogStep[]): RandomLog {
  const known = Array.from({ length: replicas }, () => new Set<number>());
  const vectors = Array.from({ length: replicas }, () => new Map<number, number>());
  const recorded = Array.from({ length: replicas }, () => new Map<number, number>());
  const seqs = Array.from({ length: replicas }, () => 0);
  const log: RandomLog = { replicas, batches: [], seen: [] };
  for (const step of steps) {
    const own = known[step.by] as Set<number>;
    const vector = vectors[step.by] as Map<number, number>;
    if (step.do === 'merge') {
      for (const index of known[step.from] ?? []) own.add(index);
      for (const [other, upTo] of vectors[step.from] ?? []) vector.set(other, Math.max(upTo, vector.get(other) ?? 0));
      continue;
    }
    const seq = (seqs[step.by] as number) + 1;
    seqs[step.by] = seq;
    const index = log.batches.length;
    log.batches.push({ index, replica: step.by, seq, at: step.at, cells: step.cells, past: new Set(own) });
    const record = recorded[step.by] as Map<number, number>;
    for (const [other, upTo] of vector) {
      if (other === step.by || upTo <= (record.get(other) ?? 0)) continue;
      record.set(other, upTo);
      log.seen.push({ replica: step.by, seq, other, upTo });
    }
    own.add(index);
    vector.set(step.by, seq);
  }
  return log;
}

/** In the order that Causality asks for. */
export const sortedSeen = (seen: readonly SeenRow[]): SeenRow[] =>
  [...seen].sort((one, other) => one.replica - other.replica || one.other - other.other || one.seq - other.seq);

/** Few instants, so that clocks tie. */
export const instant = fc.constantFrom(0, 1_000, 2_000, Date.UTC(2026, 5, 1), Date.UTC(2099, 0, 1));

export const randomLog = (cells: fc.Arbitrary<Extract<LogStep, { do: 'write' }>['cells']>): fc.Arbitrary<RandomLog> =>
  fc.integer({ min: 2, max: 4 }).chain((replicas) => {
    const replica = fc.nat(replicas - 1);
    const step: fc.Arbitrary<LogStep> = fc.oneof(
      { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), by: replica, at: instant, cells }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), by: replica, from: replica }) },
    );
    return fc.array(step, { maxLength: 30 }).map((steps) => logOf(replicas, steps));
  });

export interface TextNames {
  rows: readonly { entity: EntityName; key: string }[];
  fields: readonly string[];
}

/** Writes the log into an empty database, batches in the order of `arrival`, names in that order too. */
export function writeLog(db: Database, log: RandomLog, { rows, fields }: TextNames, arrival: readonly number[]): void {
  const names = new Names(db);
  const label = names.label('edit');
  const insertBatch = db.prepare('INSERT INTO batch (replica, seq, at, kind, label) VALUES (?, ?, ?, 0, ?)');
  const insertChange = db.prepare('INSERT INTO change (row, field, batch, value) VALUES (?, ?, ?, ?)');
  const insertSeen = db.prepare('INSERT INTO seen (replica, seq, other, upTo) VALUES (?, ?, ?, ?)');
  for (const index of arrival) {
    const batch = log.batches[index] as LoggedBatch;
    const replica = names.replica(replicaKey(batch.replica));
    const id = Number(insertBatch.run(replica, batch.seq, batch.at, label).lastInsertRowid);
    for (const { row, field, value } of batch.cells) {
      const { entity, key } = rows[row] as TextNames['rows'][number];
      insertChange.run(names.row(entity, key), names.field(entity, fields[field] as string), id, value);
    }
    for (const { other, upTo } of log.seen.filter((row) => row.replica === batch.replica && row.seq === batch.seq))
      insertSeen.run(replica, batch.seq, names.replica(replicaKey(other)), upTo);
  }
}

/** Changes of a cell that no other change of the cell knew, by the plain sets. */
export function headBatches(log: RandomLog, row: number, field: number): LoggedBatch[] {
  const writers = log.batches.filter(({ cells }) => cells.some((cell) => cell.row === row && cell.field === field));
  return writers.filter((one) => !writers.some((other) => other.past.has(one.index)));
}

/** What the head that shows has written: the latest by clock, then by the replica's name. */
export function shownHead(heads: readonly LoggedBatch[]): LoggedBatch | undefined {
  return [...heads].sort(
    (one, other) => other.at - one.at || (replicaKey(one.replica) < replicaKey(other.replica) ? 1 : -1),
  )[0];
}
