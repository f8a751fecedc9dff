/**
 * The floor of an edit from the window, on Electron's own Node and its own SQLite: answers every message { id, fields }
 * with the milliseconds that the bare UPDATE took. Plain JavaScript, for that Node reads no types.
 * Arguments: a database made by bareTable.ts, and its pragmas.
 */
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const Sqlite = require(process.env.MOU_TRACKER_SQLITE || 'better-sqlite3');
const db = new Sqlite(process.argv[2]);
for (const pragma of process.argv.slice(3)) db.pragma(pragma);
const update = db.prepare('UPDATE instrument SET stage = ?, progress = ? WHERE id = ?');
const save = db.transaction((/** @type {unknown[]} */ values) => update.run(values)).immediate;

process.on('message', async (/** @type {{ id: string, fields: any, pauseMs: number }} */ { id, fields, pauseMs }) => {
  await sleep(pauseMs);
  const startedAt = performance.now();
  save([fields.stage, fields.progress, id]);
  process.send?.(performance.now() - startedAt);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
