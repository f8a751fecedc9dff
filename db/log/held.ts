/**
 * What a file holds of each replica, and therefore what its next writer can claim to have seen: all batches up to the
 * first that is missing or held in part. What lies beyond is claimed cell by cell (`supersedes`), never by the vector:
 * a claim on something the file does not hold would silence a change that nobody here has read.
 */
import { type Database, prepared } from '../sqlite.ts';

/** For each replica of the file, by local number, the last batch of its unbroken, complete beginning. 0: not even the first. */
export function heldPrefixes(db: Database): Map<number, number> {
  const counted = db
    .prepare('SELECT replica, count(*) AS present, max(seq) AS last FROM batch GROUP BY replica')
    .all() as { replica: number; present: number; last: number }[];
  const inPart = new Map(
    db.prepare('SELECT replica, min(seq) FROM batch WHERE held < changes GROUP BY replica').raw().all() as [
      number,
      number,
    ][],
  );
  return new Map(
    counted.map(({ replica, present, last }) => {
      const unbroken = present === last ? last : firstGap(db, replica) - 1;
      return [replica, Math.min(unbroken, (inPart.get(replica) ?? Number.POSITIVE_INFINITY) - 1)];
    }),
  );
}

function firstGap(db: Database, replica: number): number {
  let expected = 1;
  const seqs = db.prepare('SELECT seq FROM batch WHERE replica = ? ORDER BY seq').pluck();
  for (const seq of seqs.iterate(replica) as IterableIterator<number>) {
    if (seq !== expected) break;
    expected += 1;
  }
  return expected;
}

/** True when every batch is there and whole, as in every file but restricted copies. */
export const isComplete = (db: Database): boolean =>
  !hasPart(db) && !db.prepare('SELECT 1 FROM batch GROUP BY replica HAVING count(*) <> max(seq) LIMIT 1').get();

/** The same of some replicas, which is quicker where a file holds many batches of others. */
export const isCompleteFor = (db: Database, replicas: Iterable<number>): boolean =>
  !hasPart(db) && [...replicas].every((replica) => heldOf(db, replica).isUnbroken);

/** The last batch of a replica (0: none), and whether all before it are here, each of them whole. */
export function heldOf(db: Database, replica: number): { last: number; isUnbroken: boolean } {
  const { present, last, isInPart } = prepared(db, HELD_OF_REPLICA).get({ replica }) as {
    present: number;
    last: number;
    isInPart: number;
  };
  return { last, isUnbroken: present === last && isInPart === 0 };
}

/** From two indexes alone: the file may hold a hundred thousand batches of a replica. */
const HELD_OF_REPLICA = `
  SELECT count(*) AS present, coalesce(max(seq), 0) AS last,
    EXISTS (SELECT 1 FROM batch WHERE replica = @replica AND held < changes) AS isInPart
  FROM batch WHERE replica = @replica`;

const hasPart = (db: Database): boolean =>
  prepared(db, 'SELECT 1 FROM batch WHERE held < changes LIMIT 1').get() !== undefined;
