/**
 * Reads what can be read of a damaged file's log into a new file. The damaged file is only read: an image of it in
 * memory is taken apart, row by row, and whatever fails is counted instead. The log makes this worth it: every change
 * stands for itself, and what is missing here comes back by merging a backup or a colleague's copy.
 */
import { readFileSync } from 'node:fs';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { FileCounts } from '../../shared/safekeeping.ts';
import { deliver } from '../copy/deliver.ts';
import { markIncomplete } from '../copy/restriction.ts';
import { copyProblem, countsOf, vacuumInto } from '../copy/saveCopy.ts';
import { isComplete } from '../log/held.ts';
import { rebuildProjection } from '../log/project.ts';
import { APPLICATION_ID, migrate } from '../migrations/index.ts';
import { fileCounts } from '../repositories/fileRepository.ts';
import { SearchIndex } from '../search/searchIndex.ts';
import { bound, connectSqlite, type Database } from '../sqlite.ts';
import { fsError } from '../sqliteErrors.ts';

export interface Salvage {
  counts: FileCounts;
  /** What the readable part knows to be missing. */
  missing: { batches: number; changes: number };
}

/** Writes what was salvaged to `out`, which must be a new place. */
export function salvageFile(path: string, out: string): Result<Salvage & { path: string }, AppError> {
  const salvaged = salvage(path);
  if (!salvaged.ok) return salvaged;
  const { db, ...result } = salvaged.value;
  try {
    const counts = countsOf(db);
    const saved = deliver(out, {
      openPath: path,
      write: (temporary) => vacuumInto(db, temporary),
      problem: (temporary) => copyProblem(temporary, counts),
    });
    return saved.ok ? ok({ path: saved.value.path, ...result }) : saved;
  } finally {
    db.close();
  }
}

/** In memory: to say what there would be, before anybody decides. The caller closes the database. */
export function salvage(path: string): Result<Salvage & { db: Database }, AppError> {
  let source: Database;
  try {
    source = openPatched(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return err(fsError(path, error));
    return err({ code: 'nothing-to-salvage', details: { path } });
  }
  const db = connectSqlite(':memory:');
  try {
    db.pragma('temp_store = MEMORY');
    migrate(db);
    const missing = db.transaction(() => takeApart(source, db))();
    if (missing === null) {
      db.close();
      return err({ code: 'nothing-to-salvage', details: { path } });
    }
    return ok({ db, counts: fileCounts(db), missing });
  } catch (error) {
    db.close();
    throw error;
  } finally {
    source.close();
  }
}

const MAGIC = 'SQLite format 3\0';

/** Of every file that we make: SQLite's own default. */
const OUR_PAGE_BYTES = 4096;
const PAGE_BYTES = [512, 1024, 2048, 4096, 8192, 16_384, 32_768];

/**
 * The bytes with what has to be right for SQLite to look at them at all: the header, all of which is known beforehand, and
 * whole pages to the announced end.
 */
function openPatched(bytes: Buffer): Database {
  if (bytes.length < 512) throw new RangeError('too short');
  const pageBytes = PAGE_BYTES.find((size) => size === bytes.readUInt16BE(16)) ?? OUR_PAGE_BYTES;
  // A length out of all proportion is damage as well.
  const announced = Math.min(bytes.readUInt32BE(28) * pageBytes, bytes.length * 2);
  const pages = Math.ceil(Math.max(bytes.length, announced) / pageBytes);
  const image = Buffer.alloc(pages * pageBytes);
  bytes.copy(image);
  // https://www.sqlite.org/fileformat2.html#the_database_header
  image.fill(0, 0, 100);
  image.write(MAGIC, 0, 'latin1');
  image.writeUInt16BE(pageBytes, 16);
  // A rollback journal; fractions that are always these.
  image.set([1, 1, 0, 64, 32, 32], 18);
  image.writeUInt32BE(pages, 28);
  // Schema format and UTF-8.
  image.writeUInt32BE(4, 44);
  image.writeUInt32BE(1, 56);
  image.writeUInt32BE(APPLICATION_ID, 68);
  const db = connectSqlite(image);
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = OFF');
  db.pragma('query_only = ON');
  return db;
}

type Row = Record<string, string | number | null>;

function takeApart(source: Database, target: Database): Salvage['missing'] | null {
  for (const { key, value } of readTable(source, 'meta', 'key'))
    if (typeof key === 'string' && typeof value === 'string') insert(target, 'meta', { key, value });
  target.exec("DELETE FROM meta WHERE key = 'searchVersion'");
  // Names first: what refers to a lost one is lost with it, but for labels and authors, which only describe.
  const kept = Object.fromEntries(
    ['replica', 'author', 'label', 'entity', 'field', 'entity_row'].map((table) => [
      table,
      new Set(readTable(source, table, 'id').flatMap((row) => (insert(target, table, row) ? [row.id] : []))),
    ]),
  ) as Record<string, Set<Row['id'] | undefined>>;
  const has = (table: string, id: Row['id'] | undefined): boolean => kept[table]?.has(id) === true;

  const batches = new Set<number>();
  for (const row of readTable(source, 'batch', 'id')) {
    if (!has('replica', row.replica)) continue;
    const label = (has('label', row.label) ? row.label : null) ?? labelFor(target);
    const author = (has('author', row.author) ? row.author : null) ?? null;
    if (insert(target, 'batch', { ...row, label, author, held: 0 })) batches.add(Number(row.id));
  }
  const rows = readByRow(source, target);
  for (const row of rows)
    if (has('entity_row', row.row) && has('field', row.field) && batches.has(Number(row.batch)))
      insert(target, 'change', row);
  for (const table of ['seen', 'session', 'supersedes'])
    for (const row of readTable(source, table, 'rowid'))
      if ([row.replica, row.other].every((id) => id === undefined || has('replica', id))) insert(target, table, row);
  if (countsOf(target).changes === 0) return null;

  target.exec('UPDATE batch SET held = (SELECT count(*) FROM change WHERE batch = batch.id)');
  target.exec('DELETE FROM batch WHERE held = 0 AND changes > 0');
  target.exec(SESSIONS_OF_BATCHES);
  target.exec('UPDATE batch SET changes = held WHERE changes < held');
  const missing = target
    .prepare(
      `SELECT (SELECT coalesce(sum(gap), 0) FROM (SELECT max(seq) - count(*) AS gap FROM batch GROUP BY replica)) AS batches,
        (SELECT coalesce(sum(changes - held), 0) FROM batch) AS changes`,
    )
    .get() as Salvage['missing'];
  // Changes that were read and had to be let go, their batch or row being lost.
  missing.changes += Math.max(0, rows.length - countsOf(target).changes);
  rebuildProjection(target);
  new SearchIndex(target).rebuild();
  if (!isComplete(target)) markIncomplete(target);
  return missing;
}

/**
 * Sessions fill one page, and without it no other copy could be merged any more (M6): those of which a batch is left are told
 * from their batches' tokens. Where the first batch is lost too, a session seems to begin later than it did: its beginning
 * is what the copies must agree on, so it may then still be refused.
 */
const SESSIONS_OF_BATCHES = `
  INSERT OR IGNORE INTO session (replica, seq, token)
    SELECT replica, min(seq), token FROM batch AS b GROUP BY replica, token
    HAVING NOT EXISTS (SELECT 1 FROM session s WHERE s.replica = b.replica AND s.token = b.token)`;

function labelFor(target: Database): number {
  target.prepare("INSERT INTO label (code) VALUES ('edit') ON CONFLICT DO NOTHING").run();
  return target.prepare("SELECT id FROM label WHERE code = 'edit'").pluck().get() as number;
}

function insert(target: Database, table: string, row: Row): boolean {
  const known = new Set(target.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]);
  const columns = Object.keys(row).filter((column) => known.has(column));
  try {
    const sql = `INSERT OR IGNORE INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`;
    return target.prepare(sql).run(...columns.map((column) => bound(row[column] ?? null))).changes === 1;
  } catch {
    // A value of another kind than the column takes.
    return false;
  }
}

/** As much of a table as can be read: from the front, from the back, and in between one by one where it has numbers. */
function readTable(source: Database, table: string, key: 'id' | 'key' | 'rowid'): Row[] {
  const forward = readUntilDamage(source, `SELECT * FROM ${table}`);
  if (forward.isWhole) return forward.rows;
  if (key !== 'id') return forward.rows;
  const backward = readUntilDamage(source, `SELECT * FROM ${table} ORDER BY id DESC`);
  const byId = new Map([...forward.rows, ...backward.rows].map((row) => [Number(row.id), row]));
  const from = Math.max(0, ...forward.rows.map((row) => Number(row.id)));
  const to = Math.min(from + MOST_PROBES, Math.min(...backward.rows.map((row) => Number(row.id)), from + MOST_PROBES));
  probe(source, `SELECT * FROM ${table} WHERE id = ?`, from + 1, to - 1, (row) => byId.set(Number(row.id), row));
  return [...byId.values()];
}

/** So many single look-ups at most where a table is broken in the middle. */
const MOST_PROBES = 1_000_000;

function probe(source: Database, sql: string, from: number, to: number, take: (row: Row) => void): void {
  let select: ReturnType<Database['prepare']>;
  try {
    select = source.prepare(sql);
  } catch {
    return;
  }
  for (let key = from; key <= to; key += 1) {
    try {
      for (const row of select.iterate(key) as IterableIterator<Row>) take(row);
    } catch {
      // On a damaged page; the next one may be whole.
    }
  }
}

function readUntilDamage(source: Database, sql: string): { rows: Row[]; isWhole: boolean } {
  const rows: Row[] = [];
  try {
    for (const row of source.prepare(sql).iterate() as IterableIterator<Row>) rows.push(row);
    return { rows, isWhole: true };
  } catch {
    return { rows, isWhole: false };
  }
}

/** The changes are clustered by row: where a page is broken, each row's own stretch is looked for. */
function readByRow(source: Database, target: Database): Row[] {
  const forward = readUntilDamage(source, 'SELECT * FROM change');
  if (forward.isWhole) return forward.rows;
  const seen = new Map<string, Row>();
  const take = (row: Row) => seen.set(`${row.row}:${row.field}:${row.batch}`, row);
  for (const row of forward.rows) take(row);
  for (const row of readUntilDamage(source, 'SELECT * FROM change ORDER BY row DESC, field DESC, batch DESC').rows)
    take(row);
  for (const row of target.prepare('SELECT id FROM entity_row').pluck().all() as number[])
    probe(source, 'SELECT * FROM change WHERE row = ?', row, row, take);
  return [...seen.values()];
}
