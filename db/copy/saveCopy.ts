/** Gives the file away: the whole of it, or a part. What is written is read back and checked before it has its name. */
import type { CopyScope, Restriction } from '../../shared/copyScope.ts';
import { type AppError, AppErrorException } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SavedCopy } from '../../shared/safekeeping.ts';
import { checkFile } from '../check.ts';
import type { OpenFile } from '../openFile.ts';
import { connectSqlite, type Database, sqliteCode } from '../sqlite.ts';
import { openError } from '../sqliteErrors.ts';
import { deliver } from './deliver.ts';
import { restrictLog } from './restrictedLog.ts';
import { rowsInScope } from './scope.ts';

export interface CopyOptions {
  /** A person has agreed that the file standing there goes. */
  mayReplace?: boolean;
}

/** A copy of everything, compact and at rest. */
export function saveCopy(file: OpenFile, out: string, { mayReplace }: CopyOptions = {}): Result<SavedCopy, AppError> {
  return deliver(out, {
    mayReplace,
    openPath: file.path,
    write: (temporary) => vacuumInto(file.db, temporary),
    problem: (temporary) => copyProblem(temporary, countsOf(file.db)),
  });
}

/** Compact: no free pages, and synced by SQLite itself. */
export const vacuumInto = (db: Database, path: string): void => void db.prepare('VACUUM INTO ?').run(path);

/**
 * A new file with nothing but the rows of `scope` and their whole history; restrictedLog.ts says exactly what it keeps.
 * It carries a mark, opens like any other file, and merges back like any other copy.
 */
export function saveRestrictedCopy(
  file: OpenFile,
  out: string,
  scope: CopyScope,
  { mayReplace }: CopyOptions = {},
): Result<SavedCopy, AppError> {
  const part = restrictedDatabase(file, scope);
  if (!part.ok) return part;
  const db = part.value;
  try {
    const counts = countsOf(db);
    return deliver(out, {
      mayReplace,
      openPath: file.path,
      write: (temporary) => vacuumInto(db, temporary),
      problem: (temporary) => copyProblem(temporary, counts) ?? foldProblem(temporary),
    });
  } finally {
    db.close();
  }
}

/** The part in memory; the caller closes it. */
export function restrictedDatabase(file: OpenFile, scope: CopyScope): Result<Database, AppError> {
  try {
    const { rows, numbers, instruments } = rowsInScope(file.db, scope);
    if (instruments === 0) return err({ code: 'nothing-in-scope', details: { scope: scopeWords(scope).join(', ') } });
    const restriction: Restriction = {
      by: scope.by,
      of: scope.by === 'number' || scope.by === 'instrument' ? numbers : scopeWords(scope),
      instruments,
      at: file.now(),
    };
    return ok(restrictLog(file.db, rows, restriction));
  } catch (error) {
    if (error instanceof AppErrorException) return err(error.appError);
    if (sqliteCode(error)) return err(openError(file.path, error));
    throw error;
  }
}

function scopeWords(scope: CopyScope): string[] {
  switch (scope.by) {
    case 'number':
      return scope.numbers.map(String);
    case 'instrument':
      return scope.ids;
    case 'sector':
      return scope.sectors;
    case 'body':
      return scope.names;
  }
}

export interface LogCounts {
  batches: number;
  changes: number;
}

export const countsOf = (db: Database): LogCounts =>
  db
    .prepare('SELECT (SELECT count(*) FROM batch) AS batches, (SELECT count(*) FROM change) AS changes')
    .get() as LogCounts;

/** Reads a written copy back: SQLite's own check, and that it holds as much as it was given. */
export function copyProblem(source: string | Buffer, expected: LogCounts): string | null {
  const db = connectSqlite(source, typeof source === 'string' ? { readonly: true, fileMustExist: true } : {});
  try {
    const said = db.pragma('quick_check(1)', { simple: true });
    if (said !== 'ok') return String(said);
    const { batches, changes } = countsOf(db);
    return batches === expected.batches && changes === expected.changes
      ? null
      : `${changes} of ${expected.changes} changes in ${batches} of ${expected.batches} batches`;
  } finally {
    db.close();
  }
}

/** For what was composed rather than copied: the tables say what the log says. */
function foldProblem(path: string): string | null {
  const db = connectSqlite(path, { readonly: true, fileMustExist: true });
  try {
    const finding = checkFile({ db }).find(({ kind }) => kind === 'log' || kind === 'projection');
    return finding ? JSON.stringify(finding) : null;
  } finally {
    db.close();
  }
}
