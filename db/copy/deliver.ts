/**
 * Puts a whole file at its place: written beside it under another name, checked by reading it back, then renamed. Until
 * the rename nothing at the place has changed; whatever fails before leaves it as it was.
 */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readSync, realpathSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AppError, AppErrorException } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SavedCopy } from '../../shared/safekeeping.ts';
import { sqliteCode } from '../sqlite.ts';
import { fsError, isDamage, openError } from '../sqliteErrors.ts';
import { moveWithoutReplacing, renamePatiently } from '../writeWhole.ts';

export interface Delivery {
  /** Writes everything to the path it is given, and syncs it. */
  write: (temporary: string) => void;
  /** Says what is wrong with what was written, or null. */
  problem: (temporary: string) => string | null;
  /** The place, where it depends on what was written. */
  finalPlace?: (temporary: string) => string;
  /** Without it a file that stands at the place is never touched. */
  mayReplace?: boolean;
  /** The file that is open: never a place for a copy of it. */
  openPath?: string;
}

export function deliver(
  out: string,
  { write, problem, finalPlace, mayReplace = false, openPath }: Delivery,
): Result<SavedCopy, AppError> {
  if (existsSync(out)) {
    if (openPath !== undefined && realpathSync(out) === realpathSync(openPath))
      return err({ code: 'same-file', details: { path: out } });
    if (!mayReplace) return err({ code: 'file-exists', details: { path: out } });
  }
  // Short, whatever the length of the name: a file's name ends at 255 bytes.
  const temporary = join(dirname(out), `.mou-${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  try {
    write(temporary);
    const found = problem(temporary);
    if (found !== null) return err({ code: 'copy-not-verified', details: { path: out, problem: found } });
    const measured = hashOf(temporary);
    const path = finalPlace?.(temporary) ?? out;
    if (mayReplace) renamePatiently(temporary, path);
    else moveWithoutReplacing(temporary, path);
    syncFolder(dirname(path));
    return ok({ path, ...measured });
  } catch (error) {
    if (error instanceof AppErrorException) return err(error.appError);
    // What was being written was whole a moment ago; what it was read from may not be.
    if (sqliteCode(error)) return err(openError(isDamage(error) ? (openPath ?? out) : out, error));
    if (error instanceof Error && 'code' in error) return err(fsError(out, error));
    throw error;
  } finally {
    rmSync(temporary, { force: true });
    rmSync(`${temporary}-journal`, { force: true });
  }
}

/** Writes bytes to a new file, all of them, down to the disk. */
export function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export const hashOfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const CHUNK_BYTES = 1 << 20;

export function hashOf(path: string): { sizeBytes: number; sha256: string } {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const file = openSync(path, 'r');
  try {
    let sizeBytes = 0;
    for (;;) {
      const read = readSync(file, chunk, 0, CHUNK_BYTES, null);
      if (read === 0) return { sizeBytes, sha256: hash.digest('hex') };
      hash.update(chunk.subarray(0, read));
      sizeBytes += read;
    }
  } finally {
    closeSync(file);
  }
}

/** Makes a rename survive a power cut, where the system lets a folder be synced. */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Windows and some network file systems do not; the file itself is on the disk.
  }
}
