/** From a scope as a person names it to the rows of the log that a restricted copy holds. */
import type { CopyScope } from '../../shared/copyScope.ts';
import { foldText } from '../../shared/text/searchText.ts';
import { familyId } from '../repositories/fileRepository.ts';
import type { Database } from '../sqlite.ts';

/** Fields whose values are ids of rows that have to come along, so that no reference leads nowhere. */
const REFERENCES: readonly [entity: string, field: string, target: string][] = [
  ['instrument', 'pkLeadBodyId', 'body'],
  ['instrument', 'kzLeadBodyId', 'body'],
  ['instrument', 'pkOwnerId', 'person'],
  ['instrument', 'kzOwnerId', 'person'],
  ['support', 'bodyId', 'body'],
  // Last: it needs the persons that the others bring.
  ['person', 'bodyId', 'body'],
];

export interface ScopeRows {
  /** Numbers of the log's rows in this file, ascending. */
  rows: number[];
  /** Their instruments' numbers as text, in order; what the copy says it holds. */
  numbers: string[];
  instruments: number;
}

/** The rows of a scope. No instrument: nothing answers to it. */
export function rowsInScope(db: Database, scope: CopyScope): ScopeRows {
  const instruments = instrumentsInScope(db, scope);
  const rows = new Set<number>();
  if (instruments.length > 0) {
    addAll(rows, rowsOf(db, 'file', [familyId({ db })]));
    addAll(
      rows,
      instruments.map(({ row }) => row),
    );
    const ids = JSON.stringify(instruments.map(({ id }) => id));
    for (const table of ['note', 'support']) {
      const select = `SELECT row FROM ${table} WHERE instrumentId IN (SELECT value FROM json_each(?))`;
      addAll(rows, db.prepare(select).pluck().all(ids) as number[]);
    }
    for (const [entity, field, target] of REFERENCES) addAll(rows, referenced(db, rows, { entity, field, target }));
  }
  return {
    rows: [...rows].sort((one, other) => one - other),
    numbers: instruments.flatMap(({ number }) => (number === null ? [] : [String(number)])),
    instruments: instruments.length,
  };
}

interface Candidate {
  row: number;
  id: string;
  number: number | null;
}

function instrumentsInScope(db: Database, scope: CopyScope): Candidate[] {
  const select = 'SELECT row, id, number FROM instrument WHERE deleted = 0';
  const listed = (where: string, values: readonly unknown[]) =>
    db
      .prepare(`${select} AND ${where} IN (SELECT value FROM json_each(?)) ORDER BY number, id`)
      .all(JSON.stringify(values)) as Candidate[];
  switch (scope.by) {
    case 'number':
      return listed('number', scope.numbers);
    case 'instrument':
      return listed('id', scope.ids);
    case 'sector': {
      const sectors = db.prepare('SELECT DISTINCT sector FROM instrument WHERE sector IS NOT NULL').pluck().all();
      return listed('sector', (sectors as string[]).filter(isNamed(scope.sectors)));
    }
    case 'body': {
      const isWanted = isNamed(scope.names);
      const bodies = db.prepare('SELECT id, name, shortName FROM body').all() as {
        id: string;
        name: string;
        shortName: string | null;
      }[];
      const persons = db.prepare('SELECT id, name FROM person').all() as { id: string; name: string }[];
      const leads = bodies.filter(
        ({ name, shortName }) => isWanted(name) || (shortName !== null && isWanted(shortName)),
      );
      const owners = persons.filter(({ name }) => isWanted(name));
      const found = [
        ...['pkLeadBodyId', 'kzLeadBodyId'].flatMap((field) => listed(field, leads.map(idOf))),
        ...['pkOwnerId', 'kzOwnerId'].flatMap((field) => listed(field, owners.map(idOf))),
      ];
      const byRow = new Map(found.map((instrument) => [instrument.row, instrument]));
      return [...byRow.values()].sort((one, other) => (one.number ?? Infinity) - (other.number ?? Infinity));
    }
  }
}

const idOf = ({ id }: { id: string }): string => id;

function isNamed(names: readonly string[]): (name: string) => boolean {
  const wanted = new Set(names.map(foldText));
  return (name) => wanted.has(foldText(name));
}

/** Whatever a kept row has ever named, not only today: its history is shown and can be brought back. */
function referenced(
  db: Database,
  rows: ReadonlySet<number>,
  { entity, field, target }: { entity: string; field: string; target: string },
): number[] {
  const ids = db
    .prepare(
      `SELECT DISTINCT c.value FROM change c
       JOIN field f ON f.id = c.field JOIN entity e ON e.id = f.entity
       WHERE c.row IN (SELECT value FROM json_each(?)) AND e.name = ? AND f.name = ? AND typeof(c.value) = 'text'`,
    )
    .pluck()
    .all(JSON.stringify([...rows]), entity, field) as string[];
  return rowsOf(db, target, ids);
}

const rowsOf = (db: Database, entity: string, keys: readonly string[]): number[] =>
  db
    .prepare(
      `SELECT r.id FROM entity_row r JOIN entity e ON e.id = r.entity
       WHERE e.name = ? AND r.key IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(entity, JSON.stringify(keys)) as number[];

function addAll(rows: Set<number>, more: readonly number[]): void {
  for (const row of more) rows.add(row);
}
