/**
 * Copies what another file's log has and this one lacks: batches, changes, and what their authors had seen (rules M1 to
 * M3). Names are mapped between the two files' small integers, values are checked; nothing here is overwritten, and
 * nothing is interpreted.
 */
import type { CellValue } from '../../shared/entities/index.ts';
import { heldOf } from '../log/held.ts';
import type { Names } from '../log/names.ts';
import { bound, type Database, prepared } from '../sqlite.ts';
import { inheritFromRoot, type Segment } from './alignment.ts';
import { IncomingValues } from './incomingValues.ts';
import { OtherFileError } from './otherFile.ts';
import { OtherNames } from './otherNames.ts';
import { isSeenInOrder } from './seenOrder.ts';

export interface IncomingChange {
  row: number;
  field: number;
  batch: number;
  value: CellValue;
}

export interface IncomingBatchRow {
  /** Local numbers, of the batch and of what it names. */
  id: number;
  replica: number;
  seq: number;
  at: number;
  author: number | null;
  kind: number;
  label: number;
  /** How many changes came in. */
  changes: number;
}

export interface Incoming {
  /** What came in, new or completed, in the order in which it came; the new ones' numbers follow each other. */
  batches: IncomingBatchRow[];
  /** In the order of (row, field). */
  changes: IncomingChange[];
  /** Those of `changes` that belong to batches which were here in part. */
  completing: IncomingChange[];
  /** How many sessions this file had not known of. */
  sessions: number;
}

/** Inside the caller's transaction. Writes nothing at all when the other file has nothing new. */
export function bringIn(own: Database, other: Database, names: Names, segments: readonly Segment[]): Incoming {
  const mapping = new OtherNames(other, names, segments);
  const sessions = bringInSessions(own, other, mapping);
  const wanted = wantedBatches(own, other, mapping, segments);
  insertBatches(own, mapping, wanted);
  const changes = readChanges(own, other, mapping, wanted);
  insertChanges(own, changes);
  const incoming = { ...summaryOf(own, mapping, wanted, changes), sessions };
  if (changes.length > 0) {
    bringInSeen(own, other, mapping, segments);
    bringInSuperseded(own, other, mapping, wanted);
  }
  return incoming;
}

/** A batch of the other file that is new here, or fuller there perhaps. Filled in as it is understood. */
interface WantedBatch {
  /** The other file's number. */
  otherId: number;
  /** The number here. */
  id: number;
  isNew: boolean;
  replica: number;
  seq: number;
  at: number;
  author: unknown;
  kind: number;
  label: unknown;
  revertsReplica: number | null;
  revertsSeq: number | null;
  token: number;
  changes: number;
  held: number;
  /** Changes of it that were read, and those of them that are new here. */
  read: number;
  came: number;
}

/** By the other file's number, in its order of arrival, which is an order in which they can have happened. */
type WantedBatches = ReadonlyMap<number, WantedBatch>;

function wantedBatches(
  own: Database,
  other: Database,
  mapping: OtherNames,
  segments: readonly Segment[],
): WantedBatches {
  const present = own.prepare('SELECT id, held, changes FROM batch WHERE replica = ? AND seq = ?');
  const wanted: WantedBatch[] = [];
  for (const segment of segments) {
    const { batches, areAllNew } = candidates(own, other, segment);
    for (const batch of batches) {
      const ours = areAllNew ? undefined : (present.get(batch.replica, batch.seq) as Held | undefined);
      if (ours && ours.held === ours.changes) continue;
      if (ours && batch.changes !== ours.changes) throw new OtherFileError('a batch has another size there than here');
      batch.isNew = !ours;
      batch.id = ours?.id ?? 0;
      wanted.push(batch);
    }
  }
  wanted.sort((one, two) => one.otherId - two.otherId);
  let nextId = (own.prepare('SELECT coalesce(max(id), 0) FROM batch').pluck().get() as number) + 1;
  for (const batch of wanted) {
    if (!batch.isNew) continue;
    batch.id = nextId;
    nextId += 1;
    // Rewritten in place: what a batch takes back has to be found by the name it has here.
    if (batch.revertsReplica === null || batch.revertsSeq === null) continue;
    const reverts = mapping.position(batch.revertsReplica, batch.revertsSeq);
    batch.revertsReplica = reverts.replica;
    batch.revertsSeq = reverts.seq;
  }
  return new Map(wanted.map((batch) => [batch.otherId, batch]));
}

/** A batch that is here, perhaps in part. */
interface Held {
  id: number;
  held: number;
  changes: number;
}

/** Batches of a segment that this file may lack: those after its last one, and all where its own chain has holes. */
function candidates(
  own: Database,
  other: Database,
  segment: Segment,
): { batches: readonly WantedBatch[]; areAllNew: boolean } {
  const { last, isUnbroken } = heldOf(own, segment.replica);
  const from = isUnbroken ? Math.max(segment.from, last + segment.offset + 1) : segment.from;
  return { batches: batchesOf(other, segment, from), areAllNew: isUnbroken };
}

function batchesOf(other: Database, segment: Segment, from: number): WantedBatch[] {
  const { otherReplica, to } = segment;
  const ends = prepared(other, ENDS_OF_REPLICA).get(otherReplica) as { first: unknown; last: unknown };
  if (ends.first === null) return [];
  if (!isWhole(ends.first, 1) || !isWhole(ends.last, 1)) throw new OtherFileError('a batch has no proper number');
  if (from > (ends.last as number)) return [];
  const sessions = prepared(other, SESSIONS_OF_REPLICA).all(otherReplica) as { seq: number; token: number }[];
  const rows = prepared(other, BATCHES_OF_REPLICA).raw().all(otherReplica, from, to) as unknown[][];
  let session: { seq: number; token: number } | undefined;
  let previous = 0;
  return rows.map((row) => {
    const batch = checkedBatch(row, segment);
    const seq = batch.seq + segment.offset;
    while ((sessions.at(-1)?.seq ?? Number.POSITIVE_INFINITY) <= seq) session = sessions.pop();
    if (session?.token !== batch.token || seq <= previous) throw new OtherFileError('a batch is of no session');
    previous = seq;
    return batch;
  });
}

const ENDS_OF_REPLICA = 'SELECT min(seq) AS first, max(seq) AS last FROM batch WHERE replica = ?';
const SESSIONS_OF_REPLICA = 'SELECT seq, token FROM session WHERE replica = ? ORDER BY seq DESC';
const BATCHES_OF_REPLICA = `
  SELECT id, seq, at, author, kind, label, revertsReplica, revertsSeq, token, changes, held
  FROM batch WHERE replica = ? AND seq BETWEEN ? AND ? ORDER BY seq`;

/** The furthest a Date reaches: later moments cannot even be shown. */
const LAST_MOMENT_MS = 8.64e15;

function checkedBatch(row: readonly unknown[], { replica, offset }: Segment): WantedBatch {
  const [otherId, seq, at, author, kind, label, revertsReplica, revertsSeq, token, changes, held] = row;
  const isSound =
    isWhole(seq, 1) &&
    isWhole(at, -LAST_MOMENT_MS, LAST_MOMENT_MS) &&
    isWhole(kind, 0, 1_000) &&
    (revertsReplica === null ? revertsSeq === null : isWhole(revertsReplica, 1) && isWhole(revertsSeq, 1)) &&
    isWhole(token, 0) &&
    isWhole(changes, 1) &&
    isWhole(held, 1, changes as number);
  if (!isSound) throw new OtherFileError(`batch ${otherId} is none`);
  return {
    otherId,
    id: 0,
    isNew: true,
    replica,
    seq: (seq as number) - offset,
    at,
    author,
    kind,
    label,
    revertsReplica,
    revertsSeq,
    token,
    changes,
    held,
    read: 0,
    came: 0,
  } as WantedBatch;
}

const isWhole = (value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

/** What batches of one run have in common is bound once: that is most of them, and four times as quick. */
const INSERT_RUN = `
  INSERT INTO batch (id, replica, seq, at, author, kind, label, revertsReplica, revertsSeq, token, changes, held)
    SELECT @id + key, @replica, @seq + key, value, @author, @kind, @label, @revertsReplica, @revertsSeq, @token, @changes, @held
    FROM json_each(@times)`;

function insertBatches(own: Database, mapping: OtherNames, wanted: WantedBatches): void {
  const insert = own.prepare(INSERT_RUN);
  for (const run of runsOf([...wanted.values()].filter(({ isNew }) => isNew))) {
    const { at: _, ...batch } = run[0] as WantedBatch;
    const [author, label] = [mapping.author(batch.author), mapping.label(batch.label)];
    insert.run({ ...batch, author, label, times: JSON.stringify(run.map(({ at }) => at)) });
  }
}

/** So many at most are put into one text. */
const LONGEST_RUN = 1_000;

/** Batches that differ in nothing but their numbers, which follow each other, and their times. */
function* runsOf(batches: readonly WantedBatch[]): Generator<WantedBatch[]> {
  let run: WantedBatch[] = [];
  for (const batch of batches) {
    const last = run.at(-1);
    if (last && (run.length === LONGEST_RUN || !isNextOfRun(last, batch))) {
      yield run;
      run = [];
    }
    run.push(batch);
  }
  if (run.length > 0) yield run;
}

const isNextOfRun = (last: WantedBatch, next: WantedBatch): boolean =>
  next.id === last.id + 1 &&
  next.replica === last.replica &&
  next.seq === last.seq + 1 &&
  next.author === last.author &&
  next.kind === last.kind &&
  next.label === last.label &&
  last.revertsReplica === null &&
  next.revertsReplica === null &&
  next.token === last.token &&
  next.changes === last.changes &&
  next.held === last.held;

function insertChanges(own: Database, changes: readonly IncomingChange[]): void {
  const insert = own.prepare('INSERT INTO change (row, field, batch, value) VALUES (?, ?, ?, ?)');
  for (const { row, field, batch, value } of changes) insert.run(row, field, batch, bound(value));
}

/** No value of ours comes near so many bytes: what does is not even read, and refused for being a blob. */
const SELECT_CHANGES =
  "SELECT row, field, batch, CASE WHEN octet_length(value) > 1000000 THEN x'' ELSE value END FROM change";

/** From so many of the other's batches on, reading its whole log in one go beats looking up batch by batch. */
const SCAN_SHARE = 0.05;

/** From so many batches as a share of all rows on, reading the names of all rows beats looking up one by one. */
const READ_ALL_SHARE = 0.2;

/** What the wanted batches hold there and not here, in the order of (row, field, batch): pages are written once then. */
function readChanges(own: Database, other: Database, mapping: OtherNames, wanted: WantedBatches): IncomingChange[] {
  const values = new IncomingValues();
  const rows = (db: Database) => prepared(db, 'SELECT count(*) FROM entity_row').pluck().get() as number;
  if (wanted.size > Math.max(rows(own), rows(other)) * READ_ALL_SHARE) mapping.readAllRows();
  const isHeld = own.prepare('SELECT 1 FROM change WHERE row = ? AND field = ? AND batch = ?');
  const changes: IncomingChange[] = [];
  let isSorted = true;
  let last: IncomingChange | undefined;
  for (const [otherRow, otherField, otherBatch, value] of otherChanges(other, wanted)) {
    const batch = wanted.get(otherBatch as number);
    if (!batch) continue;
    const row = mapping.row(otherRow);
    const field = mapping.field(otherField);
    if (field.entity !== row.entity) throw new OtherFileError(`row ${otherRow} has no field ${field.name}`);
    if (!values.isGood(field.entity, field.name, value))
      throw new OtherFileError(`${field.entity}.${field.name} of row ${otherRow} holds what it may not`);
    batch.read += 1;
    if (!batch.isNew && isHeld.get(row.id, field.id, batch.id)) continue;
    batch.came += 1;
    const change = { row: row.id, field: field.id, batch: batch.id, value };
    if (last && isSorted) isSorted = inCellOrder(last, change) < 0;
    last = change;
    changes.push(change);
  }
  for (const { otherId, read, held } of wanted.values())
    if (read !== held) throw new OtherFileError(`batch ${otherId} holds other than it says`);
  if (!isSorted) changes.sort(inCellOrder);
  return changes;
}

export const inCellOrder = (one: IncomingChange, two: IncomingChange): number =>
  one.row - two.row || one.field - two.field || one.batch - two.batch;

/** More than so many changes are not put into memory twice. */
const MOST_AT_ONCE = 300_000;

/** Rows of (row, field, batch, value); of other batches too. */
function otherChanges(other: Database, wanted: WantedBatches): Iterable<unknown[]> {
  const total = other.prepare('SELECT count(*) FROM batch').pluck().get() as number;
  if (wanted.size <= total * SCAN_SHARE) {
    const ofBatch = other.prepare(`${SELECT_CHANGES} WHERE batch = ?`).raw();
    return [...wanted.keys()].flatMap((id) => ofBatch.all(id) as unknown[][]);
  }
  const scan = other.prepare(`${SELECT_CHANGES} NOT INDEXED WHERE batch BETWEEN ? AND ?`).raw();
  const ids = [...wanted.keys()];
  const size = [...wanted.values()].reduce((sum, { held }) => sum + held, 0);
  const range = [ids[0], ids.at(-1)];
  return (size > MOST_AT_ONCE ? scan.iterate(range) : scan.all(range)) as Iterable<unknown[]>;
}

function summaryOf(
  own: Database,
  mapping: OtherNames,
  wanted: WantedBatches,
  changes: IncomingChange[],
): Omit<Incoming, 'sessions'> {
  const batches: IncomingBatchRow[] = [];
  const completed = new Set<number>();
  const addHeld = own.prepare('UPDATE batch SET held = held + ? WHERE id = ? AND held + ? <= changes');
  for (const { id, isNew, replica, seq, at, kind, came, ...named } of wanted.values()) {
    if (came === 0) continue;
    const [author, label] = [mapping.author(named.author), mapping.label(named.label)];
    batches.push({ id, replica, seq, at, author, kind, label, changes: came });
    if (isNew) continue;
    completed.add(id);
    if (addHeld.run(came, id, came).changes === 0) throw new OtherFileError('a batch has more changes than it says');
  }
  return {
    batches,
    changes,
    completing: completed.size === 0 ? [] : changes.filter(({ batch }) => completed.has(batch)),
  };
}

/** Where sessions begin has to be known even of those that this file holds no batch of: forks are told by them. */
function bringInSessions(own: Database, other: Database, mapping: OtherNames): number {
  let learned = 0;
  const known = own.prepare('SELECT token FROM session WHERE replica = ? AND seq = ?').pluck();
  const insert = own.prepare('INSERT INTO session (replica, seq, token) VALUES (?, ?, ?)');
  const sessions = other.prepare('SELECT replica, seq, token FROM session').raw().all() as number[][];
  for (const [otherReplica = 0, otherSeq = 0, token = 0] of sessions) {
    if (!isWhole(otherSeq, 1) || !isWhole(token, 0)) throw new OtherFileError('a session is none');
    const { replica, seq } = mapping.position(otherReplica, otherSeq);
    if (known.get(replica, seq) === undefined) learned += insert.run(replica, seq, token).changes;
  }
  return learned;
}

/** What the authors had seen, in this file's names. What a forked replica had seen of a branch is told apart here too. */
function bringInSeen(own: Database, other: Database, mapping: OtherNames, segments: readonly Segment[]): void {
  const learn = own.prepare(
    `INSERT INTO seen (replica, seq, other, upTo) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET upTo = excluded.upTo WHERE excluded.upTo > upTo`,
  );
  const rows = other.prepare('SELECT replica, seq, other, upTo FROM seen').raw().all() as number[][];
  let hasLearned = false;
  for (const [by = 0, bySeq = 0, of = 0, ofUpTo = 0] of rows) {
    if (!isWhole(bySeq, 1) || !isWhole(ofUpTo, 1)) throw new OtherFileError('something seen is none');
    const at = mapping.position(by, bySeq);
    for (const { replica, upTo } of mapping.claims(of, ofUpTo))
      if (replica !== at.replica && learn.run(at.replica, at.seq, replica, upTo).changes > 0) hasLearned = true;
  }
  for (const segment of segments) {
    if (segment.from === 1) continue;
    const root = mapping.position(segment.otherReplica, segment.from - 1);
    inheritFromRoot(own, { replica: segment.replica, root: root.replica, rootSeq: root.seq });
  }
  if (hasLearned && !isSeenInOrder(own)) throw new OtherFileError('batches that had seen each other');
}

function bringInSuperseded(own: Database, other: Database, mapping: OtherNames, wanted: WantedBatches): void {
  const insert = own.prepare(
    `INSERT INTO supersedes (row, field, batch, other, otherSeq) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET otherSeq = excluded.otherSeq WHERE excluded.otherSeq > otherSeq`,
  );
  const rows = other.prepare('SELECT row, field, batch, other, otherSeq FROM supersedes').raw().all() as number[][];
  for (const [row, field, otherBatch = 0, of = 0, ofSeq = 0] of rows) {
    const batch = wanted.get(otherBatch);
    if (!batch) continue;
    if (!isWhole(ofSeq, 1)) throw new OtherFileError('something superseded is none');
    for (const { replica, upTo } of mapping.claims(of, ofSeq))
      if (replica !== batch.replica) insert.run(mapping.row(row).id, mapping.field(field).id, batch.id, replica, upTo);
  }
}
