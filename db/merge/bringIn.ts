/**
 * Copies what another file's log has and this one lacks: batches, changes, and what their authors had seen. Names are
 * mapped between the two files' small integers; nothing is overwritten and nothing is interpreted here.
 */
import type { CellValue } from '../../shared/entities/index.ts';
import { Names } from '../log/names.ts';
import type { Database } from '../sqlite.ts';
import type { Segment } from './alignment.ts';

export interface IncomingChange {
  row: number;
  field: number;
  batch: number;
  value: CellValue;
}

export interface Incoming {
  /** Local numbers of the batches that came in, new or completed, in the order in which they came. */
  batches: number[];
  /** In the order of (row, field). */
  changes: IncomingChange[];
}

/** Inside the caller's transaction. */
export function bringIn(own: Database, other: Database, names: Names, segments: readonly Segment[]): Incoming {
  const mapping = new Mapping(other, names, segments);
  const batches = bringInBatches(own, other, mapping);
  const changes = bringInChanges(own, other, mapping, batches);
  bringInSeen(own, other, mapping, segments);
  bringInSuperseded(own, other, mapping, batches);
  return { batches: [...batches.values()], changes };
}

/** From the other file's numbers to ours. */
class Mapping {
  readonly #names: Names;
  readonly #other: Database;
  readonly #segments: readonly Segment[];
  readonly #fields = new Map<number, number>();
  readonly #rows = new Map<number, number>();
  readonly #authors = new Map<number, number>();
  readonly #labels = new Map<number, number>();
  readonly #otherNames: Names;

  constructor(other: Database, names: Names, segments: readonly Segment[]) {
    this.#names = names;
    this.#other = other;
    this.#segments = segments;
    this.#otherNames = new Names(other);
  }

  segments(): readonly Segment[] {
    return this.#segments;
  }

  /** Where a batch of the other file stands here; undefined for a replica it does not list. */
  position(otherReplica: number, seq: number): { replica: number; seq: number } | undefined {
    const segment = this.#segments.find((one) => one.otherReplica === otherReplica && one.from <= seq && seq <= one.to);
    return segment && { replica: segment.replica, seq: seq - segment.offset };
  }

  field(id: number): number {
    return remembered(this.#fields, id, () => {
      const { entity, name } = this.#otherNames.fieldById(id);
      return this.#names.field(entity, name);
    });
  }

  row(id: number): number {
    return remembered(this.#rows, id, () => {
      const name = this.#otherNames.rowName(id);
      if (!name) throw new RangeError(`the other log names row ${id}, which it does not list`);
      return this.#names.row(name.entity, name.key);
    });
  }

  author(id: number | null): number | null {
    if (id === null) return null;
    return remembered(this.#authors, id, () => {
      const select = this.#other.prepare('SELECT name, post FROM author WHERE id = ?');
      const { name, post } = select.get(id) as { name: string; post: string };
      return this.#names.author(name, post);
    });
  }

  label(id: number): number {
    return remembered(this.#labels, id, () =>
      this.#names.label(this.#other.prepare('SELECT code FROM label WHERE id = ?').pluck().get(id) as string),
    );
  }
}

function remembered(known: Map<number, number>, id: number, make: () => number): number {
  let value = known.get(id);
  if (value === undefined) {
    value = make();
    known.set(id, value);
  }
  return value;
}

interface OtherBatch {
  id: number;
  seq: number;
  at: number;
  author: number | null;
  kind: number;
  label: number;
  revertsReplica: number | null;
  revertsSeq: number | null;
  token: number;
  changes: number;
  held: number;
}

/** Adds the batches this file lacks. Returns, by the other file's number, ours for all that are new or fuller there. */
function bringInBatches(own: Database, other: Database, mapping: Mapping): Map<number, number> {
  const incoming = new Map<number, number>();
  const present = own.prepare('SELECT id, held, changes FROM batch WHERE replica = ? AND seq = ?');
  const insert = own.prepare(
    `INSERT INTO batch (replica, seq, at, author, kind, label, revertsReplica, revertsSeq, token, changes, held)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  );
  for (const segment of mapping.segments()) {
    for (const batch of candidateBatches(own, other, segment)) {
      const seq = batch.seq - segment.offset;
      const ours = present.get(segment.replica, seq) as { id: number; held: number; changes: number } | undefined;
      if (ours) {
        if (ours.held < ours.changes) incoming.set(batch.id, ours.id);
        continue;
      }
      const reverts =
        batch.revertsReplica === null || batch.revertsSeq === null
          ? undefined
          : mapping.position(batch.revertsReplica, batch.revertsSeq);
      const inserted = insert.run(
        segment.replica,
        seq,
        batch.at,
        mapping.author(batch.author),
        batch.kind,
        mapping.label(batch.label),
        reverts?.replica ?? null,
        reverts?.seq ?? null,
        batch.token,
        batch.changes,
      );
      incoming.set(batch.id, Number(inserted.lastInsertRowid));
    }
  }
  return incoming;
}

/** Batches of a segment that this file may lack: those after its last one, and all where its own chain has holes. */
function candidateBatches(own: Database, other: Database, segment: Segment): IterableIterator<OtherBatch> {
  const { present, last, isInPart } = own
    .prepare(
      `SELECT count(*) AS present, coalesce(max(seq), 0) AS last, coalesce(max(held < changes), 0) AS isInPart
       FROM batch WHERE replica = ?`,
    )
    .get(segment.replica) as { present: number; last: number; isInPart: number };
  const isUnbroken = present === last && isInPart === 0;
  const from = isUnbroken ? Math.max(segment.from, last + segment.offset + 1) : segment.from;
  return other
    .prepare('SELECT * FROM batch WHERE replica = ? AND seq BETWEEN ? AND ? ORDER BY seq')
    .iterate(segment.otherReplica, from, segment.to) as IterableIterator<OtherBatch>;
}

/** Changes per statement: the cost of a call is shared by so many rows. */
const ROWS_PER_INSERT = 100;

function bringInChanges(
  own: Database,
  other: Database,
  mapping: Mapping,
  batches: ReadonlyMap<number, number>,
): IncomingChange[] {
  const ofBatch = other.prepare('SELECT row, field, value FROM change WHERE batch = ?').raw();
  const isHeld = own.prepare('SELECT 1 FROM change WHERE row = ? AND field = ? AND batch = ?');
  const completed = new Set(
    own.prepare('SELECT id FROM batch WHERE held > 0 AND held < changes').pluck().all() as number[],
  );
  const changes: IncomingChange[] = [];
  const held = new Map<number, number>();
  for (const [otherBatch, batch] of batches) {
    let count = 0;
    for (const [otherRow, otherField, value] of ofBatch.iterate(otherBatch) as IterableIterator<
      [number, number, CellValue]
    >) {
      const row = mapping.row(otherRow);
      const field = mapping.field(otherField);
      if (completed.has(batch) && isHeld.get(row, field, batch)) continue;
      changes.push({ row, field, batch, value });
      count += 1;
    }
    held.set(batch, count);
  }
  // The log is clustered by cell: in this order every page is written once.
  changes.sort((one, two) => one.row - two.row || one.field - two.field || one.batch - two.batch);
  insertMany(own, changes);
  const addHeld = own.prepare('UPDATE batch SET held = held + ? WHERE id = ?');
  for (const [batch, count] of held) addHeld.run(count, batch);
  return changes;
}

function insertMany(db: Database, changes: readonly IncomingChange[]): void {
  const statementFor = (rows: number) =>
    db.prepare(`INSERT INTO change (row, field, batch, value) VALUES ${Array(rows).fill('(?, ?, ?, ?)').join()}`);
  const full = statementFor(ROWS_PER_INSERT);
  for (let start = 0; start < changes.length; start += ROWS_PER_INSERT) {
    const part = changes.slice(start, start + ROWS_PER_INSERT);
    const statement = part.length === ROWS_PER_INSERT ? full : statementFor(part.length);
    statement.run(part.flatMap(({ row, field, batch, value }) => [row, field, batch, value]));
  }
}

interface SeenRow {
  replica: number;
  seq: number;
  other: number;
  upTo: number;
}

/** What the authors had seen, in this file's names. What a forked replica had seen of a branch is told apart here too. */
function bringInSeen(own: Database, other: Database, mapping: Mapping, segments: readonly Segment[]): void {
  const learn = own.prepare(
    `INSERT INTO seen (replica, seq, other, upTo) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET upTo = max(upTo, excluded.upTo)`,
  );
  const rows = other.prepare('SELECT replica, seq, other, upTo FROM seen ORDER BY replica, seq').all() as SeenRow[];
  for (const row of rows) {
    const at = mapping.position(row.replica, row.seq);
    if (!at) continue;
    for (const segment of segments) {
      if (segment.otherReplica !== row.other || segment.from > row.upTo) continue;
      const upTo = Math.min(row.upTo, segment.to) - segment.offset;
      if (segment.replica !== at.replica && upTo > 0) learn.run(at.replica, at.seq, segment.replica, upTo);
    }
  }
  for (const segment of segments) {
    if (segment.from === 1) continue;
    // The beginning of a branch has seen its root up to the fork, and all that the root had seen by then.
    const root = mapping.position(segment.otherReplica, segment.from - 1);
    if (!root) continue;
    learn.run(segment.replica, 1, root.replica, root.seq);
    const before = own
      .prepare('SELECT other, max(upTo) AS upTo FROM seen WHERE replica = ? AND seq <= ? GROUP BY other')
      .all(root.replica, root.seq) as { other: number; upTo: number }[];
    for (const { other: seenReplica, upTo } of before)
      if (seenReplica !== segment.replica) learn.run(segment.replica, 1, seenReplica, upTo);
  }
}

function bringInSuperseded(
  own: Database,
  other: Database,
  mapping: Mapping,
  batches: ReadonlyMap<number, number>,
): void {
  const rows = other.prepare('SELECT row, field, batch, other, otherSeq FROM supersedes').all() as {
    row: number;
    field: number;
    batch: number;
    other: number;
    otherSeq: number;
  }[];
  const insert = own.prepare(
    `INSERT INTO supersedes (row, field, batch, other, otherSeq) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET otherSeq = max(otherSeq, excluded.otherSeq)`,
  );
  for (const row of rows) {
    const batch = batches.get(row.batch);
    const seen = mapping.position(row.other, row.otherSeq);
    if (batch !== undefined && seen)
      insert.run(mapping.row(row.row), mapping.field(row.field), batch, seen.replica, seen.seq);
  }
}
