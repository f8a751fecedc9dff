/**
 * The projection: from the set of changes to the tables that screens query. Written from nothing here (check, as of a
 * day, after an update that knows more fields); local edits update the touched cells in place (log/writeBatch.ts), and a
 * property test holds the two against each other.
 */
import { type CellValue, ENTITY_NAMES, type EntityName, fieldNames, fieldSchema } from '../../shared/entities/index.ts';
import type { Database } from '../sqlite.ts';
import { SEED_KIND } from './batchKinds.ts';
import { Causality } from './causality.ts';
import { type CellChange, headsOf, isConflict, winnerOf } from './heads.ts';
import { hasTable, Names } from './names.ts';

/** Rows whose changes count as "written about" their instrument. */
export const TOUCHING_ENTITIES: readonly EntityName[] = ['note', 'support'];

export interface ProjectedRow {
  row: number;
  id: string;
  values: Map<string, CellValue>;
  /** Latest `at` of any change but the seed's, ms; null when only the seed has written. */
  touchedAt: number | null;
  conflicts: number[];
}

/** One change with its batch's kind, as CHANGE_COLUMNS selects it. */
export interface ChangeRow extends CellChange {
  kind: number;
}

/** One change as SQL hands it out for folding; shared with whoever folds single cells. */
export const CHANGE_COLUMNS = `
  c.row AS row, c.field AS field, c.value AS value, b.id AS batch, b.replica AS replica, b.seq AS seq, b.at AS at,
  b.kind AS kind, r.key AS replicaKey
  FROM change c JOIN batch b ON b.id = c.batch JOIN replica r ON r.id = b.replica`;

export const changesOfCell = (db: Database, { row, field }: { row: number; field: number }): CellChange[] =>
  db.prepare(`SELECT ${CHANGE_COLUMNS} WHERE c.row = ? AND c.field = ?`).all(row, field) as CellChange[];

/**
 * Folds the log into rows, in the order of the log's row numbers, holding one row in memory.
 * With `untilMs` only batches whose authors' clocks stood at or before it count: the file as of that moment.
 * Fields and entities of newer versions are passed over: they stay in the log and apply after an update.
 */
export function* foldRows(db: Database, untilMs?: number): Generator<{ entity: EntityName; row: ProjectedRow }> {
  const names = new Names(db);
  const causality = Causality.load(db);
  const where = untilMs === undefined ? '' : 'WHERE b.at <= ?';
  const select = db.prepare(`SELECT ${CHANGE_COLUMNS} ${where} ORDER BY c.row, c.field`);
  const changes = select.iterate(...(untilMs === undefined ? [] : [untilMs])) as IterableIterator<ChangeRow>;

  for (const rowChanges of groupBy(changes, (change) => change.row)) {
    const first = rowChanges[0] as ChangeRow;
    const name = names.rowName(first.row);
    if (!name || !hasTable(name.entity)) continue;
    const row = foldRow(name.entity, name.key, rowChanges, names, causality);
    if (untilMs === undefined || isBorn(name.entity, row)) yield { entity: name.entity, row };
  }
}

/** As of a day, an edit by a clock that was set back can come before the row it belongs to: without a name or a place. */
const isBorn = (entity: EntityName, { values }: ProjectedRow): boolean => entity === 'file' || values.has('deleted');

/** Folds one row from all its changes, which come in order of their fields. */
export function foldRow(
  entity: EntityName,
  id: string,
  changes: readonly ChangeRow[],
  names: Names,
  causality: Causality,
): ProjectedRow {
  const known = knownFields(entity);
  const values = new Map<string, CellValue>();
  const conflicts: number[] = [];
  let touchedAt: number | null = null;
  for (const change of changes)
    if (change.kind !== SEED_KIND && change.at > (touchedAt ?? -Infinity)) touchedAt = change.at;
  for (const cell of groupBy(changes, (change) => change.field)) {
    const { field } = cell[0] as ChangeRow;
    const { name } = names.fieldById(field);
    if (!known.has(name)) continue;
    const heads = headsOf(cell, causality);
    const isKept = name === DELETED && isKeptDespite(heads.filter(isDeletion), changes, causality);
    values.set(name, isKept ? 0 : winnerOf(heads).value);
    if (isKept || isConflict(heads)) conflicts.push(field);
  }
  return { row: (changes[0] as ChangeRow).row, id, values, touchedAt, conflicts };
}

export const DELETED = 'deleted';

const isDeletion = ({ value }: CellChange): boolean => value === 1;

/**
 * Rule M5: a row that somebody deleted stays while there is a change of it, in whatever field, that none of its deleters
 * knew and whose author did not know of the deletion. The row is in conflict until somebody decides by writing `deleted`.
 */
export const isKeptDespite = (deletions: readonly CellChange[], changes: readonly CellChange[], causality: Causality) =>
  deletions.length > 0 &&
  changes.some(
    (change) =>
      deletions.every((deletion) => deletion.batch !== change.batch && !causality.hasSeen(deletion, change)) &&
      deletions.some((deletion) => !causality.hasSeen(change, deletion)),
  );

/** Consecutive items with one key, as arrays. */
export function* groupBy<T>(items: Iterable<T>, keyOf: (item: T) => number): Generator<T[]> {
  let group: T[] = [];
  for (const item of items) {
    if (group.length > 0 && keyOf(group[0] as T) !== keyOf(item)) {
      yield group;
      group = [];
    }
    group.push(item);
  }
  if (group.length > 0) yield group;
}

/** Fills the empty projection tables of `target` (which may be `source` itself) from the log of `source`. */
export function projectInto(target: Database, source: Database, untilMs?: number): void {
  const insertConflict = target.prepare('INSERT INTO conflict (row, field) VALUES (?, ?)');
  const touch = target.prepare('UPDATE instrument SET touchedAt = max(coalesce(touchedAt, @at), @at) WHERE id = @id');
  const insert = new RowInserter(target);
  const touches: { instrumentId: string; at: number }[] = [];
  // Read in full before writing when both are one database: SQLite may not show a cursor its own inserts twice.
  const rows = target === source ? [...foldRows(source, untilMs)] : foldRows(source, untilMs);
  for (const { entity, row } of rows) {
    insert.run(entity, row);
    for (const field of row.conflicts) insertConflict.run(row.row, field);
    const instrumentId = row.values.get('instrumentId');
    if (TOUCHING_ENTITIES.includes(entity) && row.touchedAt !== null && typeof instrumentId === 'string')
      touches.push({ instrumentId, at: row.touchedAt });
  }
  for (const { instrumentId, at } of touches) touch.run({ at, id: instrumentId });
}

/** Inserts projected rows; a cell the log does not have takes its column's default. */
export class RowInserter {
  readonly #db: Database;
  readonly #statements = new Map<string, ReturnType<Database['prepare']>>();

  constructor(db: Database) {
    this.#db = db;
  }

  run(
    entity: EntityName,
    { row, id, values, touchedAt }: Pick<ProjectedRow, 'row' | 'id' | 'values' | 'touchedAt'>,
  ): void {
    const cells = new Map<string, CellValue>([['row', row], ['id', id], ...withoutRequiredNulls(entity, values)]);
    if (entity === 'instrument') cells.set('touchedAt', touchedAt);
    const columns = [...cells.keys()];
    const key = `${entity}:${columns.join()}`;
    let statement = this.#statements.get(key);
    if (!statement) {
      statement = this.#db.prepare(
        `INSERT INTO ${entity} (${columns.map(quoted).join()}) VALUES (${columns.map(() => '?').join()})`,
      );
      this.#statements.set(key, statement);
    }
    statement.run([...cells.values()]);
  }
}

/** A null from a log that a newer or damaged program wrote, in a column that must say something, means its default. */
const withoutRequiredNulls = (entity: EntityName, values: ReadonlyMap<string, CellValue>): [string, CellValue][] =>
  [...values].filter(([field, value]) => value !== null || NULLABLE.get(entity)?.has(field));

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const NULLABLE = new Map(
  ENTITY_NAMES.map((entity) => [
    entity,
    new Set(fieldNames(entity).filter((field) => fieldSchema(entity, field)?.safeParse(null).success)),
  ]),
);

const KNOWN = new Map(ENTITY_NAMES.map((entity) => [entity, new Set(fieldNames(entity))]));

const knownFields = (entity: EntityName): ReadonlySet<string> => KNOWN.get(entity) ?? new Set();

export const isNullable = (entity: EntityName, field: string): boolean => NULLABLE.get(entity)?.has(field) ?? false;

/** Empties and refills the projection of a writable file. Runs inside the caller's transaction. */
export function rebuildProjection(db: Database): void {
  for (const entity of ENTITY_NAMES) db.exec(`DELETE FROM ${entity}`);
  db.exec('DELETE FROM conflict');
  projectInto(db, db);
}
