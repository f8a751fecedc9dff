/**
 * The floor of a merge, in a process of its own: the log rows that the other copy has and this one lacks, by version vector,
 * and one UPSERT per cell that they win, in the order of the cells. Arguments: our database and theirs, as mergePair.ts
 * makes them. Prints a MergeRun as JSON.
 */
import { connectSqlite } from '../../../db/sqlite.ts';
import { report } from './process.ts';

const [path = '', theirs = ''] = process.argv.slice(2);

const startedAt = performance.now();
const db = connectSqlite(path);
db.pragma('journal_mode = DELETE');
db.pragma('synchronous = FULL');
db.pragma('cache_size = -64000');
db.prepare('ATTACH ? AS theirs').run(theirs);
// From one replica to the next: a plain GROUP BY would read the whole log.
const vector = db.prepare(`
  WITH RECURSIVE known (replica) AS (
    SELECT min(replica) FROM theirs.log
    UNION ALL SELECT (SELECT min(replica) FROM theirs.log WHERE replica > known.replica) FROM known
    WHERE known.replica IS NOT NULL)
  SELECT replica, (SELECT cast(coalesce(max(hlc), -1) AS TEXT) FROM main.log WHERE log.replica = known.replica) AS upTo
  FROM known WHERE replica IS NOT NULL`);
// Clocks go beyond what a number of JavaScript holds: as texts they pass it unharmed.
const takeLog = db.prepare(
  'INSERT INTO main.log SELECT * FROM theirs.log WHERE replica = ? AND hlc > cast(? AS INTEGER) ORDER BY hlc',
);
const takeCells = db.prepare(`
  INSERT INTO main.cell (entity, id, field, value, replica, hlc)
    SELECT entity, id, field, value, replica, max(hlc) FROM theirs.log WHERE replica = ? AND hlc > cast(? AS INTEGER)
    GROUP BY entity, id, field ORDER BY entity, id, field
  ON CONFLICT DO UPDATE SET value = excluded.value, replica = excluded.replica, hlc = excluded.hlc
    WHERE (excluded.hlc, excluded.replica) > (cell.hlc, cell.replica)`);
let changes = 0;
db.transaction(() => {
  for (const { replica, upTo } of vector.all() as { replica: string; upTo: string }[]) {
    changes += takeLog.run(replica, upTo).changes;
    takeCells.run(replica, upTo);
  }
}).immediate();
db.close();
const closedAt = performance.now();

report({ ms: closedAt - startedAt, changes });
