/**
 * Where a list of conflicts comes from: a merge that is looked at, or the file itself. Either may hold tens of thousands,
 * so that a window asks for a page at a time, and for numbers instead of counting.
 */
import { startTransition, useEffect, useRef, useState } from 'react';
import { NO_CHOICES } from '../../shared/conflictChoices.ts';
import type { Reply } from '../../shared/rpc/messages.ts';
import type {
  Choices,
  Conflict,
  ConflictFilter,
  ConflictPage,
  ConflictPlaces,
  ConflictQuery,
} from '../../shared/sharing.ts';
import { fileClient, shell } from '../api/client.ts';

export interface ConflictSource {
  page: (query: ConflictQuery) => Promise<Reply<ConflictPage>>;
  places: (typed: string) => Promise<Reply<ConflictPlaces>>;
  undecided: (choices: Choices) => Promise<Reply<{ count: number }>>;
}

/** Conflicts of the merge under this token. They stay as they were found. */
export const mergeSource = (token: string): ConflictSource => ({
  page: (query) => shell['merge.conflicts']({ token, query }),
  places: (typed) => shell['merge.places']({ token, typed }),
  undecided: (choices) => shell['merge.undecided']({ token, choices }),
});

/** Conflicts of the open file, as they are now. Whoever knows that they have changed asks anew by a new source. */
export const fileSource = (): ConflictSource => ({
  page: (query) => fileClient['conflict.page'](query),
  places: (typed) => fileClient['conflict.places']({ typed }),
  undecided: (choices) => fileClient['conflict.undecided']({ choices }),
});

/** Drawn in one frame: each conflict is an editor's worth of elements. */
const PAGE = 5;
/** Shown before anybody asks for more. */
const AT_ONCE = 20;

interface Shown {
  conflicts: readonly Conflict[];
  /** All that fit the filter. */
  total: number;
}
interface Read extends Shown {
  source: ConflictSource;
  filter: ConflictFilter;
  choices: Choices;
  /** Where the next page begins. */
  next: number;
}

/**
 * The conflicts that fit, as far as they were asked for; null until the first are here. `choices` tell what counts as
 * decided. They come page by page, one a frame, so that the window goes on while a long list grows.
 */
export function useConflictPages(
  source: ConflictSource,
  filter: ConflictFilter,
  choices: Choices = NO_CHOICES,
): { shown: Shown | null; more: () => void } {
  const [shown, setShown] = useState<Shown | null>(null);
  const [upTo, setUpTo] = useState(AT_ONCE);
  const lastRead = useRef<Read | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter begins at the top
  useEffect(() => setUpTo(AT_ONCE), [filter]);
  useEffect(() => {
    let isCurrent = true;
    const readOn = async () => {
      const last = lastRead.current;
      const isSameList = last !== null && last.filter === filter && last.choices === choices;
      const isSame = isSameList && last.source === source;
      let { conflicts, next } = isSame ? last : { conflicts: [] as readonly Conflict[], next: 0 };
      while (next < upTo) {
        const page = await source.page({ filter, choices, offset: next, limit: PAGE });
        if (!isCurrent || !page.ok) return;
        const { total } = page.value;
        conflicts = [...conflicts, ...page.value.conflicts];
        next += PAGE;
        const isLast = next >= Math.min(upTo, total);
        // A list that is only read anew keeps its length meanwhile.
        if (isLast || isSame || !isSameList) {
          lastRead.current = { source, filter, choices, conflicts, total, next };
          // Drawn in slices, with frames in between.
          startTransition(() => setShown({ conflicts, total }));
        }
        if (isLast) return;
        await nextFrame();
      }
    };
    void readOn();
    return () => {
      isCurrent = false;
    };
  }, [source, filter, choices, upTo]);
  return { shown, more: () => setUpTo((before) => Math.max(before, shown?.conflicts.length ?? 0) + AT_ONCE) };
}

const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

/** How many are still to be decided; `total` until that is known. */
export function useUndecided(source: ConflictSource, choices: Choices, total: number): number {
  const [count, setCount] = useState(total);
  const isNone = total === 0;
  useEffect(() => {
    if (isNone) return;
    let isCurrent = true;
    void source.undecided(choices).then((reply) => {
      if (isCurrent && reply.ok) setCount(reply.value.count);
    });
    return () => {
      isCurrent = false;
    };
  }, [source, choices, isNone]);
  return Math.min(count, total);
}
