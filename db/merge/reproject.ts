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
  groupBy,
  isNullable,
  quoted,
  RowInserter,
  TOUCHING_ENTITIES,
} from '../log/project.ts';
import type { OpenFile, Touched } from '../openFile.ts';
import { type Database, prepared, type Statement } from '../sqlite.ts';
import type { BatchIndex } from './batchIndex.ts';
import type { IncomingChange } from './bringIn.ts';
import { MOST_FIELDS } from './otherNames.ts';

/** A cell in conflict, with all changes of it; of the whole row where the row itself is in question. */
export interface ConflictCell {
  row: number;
  field: number;
  changes: readonly CellChange[];
}

type LogRow = [row: number, field: number, batch: number, value: CellValue];

interface Folding {
  causality: Causality;
  batches: BatchIndex;
  /** True for a change that the file held before. */
  isOurs: (change: CellChange) => boolean;
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
  for (const some of inPortions(changes.filter(({ row }) => !rows.has(row)))) projection.apply(some);
  for (const row of rows) projection.foldWhole(row);
  return projection.finish();
}

/** What of the file is needed for so many changes is read at once. */
const CHANGES_AT_ONCE = 2_000;

/** The changes row by row, in portions of whole rows. */
function* inPortions(changes: readonly IncomingChange[]): Generator<IncomingChange[][]> {
  let portion: IncomingChange[][] = [];
  let size = 0;
  for (const ofRow of groupBy(changes, ({ row }) => row)) {
    portion.push(ofRow);
    size += ofRow.length;
    if (size < CHANGES_AT_ONCE) continue;
    yield portion;
    portion = [];
    size = 0;
  }
  if (size > 0) yield portion;
}

/** Of a row that is folded whole anything may have changed. */
const WHOLE: ReadonlyMap<string, CellValue> = new Map([[DELETED, 0]]);

/** What is known of a row that something has come into. */
interface RowState {
  incoming: readonly IncomingChange[];
  /** All changes of the cells that something has come into, in the order of the fields. */
  history: readonly ChangeRow[];
  /** Numbers of its fields that were in conflict. */
  conflicts: ReadonlySet<number>;
}

class Projection {
  readonly #file: OpenFile;
  readonly #folding: Folding;
  readonly #tables = new Map<EntityName, Table>();
  readonly #conflicts: Conflicts;
  readonly #inserter: RowInserter;
  readonly #changesOfRow: Statement;
  readonly #changesOfCells: Statement;
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
    this.#changesOfRow = prepared(db, 'SELECT row, field, batch, value FROM change WHERE row = ? ORDER BY field').raw();
    this.#changesOfCells = prepared(
      db,
      `SELECT c.row, c.field, c.batch, c.value FROM json_each(?) AS cell
       CROSS JOIN change AS c ON c.row = cell.value / ${MOST_FIELDS} AND c.field = cell.value % ${MOST_FIELDS}`,
    ).raw();
  }

  /** Incoming changes row by row. */
  apply(incoming: readonly IncomingChange[][]): void {
    const histories = this.#histories(incoming.flat());
    const standing = this.#standing(incoming.map(([first]) => (first as IncomingChange).row));
    for (const ofRow of incoming) {
      const { row } = ofRow[0] as IncomingChange;
      this.#applyRow(row, ofRow, histories.get(row) ?? [], standing.get(row));
    }
  }

  /** All changes of the cells that something has come into, by row. */
  #histories(incoming: readonly IncomingChange[]): Map<number, ChangeRow[]> {
    const { batches } = this.#folding;
    // A cell as one number: SQLite takes it apart more quickly than a pair.
    const cells = incoming
      .filter(({ row, field }, index) => row !== incoming[index - 1]?.row || field !== incoming[index - 1]?.field)
      .map(({ row, field }) => row * MOST_FIELDS + field);
    const histories = new Map<number, ChangeRow[]>();
    for (const [row, field, batch, value] of this.#changesOfCells.all(JSON.stringify(cells)) as LogRow[]) {
      const ofRow = histories.get(row) ?? [];
      histories.set(row, ofRow);
      ofRow.push(batches.change(row, field, batch, value));
    }
    return histories;
  }

  /** What is there of these rows, in the tables. */
  #standing(rows: readonly number[]): Map<number, Standing> {
    const byEntity = Map.groupBy(rows, (row) => this.#file.names.rowName(row)?.entity ?? '');
    return new Map([...byEntity].flatMap(([entity, some]) => (hasTable(entity) ? this.#table(entity).read(some) : [])));
  }

  #applyRow(
    row: number,
    incoming: readonly IncomingChange[],
    history: readonly ChangeRow[],
    standing: Standing | undefined,
  ): void {
    const name = this.#file.names.rowName(row);
    if (!name || !hasTable(name.entity)) return;
    const deleted = this.#file.names.knownField(name.entity, DELETED);
    const conflicts = this.#conflicts.of(row);
    const isInQuestion =
      !standing ||
      standing.deleted === 1 ||
      (deleted !== undefined && conflicts.has(deleted)) ||
      incoming.some(({ field }) => field === deleted || this.#fieldName(field) === 'instrumentId');
    if (isInQuestion || !this.#applyCells(this.#table(name.entity), row, { incoming, history, conflicts })) {
      this.foldWhole(row);
      return;
    }
    this.#touched.entities.add(name.entity);
    this.#touch(name.entity, name.key, standing.instrumentId, incoming);
  }

  /** False when a cell holds what only the folding of the whole row knows to deal with. */
  #applyCells(table: Table, row: number, { incoming, history, conflicts }: RowState): boolean {
    const { causality, isOurs, onConflict } = this.#folding;
    const changed = new Map<string, CellValue>();
    const standing = new Set(conflicts);
    for (const changes of groupBy(history, (change) => change.field)) {
      const { field } = changes[0] as ChangeRow;
      const name = this.#fieldName(field);
      if (!table.has(name)) continue;
      const heads = headsOf(changes, causality);
      const { value } = winnerOf(heads);
      if (value === null && !isNullable(table.entity, name)) return false;
      if (isConflict(heads)) {
        standing.add(field);
        onConflict({ row, field, changes });
      } else standing.delete(field);
      const ours = changes.filter(isOurs);
      if (ours.length === 0 || winnerOf(headsOf(ours, causality)).value !== value) changed.set(name, value);
    }
    this.#conflicts.replace(row, conflicts, standing);
    table.write(row, changed, table.entity === 'instrument' ? this.#latest(incoming) : null);
    this.#file.search.changed(table.entity, row, changed);
    return true;
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
    const before = table.read([row])[0]?.[1];
    const { batches } = this.#folding;
    const changes = (this.#changesOfRow.all(row) as LogRow[]).map((change) => batches.change(...change));
    const folded = foldRow(entity, key, changes, names, causality);
    if (before) table.remove(row);
    this.#inserter.run(entity, folded);
    this.#conflicts.replace(row, this.#conflicts.of(row), new Set(folded.conflicts));
    for (const field of folded.conflicts) onConflict({ row, field, changes });
    this.#file.search.changed(entity, row, WHOLE);
    this.#touched.entities.add(entity);
    const owners = TOUCHING_ENTITIES.includes(entity)
      ? [before?.instrumentId, folded.values.get('instrumentId')]
      : [entity === 'instrument' ? key : null];
    for (const owner of owners) {
      if (typeof owner !== 'string') continue;
      this.#touched.instrumentIds.add(owner);
      this.#retouched.add(owner);
    }
  }

  finish(): Touched {
    const { db } = this.#file;
    const touch = prepared(db, 'UPDATE instrument SET touchedAt = max(coalesce(touchedAt, @at), @at) WHERE id = @id');
    for (const [id, at] of this.#touchedAt) if (!this.#retouched.has(id)) touch.run({ id, at });
    retouch(db, this.#retouched);
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

/** What of a row decides how changes of it are dealt with. */
interface Standing {
  deleted: number | null;
  instrumentId: string | null;
}

/** One projected table. */
class Table {
  readonly entity: EntityName;
  readonly #db: Database;
  readonly #select: Statement;
  readonly #remove: Statement;
  readonly #fields: ReadonlySet<string>;
  readonly #updates = new Map<string, Statement>();

  constructor(db: Database, entity: EntityName) {
    this.entity = entity;
    this.#db = db;
    this.#fields = new Set(fieldNames(entity));
    const columns = [DELETED, 'instrumentId'].map((name) => (this.#fields.has(name) ? name : 'NULL'));
    this.#select = prepared(
      db,
      `SELECT row, ${columns.join()} FROM ${entity} WHERE row IN (SELECT value FROM json_each(?))`,
    ).raw();
    this.#remove = prepared(db, `DELETE FROM ${entity} WHERE row = ?`);
  }

  /** A field of this version; the log may hold others. */
  has(field: string): boolean {
    return this.#fields.has(field);
  }

  read(rows: readonly number[]): [row: number, Standing][] {
    const found = this.#select.all(JSON.stringify(rows)) as [number, Standing['deleted'], Standing['instrumentId']][];
    return found.map(([row, deleted, instrumentId]) => [row, { deleted, instrumentId }]);
  }

  remove(row: number): void {
    this.#remove.run(row);
  }

  /** `touchedAt` in ms, for instruments; never set back. */
  write(row: number, changed: ReadonlyMap<string, CellValue>, touchedAt: number | null): void {
    const touch = touchedAt === null ? [] : [touchedAt, touchedAt];
    const touching = touchedAt === null ? [] : ['touchedAt = max(coalesce(touchedAt, ?), ?)'];
    if (changed.size + touching.length === 0) return;
    const fields = [...changed.keys()];
    if (changed.size <= FEW_COLUMNS) {
      const update = this.#update(`${fields} ${touching}`, () => [
        ...fields.map((name) => `${quoted(name)} = ?`),
        ...touching,
      ]);
      update.run([...changed.values(), ...touch, row]);
      return;
    }
    // There are too many combinations: all columns, and which of them are meant; but no index is touched without need.
    const indexed = fields.filter((name) => INDEXED.has(name));
    const columns = [...this.#fields].filter((name) => !INDEXED.has(name)).concat(indexed);
    const update = this.#update(`* ${indexed} ${touching}`, () => [
      ...columns.map((name) => `${quoted(name)} = iif(?, ?, ${quoted(name)})`),
      ...touching,
    ]);
    update.run([...columns.flatMap((name) => [Number(changed.has(name)), changed.get(name)]), ...touch, row]);
  }

  #update(key: string, sets: () => string[]): Statement {
    let statement = this.#updates.get(key);
    if (!statement) {
      statement = prepared(this.#db, `UPDATE ${this.entity} SET ${sets().join()} WHERE row = ?`);
      this.#updates.set(key, statement);
    }
    return statement;
  }
}

/** So many are set by a statement of their own, prepared once. */
const FEW_COLUMNS = 3;

/** Columns that indexes stand on. */
const INDEXED = new Set(['number', 'instrumentId', 'writtenAt']);

/** The table of conflicts, written only where it changes. */
class Conflicts {
  readonly #ofRow: Statement;
  readonly #insert: Statement;
  readonly #delete: Statement;

  constructor(db: Database) {
    this.#ofRow = prepared(db, 'SELECT field FROM conflict WHERE row = ?').pluck();
    this.#insert = prepared(db, 'INSERT INTO conflict (row, field) VALUES (?, ?)');
    this.#delete = prepared(db, 'DELETE FROM conflict WHERE row = ? AND field = ?');
  }

  /** Numbers of the fields of a row that are in conflict. */
  of(row: number): Set<number> {
    return new Set(this.#ofRow.all(row) as number[]);
  }

  /** From `before` on, as `of` has told it, exactly `now` are in conflict. */
  replace(row: number, before: ReadonlySet<number>, now: ReadonlySet<number>): void {
    for (const field of before) if (!now.has(field)) this.#delete.run(row, field);
    for (const field of now) if (!before.has(field)) this.#insert.run(row, field);
  }
}

/** When each of these instruments was last written about: itself, by a note, or by a supporting body. */
function retouch(db: Database, instrumentIds: ReadonlySet<string>): void {
  const update = prepared(
    db,
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
