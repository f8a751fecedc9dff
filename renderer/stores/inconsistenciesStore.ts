/** What copies made together that neither would have made alone: few, and read again shortly after anything has changed. */
import { create } from 'zustand';
import type { Written } from '../../shared/api.ts';
import type { DeletedReference, Inconsistency } from '../../shared/inconsistency.ts';
import type { Reply } from '../../shared/rpc/messages.ts';
import type { ConflictCell } from '../../shared/sharing.ts';
import { fileClient } from '../api/client.ts';
import { useSessionStore } from './sessionStore.ts';
import { writeOrTell } from './write.ts';

interface InconsistenciesState {
  inconsistencies: readonly Inconsistency[];
  /** The cells that are to be looked at, by instrument. */
  byInstrument: Readonly<Record<string, readonly ConflictCell[]>>;
  load: () => Promise<void>;
  /** Nothing on the screen of whoever is typing waits for it. */
  loadSoon: () => void;
  renumber: (id: string) => Promise<void>;
  join: (keepId: string, joinIds: string[]) => Promise<void>;
  restore: (target: DeletedReference['target']) => Promise<void>;
  remove: (reference: DeletedReference) => Promise<void>;
  reset: () => void;
}

function cellsByInstrument(all: readonly Inconsistency[]): Record<string, ConflictCell[]> {
  const byInstrument: Record<string, ConflictCell[]> = {};
  const mark = (instrumentId: string, cell: ConflictCell) => {
    byInstrument[instrumentId] = [...(byInstrument[instrumentId] ?? []), cell];
  };
  for (const one of all)
    if (one.kind === 'same-number')
      for (const { id } of one.instruments) mark(id, { entity: 'instrument', id, field: 'number' });
    // Those of a deleted instrument have no row to be marked in.
    else if (one.instrumentId !== null && one.target.entity !== 'instrument') mark(one.instrumentId, one);
  return byInstrument;
}

const SOON_MS = 300;
let timer: ReturnType<typeof setTimeout> | null = null;

export const useInconsistenciesStore = create<InconsistenciesState>()((set, get) => {
  const settle = async (edit: () => Promise<Reply<Written>>): Promise<void> => {
    if (await writeOrTell(edit)) await get().load();
  };
  return {
    inconsistencies: [],
    byInstrument: {},
    load: async () => {
      const file = useSessionStore.getState().file;
      const reply = await fileClient['inconsistency.list']({});
      if (!reply.ok || useSessionStore.getState().file !== file) return;
      const isNews = reply.value.length + get().inconsistencies.length > 0;
      if (isNews) set({ inconsistencies: reply.value, byInstrument: cellsByInstrument(reply.value) });
    },
    loadSoon: () => {
      if (timer !== null) return;
      timer = setTimeout(() => {
        timer = null;
        if (useSessionStore.getState().file) void get().load();
      }, SOON_MS);
    },
    renumber: (id) => settle(() => fileClient['instrument.renumber']({ id })),
    join: (keepId, joinIds) => settle(() => fileClient['instrument.join']({ keepId, joinIds })),
    restore: ({ entity, id }) => settle(() => fileClient['row.restore']({ entity, id })),
    remove: ({ entity, id, field }) => settle(() => fileClient['reference.remove']({ entity, id, field })),
    reset: () => set({ inconsistencies: [], byInstrument: {} }),
  };
});

useSessionStore.subscribe(({ file }, before) => {
  if (file === before.file) return;
  useInconsistenciesStore.getState().reset();
  if (file) useInconsistenciesStore.getState().loadSoon();
});
