/** Writes a file whole or not at all: under another name first, then renamed into place. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { AppError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { APPLICATION_ID } from './migrations/index.ts';
import { fsWriteError } from './sqliteErrors.ts';

/** Antivirus and indexers hold a fresh file for a moment on Windows; so many tries, each waiting twice as long. */
const RENAME_TRIES = 8;
const FIRST_WAIT_MS = 10;

export function writeWhole(path: string, chunks: Iterable<string | Uint8Array>): Result<undefined, AppError> {
  // Whoever names one by mistake (`--out committee.mou`) would lose everything in it.
  if (isTrackerFile(path)) return err({ code: 'file-exists', details: { path } });
  const target = targetOf(path);
  const temporary = target.isStream ? null : `${target.path}.${process.pid}.tmp`;
  try {
    writeChunks(temporary ?? target.path, chunks, temporary !== null);
    if (temporary !== null) renamePatiently(temporary, target.path);
    return ok(undefined);
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { force: true });
    if (error instanceof Error && 'code' in error) return err(fsWriteError(path, error));
    throw error;
  }
}

/** The file behind a link, so that the link stays; a pipe or a device is written to as it is and never replaced. */
function targetOf(path: string): { path: string; isStream: boolean } {
  try {
    const stats = statSync(path);
    if (!stats.isFile() && !stats.isDirectory()) return { path, isStream: true };
    return { path: realpathSync(path), isStream: false };
  } catch {
    return { path, isStream: false };
  }
}

function isTrackerFile(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    const file = openSync(path, 'r');
    try {
      const header = Buffer.alloc(72);
      readSync(file, header, 0, header.length, 0);
      return header.readUInt32BE(68) === APPLICATION_ID;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

function writeChunks(path: string, chunks: Iterable<string | Uint8Array>, isFile: boolean): void {
  const file = openSync(path, 'w');
  try {
    for (const chunk of chunks) writeAll(file, typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk);
    if (isFile) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** Renames over whatever stands there, waiting while somebody holds it. */
export function renamePatiently(from: string, to: string): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (attempt === RENAME_TRIES || !['EPERM', 'EBUSY', 'EACCES'].includes(code)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }
}

/** A hard link fails where a file is, in one step; file systems without links (FAT, exFAT) get a check and a rename. */
export function moveWithoutReplacing(from: string, to: string): void {
  try {
    linkSync(from, to);
    unlinkSync(from);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    if (existsSync(to)) throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    renamePatiently(from, to);
  }
}
