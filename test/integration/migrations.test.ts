import { chmodSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { editInstruments } from '../../db/commands/instrumentCommands.ts';
import { APPLICATION_ID, MIGRATIONS, migrate, SCHEMA_VERSION } from '../../db/migrations/index.ts';
import { closeFile } from '../../db/open.ts';
import { fileDetails } from '../../db/repositories/fileRepository.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { searchInstruments } from '../../db/search/searchQuery.ts';
import { connectSqlite, type Database } from '../../db/sqlite.ts';
import { SCHEMA_PATH, schemaText } from '../../scripts/writeSchema.mjs';
import { newFile, openAgain, unwrap } from '../helpers/tempFile.ts';

const version = (db: Database) => db.pragma('user_version', { simple: true });
const tables = (db: Database) =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name")
    .pluck()
    .all() as string[];
const rows = (db: Database, names: readonly string[]) =>
  names.map((name) => [name, db.prepare(`SELECT * FROM ${name}`).all()]);

/** A row for every table there is, as a file of that version has them: texts of three scripts, nulls, fractions. */
function fill(db: Database): void {
  for (const table of tables(db)) {
    const columns = db.prepare(`PRAGMA table_info(${table})`).all() as {
      name: string;
      type: string;
      notnull: number;
    }[];
    const insert = db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join()})`);
    for (let row = 1; row <= 3; row++)
      insert.run(
        columns.map(({ name, type, notnull }, index) => {
          if (row === 3 && notnull === 0 && index > 1 && name !== 'id') return null;
          if (type === 'TEXT') return `${name} ریلوے көлік ${row}`;
          return type === 'REAL' ? row + 0.5 : row;
        }),
      );
  }
}

describe('migrations', () => {
  test('are numbered upwards, and every one sets its number and whose file it is', () => {
    const versions = MIGRATIONS.map((migration) => migration.version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    const db = connectSqlite(':memory:');
    for (const { version: to } of MIGRATIONS) {
      migrate(db, to);
      expect(version(db)).toBe(to);
      expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    }
    expect(version(db)).toBe(SCHEMA_VERSION);
  });

  test.each(MIGRATIONS.slice(1).map((migration, index) => [MIGRATIONS[index]?.version as number, migration.version]))(
    'from %i to %i every row stays as it was',
    (from, to) => {
      const db = connectSqlite(':memory:');
      migrate(db, from);
      fill(db);
      const names = tables(db);
      const before = rows(db, names);
      migrate(db, to);
      expect(rows(db, names)).toEqual(before);
      expect(version(db)).toBe(to);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    },
  );

  test('in steps and at once lead to the same schema; a second time nothing happens', () => {
    const [steps, once] = [connectSqlite(':memory:'), connectSqlite(':memory:')];
    for (const { version: to } of MIGRATIONS) migrate(steps, to);
    migrate(once);
    const schema = (db: Database) => db.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
    expect(schema(steps)).toEqual(schema(once));
    const before = schema(once);
    migrate(once);
    expect(schema(once)).toEqual(before);
  });

  test('that fail leave the version before', () => {
    const db = connectSqlite(':memory:');
    migrate(db, 10);
    db.exec('CREATE TABLE risk (x)');
    expect(() => migrate(db)).toThrow();
    expect(version(db)).toBe(10);
    expect(tables(db)).not.toContain('instrument');
  });

  test('give every session of an older log its name', () => {
    const db = connectSqlite(':memory:');
    migrate(db, 30);
    db.exec(`INSERT INTO batch (id, replica, seq, at, kind, label, token)
      VALUES (1, 1, 1, 0, 0, 1, 11), (2, 1, 2, 0, 0, 1, 12), (3, 2, 1, 0, 0, 1, 13)`);
    migrate(db, 40);
    expect(db.prepare('SELECT replica, seq, token FROM session ORDER BY token').raw().all()).toEqual([
      [1, 1, 11],
      [1, 2, 12],
      [2, 1, 13],
    ]);
  });
});

describe('a file of an older version', () => {
  /** Version 20 had the log and the tables, and nothing of what came later. */
  function oldFile(): { path: string; titles: string[] } {
    const file = newFile();
    const [first] = listInstruments(file.db);
    unwrap(editInstruments(file, { ids: [first?.id as string], fields: { title: 'Zebra' } }));
    const titles = listInstruments(file.db).map(({ title }) => title);
    closeFile(file);
    const db = connectSqlite(file.path);
    db.exec(
      'DROP TABLE search; DROP TABLE search_pending; DROP TABLE session; DROP TABLE merge_event; DROP TABLE merged_change',
    );
    db.exec("DELETE FROM meta WHERE key = 'searchVersion'");
    db.pragma('user_version = 20');
    db.close();
    return { path: file.path, titles };
  }

  test('is brought up to date on opening, with all it held, and can be searched and written', () => {
    const { path, titles } = oldFile();
    const file = openAgain(path);
    expect(fileDetails(file).schemaVersion).toBe(SCHEMA_VERSION);
    expect(listInstruments(file.db).map(({ title }) => title)).toEqual(titles);
    expect(searchInstruments(file.db, 'zebra')).toHaveLength(1);
    const [first] = listInstruments(file.db);
    unwrap(editInstruments(file, { ids: [first?.id as string], fields: { title: 'Lion' } }));
    expect(checkFile(file)).toEqual([]);
  });

  test('that may only be read is read as it would be, and stays as it is', () => {
    const { path, titles } = oldFile();
    chmodSync(path, 0o444);
    const before = readFileSync(path);
    const file = openAgain(path);
    expect(listInstruments(file.db).map(({ title }) => title)).toEqual(titles);
    expect(searchInstruments(file.db, 'zebra')).toHaveLength(1);
    closeFile(file);
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('db/schema.sql', () => {
  test('is what the migrations make (if not: node scripts/writeSchema.mjs)', () => {
    expect(readFileSync(SCHEMA_PATH, 'utf8')).toBe(schemaText());
  });

  test('makes the tables that the migrations make', () => {
    const [one, two] = [connectSqlite(':memory:'), connectSqlite(':memory:')];
    one.exec(schemaText());
    migrate(two);
    const columns = (db: Database) =>
      tables(db).map((table) => [
        table,
        db.prepare(`PRAGMA table_xinfo(${table})`).all(),
        db.prepare(`PRAGMA index_list(${table})`).all(),
      ]);
    expect(columns(one)).toEqual(columns(two));
  });
});
