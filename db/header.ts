/** What the first 100 bytes of a file say, before SQLite parses anything. */
import { closeSync, existsSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import type { AppError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { isAge } from './copy/age.ts';
import { APPLICATION_ID } from './migrations/index.ts';
import { fsError } from './sqliteErrors.ts';

export interface Header {
  userVersion: number;
  /** Written by a program that keeps what is new in a second file (`-wal`), which ours never do. */
  isWal: boolean;
}

export const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';

export function readHeader(path: string): Result<Header, AppError> {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    return err(fsError(path, error));
  }
  if (stats.isDirectory()) return err({ code: 'file-is-directory', details: { path } });
  // A pipe or a device would block or never end.
  if (!stats.isFile()) return err({ code: 'not-a-tracker-file', details: { path } });
  const bytes = Buffer.alloc(HEADER_BYTES);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, bytes, 0, HEADER_BYTES, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return err(fsError(path, error));
  }
  return headerOf(path, bytes, stats.size, hasUnfinishedJournal(path));
}

/** `sizeBytes` of the whole file; with a journal beside it SQLite restores the length itself. */
export function headerOf(path: string, bytes: Buffer, sizeBytes: number, hasJournal = false): Result<Header, AppError> {
  if (isAge(bytes)) return err({ code: 'file-encrypted', details: { path } });
  if (
    bytes.length < HEADER_BYTES ||
    bytes.toString('latin1', 0, MAGIC.length) !== MAGIC ||
    bytes.readUInt32BE(68) !== APPLICATION_ID
  )
    return err({ code: 'not-a-tracker-file', details: { path } });
  const pageSize = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
  const pageCount = bytes.readUInt32BE(28);
  // Copied halfway, or a stick pulled too early.
  if (sizeBytes < pageCount * pageSize && !hasJournal)
    return err({ code: 'file-damaged', details: { path, problem: 'truncated' } });
  return ok({ userVersion: bytes.readUInt32BE(60), isWal: bytes[18] !== 1 || bytes[19] !== 1 });
}

/** An open file of ours has an empty journal beside it between two edits; that one has nothing to restore. */
export const hasUnfinishedJournal = (path: string): boolean =>
  existsSync(`${path}-journal`) && statSync(`${path}-journal`).size > 0;
