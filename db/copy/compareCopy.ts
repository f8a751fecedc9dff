/** What a file has and a copy of it lacks: the direction that the rehearsal of a merge says nothing about. */
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CopyComparison } from '../../shared/sharing.ts';
import { Coverage } from '../exchange/coverage.ts';
import { type BatchPlace, LogIndex, partKey } from '../exchange/logIndex.ts';
import type { OpenFile } from '../openFile.ts';
import type { Database } from '../sqlite.ts';
import { openError } from '../sqliteErrors.ts';
import { openCopy } from './openCopy.ts';
import { restrictionOf } from './restriction.ts';

/** Reads both and changes neither. */
export function compareCopy(file: OpenFile, path: string): Result<CopyComparison, AppError> {
  const copy = openCopy(file, path);
  if (!copy.ok) return copy;
  try {
    return ok({ lacking: countLacking(file.db, copy.value), restriction: restrictionOf(copy.value) });
  } catch (error) {
    return err(openError(path, error));
  } finally {
    copy.value.close();
  }
}

/**
 * How many changes of `own` the copy has not: as many as a merge the other way round would bring. Batches are told apart
 * by session and place, which the two have in common even where a merge has renamed a branch in only one of them.
 */
export function countLacking(own: Database, copy: Database): number {
  const here = new LogIndex(own);
  const there = new LogIndex(copy);
  let lacking = 0;
  for (const { id, replica, seq, changes, held } of batchesOf(own)) {
    const place = here.placeOf(replica, seq);
    if (place !== null && there.whole.has(...place)) continue;
    const part = place && there.parts.get(partKey(place));
    if (!part) lacking += held;
    else if (held === changes) lacking += held - part.held;
    // Two parts of one batch may have any of its changes in common.
    else lacking += difference(cellsOf(own, id), cellsOf(copy, batchAt(there, part.place)));
  }
  return lacking;
}

interface BatchRow {
  id: number;
  replica: number;
  seq: number;
  changes: number;
  held: number;
}

const batchesOf = (db: Database): Iterable<BatchRow> =>
  db.prepare('SELECT id, replica, seq, changes, held FROM batch').iterate() as IterableIterator<BatchRow>;

function batchAt(index: LogIndex, [session, place]: BatchPlace): number {
  const wanted = new Coverage();
  wanted.add(session, place, place);
  return index.batchesAt(wanted)[0]?.id ?? 0;
}

/** The cells that a batch sets, by names that files share. */
const cellsOf = (db: Database, batch: number): Set<string> =>
  new Set(
    db
      .prepare(
        `SELECT e.name || ' ' || f.name || ' ' || r.key FROM change c JOIN entity_row r ON r.id = c.row
         JOIN field f ON f.id = c.field JOIN entity e ON e.id = r.entity WHERE c.batch = ?`,
      )
      .pluck()
      .all(batch) as string[],
  );

const difference = (cells: ReadonlySet<string>, others: ReadonlySet<string>): number =>
  [...cells].filter((cell) => !others.has(cell)).length;
