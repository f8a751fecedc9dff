/** From the open file to what its installation has to write into the folder. */

import { heldPrefixes } from '../log/held.ts';
import type { OpenFile } from '../openFile.ts';
import type { LogPiece } from './columns.ts';
import { Coverage, rootOf } from './coverage.ts';
import { type ExchangeHead, encodeExchangeFile } from './exchangeFile.ts';
import type { WholeFile } from './folder.ts';
import { type BatchPlace, type LogIndex, partKey, readPiece } from './logIndex.ts';
import { placesOf } from './pieceDatabase.ts';

/** A file holds so many changes at most: what is large is never written again. */
export const MOST_CHANGES = 25_000;
/** A later file takes the one before it in when that one is smaller than this, or not four times its own size. */
const SMALL_CHANGES = 500;
const GROWTH = 4;

export interface Unpublished {
  /** Written by this installation. */
  own: Coverage;
  /** By others, and nobody's file in the folder holds it. */
  orphaned: Coverage;
  /** Batches that are only held in part, and no file in the folder holds more of them. */
  parts: { place: BatchPlace; held: number }[];
}

export function unpublished(
  index: LogIndex,
  { mine, others, replicas }: { mine: readonly WholeFile[]; others: readonly WholeFile[]; replicas: readonly string[] },
): Unpublished {
  const byMe = coverageOfAll(mine);
  const byOthers = coverageOfAll(others);
  const roots = new Set(replicas.map(rootOf));
  const own = new Coverage();
  const orphaned = new Coverage();
  for (const [session, ranges] of index.whole.without(byMe).sessions())
    for (const { from, to } of ranges)
      (roots.has(session.slice(0, session.lastIndexOf(':'))) ? own : orphaned).add(session, from, to);
  const parts = [...index.parts.values()].filter(({ place, held }) => {
    if (byMe.has(...place) || byOthers.has(...place)) return false;
    const key = partKey(place);
    return ![...mine, ...others].some(({ head }) =>
      head.parts.some(([session, at, there]) => partKey([session, at]) === key && there >= held),
    );
  });
  return { own, orphaned: orphaned.without(byOthers), parts };
}

export function coverageOfAll(files: readonly WholeFile[]): Coverage {
  const all = new Coverage();
  for (const { coverage } of files) all.addAll(coverage);
  return all;
}

/** Which of this installation's last files the next one takes in, so that there are few: newest first. */
export function toTakeIn(mine: readonly WholeFile[], changes: number, index: LogIndex): WholeFile[] {
  const newestFirst = mine.toSorted((one, other) => other.head.number - one.head.number);
  const taken: WholeFile[] = newestFirst.filter(({ head }) => head.changes === 0);
  let size = changes;
  for (const file of newestFirst) {
    if (file.head.changes === 0) continue;
    const isSmall = file.head.changes <= Math.max(SMALL_CHANGES, GROWTH * size);
    if (!isSmall || size + file.head.changes > MOST_CHANGES || !index.whole.includes(file.coverage)) break;
    taken.push(file);
    size += file.head.changes;
  }
  return taken;
}

/** Cut so that none is larger than a file may be; a single batch is never cut. */
export function* cutIntoFiles(batches: readonly { id: number; held: number }[]): Generator<number[]> {
  let ids: number[] = [];
  let size = 0;
  for (const { id, held } of batches) {
    if (ids.length > 0 && size + held > MOST_CHANGES) {
      yield ids;
      ids = [];
      size = 0;
    }
    ids.push(id);
    size += held;
  }
  if (ids.length > 0) yield ids;
}

/** What a file says of its writer besides what it holds. */
export type Writer = Pick<ExchangeHead, 'family' | 'writer' | 'number' | 'own'>;

/** What the open file holds whole, by the replicas' names. */
export function holdings({ db }: Pick<OpenFile, 'db'>): [string, number][] {
  const keys = new Map(db.prepare('SELECT id, key FROM replica').raw().all() as [number, string][]);
  return [...heldPrefixes(db)]
    .flatMap(([id, upTo]): [string, number][] => (upTo > 0 ? [[keys.get(id) ?? '', upTo]] : []))
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The bytes of a file that holds these batches. */
export async function composeFile(
  file: OpenFile,
  ids: readonly number[],
  writer: Writer,
  index: LogIndex,
  pause: () => Promise<void>,
): Promise<Buffer> {
  const piece = ids.length > 0 ? await readPiece(file.db, ids, pause) : null;
  const head: ExchangeHead = {
    ...writer,
    at: file.now(),
    author: file.author ? { name: file.author.name, post: file.author.post } : null,
    holds: holdings(file),
    runs: piece ? runsOf(piece, index) : [],
    parts: piece ? partsOf(piece) : [],
    changes: piece?.changes.length ?? 0,
  };
  return encodeExchangeFile(head, piece);
}

function runsOf(piece: LogPiece, index: LogIndex): ExchangeHead['runs'] {
  const coverage = new Coverage();
  for (const [position, place] of placesOf(piece).entries()) {
    const batch = piece.batches[position];
    if (batch && batch.held === batch.changes) coverage.add(place[0], place[1], place[1]);
  }
  return [...coverage.sessions()].flatMap(([session, ranges]) =>
    ranges.map(({ from, to }): ExchangeHead['runs'][number] => {
      const before = from > 0 ? ([session, from - 1] as const) : index.before(session);
      return [session, from, to, before && [before[0], before[1]]];
    }),
  );
}

function partsOf(piece: LogPiece): ExchangeHead['parts'] {
  return placesOf(piece).flatMap(([session, place], position): ExchangeHead['parts'] => {
    const batch = piece.batches[position];
    return batch && batch.held < batch.changes ? [[session, place, batch.held]] : [];
  });
}
