/** The entries that fit a filter. Reads on by itself until there is something to show, for the file filters nothing. */
import { useEffect, useMemo } from 'react';
import type { HistoryEntry } from '../../../shared/api.ts';
import type { History } from './useHistory.ts';

interface HistoryFilter {
  author: string | null;
  kind: HistoryEntry['kind'] | null;
}

/** A filter that finds little looks through so many pages, then says how far it has looked. */
const MOST_PAGES = 20;
const WANTED = 20;

export function useFilteredHistory(history: History, { author, kind }: HistoryFilter): readonly HistoryEntry[] {
  const { entries, hasMore, loadMore } = history;
  const shown = useMemo(
    () =>
      author === null && kind === null
        ? entries
        : entries.filter(
            (entry) => (author === null || entry.author === author) && (kind === null || entry.kind === kind),
          ),
    [entries, author, kind],
  );
  const isFiltered = author !== null || kind !== null;
  const shouldReadOn = isFiltered && hasMore && shown.length < WANTED && entries.length < MOST_PAGES * 50;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one page each time the entries have grown
  useEffect(() => {
    if (shouldReadOn) void loadMore();
  }, [shouldReadOn, entries.length]);
  return shown;
}
