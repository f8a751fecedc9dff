/** What two copies hold and what has to come of them, read from their logs and not by the program that merges. */
import { connectSqlite } from '../../../db/sqlite.ts';
import type { CellValue } from '../../../shared/entities/index.ts';
import { FIELDS } from './recipe.ts';

export interface LoggedChange {
  replica: string;
  id: string;
  field: string;
  value: CellValue;
  at: number;
}

/** Changes of the recipe's fields in the order in which they were made. */
export function loggedChanges(path: string): LoggedChange[] {
  const db = connectSqlite(path, { readonly: true });
  try {
    return db
      .prepare(
        `SELECT replica.key AS replica, entity_row.key AS id, field.name AS field, change.value AS value, batch.at AS at
         FROM batch JOIN change ON change.batch = batch.id JOIN replica ON replica.id = batch.replica
         JOIN entity_row ON entity_row.id = change.row JOIN field ON field.id = change.field
         WHERE field.name IN (${FIELDS.map(() => '?').join()}) AND entity_row.entity = (SELECT id FROM entity WHERE name = 'instrument')
         ORDER BY batch.id, change.row, change.field`,
      )
      .all(FIELDS.map(([name]) => name)) as LoggedChange[];
  } finally {
    db.close();
  }
}

/** What a copy has changed since it was made. */
export function sideChanges(path: string, base: string): LoggedChange[] {
  const before = new Set(loggedChanges(base).map(({ replica }) => replica));
  return loggedChanges(path).filter(({ replica }) => !before.has(replica));
}

export const cellKey = (id: string, field: string): string => `${id} ${field}`;

/** Values as JSON by cell. */
export type Cells = Map<string, string>;

export interface ExpectedMerge {
  /** The last writer's value of every cell. */
  cells: Cells;
  /** Cells to which both sides gave different values. */
  conflicts: number;
  /** Cells that one side alone has changed: whatever the rule, its value stands. */
  undisputed: ReadonlySet<string>;
}

/** The last writer wins, by the clocks and then by the replicas' names; nobody wrote the base later than a copy. */
export function expectedMerge({ base, ours, theirs }: { base: string; ours: string; theirs: string }): ExpectedMerge {
  const sides = [ours, theirs].map(
    (path) => new Map(sideChanges(path, base).map((change) => [cellKey(change.id, change.field), change])),
  );
  const [one, other] = sides as [Map<string, LoggedChange>, Map<string, LoggedChange>];
  const cells: Cells = new Map();
  for (const { id, field, value } of loggedChanges(base)) cells.set(cellKey(id, field), JSON.stringify(value));
  const undisputed = new Set<string>();
  let conflicts = 0;
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    const [mine, yours] = [one.get(key), other.get(key)];
    if (!mine || !yours) undisputed.add(key);
    else if (mine.value !== yours.value) conflicts += 1;
    const winner = !yours || (mine && isLater(mine, yours)) ? mine : yours;
    cells.set(key, JSON.stringify(winner?.value));
  }
  return { cells, conflicts, undisputed };
}

const isLater = (one: LoggedChange, other: LoggedChange): boolean =>
  one.at === other.at ? one.replica > other.replica : one.at > other.at;

/** Throws when a cell differs from what is expected; with `only`, one of these. */
export function checkCells(who: string, found: Cells, expected: Cells, only?: ReadonlySet<string>): void {
  for (const [key, value] of expected)
    if ((!only || only.has(key)) && found.get(key) !== value)
      throw new Error(`${who} has ${found.get(key)} in ${key} instead of ${value}`);
}

/** The register's table, cell by cell. */
export function tableCells(path: string): Cells {
  const db = connectSqlite(path, { readonly: true });
  try {
    const cells: Cells = new Map();
    const rows = db.prepare(`SELECT id, ${FIELDS.map(([name]) => name).join()} FROM instrument`).all();
    for (const { id, ...fields } of rows as (Record<string, CellValue> & { id: string })[])
      for (const [field, value] of Object.entries(fields)) cells.set(cellKey(id, field), JSON.stringify(value));
    return cells;
  } finally {
    db.close();
  }
}

/** The floor's winning values. */
export function floorCells(path: string): Cells {
  const db = connectSqlite(path, { readonly: true });
  try {
    const rows = db.prepare('SELECT id, field, value FROM cell').all() as {
      id: string;
      field: string;
      value: string;
    }[];
    return new Map(rows.map(({ id, field, value }) => [cellKey(id, field), value]));
  } finally {
    db.close();
  }
}
