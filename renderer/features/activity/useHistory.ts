/** A page or more of the history, newest first, read again whenever the file changes. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { HistoryEntry } from '../../../shared/api.ts';
import type { AppError } from '../../../shared/errors.ts';
import { fileClient, onChanged } from '../../api/client.ts';

interface HistoryQuery {
  instrumentId?: string;
  field?: string;
  pageSize: number;
}

export interface History {
  entries: readonly HistoryEntry[];
  isLoaded: boolean;
  hasMore: boolean;
  problem: AppError | null;
  loadMore: () => Promise<void>;
}

interface Found {
  entries: readonly HistoryEntry[];
  next: number | null;
  problem: AppError | null;
  isLoaded: boolean;
}

const NOTHING: Found = { entries: [], next: null, problem: null, isLoaded: false };
/** The contract's limit of one answer. */
const MOST_AT_ONCE = 500;

export function useHistory({ instrumentId, field, pageSize }: HistoryQuery): History {
  const [found, setFound] = useState<Found>(NOTHING);
  // Rises with every reading from the top, so that an answer overtaken by another is dropped.
  const generation = useRef(0);
  const shown = useRef(0);
  shown.current = found.entries.length;

  const read = useCallback(async () => {
    generation.current += 1;
    const mine = generation.current;
    const limit = Math.min(MOST_AT_ONCE, Math.max(pageSize, shown.current));
    const reply = await fileClient['history.list']({ instrumentId, field, limit });
    if (mine !== generation.current) return;
    if (reply.ok) setFound({ ...reply.value, problem: null, isLoaded: true });
    else setFound((before) => ({ ...before, problem: reply.error, isLoaded: true }));
  }, [instrumentId, field, pageSize]);

  useEffect(() => {
    setFound(NOTHING);
    shown.current = 0;
    void read();
    const stop = onChanged(() => void read());
    return () => {
      generation.current += 1;
      stop();
    };
  }, [read]);

  const loadMore = async () => {
    if (found.next === null) return;
    const mine = generation.current;
    const reply = await fileClient['history.list']({ instrumentId, field, before: found.next, limit: pageSize });
    if (mine !== generation.current) return;
    if (reply.ok)
      setFound((before) => ({ ...before, ...reply.value, entries: [...before.entries, ...reply.value.entries] }));
    else setFound((before) => ({ ...before, problem: reply.error }));
  };

  return {
    entries: found.entries,
    isLoaded: found.isLoaded,
    hasMore: found.next !== null,
    problem: found.problem,
    loadMore,
  };
}
