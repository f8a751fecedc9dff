/** Writes a file whole or not at all: under another name first, then renamed into place. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { AppError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { fsError } from './sqliteErrors.ts';

/** Antivirus and indexers hold a fresh file for a moment on Windows; so many tries, each waiting twice as long. */
const RENAME_TRIES = 8;
const FIRST_WAIT_MS = 10;

export function writeWhole(path: string, chunks: Iterable<string | Uint8Array>): Result<undefined, AppError> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, 'w');
    try {
      for (const chunk of chunks) writeAll(file, typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renamePatiently(temporary, path);
    return ok(undefined);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (error instanceof Error && 'code' in error) return err(fsError(path, error));
    throw error;
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
