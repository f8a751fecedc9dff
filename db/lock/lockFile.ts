/**
 * One writer at a time, across processes, accounts and machines: a small file beside the database says who has it open.
 *
 * SQLite's own locks do not do for this: held all the time they keep readers out (the command line, a second window that
 * only wants to look), they name nobody, and on network drives they are unreliable. So SQLite locks single transactions,
 * and this file says who may make any.
 *
 * The holder rewrites the file every HEARTBEAT_MS. A lock is stale when its process is gone from this very machine, or
 * when it was not rewritten for STALE_MS. That age is measured between two stamps of one clock: the file system's own,
 * by which a probe written beside the lock is dated, too. Clocks of offline PCs are wrong by years.
 * A holder who was asleep finds out at the latest before the next edit that somebody else took over (`isOurs`).
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { LockHolder } from '../../shared/safekeeping.ts';

export const HEARTBEAT_MS = 10_000;
export const STALE_MS = 60_000;

const Stored = z.object({
  person: z.string(),
  machine: z.string(),
  pid: z.int(),
  /** When the file was opened and when this was last written, ms by the holder's clock; for people. */
  since: z.number(),
  beatAt: z.number(),
  /** Random: one opening of the file. */
  session: z.string(),
});
type Stored = z.infer<typeof Stored>;

export interface HeldLock {
  /** False once somebody else has taken over, or the lock was removed and claimed again. */
  isOurs: () => boolean;
  /** Rewrites the lock; the timer does so by itself. */
  beat: () => void;
  setPerson: (person: string) => void;
  release: () => void;
}

export type Taken = { lock: HeldLock; holder: null } | { lock: null; holder: LockHolder };

/** The lock's place: beside the real file, so that links to one file meet; hidden where names with a dot are. */
export function lockPathOf(path: string): string {
  const real = realpathSync(path);
  const name = `.${basename(real)}.lock`;
  // A file's name ends at 255 bytes almost everywhere, and longer ones are made of the lock's.
  const fits = Buffer.byteLength(name) <= 240;
  const short = `.${createHash('sha256').update(basename(real)).digest('hex').slice(0, 32)}.lock`;
  return join(dirname(real), fits ? name : short);
}

/** Who is writing in the file, by a lock that is not stale; null when nobody is. */
export function holderOf(path: string): LockHolder | null {
  try {
    const lockPath = lockPathOf(path);
    const stored = read(lockPath);
    return stored !== null && !isStale(lockPath, stored) ? holder(stored) : null;
  } catch {
    return null;
  }
}

const TRIES = 20;

/** Takes the lock, or says who has it. Throws the file system's own errors (no permission, full disk). */
export function takeLock(path: string, person: string, now: () => number = Date.now): Taken {
  const lockPath = lockPathOf(path);
  const own: Stored = {
    person,
    machine: hostname(),
    pid: process.pid,
    since: now(),
    beatAt: now(),
    session: randomBytes(9).toString('base64url'),
  };
  for (let attempt = 1; ; attempt += 1) {
    if (create(lockPath, own)) return { lock: new Lock(lockPath, own, now), holder: null };
    const stored = read(lockPath);
    // Released in this very moment.
    if (stored === null && attempt < TRIES) continue;
    const current = stored ?? UNREADABLE;
    if (attempt === TRIES || !isStale(lockPath, current)) return { lock: null, holder: holder(current) };
    setAside(lockPath, current);
  }
}

class Lock implements HeldLock {
  readonly #path: string;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #own: Stored;
  #beatAtMs = performance.now();
  #isLost = false;

  constructor(path: string, own: Stored, now: () => number) {
    this.#path = path;
    this.#own = own;
    this.#now = now;
    this.#timer = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.#timer.unref();
  }

  isOurs(): boolean {
    // While the beats come in time nobody takes the lock for stale; after a sleep the file has to be asked.
    if (!this.#isLost && performance.now() - this.#beatAtMs > 2 * HEARTBEAT_MS) this.beat();
    return !this.#isLost;
  }

  beat(): void {
    if (this.#isLost) return;
    try {
      const stored = read(this.#path);
      if (stored !== null && stored.session !== this.#own.session) {
        this.#lose();
        return;
      }
      this.#own = { ...this.#own, beatAt: this.#now() };
      // Gone (somebody tidied up): claimed again, unless somebody else was faster.
      if (stored !== null) writeFileSync(this.#path, JSON.stringify(this.#own));
      else if (!create(this.#path, this.#own)) {
        this.#lose();
        return;
      }
      this.#beatAtMs = performance.now();
    } catch {
      // A stick that was pulled, a full disk: edits will say so themselves.
    }
  }

  setPerson(person: string): void {
    this.#own = { ...this.#own, person };
    this.beat();
  }

  release(): void {
    clearInterval(this.#timer);
    try {
      if (!this.#isLost && read(this.#path)?.session === this.#own.session) rmSync(this.#path, { force: true });
    } catch {
      // It goes stale by itself.
    }
  }

  #lose(): void {
    this.#isLost = true;
    clearInterval(this.#timer);
  }
}

const holder = ({ person, machine, since }: Stored): LockHolder => ({ person, machine, since });

/** Being written in this moment, or written by something else: somebody's, until it is old. */
const UNREADABLE: Stored = { person: '', machine: '', pid: 0, since: 0, beatAt: 0, session: '' };

function create(lockPath: string, stored: Stored): boolean {
  try {
    writeFileSync(lockPath, JSON.stringify(stored), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when there is no lock. */
function read(lockPath: string): Stored | null {
  let text: string;
  try {
    text = readFileSync(lockPath, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return UNREADABLE;
  }
  try {
    return Stored.parse(JSON.parse(text));
  } catch {
    return UNREADABLE;
  }
}

function isStale(lockPath: string, { machine, pid }: Stored): boolean {
  if (machine === hostname() && !isRunning(pid)) return true;
  return ageMs(lockPath) > STALE_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // Another account's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Killed, and not yet taken leave of by its parent: it can be signalled and will never write again. A database process
 * that has died is one for a moment, just when its successor asks.
 */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    // "pid (name) state ...": the name may hold anything, so the state is looked for after its end.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return 'ZX'.includes(stat[stat.lastIndexOf(')') + 2] ?? ' ');
  } catch {
    return false;
  }
}

/** By the clock that dates files there: a server's for a network drive. Where nothing can be written, by ours. */
function ageMs(lockPath: string): number {
  const probe = `${lockPath}.${randomBytes(4).toString('hex')}`;
  let nowMs = Date.now();
  try {
    writeFileSync(probe, '');
    nowMs = statSync(probe).mtimeMs;
  } catch {
    // A folder that may only be read: its locks are old or not by whoever can write there.
  } finally {
    rmSync(probe, { force: true });
  }
  try {
    return nowMs - statSync(lockPath).mtimeMs;
  } catch {
    return 0;
  }
}

/** Removing a stale lock takes a moment; who holds the guard longer has died over it. */
const GUARD_MS = 10_000;
const PAUSE_MS = 20;

/**
 * Removes a stale lock. Several may want to at once, and the slower must not remove what the faster has made since: only
 * whoever holds the guard removes, and looks again before.
 */
function setAside(lockPath: string, stale: Stored): void {
  const guard = `${lockPath}.new`;
  if (!create(guard, stale)) {
    if (ageMs(guard) > GUARD_MS) rmSync(guard, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    return;
  }
  try {
    const current = read(lockPath);
    if (current?.session === stale.session && isStale(lockPath, current)) rmSync(lockPath, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}
