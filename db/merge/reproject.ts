/**
 * After changes of others have come into the log, the tables follow. Most changes are values of rows that are there: then
 * only their cells are folded. Rows that are new, or whose being deleted is in question, are folded whole.
 */
import { type CellValue, type EntityName, fieldNames } from '../../shared/entities/index.ts';
import { SEED_KIND } from '../log/batchKinds.ts';
import type { Causality } from '../log/causality.ts';
import { type CellChange, headsOf, isConflict, winnerOf } from '../log/heads.ts';
import { hasTable } from '../log/names.ts';
import {
  type ChangeRow,
  DELETED,
  foldRow,
  isNullable,
  quoted,
  RowInserter,
  TOUCHING_ENTITIES,
} from '../log/project.ts';
import type { OpenFile, Touched } from '../openFile.ts';
import type { Database, Statement } from '../sqlite.ts';
import type { BatchIndex } from './batchIndex.ts';
import type { IncomingChange } from './bringIn.ts';

/** A cell in conflict, with all changes of it; of the whole row where the row itself is in question. */
export interface ConflictCell {
  row: number;
  field: number;
  changes: readonly CellChange[];
}

type LogRow = [field: number, batch: number, value: CellValue];

interface Folding {
  causality: Causality;
  batches: BatchIndex;
  onConflict: (cell: ConflictCell) => void;
}

/** `changes` in the order of (row, field); `rows` are folded whole besides. Inside the caller's transaction. */
export function reproject(
  file: OpenFile,
  changes: readonly IncomingChange[],
  rows: ReadonlySet<number>,
  folding: Folding,
): Touched {
  const projection = new Projection(file, folding);
  for (let start = 0; start < changes.length; ) {
    let end = start + 1;
    while (end < changes.length && changes[end]?.row === changes[start]?.row) end += 1;
    const ofRow = changes.slice(start, end);
    if (!rows.has((changes[start] as IncomingChange).row)) projection.apply(ofRow);
    start = end;
  }
  for (const row of rows) projection.foldWhole(row);
  return projection.finish();
}

/** Of a row that is folded whole anything may have changed. */
const WHOLE: ReadonlyMap<string, CellValue> = new Map([[DELETED, 0]]);

class Projection {
  readonly #file: OpenFile;
  readonly #folding: Folding;
  readonly #tables = new Map<EntityName, Table>();
  readonly #conflicts: Conflicts;
  readonly #inserter: RowInserter;
  readonly #changesOfRow: Statement;
  readonly #changesOfCell: Statement;
  readonly #touched: Touched = { instrumentIds: new Set(), entities: new Set() };
  /** Instruments that what hangs on them was written about, and when at the latest. */
  readonly #touchedAt = new Map<string, number>();
  /** Instruments whose time has to be found anew: something hangs on them that did not, or no longer. */
  readonly #retouched = new Set<string>();

  constructor(file: OpenFile, folding: Folding) {
    const { db } = file;
    this.#file = file;
    this.#folding = folding;
    this.#conflicts = new Conflicts(db);
    this.#inserter = new RowInserter(db);
    this.#changesOfRow = db.prepare('SELECT field, batch, value FROM change WHERE row = ? ORDER BY field').raw();
    this.#changesOfCell = db.prepare('SELECT field, batch, value FROM change WHERE row = ? AND field = ?').raw();
  }

  /** Incoming changes of one row. */
  apply(incoming: readonly IncomingChange[]): void {
    const { row } = incoming[0] as IncomingChange;
    const name = this.#file.names.rowName(row);
    if (!name || !hasTable(name.entity)) return;
    const table = this.#table(name.entity);
    const current = table.read(row);
    const deleted = this.#file.names.knownField(name.entity, DELETED);
    const isInQuestion =
      !current ||
      table.valueOf(current, DELETED) === 1 ||
      (deleted !== undefined && this.#conflicts.has(row, deleted)) ||
      incoming.some(({ field }) => field === deleted || this.#fieldName(field) === 'instrumentId');
    if (isInQuestion || !this.#applyCells(table, row, current, incoming)) {
      this.foldWhole(row);
      return;
    }
    this.#touched.entities.add(name.entity);
    this.#touch(name.entity, name.key, current && table.valueOf(current, 'instrumentId'), incoming);
  }

  /** False when a cell holds what only the folding of the whole row knows to deal with. */
  #applyCells(table: Table, row: number, current: CellValue[], incoming: readonly IncomingChange[]): boolean {
    const { causality, onConflict } = this.#folding;
    const changed = new Map<string, CellValue>();
    for (const [field, changes] of this.#cells(row, incoming)) {
      const name = this.#fieldName(field);
      if (!table.has(name)) continue;
      const heads = headsOf(changes, causality);
      const { value } = winnerOf(heads);
      if (value === null && !isNullable(table.entity, name)) return false;
      const isInConflict = isConflict(heads);
      this.#conflicts.set(row, field, isInConflict);
      if (isInConflict) onConflict({ row, field, changes });
      if (value !== table.valueOf(current, name)) changed.set(name, value);
    }
    if (table.entity === 'instrument') {
      const at = this.#latest(incoming);
      const before = table.valueOf(current, 'touchedAt') as number | null;
      if (at !== null && (before === null || at > before)) changed.set('touchedAt', at);
    }
    table.write(row, current, changed);
    this.#file.search.changed(table.entity, row, changed);
    return true;
  }

  /** All changes of each cell that something has come into. */
  #cells(row: number, incoming: readonly IncomingChange[]): Map<number, ChangeRow[]> {
    const { batches } = this.#folding;
    const cells = new Map<number, ChangeRow[]>(incoming.map(({ field }) => [field, []]));
    const rows = [];
    // Of many cells, the row's whole history is quicker to read than one by one.
    if (cells.size > 2) rows.push(...(this.#changesOfRow.all(row) as LogRow[]));
    else for (const field of cells.keys()) rows.push(...(this.#changesOfCell.all(row, field) as LogRow[]));
    for (const [field, batch, value] of rows) cells.get(field)?.push(batches.change(row, field, batch, value));
    return cells;
  }

  #touch(entity: EntityName, key: string, owner: CellValue | undefined, incoming: readonly IncomingChange[]): void {
    if (entity === 'instrument') this.#touched.instrumentIds.add(key);
    if (!TOUCHING_ENTITIES.includes(entity) || typeof owner !== 'string') return;
    this.#touched.instrumentIds.add(owner);
    const at = this.#latest(incoming);
    if (at !== null) this.#touchedAt.set(owner, Math.max(at, this.#touchedAt.get(owner) ?? at));
  }

  /** When people wrote the last of these changes; null when the seed did. */
  #latest(changes: readonly IncomingChange[]): number | null {
    let latest: number | null = null;
    for (const { batch } of changes) {
      const at = this.#folding.batches.at(batch);
      if (at > (latest ?? Number.NEGATIVE_INFINITY) && this.#folding.batches.kind(batch) !== SEED_KIND) latest = at;
    }
    return latest;
  }

  foldWhole(row: number): void {
    const { names } = this.#file;
    const { causality, onConflict } = this.#folding;
    const name = names.rowName(row);
    if (!name || !hasTable(name.entity)) return;
    const { entity, key } = name;
    const table = this.#table(entity);
    const before = table.read(row);
    const { batches } = this.#folding;
    const changes = (this.#changesOfRow.all(row) as LogRow[]).map(([field, batch, value]) =>
      batches.change(row, field, batch, value),
    );
    const folded = foldRow(entity, key, changes, names, causality);
    if (before) table.remove(row);
    this.#inserter.run(entity, folded);
    this.#conflicts.replace(row, folded.conflicts);
    for (const field of folded.conflicts) onConflict({ row, field, changes });
    this.#file.search.changed(entity, row, WHOLE);
    this.#touched.entities.add(entity);
    const owners = TOUCHING_ENTITIES.includes(entity)
      ? [before && table.valueOf(before, 'instrumentId'), folded.values.get('instrumentId')]
      : [entity === 'instrument' ? key : null];
    for (const owner of owners) {
      if (typeof owner !== 'string') continue;
      this.#touched.instrumentIds.add(owner);
      this.#retouched.add(owner);
    }
  }

  finish(): Touched {
    const { db } = this.#file;
    const touch = db.prepare('UPDATE instrument SET touchedAt = max(coalesce(touchedAt, @at), @at) WHERE id = @id');
    for (const [id, at] of this.#touchedAt) if (!this.#retouched.has(id)) touch.run({ id, at });
    retouch(db, this.#retouched);
    this.#conflicts.finish();
    return this.#touched;
  }

  #table(entity: EntityName): Table {
    let table = this.#tables.get(entity);
    if (!table) {
      table = new Table(this.#file.db, entity);
      this.#tables.set(entity, table);
    }
    return table;
  }

  #fieldName(field: number): string {
    return this.#file.names.fieldById(field).name;
  }
}

/** One projected table: whole rows in, single columns or whole rows out. */
class Table {
  readonly entity: EntityName;
  readonly #db: Database;
  readonly #select: Statement;
  readonly #remove: Statement;
  readonly #columns: string[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #fields: ReadonlySet<string>;
  readonly #updates = new Map<string, Statement>();

  constructor(db: Database, entity: EntityName) {
    this.entity = entity;
    this.#db = db;
    this.#select = db.prepare(`SELECT * FROM ${entity} WHERE row = ?`).raw();
    this.#remove = db.prepare(`DELETE FROM ${entity} WHERE row = ?`);
    this.#columns = this.#select.columns().map(({ name }) => name);
    this.#positions = new Map(this.#columns.map((name, index) => [name, index]));
    this.#fields = new Set(fieldNames(entity));
  }

  /** A field of this version; the log may hold others. */
  has(field: string): boolean {
    return this.#fields.has(field);
  }

  read(row: number): CellValue[] | undefined {
    return this.#select.get(row) as CellValue[] | undefined;
  }

  remove(row: number): void {
    this.#remove.run(row);
  }

  valueOf(values: readonly CellValue[], column: string): CellValue | undefined {
    const position = this.#positions.get(column);
    return position === undefined ? undefined : values[position];
  }

  write(row: number, current: CellValue[], changed: ReadonlyMap<string, CellValue>): void {
    if (changed.size === 0) return;
    // Few at once: a statement for them. Many: there are too many combinations, so all but what is indexed is written.
    const columns =
      changed.size <= 2 ? [...changed.keys()] : this.#columns.filter((name) => changed.has(name) || !isIndexed(name));
    const values = columns.map((name) => (changed.has(name) ? changed.get(name) : this.valueOf(current, name)));
    this.#update(columns).run([...values, row]);
  }

  #update(columns: readonly string[]): Statement {
    const key = columns.join();
    let statement = this.#updates.get(key);
    if (!statement) {
      const sets = columns.map((name) => `${quoted(name)} = ?`).join();
      statement = this.#db.prepare(`UPDATE ${this.entity} SET ${sets} WHERE row = ?`);
      this.#updates.set(key, statement);
    }
    return statement;
  }
}

/** Columns that indexes stand on: written only when they change. */
const INDEXED = new Set(['row', 'id', 'number', 'instrumentId', 'writtenAt']);
const isIndexed = (column: string): boolean => INDEXED.has(column);

/** The table of conflicts, written only where it changes. */
class Conflicts {
  readonly #db: Database;
  readonly #present: Set<number>;
  readonly #added = new Map<number, [row: number, field: number]>();
  readonly #delete: Statement;
  readonly #ofRow: Statement;

  constructor(db: Database) {
    this.#db = db;
    const present = db.prepare('SELECT row, field FROM conflict').raw().all() as [number, number][];
    this.#present = new Set(present.map(([row, field]) => cellNumber(row, field)));
    this.#delete = db.prepare('DELETE FROM conflict WHERE row = ? AND field = ?');
    this.#ofRow = db.prepare('SELECT field FROM conflict WHERE row = ?').pluck();
  }

  has(row: number, field: number): boolean {
    return this.#present.has(cellNumber(row, field));
  }

  set(row: number, field: number, isInConflict: boolean): void {
    const cell = cellNumber(row, field);
    if (isInConflict && !this.#present.has(cell)) this.#added.set(cell, [row, field]);
    if (isInConflict) return;
    this.#added.delete(cell);
    if (this.#present.delete(cell)) this.#delete.run(row, field);
  }

  replace(row: number, fields: readonly number[]): void {
    for (const field of this.#ofRow.all(row) as number[]) if (!fields.includes(field)) this.set(row, field, false);
    for (const field of fields) this.set(row, field, true);
  }

  finish(): void {
    const insert = this.#db.prepare('INSERT INTO conflict (row, field) VALUES (?, ?)');
    for (const cell of this.#added.values()) insert.run(cell);
  }
}

/** Rows of a file fit into 32 bits, its fields into 20. */
const cellNumber = (row: number, field: number): number => row * 2 ** 20 + field;

/** When each of these instruments was last written about: itself, by a note, or by a supporting body. */
function retouch(db: Database, instrumentIds: ReadonlySet<string>): void {
  const update = db.prepare(
    `UPDATE instrument SET touchedAt = (
       SELECT max(b.at) FROM change c JOIN batch b ON b.id = c.batch
       WHERE b.kind <> ${SEED_KIND} AND c.row IN (
         SELECT instrument.row
         UNION ALL SELECT row FROM note WHERE instrumentId = instrument.id
         UNION ALL SELECT row FROM support WHERE instrumentId = instrument.id))
     WHERE id = ?`,
  );
  for (const id of instrumentIds) update.run(id);
}
