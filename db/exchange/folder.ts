/**
 * The files of an exchange folder. Every file is written once, under a name nobody else will ever use, and never changed; so
 * whatever carries the folder cannot find two versions of one. What is here in halves is left alone until it is whole.
 */
import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Coverage } from './coverage.ts';
import {
  coverageOf,
  decodeHead,
  EXCHANGE_ENDING,
  type ExchangeHead,
  MOST_FILE_BYTES,
  NewerExchangeFile,
} from './exchangeFile.ts';

/** A file that arrived whole. */
export interface WholeFile {
  name: string;
  head: ExchangeHead;
  hash: string;
  coverage: Coverage;
}

/** A file that did not, or cannot be read. */
export interface BrokenFile {
  name: string;
  code: 'damaged' | 'newer-version';
  /** What is wrong, for the log. */
  problem: string;
  /** Since when, ms. */
  since: number;
  /** Who has written it, by its name. */
  writer: string | null;
}

export interface Scan {
  whole: WholeFile[];
  broken: BrokenFile[];
}

type Known = { size: number; mtimeMs: number; triedAt: number } & (
  | { whole: WholeFile; broken?: undefined }
  | { whole?: undefined; broken: BrokenFile }
);

/** A damaged file that looks unchanged is read again after so long: not every carrier changes its date at the end. */
const RETRY_MS = 60_000;
/** Antivirus and carriers hold a fresh file for a moment on Windows; so many tries, each waiting twice as long. */
const TRIES = 8;
const FIRST_WAIT_MS = 10;

/** `<family>_<installation>_<number>-<random>.moux`; anything may have been added to it on the way. */
const OWN_NAME = /^[\w-]{1,40}_([\w-]{1,40})_\d{6,}-[0-9a-f]{8}/;

export const nameOf = (family: string, id: string, number: number): string =>
  `${family}_${id}_${String(number).padStart(6, '0')}-${randomBytes(4).toString('hex')}${EXCHANGE_ENDING}`;

/** As carriers know files that are not to be carried (`~*.tmp`). */
const temporaryOf = (name: string): string => `~${name}.tmp`;

export class ExchangeFolder {
  readonly path: string;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  constructor(path: string, now: () => number) {
    this.path = path;
    this.#now = now;
  }

  /** Reads what is new. Throws when the folder itself cannot be read. With `isThorough` damaged files are read again now. */
  async scan(isThorough: boolean): Promise<Scan> {
    const names = (await readdir(this.path)).filter((name) => name.endsWith(EXCHANGE_ENDING)).sort();
    const present = new Set(names);
    for (const name of this.#known.keys()) if (!present.has(name)) this.#known.delete(name);
    for (const name of names) await this.#look(name, isThorough);
    const scan: Scan = { whole: [], broken: [] };
    const hashes = new Set<string>();
    for (const { whole, broken } of this.#known.values()) {
      if (broken) scan.broken.push(broken);
      // One file under two names: a carrier that saw a conflict where there is none.
      else if (!hashes.has(whole.hash)) {
        hashes.add(whole.hash);
        scan.whole.push(whole);
      }
    }
    return scan;
  }

  async #look(name: string, isThorough: boolean): Promise<void> {
    const known = this.#known.get(name);
    const path = join(this.path, name);
    try {
      const { size, mtimeMs, isFile } = await stat(path).then((found) => ({
        size: found.size,
        mtimeMs: found.mtimeMs,
        isFile: found.isFile(),
      }));
      const isUnchanged = known?.size === size && known.mtimeMs === mtimeMs;
      const isSettled = known?.whole !== undefined || this.#now() - (known?.triedAt ?? 0) < RETRY_MS;
      if (!isFile || (known && isUnchanged && isSettled && !(isThorough && known.broken))) return;
      if (size > MOST_FILE_BYTES) throw new Error('it is too large');
      const { head, hash } = await decodeHead(await readFile(path));
      const whole = { name, head, hash, coverage: coverageOf(head) };
      this.#known.set(name, { size, mtimeMs, triedAt: this.#now(), whole });
    } catch (error) {
      if (isGone(error)) return;
      const broken: BrokenFile = {
        name,
        code: error instanceof NewerExchangeFile ? 'newer-version' : 'damaged',
        problem: error instanceof Error ? error.message : String(error),
        since: known?.broken?.since ?? this.#now(),
        writer: OWN_NAME.exec(name)?.[1] ?? null,
      };
      const found = await stat(path).catch(() => null);
      this.#known.set(name, { size: found?.size ?? -1, mtimeMs: found?.mtimeMs ?? -1, triedAt: this.#now(), broken });
    }
  }

  /** The bytes of a file that arrived whole; null when it has gone or changed since. */
  async read({ name, hash }: WholeFile): Promise<Buffer | null> {
    try {
      const bytes = await readFile(join(this.path, name));
      return (await decodeHead(bytes)).hash === hash ? bytes : null;
    } catch {
      this.#known.delete(name);
      return null;
    }
  }

  /** Under another name first, down to the disk, then renamed, then read back. */
  async write(name: string, bytes: Buffer): Promise<void> {
    const temporary = join(this.path, temporaryOf(name));
    const place = join(this.path, name);
    try {
      const file = await open(temporary, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await patiently(() => rename(temporary, place));
      if (!(await readFile(place)).equals(bytes)) throw new Error('it did not read back as it was written');
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Only ever asked for files of this installation. */
  async remove(name: string): Promise<void> {
    await patiently(() => rm(join(this.path, name), { force: true }));
    this.#known.delete(name);
  }

  /** What a killed program of this installation left half-written. */
  async removeTemporaries(family: string, id: string): Promise<void> {
    const mine = `~${family}_${id}_`;
    for (const name of await readdir(this.path))
      if (name.startsWith(mine) && name.endsWith('.tmp')) await rm(join(this.path, name), { force: true });
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const isGone = (error: unknown): boolean => codeOf(error) === 'ENOENT';

async function patiently(act: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await act();
      return;
    } catch (error) {
      if (attempt === TRIES || !['EPERM', 'EBUSY', 'EACCES'].includes(codeOf(error))) throw error;
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }
}

/** What a failed call on the folder means to a person. */
export function folderProblem(error: unknown): 'folder-gone' | 'no-permission' | 'disk-full' | 'write-failed' {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENODEV':
    case 'EHOSTDOWN':
    case 'ENETUNREACH':
    case 'ESTALE':
      return 'folder-gone';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'no-permission';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk-full';
    default:
      return 'write-failed';
  }
}
