/** Writing files so that there is either the whole new one or the old one, whatever happens in between. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AppError } from '../shared/errors.ts';

/** A name beside `path`, on the same disk, so that a rename can put it into place. */
export const temporaryBeside = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);

/** Writes beside, flushes to the disk, renames into place. Leaves nothing behind when it fails or is stopped. */
export async function writeWhole(path: string, content: string | Uint8Array, signal?: AbortSignal): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content, { signal });
      await file.sync();
    } finally {
      await file.close();
    }
    signal?.throwIfAborted();
    await moveInto(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Renames over `path`. An antivirus or indexer may hold a new file for a moment, so Windows gets several tries. */
export async function moveInto(temporary: string, path: string): Promise<void> {
  const triesMs = process.platform === 'win32' ? [20, 80, 200, 500, 1000] : [];
  for (;;) {
    try {
      return await rename(temporary, path);
    } catch (error) {
      const delay = ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error) ?? '') ? triesMs.shift() : undefined;
      if (delay === undefined) throw error;
      await wait(delay);
    }
  }
}

/** The refusal that a failed write of `path` amounts to. */
export function writeError(path: string, error: unknown): AppError {
  const code = codeOf(error);
  switch (code) {
    case 'ENOENT':
      return { code: 'folder-missing', details: { path: dirname(path) } };
    case 'EISDIR':
      return { code: 'file-is-directory', details: { path } };
    case 'EBUSY':
      return { code: 'file-busy', details: { path } };
    case 'EPERM':
    case 'EACCES':
    case 'EROFS':
      return { code: 'no-permission', details: { path } };
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'disk-full', details: { path } };
    default:
      return { code: 'write-failed', details: { path, problem: code ?? String(error) } };
  }
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
