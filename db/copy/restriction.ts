/**
 * The mark of a copy that holds a part of its family's file. It stands in `meta`, beside the family: the window says
 * "part of ..." for as long as it is there, and `check` knows that absent batches were left out rather than lost.
 *
 *   restricted   JSON of Restriction: this file is a part, by choice.
 *   incomplete   '1': this file took in a part (a merge with a restricted copy) or what was readable of a damaged one
 *                (salvage); it lacks some of what it knows to exist.
 */
import { Restriction } from '../../shared/copyScope.ts';
import { isComplete, isCompleteFor } from '../log/held.ts';
import type { Database } from '../sqlite.ts';

export function restrictionOf(db: Database): Restriction | null {
  const stored = meta(db, 'restricted');
  if (stored === null) return null;
  try {
    const parsed = Restriction.safeParse(JSON.parse(stored));
    if (parsed.success) return parsed.data;
  } catch {
    // A damaged mark is still a mark: the file must not pass for complete.
  }
  return { by: 'number', of: [], instruments: 0, at: 0 };
}

export const markRestricted = (db: Database, restriction: Restriction): void =>
  setMeta(db, 'restricted', JSON.stringify(restriction));

/** False: batches may be absent or held in part here without anything having been lost. */
export const claimsToBeComplete = (db: Database): boolean =>
  meta(db, 'restricted') === null && meta(db, 'incomplete') === null;

/**
 * After `other` was merged into `own`, inside that transaction: the marks that follow. A part that has met a complete
 * file and has no gap left is complete; a complete file that has met a part and has a gap now says so. `replicas` are
 * those that something has come in of.
 */
export function settleMarks(own: Database, other: Database, replicas: ReadonlySet<number>): void {
  if (claimsToBeComplete(own)) {
    if (!isCompleteFor(own, replicas)) markIncomplete(own);
  } else if (isComplete(own)) {
    const isWhole = claimsToBeComplete(other) && isComplete(other);
    own.exec(`DELETE FROM meta WHERE key IN ('incomplete'${isWhole ? ", 'restricted'" : ''})`);
  }
}

export const markIncomplete = (db: Database): void => setMeta(db, 'incomplete', '1');

const meta = (db: Database, key: string): string | null =>
  (db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined) ?? null;

const setMeta = (db: Database, key: string, value: string): void =>
  void db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value);
