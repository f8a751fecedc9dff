/**
 * One merge of two databases with cr-sqlite, in a process of its own: what theirs has changed since the two parted is
 * written into ours. Arguments: our file and theirs. Prints a MergeRun as JSON.
 */
import { openCrSqlite } from './crSqlite.ts';
import { report } from './process.ts';

const [path = '', theirs = ''] = process.argv.slice(2);
const COLUMNS = '"table", pk, cid, val, col_version, db_version, site_id, cl, seq';

const startedAt = performance.now();
const own = openCrSqlite(path);
own.db.pragma('journal_mode = DELETE');
own.db.pragma('synchronous = FULL');
own.db.pragma('cache_size = -64000');
const other = openCrSqlite(theirs);
const changes = other.db
  .prepare(`SELECT ${COLUMNS} FROM crsql_changes WHERE db_version > (SELECT version FROM parted)`)
  .raw()
  .all() as unknown[][];
const insert = own.db.prepare(`INSERT INTO crsql_changes (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
own.db
  .transaction(() => {
    for (const change of changes) insert.run(change);
  })
  .immediate();
other.close();
own.close();
report({ ms: performance.now() - startedAt });
