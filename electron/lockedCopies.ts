/**
 * Copies that were chosen for a merge, while the passphrases of those that lie encrypted are asked for, one after the other.
 * A passphrase is passed on and kept nowhere; what stays for the life of the offer is the key of that one file.
 */
import { randomUUID } from 'node:crypto';
import type { LockedCopy, PlacedCopy } from '../shared/api.ts';
import type { AppError } from '../shared/errors.ts';
import { namesOf } from './recentFiles.ts';

export interface Chosen {
  token: string;
  copies: PlacedCopy[];
  /** Places of those that still wait for their passphrase. */
  locked: string[];
  /** How many lay under a passphrase. */
  count: number;
}

export const chosen = (paths: readonly string[], encrypted: readonly string[]): Chosen => ({
  token: randomUUID(),
  copies: paths.map((path) => ({ path, key: null })),
  locked: [...encrypted],
  count: encrypted.length,
});

/** The copy whose passphrase is to be asked for next, as the window may know it; null: all are open. */
export function nextLocked(
  { token, copies, locked, count }: Chosen,
  problem: AppError | null = null,
): LockedCopy | null {
  const [path] = locked;
  if (path === undefined) return null;
  return { token, ...namesOf(path), number: count - locked.length + 1, count, canSkip: copies.length > 1, problem };
}

export const unlocked = (of: Chosen, key: Uint8Array): Chosen => ({
  ...of,
  copies: of.copies.map((copy) => (copy.path === of.locked[0] ? { ...copy, key } : copy)),
  locked: of.locked.slice(1),
});

export const skipped = (of: Chosen): Chosen => ({
  ...of,
  copies: of.copies.filter(({ path }) => path !== of.locked[0]),
  locked: of.locked.slice(1),
});

/** Nobody can open them with what was kept any more. */
export function wipe(copies: readonly PlacedCopy[]): void {
  for (const { key } of copies) key?.fill(0);
}
