/** `node scripts/writeSchema.mjs`: writes db/schema.sql, the newest schema in one piece, from the migrations. For people. */
import { realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migrate, SCHEMA_VERSION } from '../db/migrations/index.ts';
import { connectSqlite } from '../db/sqlite.ts';

export const SCHEMA_PATH = fileURLToPath(new URL('../db/schema.sql', import.meta.url));

/** Tables and indexes as SQLite itself remembers them; what the full-text index keeps for itself is left out. */
export function schemaText() {
  const db = connectSqlite(':memory:');
  migrate(db);
  const select = `SELECT sql FROM sqlite_schema s WHERE sql IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM sqlite_schema v WHERE v.sql LIKE 'CREATE VIRTUAL TABLE%' AND s.name LIKE v.name || '\\_%' ESCAPE '\\')
    ORDER BY rowid`;
  const statements = /** @type {string[]} */ (db.prepare(select).pluck().all());
  db.close();
  const head = `-- Schema ${SCHEMA_VERSION}, generated from db/migrations by scripts/writeSchema.mjs. Do not edit.\n`;
  return [head, ...statements.map((sql) => `${unindented(sql)};\n`)].join('\n');
}

/** Migrations are written inside indented code; the schema is not. @param {string} sql */
function unindented(sql) {
  const [first = '', ...rest] = sql.split('\n');
  const indents = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const extra = Math.max(0, Math.min(...indents, Number.MAX_SAFE_INTEGER) - 2);
  return [first, ...rest.map((line) => line.slice(rest.length > 0 ? extra : 0).trimEnd())].join('\n');
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  writeFileSync(SCHEMA_PATH, schemaText());
