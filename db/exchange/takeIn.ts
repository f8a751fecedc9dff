/** From the files of a folder to what the open file still lacks of them, in an order in which it can be taken in. */
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { mergeOpenFiles } from '../merge/merge.ts';
import type { OpenFile } from '../openFile.ts';
import type { LogPiece } from './columns.ts';
import type { WholeFile } from './folder.ts';
import { type LogIndex, partKey } from './logIndex.ts';
import { PieceReader } from './pieceDatabase.ts';

/** True when the open file has everything that this one brings. */
export function isTakenIn({ head, coverage }: WholeFile, index: LogIndex): boolean {
  if (!index.whole.includes(coverage)) return false;
  return head.parts.every(([session, place, held]) => {
    if (index.whole.has(session, place)) return true;
    return (index.parts.get(partKey([session, place]))?.held ?? 0) >= held;
  });
}

/**
 * Which of the files can be taken in without leaving a hole in anybody's history: those whose forerunners are here, or
 * come with them. The rest waits. Files that need no other come first.
 */
export function inOrder(files: readonly WholeFile[], index: LogIndex): { ready: WholeFile[]; waiting: WholeFile[] } {
  let possible = [...files];
  const isThere = (among: readonly WholeFile[]) => (session: string, place: number) =>
    index.has([session, place]) || among.some(({ coverage }) => coverage.has(session, place));
  for (;;) {
    const isFound = isThere(possible);
    const connected = possible.filter((file) => isConnected(file, isFound));
    if (connected.length === possible.length) break;
    possible = connected;
  }
  const ready: WholeFile[] = [];
  const left = new Set([...possible].sort((one, other) => one.head.number - other.head.number));
  while (left.size > 0) {
    const isFound = isThere(ready);
    // Two files may need each other; then the history has a hole for as long as it takes to read the second.
    const next = [...left].find((file) => isConnected(file, isFound)) ?? ([...left][0] as WholeFile);
    left.delete(next);
    ready.push(next);
  }
  return { ready, waiting: files.filter((file) => !possible.includes(file)) };
}

function isConnected({ head, coverage }: WholeFile, isFound: (session: string, place: number) => boolean): boolean {
  return head.runs.every(
    ([session, from, , before]) =>
      isFound(session, from) || before === null || coverage.has(...before) || isFound(...before),
  );
}

/** How long one step may keep others waiting, roughly. */
const STEP_MS = 100;
/** Smaller steps cost more in all: a row is folded anew in each step that touches it. */
const FEWEST_CHANGES = 500;
const MOST_CHANGES = 20_000;

export interface TakeInOptions {
  /** Who wrote it, for the history. */
  source: string;
  /** Lets others use the file; false when there is nothing to go on with. */
  pause: () => Promise<boolean>;
}

/**
 * Merges what the file lacks, step by step, each in its own transaction: nothing is half done between two of them, and
 * whoever edits meanwhile waits for one step at most.
 */
export async function takeIn(
  file: OpenFile,
  family: string,
  piece: LogPiece,
  index: LogIndex,
  { source, pause }: TakeInOptions,
): Promise<Result<{ changes: number }, AppError>> {
  const reader = new PieceReader(family, piece);
  const { places } = reader;
  const wanted = [...piece.batches.keys()].filter((position) => {
    const place = places[position] as (typeof places)[number];
    if (index.whole.has(...place)) return false;
    return (index.parts.get(partKey(place))?.held ?? 0) < (piece.batches[position]?.held ?? 0);
  });
  let changes = 0;
  let size = FEWEST_CHANGES;
  for (let start = 0; start < wanted.length; ) {
    let end = start;
    for (let inStep = 0; end < wanted.length && inStep < size; end += 1)
      inStep += piece.batches[wanted[end] as number]?.held ?? 0;
    const startedMs = performance.now();
    const db = reader.database(wanted.slice(start, end));
    try {
      const merged = mergeOpenFiles(file, [{ path: `${source}.moux`, db }], { isDryRun: false, isBackground: true });
      if (!merged.ok) return merged;
      changes += merged.value.changes;
    } finally {
      db.close();
    }
    const tookMs = performance.now() - startedMs;
    const fitting = Math.round((size * STEP_MS) / Math.max(tookMs, 1));
    size = Math.max(FEWEST_CHANGES, Math.min(MOST_CHANGES, 2 * size, fitting));
    start = end;
    if (start < wanted.length && !(await pause())) return err({ code: 'cancelled', details: {} });
  }
  return ok({ changes });
}
