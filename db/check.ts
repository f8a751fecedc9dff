/** Holds a file against itself: SQLite's own integrity, the tables against the log, and references that lead nowhere. */
import { ENTITY_NAMES, type EntityName, fieldNames, fieldSchema } from '../shared/entities/index.ts';
import { claimsToBeComplete } from './copy/restriction.ts';
import { projectInto } from './log/project.ts';
import { migrate } from './migrations/index.ts';
import type { OpenFile } from './openFile.ts';
import { connectSqlite, type Database } from './sqlite.ts';

export type Finding =
  | { kind: 'integrity'; problem: string }
  /** The tables do not say what the log says. */
  | { kind: 'projection'; entity: string; id: string; fields: string[] }
  /** A value no field rule would let in. */
  | { kind: 'value'; entity: string; id: string; field: string }
  /** A batch number that is missing inside a replica's history, or a change of no batch. */
  | { kind: 'log'; problem: string }
  /** A row names another that is not there. */
  | { kind: 'reference'; entity: string; id: string; field: string; target: string };

/** Everything that is off, or nothing. Reads only, and one state of the file: what others write meanwhile stays out. */
export const checkFile = ({ db }: Pick<OpenFile, 'db'>): Finding[] => db.transaction(() => findingsIn(db))();

function findingsIn(db: Database): Finding[] {
  const integrity = (db.pragma('integrity_check', { simple: false }) as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok');
  // Of a broken database nothing further can be said with certainty.
  if (integrity.length > 0) return integrity.map((problem) => ({ kind: 'integrity', problem }));
  return [...logFindings(db), ...projectionFindings(db), ...valueFindings(db), ...referenceFindings(db)];
}

function* logFindings(db: Database): Generator<Finding> {
  const gaps = db
    .prepare(
      `SELECT r.key AS replica, count(*) AS present, max(b.seq) AS last
       FROM batch b JOIN replica r ON r.id = b.replica GROUP BY b.replica HAVING count(*) <> max(b.seq)`,
    )
    .all() as { replica: string; present: number; last: number }[];
  // A part of a file lacks what was left out, and says so in its mark.
  for (const { replica, present, last } of claimsToBeComplete(db) ? gaps : [])
    yield { kind: 'log', problem: `replica ${replica} has ${present} of ${last} batches` };
  const miscounted = db
    .prepare('SELECT count(*) FROM batch b WHERE held <> (SELECT count(*) FROM change c WHERE c.batch = b.id)')
    .pluck()
    .get();
  if (miscounted !== 0) yield { kind: 'log', problem: `${miscounted} batches hold other than they say` };
  const orphans = db.prepare('SELECT count(*) FROM change WHERE batch NOT IN (SELECT id FROM batch)').pluck().get();
  if (orphans !== 0) yield { kind: 'log', problem: `${orphans} changes belong to no batch` };
}

/** Folds the log anew, in memory, and compares row by row. */
function* projectionFindings(db: Database): Generator<Finding> {
  const fresh = connectSqlite(':memory:');
  try {
    migrate(fresh);
    fresh.transaction(() => projectInto(fresh, db))();
    for (const entity of ENTITY_NAMES) yield* tableDifferences(entity, db, fresh);
    const conflicts = (of: Database) =>
      JSON.stringify(of.prepare('SELECT row, field FROM conflict ORDER BY row, field').raw().all());
    if (conflicts(db) !== conflicts(fresh)) yield { kind: 'projection', entity: 'conflict', id: '', fields: [] };
  } finally {
    fresh.close();
  }
}

type Row = Record<string, unknown> & { id: string };

function* tableDifferences(entity: EntityName, db: Database, fresh: Database): Generator<Finding> {
  const select = `SELECT * FROM ${entity} ORDER BY id`;
  const expected = new Map((fresh.prepare(select).all() as Row[]).map((row) => [row.id, row]));
  for (const row of db.prepare(select).iterate() as IterableIterator<Row>) {
    const folded = expected.get(row.id);
    expected.delete(row.id);
    const fields = Object.keys(row).filter((field) => row[field] !== folded?.[field]);
    if (fields.length > 0) yield { kind: 'projection', entity, id: row.id, fields };
  }
  for (const id of expected.keys()) yield { kind: 'projection', entity, id, fields: [] };
}

function* valueFindings(db: Database): Generator<Finding> {
  for (const entity of ENTITY_NAMES) {
    const schemas = fieldNames(entity).map((field) => [field, fieldSchema(entity, field)] as const);
    for (const row of db.prepare(`SELECT * FROM ${entity}`).iterate() as IterableIterator<Row>)
      for (const [field, schema] of schemas)
        if (!schema?.safeParse(row[field]).success) yield { kind: 'value', entity, id: row.id, field };
  }
}

const REFERENCES: readonly [entity: EntityName, field: string, target: EntityName][] = [
  ['instrument', 'pkLeadBodyId', 'body'],
  ['instrument', 'kzLeadBodyId', 'body'],
  ['instrument', 'pkOwnerId', 'person'],
  ['instrument', 'kzOwnerId', 'person'],
  ['person', 'bodyId', 'body'],
  ['support', 'bodyId', 'body'],
  ['support', 'instrumentId', 'instrument'],
  ['note', 'instrumentId', 'instrument'],
];

/** A deleted target is a person's task, shown where it stands; a target the file has never heard of is an error. */
function* referenceFindings(db: Database): Generator<Finding> {
  for (const [entity, field, target] of REFERENCES) {
    const dangling = db
      .prepare(
        `SELECT id, ${field} AS target FROM ${entity}
         WHERE deleted = 0 AND ${field} IS NOT NULL AND ${field} NOT IN (SELECT id FROM ${target})`,
      )
      .all() as { id: string; target: string }[];
    for (const row of dangling) yield { kind: 'reference', entity, id: row.id, field, target: row.target };
  }
}
