import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projectInto, rebuildProjection } from '../../db/log/project.ts';
import { migrate } from '../../db/migrations/index.ts';
import { connectSqlite, type Database } from '../../db/sqlite.ts';
import type { CellValue, EntityName } from '../../shared/entities/index.ts';
import { runs } from '../helpers/propertyRuns.ts';
import {
  headBatches,
  instant,
  type LoggedBatch,
  type RandomLog,
  randomLog,
  shownHead,
  type TextNames,
  writeLog,
} from '../helpers/randomLog.ts';

const ROWS: TextNames['rows'] = [
  { entity: 'person', key: '01900002-0000-7000-8000-000000000001' },
  { entity: 'person', key: '01900002-0000-7000-8000-000000000002' },
  { entity: 'body', key: '01900003-0000-7000-8000-000000000001' },
];
/** The last one is of a newer version: it stays in the log and shows nowhere. */
const FIELDS = ['name', 'deleted', 'side', 'mood'];
const KNOWN = FIELDS.slice(0, 3);
const VALUES: CellValue[][] = [['Ali', 'Bek', 'Ceyda'], [0, 1], ['pk', 'kz', null], ['glad']];
const NAMES = { rows: ROWS, fields: FIELDS };

const cell = fc.tuple(fc.nat(ROWS.length - 1), fc.nat(FIELDS.length - 1), fc.nat(5)).map(([row, field, pick]) => {
  const values = VALUES[field] as CellValue[];
  return { row, field, value: values[pick % values.length] as CellValue };
});
const cells = fc.uniqueArray(cell, { minLength: 1, maxLength: 4, selector: ({ row, field }) => `${row}:${field}` });
const history = randomLog(cells);

/** Any order of arrival, also a later batch of a replica before an earlier one. */
const withArrival = (log: RandomLog) => {
  const indexes = log.batches.map(({ index }) => index);
  return fc.tuple(
    fc.constant(log),
    fc.shuffledSubarray(indexes, { minLength: indexes.length, maxLength: indexes.length }),
  );
};

const empty = (): Database => {
  const db = connectSqlite(':memory:');
  migrate(db);
  return db;
};

function projected(log: RandomLog, arrival: readonly number[], untilMs?: number) {
  const source = empty();
  const target = empty();
  writeLog(source, log, NAMES, arrival);
  projectInto(target, source, untilMs);
  const answer = { ...tablesOf(target), conflicts: conflictsOf(target, source) };
  source.close();
  target.close();
  return answer;
}

const tablesOf = (db: Database) => ({
  person: db.prepare('SELECT id, name, side, deleted FROM person ORDER BY id').all(),
  body: db.prepare('SELECT id, name, side, deleted FROM body ORDER BY id').all(),
});

const conflictsOf = (db: Database, names: Database) =>
  (db.prepare('SELECT row, field FROM conflict').all() as { row: number; field: number }[])
    .map(
      ({ row, field }) =>
        `${names.prepare('SELECT key FROM entity_row WHERE id = ?').pluck().get(row)} ${names.prepare('SELECT name FROM field WHERE id = ?').pluck().get(field)}`,
    )
    .sort();

/** The tables as the plain sets of known batches have them. */
function expected(log: RandomLog) {
  const conflicts: string[] = [];
  const rowOf = (row: number) => {
    const { key } = ROWS[row] as TextNames['rows'][number];
    const values: Record<string, unknown> & { id: string } = { id: key, name: '', side: null, deleted: 0 };
    KNOWN.forEach((name, field) => {
      const heads = headBatches(log, row, field);
      const valueIn = ({ cells }: LoggedBatch) => cells.find((one) => one.row === row && one.field === field)?.value;
      const shown = shownHead(heads);
      if (shown) values[name] = valueIn(shown);
      const deletions = name === 'deleted' ? heads.filter((head) => valueIn(head) === 1) : [];
      const isKept = isKeptDespite(log, row, deletions);
      if (isKept) values[name] = 0;
      if (isKept || new Set(heads.map(valueIn)).size > 1) conflicts.push(`${key} ${name}`);
    });
    return values;
  };
  const isWritten = (row: number) => log.batches.some((batch) => batch.cells.some((one) => one.row === row));
  const rows = (entity: EntityName) =>
    ROWS.flatMap((row, index) => (row.entity === entity && isWritten(index) ? [rowOf(index)] : []));
  return { person: rows('person'), body: rows('body'), conflicts: conflicts.sort() };
}

/** Somebody wrote in the row whom no deleter knew, and did not know of a deletion either. */
const isKeptDespite = (log: RandomLog, row: number, deletions: readonly LoggedBatch[]): boolean =>
  deletions.length > 0 &&
  log.batches.some(
    (batch) =>
      batch.cells.some((cell) => cell.row === row) &&
      deletions.every((deletion) => deletion !== batch && !deletion.past.has(batch.index)) &&
      deletions.some((deletion) => !batch.past.has(deletion.index)),
  );

describe('projection', () => {
  test('the tables hold the heads that show, and the conflicts are the cells whose heads differ', () => {
    fc.assert(
      fc.property(history.chain(withArrival), ([log, arrival]) => {
        expect(projected(log, arrival)).toEqual(expected(log));
      }),
      runs(80),
    );
  });

  test('any order of arrival gives the same tables and the same conflicts', () => {
    fc.assert(
      fc.property(history.chain(withArrival), ([log, arrival]) => {
        const inOrder = log.batches.map(({ index }) => index);
        expect(projected(log, arrival)).toEqual(projected(log, inOrder));
      }),
      runs(80),
    );
  });

  test('as of a moment, the tables hold what was written up to it by the authors’ clocks, and nothing later', () => {
    fc.assert(
      fc.property(history.chain(withArrival), instant, ([log, arrival], untilMs) => {
        const written = { ...log, batches: log.batches.filter(({ at }) => at <= untilMs) };
        // A row is there from its birth on, which is the first change of `deleted`.
        const isBorn = ({ id }: { id: string }) =>
          written.batches.some(({ cells }) =>
            cells.some(({ row, field }) => ROWS[row]?.key === id && FIELDS[field] === 'deleted'),
          );
        const { person, body, conflicts } = expected(written);
        expect(projected(log, arrival, untilMs)).toEqual({
          person: person.filter(isBorn),
          body: body.filter(isBorn),
          conflicts: conflicts.filter((conflict) => isBorn({ id: conflict.split(' ')[0] as string })),
        });
      }),
      runs(80),
    );
  });

  test('rebuilding a file in place gives what folding into another gives', () => {
    fc.assert(
      fc.property(history.chain(withArrival), ([log, arrival]) => {
        const db = empty();
        writeLog(db, log, NAMES, arrival);
        rebuildProjection(db);
        rebuildProjection(db);
        expect({ ...tablesOf(db), conflicts: conflictsOf(db, db) }).toEqual(projected(log, arrival));
        db.close();
      }),
      runs(40),
    );
  });
});
