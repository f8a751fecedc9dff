/** Cells in which copies say different things: what waits for a decision, and which instruments have any of it. */
import { create } from 'zustand';
import type { Written } from '../../shared/api.ts';
import type { Reply } from '../../shared/rpc/messages.ts';
import type { Conflict, Decision } from '../../shared/sharing.ts';
import { fileClient } from '../api/client.ts';
import { useSessionStore } from './sessionStore.ts';
import { write } from './write.ts';

interface ConflictsState {
  conflicts: readonly Conflict[];
  /** By instrument, what belongs to it included (its notes). */
  byInstrument: Readonly<Record<string, readonly Conflict[]>>;
  load: () => Promise<void>;
  decide: (decisions: Decision[]) => Promise<Reply<Written>>;
  reset: () => void;
}

const fresh = {
  conflicts: [] as readonly Conflict[],
  byInstrument: {} as Readonly<Record<string, readonly Conflict[]>>,
};

function groupByInstrument(conflicts: readonly Conflict[]): Record<string, Conflict[]> {
  const groups: Record<string, Conflict[]> = {};
  for (const conflict of conflicts) {
    if (conflict.instrumentId === null) continue;
    const group = groups[conflict.instrumentId] ?? [];
    group.push(conflict);
    groups[conflict.instrumentId] = group;
  }
  return groups;
}

/** Rises with every reading, so that an answer overtaken by another is dropped. */
let generation = 0;

export const useConflictsStore = create<ConflictsState>()((set, get) => ({
  ...fresh,
  load: async () => {
    generation += 1;
    const mine = generation;
    const reply = await fileClient['conflict.list']({});
    if (mine !== generation || !reply.ok) return;
    if (reply.value.length === 0 && get().conflicts.length === 0) return;
    set({ conflicts: reply.value, byInstrument: groupByInstrument(reply.value) });
  },
  decide: async (decisions) => {
    const reply = await write(() => fileClient['conflict.decide']({ decisions }));
    if (reply.ok) await get().load();
    return reply;
  },
  reset: () => {
    generation += 1;
    set(fresh);
  },
}));

useSessionStore.subscribe(({ file }, before) => {
  if (file === before.file) return;
  useConflictsStore.getState().reset();
  if (file && file.info.conflicts > 0) void useConflictsStore.getState().load();
});
