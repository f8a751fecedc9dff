/** Opens another's copy for reading: a file that a stranger may have made. Nothing of it is trusted, nothing is attached. */
import { existsSync } from 'node:fs';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { migrate, SCHEMA_VERSION } from '../migrations/index.ts';
import { readHeader, setPragmas } from '../open.ts';
import { connectSqlite, type Database } from '../sqlite.ts';
import { openError } from '../sqliteErrors.ts';

/** The caller closes it. Refuses what is not whole, not ours, or built otherwise than this version builds its files. */
export function openOther(path: string): Result<Database, AppError> {
  const header = readHeader(path);
  if (!header.ok) return header;
  const { userVersion } = header.value;
  if (userVersion > SCHEMA_VERSION)
    return err({ code: 'file-too-new', details: { path, fileVersion: userVersion, knownVersion: SCHEMA_VERSION } });
  // A journal beside it means that its program is writing or has died writing: what lies there is half of something.
  if (existsSync(`${path}-journal`) || existsSync(`${path}-wal`)) return err({ code: 'file-busy', details: { path } });
  let db: Database | null = null;
  try {
    db = connectSqlite(path, { readonly: true, fileMustExist: true });
    setPragmas(db, false);
    const problem = integrityProblem(db) ?? schemaProblem(db);
    if (problem === null) return ok(db);
    db.close();
    return err({ code: 'file-damaged', details: { path, problem } });
  } catch (error) {
    db?.close();
    return err(openError(path, error));
  }
}

function integrityProblem(db: Database): string | null {
  const said = db.pragma('quick_check(1)', { simple: true });
  return said === 'ok' ? null : String(said);
}

/** Triggers, views, generated columns or virtual tables that we did not put there could run on reading. */
function schemaProblem(db: Database): string | null {
  const expected = schemaOf(freshSchema());
  const found = schemaOf(db);
  for (const [name, sql] of found) if (expected.get(name) !== sql) return `unexpected ${name}`;
  for (const name of expected.keys()) if (!found.has(name)) return `${name} is missing`;
  return null;
}

const schemaOf = (db: Database): Map<string, string | null> =>
  new Map(
    db.prepare("SELECT type || ' ' || name, sql FROM sqlite_schema ORDER BY name").raw().all() as [
      string,
      string | null,
    ][],
  );

let fresh: Database | null = null;

function freshSchema(): Database {
  if (fresh === null) {
    fresh = connectSqlite(':memory:');
    migrate(fresh);
  }
  return fresh;
}
