/** What the activity page is narrowed to; kept while people look at what they found. */
import { create } from 'zustand';
import type { HistoryEntry } from '../../shared/api.ts';
import { useSessionStore } from './sessionStore.ts';

interface ActivityState {
  author: string | null;
  kind: HistoryEntry['kind'] | null;
  filter: (narrowed: Partial<Pick<ActivityState, 'author' | 'kind'>>) => void;
  reset: () => void;
}

const fresh = { author: null as string | null, kind: null as HistoryEntry['kind'] | null };

export const useActivityStore = create<ActivityState>()((set) => ({
  ...fresh,
  filter: (narrowed) => set(narrowed),
  reset: () => set(fresh),
}));

useSessionStore.subscribe(({ file }, before) => {
  if (file !== before.file) useActivityStore.getState().reset();
});
