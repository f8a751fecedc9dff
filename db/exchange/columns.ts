/**
 * A piece of a log as columns of small numbers and texts: equal things stand together, so that a general compressor finds
 * them. Reading checks every number against what it names; values themselves are checked when they are merged.
 */
import type { CellValue } from '../../shared/entities/index.ts';
import { ByteReader, ByteWriter, DamagedExchangeFile, TextReader, TextWriter } from './bytes.ts';

/** Batches with all that merging needs to know of them. Names are positions in the lists here. */
export interface LogPiece {
  replicas: string[];
  /** Where sessions begin, of every replica named here, from its first on. Ordered by (replica, seq). */
  sessions: { replica: number; seq: number; token: number }[];
  authors: { name: string; post: string }[];
  labels: string[];
  entities: string[];
  fields: { entity: number; name: string }[];
  rows: { entity: number; key: string }[];
  /** In an order in which they can have happened. */
  batches: PieceBatch[];
  /** Of all batches, one after the other. */
  changes: { row: number; field: number; value: CellValue }[];
  /** What the author of a batch, or of an earlier one that is not here, had newly seen. */
  seen: { batch: number; seq: number; other: number; upTo: number }[];
  supersedes: { batch: number; row: number; field: number; other: number; otherSeq: number }[];
}

export interface PieceBatch {
  replica: number;
  seq: number;
  at: number;
  author: number | null;
  kind: number;
  label: number;
  reverts: { replica: number; seq: number } | null;
  /** How many changes it was written with, and how many of them are here. */
  changes: number;
  held: number;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
/** Days of 2026-01-01: dates of a committee are near it. */
const DAY_ZERO = Date.UTC(2026, 0, 1) / DAY_MS;
/** Beyond it a number, or the distance of two clocks, is written as eight bytes. */
const LARGE = 2 ** 50;

const TAG = { null: 0, whole: 1, double: 2, text: 3, id: 4, date: 5 } as const;

/** The columns in the order of the file. Only ever appended to. */
const COLUMNS = [
  'counts',
  'replicas',
  'sessionCounts',
  'sessionSeqs',
  'sessionTokens',
  'authors',
  'labels',
  'entities',
  'fields',
  'rows',
  'rowIds',
  'batchReplicas',
  'batchSeqs',
  'batchTimes',
  'batchAuthors',
  'batchKinds',
  'batchLabels',
  'reverts',
  'sizes',
  'missing',
  'seen',
  'supersedes',
  'changeFields',
  'changeRows',
  'tags',
  'numbers',
  'days',
  'ids',
  'idTable',
  'lengths',
  'texts',
] as const;
type Columns<T> = Record<(typeof COLUMNS)[number], T>;

export function encodePiece(piece: LogPiece): Uint8Array {
  const column = Object.fromEntries(COLUMNS.map((name) => [name, new ByteWriter()])) as Columns<ByteWriter>;
  const texts = new TextWriter(column.lengths, column.texts);
  for (const list of [piece.replicas, piece.authors, piece.labels, piece.entities, piece.fields, piece.rows])
    column.counts.count(list.length);
  for (const list of [piece.batches, piece.changes, piece.seen, piece.supersedes]) column.counts.count(list.length);

  for (const key of piece.replicas) texts.text(key);
  encodeSessions(piece, column);
  for (const { name, post } of piece.authors) {
    texts.text(name);
    texts.text(post);
  }
  for (const label of piece.labels) texts.text(label);
  for (const entity of piece.entities) texts.text(entity);
  for (const { entity, name } of piece.fields) {
    column.fields.count(entity);
    texts.text(name);
  }
  const ids: string[] = [];
  for (const { entity, key } of piece.rows) {
    const isId = UUID.test(key);
    column.rows.count(entity * 2 + (isId ? 1 : 0));
    if (isId) ids.push(key);
    else texts.text(key);
  }
  column.rowIds.bytes(packIds(ids));
  encodeBatches(piece, column);
  for (const { batch, seq, other, upTo } of piece.seen) {
    column.seen.count(batch);
    column.seen.count((piece.batches[batch] as PieceBatch).seq - seq);
    column.seen.count(other);
    column.seen.count(upTo);
  }
  for (const { batch, row, field, other, otherSeq } of piece.supersedes)
    for (const number of [batch, row, field, other, otherSeq]) column.supersedes.count(number);
  encodeChanges(piece, column, texts);
  return joined(column);
}

function encodeSessions({ replicas, sessions }: LogPiece, column: Columns<ByteWriter>): void {
  const counts = replicas.map(() => 0);
  let last = { replica: -1, seq: 0 };
  for (const { replica, seq, token } of sessions) {
    counts[replica] = (counts[replica] ?? 0) + 1;
    column.sessionSeqs.count(seq - (last.replica === replica ? last.seq : 0));
    // Random: spelled out in six bytes.
    const bytes = Buffer.alloc(6);
    bytes.writeUIntBE(token, 0, 6);
    column.sessionTokens.bytes(bytes);
    last = { replica, seq };
  }
  for (const count of counts) column.sessionCounts.count(count);
}

function encodeBatches({ batches, replicas }: LogPiece, column: Columns<ByteWriter>): void {
  const nextSeqs = replicas.map(() => 1);
  let lastAt = 0;
  for (const { replica, seq, at, author, kind, label, reverts, changes, held } of batches) {
    column.batchReplicas.count(replica);
    column.batchSeqs.signed(seq - (nextSeqs[replica] ?? 1));
    nextSeqs[replica] = seq + 1;
    const passed = at - lastAt;
    if (Math.abs(passed) < LARGE) column.batchTimes.count((passed < 0 ? -2 * passed - 1 : 2 * passed) + 1);
    else {
      column.batchTimes.count(0);
      column.batchTimes.double(at);
    }
    lastAt = at;
    column.batchAuthors.count(author === null ? 0 : author + 1);
    column.batchKinds.count(kind);
    column.batchLabels.count(label);
    column.reverts.count(reverts === null ? 0 : reverts.replica + 1);
    if (reverts) column.reverts.count(reverts.seq);
    column.sizes.count(held);
    column.missing.count(changes - held);
  }
}

/** Rows are named by their first mention: "the same", "the next new one", or which. */
const SAME_ROW = 0;
const NEW_ROW = 1;
const OLD_ROW = 2;

function encodeChanges({ changes, fields }: LogPiece, column: Columns<ByteWriter>, texts: TextWriter): void {
  const byField: CellValue[][] = fields.map(() => []);
  let lastRow = -1;
  let newRows = 0;
  for (const { row, field, value } of changes) {
    column.changeFields.count(field);
    if (row === lastRow) column.changeRows.count(SAME_ROW);
    else if (row === newRows) column.changeRows.count(NEW_ROW);
    else column.changeRows.count(row + OLD_ROW);
    if (row === newRows) newRows += 1;
    lastRow = row;
    byField[field]?.push(value);
  }
  const idNumbers = new Map<string, number>();
  for (const values of byField) {
    for (const value of values) {
      const tag = tagOf(value);
      column.tags.count(tag);
      if (tag === TAG.whole) column.numbers.signed(value as number);
      else if (tag === TAG.double) column.numbers.double(value as number);
      else if (tag === TAG.text) texts.text(value as string);
      else if (tag === TAG.date) {
        column.days.signed(Date.parse(value as string) / DAY_MS - DAY_ZERO);
      } else if (tag === TAG.id) {
        const number = idNumbers.get(value as string) ?? idNumbers.size;
        idNumbers.set(value as string, number);
        column.ids.count(number);
      }
    }
  }
  column.counts.count(idNumbers.size);
  column.idTable.bytes(packIds([...idNumbers.keys()]));
}

function tagOf(value: CellValue): number {
  if (value === null) return TAG.null;
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < LARGE && !Object.is(value, -0) ? TAG.whole : TAG.double;
  if (UUID.test(value)) return TAG.id;
  return DATE.test(value) && dateOf(Date.parse(value) / DAY_MS) === value ? TAG.date : TAG.text;
}

const dateOf = (day: number): string | null =>
  Number.isInteger(day) && Math.abs(day) <= 100_000_000 ? new Date(day * DAY_MS).toISOString().slice(0, 10) : null;

const ID_BYTES = 16;

/** All first bytes, all second bytes, ...: what the identities of one hour have in common stands together. */
function packIds(ids: readonly string[]): Uint8Array {
  const packed = new Uint8Array(ids.length * ID_BYTES);
  for (const [index, id] of ids.entries()) {
    const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
    for (let i = 0; i < ID_BYTES; i += 1) packed[i * ids.length + index] = bytes[i] as number;
  }
  return packed;
}

function unpackIds(packed: Uint8Array): string[] {
  const count = packed.length / ID_BYTES;
  const bytes = Buffer.alloc(ID_BYTES);
  return Array.from({ length: count }, (_, index) => {
    for (let i = 0; i < ID_BYTES; i += 1) bytes[i] = packed[i * count + index] as number;
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  });
}

function joined(column: Columns<ByteWriter>): Uint8Array {
  const lengths = new ByteWriter();
  for (const name of COLUMNS) lengths.count(column[name].toBytes().length);
  const all = new ByteWriter();
  all.count(COLUMNS.length);
  all.bytes(lengths.toBytes());
  for (const name of COLUMNS) all.bytes(column[name].toBytes());
  return all.toBytes();
}

function split(bytes: Uint8Array): Columns<ByteReader> {
  const all = new ByteReader(bytes);
  // A later version may have appended columns; this one reads those it knows.
  const lengths = Array.from({ length: Math.min(all.count(), 1_000) }, () => all.count());
  if (lengths.length < COLUMNS.length) throw new DamagedExchangeFile('a column is missing');
  const parts = lengths.map((length) => new ByteReader(all.bytes(length)));
  return Object.fromEntries(COLUMNS.map((name, index) => [name, parts[index]])) as Columns<ByteReader>;
}

/** More things than any file of ours holds: a number that promises them is no count. */
const MOST = 10_000_000;

export function decodePiece(bytes: Uint8Array): LogPiece {
  const column = split(bytes);
  const texts = new TextReader(column.lengths, column.texts);
  const list = <T>(size: number, read: (index: number) => T): T[] => {
    const items: T[] = [];
    for (let index = 0; index < size; index += 1) items.push(read(index));
    return items;
  };
  const size = () => column.counts.index(MOST);
  const sizes = {
    replicas: size(),
    authors: size(),
    labels: size(),
    entities: size(),
    fields: size(),
    rows: size(),
    batches: size(),
    changes: size(),
    seen: size(),
    supersedes: size(),
  };

  const replicas = list(sizes.replicas, () => texts.text());
  const sessions = decodeSessions(sizes.replicas, column);
  const authors = list(sizes.authors, () => ({ name: texts.text(), post: texts.text() }));
  const labels = list(sizes.labels, () => texts.text());
  const entities = list(sizes.entities, () => texts.text());
  const fields = list(sizes.fields, () => ({ entity: column.fields.index(sizes.entities), name: texts.text() }));
  const rowKinds = list(sizes.rows, () => column.rows.index(sizes.entities * 2));
  const idCount = rowKinds.filter((kind) => kind % 2 === 1).length;
  const rowIds = unpackIds(column.rowIds.bytes(idCount * ID_BYTES)).values();
  const rows = rowKinds.map((kind) => ({
    entity: Math.floor(kind / 2),
    key: kind % 2 === 1 ? (rowIds.next().value as string) : texts.text(),
  }));
  const batches = decodeBatches(sizes, column);
  const heldInAll = batches.reduce((sum, { held }) => sum + held, 0);
  if (heldInAll !== sizes.changes) throw new DamagedExchangeFile('batches hold other than they say');
  const seen = list(sizes.seen, () => {
    const batch = column.seen.index(sizes.batches);
    const seq = (batches[batch] as PieceBatch).seq - column.seen.count();
    if (seq < 1) throw new DamagedExchangeFile('something seen is none');
    return { batch, seq, other: column.seen.index(sizes.replicas), upTo: column.seen.count() };
  });
  const supersedes = list(sizes.supersedes, () => ({
    batch: column.supersedes.index(sizes.batches),
    row: column.supersedes.index(sizes.rows),
    field: column.supersedes.index(sizes.fields),
    other: column.supersedes.index(sizes.replicas),
    otherSeq: column.supersedes.count(),
  }));
  const changes = decodeChanges(sizes, column, texts);
  return { replicas, sessions, authors, labels, entities, fields, rows, batches, changes, seen, supersedes };
}

function decodeSessions(replicas: number, column: Columns<ByteReader>): LogPiece['sessions'] {
  const sessions: LogPiece['sessions'] = [];
  for (let replica = 0; replica < replicas; replica += 1) {
    let seq = 0;
    for (let left = column.sessionCounts.index(MOST); left > 0; left -= 1) {
      const step = column.sessionSeqs.count();
      if (step < 1) throw new DamagedExchangeFile('a session is none');
      seq += step;
      const token = Buffer.from(column.sessionTokens.bytes(6)).readUIntBE(0, 6);
      sessions.push({ replica, seq, token });
    }
  }
  return sessions;
}

function decodeBatches(
  sizes: { batches: number; replicas: number; authors: number; labels: number },
  column: Columns<ByteReader>,
): PieceBatch[] {
  const nextSeqs = Array.from({ length: sizes.replicas }, () => 1);
  const batches: PieceBatch[] = [];
  let at = 0;
  for (let index = 0; index < sizes.batches; index += 1) {
    const replica = column.batchReplicas.index(sizes.replicas);
    const seq = (nextSeqs[replica] as number) + column.batchSeqs.signed();
    if (seq < 1) throw new DamagedExchangeFile('a batch is none');
    nextSeqs[replica] = seq + 1;
    const passed = column.batchTimes.count();
    if (passed === 0) at = column.batchTimes.double();
    else at += passed % 2 === 1 ? (passed - 1) / 2 : -passed / 2;
    const author = column.batchAuthors.index(sizes.authors + 1);
    const kind = column.batchKinds.count();
    const label = column.batchLabels.index(sizes.labels);
    const reverted = column.reverts.index(sizes.replicas + 1);
    const reverts = reverted === 0 ? null : { replica: reverted - 1, seq: column.reverts.count() };
    const held = column.sizes.index(MOST);
    const changes = held + column.missing.index(MOST);
    batches.push({ replica, seq, at, author: author === 0 ? null : author - 1, kind, label, reverts, changes, held });
  }
  return batches;
}

function decodeChanges(
  sizes: { changes: number; rows: number; fields: number },
  column: Columns<ByteReader>,
  texts: TextReader,
): LogPiece['changes'] {
  const fields: number[] = [];
  const counts = Array.from({ length: sizes.fields }, () => 0);
  for (let index = 0; index < sizes.changes; index += 1) {
    const field = column.changeFields.index(sizes.fields);
    counts[field] = (counts[field] as number) + 1;
    fields.push(field);
  }
  const ids = unpackIds(column.idTable.bytes(column.counts.index(MOST) * ID_BYTES));
  const read = (): CellValue => {
    switch (column.tags.count()) {
      case TAG.null:
        return null;
      case TAG.whole:
        return column.numbers.signed();
      case TAG.double:
        return column.numbers.double();
      case TAG.text:
        return texts.text();
      case TAG.id:
        return ids[column.ids.index(ids.length)] as string;
      case TAG.date: {
        const date = dateOf(column.days.signed() + DAY_ZERO);
        if (date !== null) return date;
      }
    }
    throw new DamagedExchangeFile('a value is none');
  };
  const valuesByField = counts.map((count) => {
    const values: CellValue[] = [];
    for (let left = count; left > 0; left -= 1) values.push(read());
    return values.values();
  });
  let row = -1;
  let newRows = 0;
  return fields.map((field) => {
    const named = column.changeRows.count();
    if (named === NEW_ROW) {
      row = newRows;
      newRows += 1;
    } else if (named !== SAME_ROW) row = named - OLD_ROW;
    if (row < 0 || row >= sizes.rows) throw new DamagedExchangeFile('a number names nothing');
    return { row, field, value: valuesByField[field]?.next().value ?? null };
  });
}
