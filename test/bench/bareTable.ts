/** The floor of an edit: a database with the register's table alone, and one UPDATE by id in a transaction. */
import { setPragmas } from '../../db/open.ts';
import { connectSqlite, type Database } from '../../db/sqlite.ts';
import { timed } from './measure.ts';

export interface BareTable {
  /** Milliseconds from BEGIN to the end of COMMIT. */
  update: (id: string, fields: Readonly<Record<string, string | number>>) => number;
  /** How the program opens its files, as "name = value": what decides the cost of a commit. */
  pragmas: readonly string[];
  close: () => void;
}

const SETTINGS = ['journal_mode', 'synchronous', 'locking_mode', 'cache_size'];

/** Copies the instruments of `source` with their indexes to a new database at `path`. */
export function bareTable(path: string, source: Database): BareTable {
  const db = connectSqlite(path);
  const schema = source
    .prepare("SELECT sql FROM sqlite_schema WHERE tbl_name = 'instrument' AND sql IS NOT NULL ORDER BY type DESC")
    .pluck()
    .all() as string[];
  for (const sql of schema) db.exec(sql);
  const rows = source.prepare('SELECT * FROM instrument').raw().all() as unknown[][];
  const insert = db.prepare(`INSERT INTO instrument VALUES (${(rows[0] ?? []).map(() => '?').join()})`);
  db.transaction(() => {
    for (const row of rows) insert.run(row);
  })();
  setPragmas(db);

  const statements = new Map<string, (id: string, values: unknown[]) => void>();
  const updaterOf = (columns: string[]) => {
    const key = columns.join();
    let updater = statements.get(key);
    if (!updater) {
      const update = db.prepare(
        `UPDATE instrument SET ${columns.map((column) => `${column} = ?`).join()} WHERE id = ?`,
      );
      const transaction = db.transaction((id: string, values: unknown[]) => update.run(...values, id));
      updater = transaction.immediate;
      statements.set(key, updater);
    }
    return updater;
  };
  return {
    update: (id, fields) => {
      const update = updaterOf(Object.keys(fields));
      const values = Object.values(fields);
      return timed(() => update(id, values));
    },
    pragmas: SETTINGS.map((name) => `${name} = ${db.pragma(name, { simple: true })}`),
    close: () => db.close(),
  };
}
