/** What a failed call of the file system or of SQLite means to a person. */
import { dirname } from 'node:path';
import type { AppError } from '../shared/errors.ts';
import { sqliteCode } from './sqlite.ts';

/** What a failed file operation means to a person. */
export function fsError(path: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP':
      return { code: 'file-missing', details: { path } };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { code: 'no-permission', details: { path } };
    case 'EISDIR':
      return { code: 'file-is-directory', details: { path } };
    case 'EEXIST':
      return { code: 'file-exists', details: { path } };
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'disk-full', details: { path } };
    default:
      return {
        code: 'write-failed',
        details: { path, problem: error instanceof Error ? error.message : String(error) },
      };
  }
}

/** The same for a file that was to be written: what is missing then is its folder. */
export function fsWriteError(path: string, error: unknown): AppError {
  const refusal = fsError(path, error);
  return refusal.code === 'file-missing' ? { code: 'folder-missing', details: { path: dirname(path) } } : refusal;
}

/** better-sqlite3 trims the names it is given: one that ends in a blank would open, or make, another file. */
export const unusableName = (path: string): AppError | null =>
  path === path.trim()
    ? null
    : { code: 'write-failed', details: { path, problem: 'its name begins or ends in a blank' } };

/** SQLite has come upon bytes that no database of its would hold. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error) ?? '');

/** What a failed SQLite call means to a person; rethrows what is no SQLite error: that is a bug of ours. */
export function openError(path: string, error: unknown): AppError {
  const code = sqliteCode(error);
  if (code === null) throw error;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return { code: 'file-busy', details: { path } };
  if (code.startsWith('SQLITE_FULL')) return { code: 'disk-full', details: { path } };
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_PERM'))
    return { code: 'no-permission', details: { path } };
  if (code.startsWith('SQLITE_READONLY')) return { code: 'file-read-only', details: { path, reason: 'permission' } };
  if (code.startsWith('SQLITE_NOTADB')) return { code: 'not-a-tracker-file', details: { path } };
  if (code.startsWith('SQLITE_IOERR')) return { code: 'write-failed', details: { path, problem: code } };
  return { code: 'file-damaged', details: { path, problem: (error as Error).message } };
}
