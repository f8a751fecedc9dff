/** Real files in a folder of their own that goes with the test, and installations that write them. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createFile, type NewFile } from '../../db/create.ts';
import { lockPathOf } from '../../db/lock/lockFile.ts';
import type { WriterRecord, WriterRecords } from '../../db/log/replica.ts';
import { closeFile, type OpenOptions, openFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';

/** A folder that is removed with everything in it when the test has ended. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mou-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** For properties, which make a folder for every run. */
export function withTempFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'mou-test-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What db/installation.ts keeps on disk, in memory: one installation. */
export function memoryRecords(): WriterRecords {
  const records = new Map<string, WriterRecord>();
  return {
    find: (path) => records.get(realpathSync(path)) ?? null,
    put: (path, record) => void records.set(realpathSync(path), record),
    remove: (path) => void records.delete(realpathSync(path)),
  };
}

export const AUTHOR = { name: 'Ayesha Siddiqui', post: 'Joint Secretary' };

export const optionsOf = (options: Partial<OpenOptions> = {}): OpenOptions => ({
  records: memoryRecords(),
  author: AUTHOR,
  isExclusive: true,
  ...options,
});

export function unwrap<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

export function refusalOf(result: Result<unknown, AppError>): AppError {
  if (result.ok) throw new Error(`not refused: ${JSON.stringify(result.value)}`);
  return result.error;
}

/** A new file that is closed and removed with the test. */
export function newFile(options: Partial<OpenOptions & NewFile & { path: string }> = {}): OpenFile {
  const { from = 'register', title = 'Working Committee', path = join(tempFolder(), 'a.mou'), ...open } = options;
  const file = unwrap(createFile(path, { from, title }, optionsOf(open)));
  closeAtEnd(file);
  return file;
}

/** Opens a file that is closed with the test. */
export function openAgain(path: string, options: Partial<OpenOptions> = {}): OpenFile {
  const file = unwrap(openFile(path, optionsOf(options)));
  closeAtEnd(file);
  return file;
}

function closeAtEnd(file: OpenFile): void {
  onTestFinished(() => {
    if (file.db.open) closeFile(file);
  });
}

/** Larger than any system numbers its processes: nobody runs under it. */
export const NO_PROCESS = 2 ** 30;

/** Lets go of the file as a killed program does: no record is left, nothing is said, and its lock names a dead process. */
export function crash(file: OpenFile): void {
  file.db.close();
  const lockPath = lockPathOf(file.path);
  if (existsSync(lockPath))
    writeFileSync(lockPath, JSON.stringify({ ...JSON.parse(readFileSync(lockPath, 'utf8')), pid: NO_PROCESS }));
}

export const copyTo = (from: string, to: string): string => {
  copyFileSync(from, to);
  return to;
};
