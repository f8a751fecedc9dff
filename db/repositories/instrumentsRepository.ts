/** Reads the projected instruments. Rows for the register travel as arrays under one header. */
import { BLOCK_ROWS, FIRST_BLOCK_ROWS, type InstrumentBlock, type InstrumentDetail } from '../../shared/api.ts';
import { Instrument } from '../../shared/entities/instrument.ts';
import type { Note } from '../../shared/entities/note.ts';
import { type Database, prepared } from '../sqlite.ts';

/** Long texts stay behind until an instrument is opened: they are most of the bytes and the register shows none. */
const LIST_COLUMNS = Object.keys(Instrument.shape).filter((column) => column !== 'summary' && column !== 'deleted');
const LIST_SQL = LIST_COLUMNS.map((column) => `i."${column}"`).join();
type Tuple = InstrumentBlock['rows'][number];

/** Sends the register in order of number: a screenful at once, then large blocks. Returns how many rows there are. */
export function streamInstruments(db: Database, send: (block: InstrumentBlock) => void): number {
  const select = db.prepare(
    `SELECT ${LIST_SQL} FROM instrument i WHERE deleted = 0 ORDER BY number IS NULL, number, id`,
  );
  let rows: Tuple[] = [];
  let total = 0;
  for (const row of select.raw().iterate() as IterableIterator<Tuple>) {
    rows.push(row);
    total += 1;
    if (total === FIRST_BLOCK_ROWS || rows.length === BLOCK_ROWS) {
      send({ columns: LIST_COLUMNS, rows });
      rows = [];
    }
  }
  if (rows.length > 0) send({ columns: LIST_COLUMNS, rows });
  return total;
}

/** The present rows of these ids, in the order of the ids; deleted and unknown ones are absent. */
export function instrumentRows(db: Database, ids: readonly string[]): InstrumentBlock {
  const select = prepared(db, `SELECT ${LIST_SQL} FROM instrument i WHERE id = ? AND deleted = 0`).raw();
  const rows = ids.map((id) => select.get(id) as Tuple | undefined).filter((row) => row !== undefined);
  return { columns: LIST_COLUMNS, rows };
}

const ALL_SQL = Object.keys(Instrument.shape)
  .map((column) => `"${column}"`)
  .join();

const FIND_SQL = `SELECT ${ALL_SQL} FROM instrument WHERE id = ? AND deleted = 0`;

export const findInstrument = (db: Database, id: string): Instrument | undefined =>
  prepared(db, FIND_SQL).get(id) as Instrument | undefined;

export const findInstrumentsByNumber = (db: Database, number: number): Instrument[] =>
  db
    .prepare(`SELECT ${ALL_SQL} FROM instrument WHERE number = ? AND deleted = 0 ORDER BY id`)
    .all(number) as Instrument[];

/**
 * In order of number; those without one last. One at a time, for exports that never hold them all. Begins when the first
 * is asked for: a query that nobody reads would keep the connection busy.
 */
export function* iterateInstruments(db: Database): Generator<Instrument> {
  const select = db.prepare(`SELECT ${ALL_SQL} FROM instrument WHERE deleted = 0 ORDER BY number IS NULL, number, id`);
  yield* select.iterate() as IterableIterator<Instrument>;
}

export const listInstruments = (db: Database): Instrument[] => [...iterateInstruments(db)];

/** One more than the highest; where that is the last number there is, the first after a number that is taken. */
export function nextFreeNumber(db: Database): number {
  const highest = db
    .prepare('SELECT coalesce(max(number), 0) FROM instrument WHERE deleted = 0')
    .pluck()
    .get() as number;
  if (highest < LAST_NUMBER) return highest + 1;
  const select = `SELECT min(number) + 1 FROM instrument WHERE deleted = 0 AND number < ? AND number + 1 NOT IN
    (SELECT number FROM instrument WHERE deleted = 0 AND number IS NOT NULL)`;
  return (db.prepare(select).pluck().get(LAST_NUMBER) as number | null) ?? 1;
}

/** Instruments are numbered by people: shared/entities/instrument.ts allows five digits. */
const LAST_NUMBER = 99_999;

export function supportingBodyIds(db: Database, instrumentId: string): string[] {
  const select = 'SELECT bodyId FROM support WHERE instrumentId = ? AND deleted = 0 ORDER BY bodyId';
  return db.prepare(select).pluck().all(instrumentId) as string[];
}

export function instrumentDetail(db: Database, id: string): InstrumentDetail | undefined {
  const instrument = findInstrument(db, id);
  if (!instrument) return undefined;
  return { instrument, supportingBodyIds: supportingBodyIds(db, id), notes: notesOf(db, id) } as InstrumentDetail;
}

const NOTE_SQL = 'id, instrumentId, text, author, writtenAt, isPinned, deleted';

/** Pinned first, then newest first. */
export const notesOf = (db: Database, instrumentId: string): Note[] =>
  db
    .prepare(
      `SELECT ${NOTE_SQL} FROM note WHERE instrumentId = ? AND deleted = 0 ORDER BY isPinned DESC, writtenAt DESC, id DESC`,
    )
    .all(instrumentId) as Note[];

export const findNote = (db: Database, id: string): Note | undefined =>
  prepared(db, `SELECT ${NOTE_SQL} FROM note WHERE id = ? AND deleted = 0`).get(id) as Note | undefined;

export interface LastNote {
  text: string;
  author: string | null;
  writtenAt: number;
}

/** The newest note of every instrument that has one. */
export function lastNotes(db: Database): Map<string, LastNote> {
  // SQLite fills the bare columns from the row that holds the maximum.
  const rows = db
    .prepare(
      'SELECT instrumentId, text, author, max(writtenAt) AS writtenAt FROM note WHERE deleted = 0 GROUP BY instrumentId',
    )
    .all() as (LastNote & { instrumentId: string })[];
  return new Map(rows.map(({ instrumentId, ...note }) => [instrumentId, note]));
}
