/**
 * Cells in which copies say different things. There may be tens of thousands: the window knows where they are; what they
 * are it reads for the instrument that is shown (`details`), or by pages (conflictSource.ts).
 */
import { create } from 'zustand';
import type { Output, shellApi } from '../../shared/api.ts';
import { keyOf } from '../../shared/conflictChoices.ts';
import type { Reply } from '../../shared/rpc/messages.ts';
import type { Choices, Conflict, ConflictCell } from '../../shared/sharing.ts';
import { fileClient, shell } from '../api/client.ts';
import { type ConflictSource, fileSource } from './conflictSource.ts';
import { useSessionStore } from './sessionStore.ts';
import { write } from './write.ts';

interface ConflictsState {
  count: number;
  /** By instrument, what belongs to it included (its notes). */
  byInstrument: Readonly<Record<string, readonly ConflictCell[]>>;
  /** A new one whenever the conflicts were read anew. */
  source: ConflictSource;
  shownInstrument: string | null;
  /** The conflicts of the instrument that is shown. */
  details: readonly Conflict[];
  load: () => Promise<void>;
  /** Reads what stands against each other in this instrument. */
  show: (instrumentId: string) => Promise<void>;
  decide: (choices: Choices) => Promise<Reply<Output<typeof shellApi, 'conflict.decide'>>>;
  reset: () => void;
}

const fresh = {
  count: 0,
  byInstrument: {} as Readonly<Record<string, readonly ConflictCell[]>>,
  source: fileSource(),
  shownInstrument: null as string | null,
  details: [] as readonly Conflict[],
};

/** Rises with every reading, so that an answer overtaken by another is dropped. */
let generation = 0;

export const useConflictsStore = create<ConflictsState>()((set, get) => {
  const readDetails = async (): Promise<void> => {
    const { shownInstrument: id, byInstrument } = get();
    if (id === null || !byInstrument[id]) {
      if (get().details.length > 0) set({ details: [] });
      return;
    }
    const mine = generation;
    const reply = await fileClient['conflict.ofInstrument']({ id });
    if (mine === generation && get().shownInstrument === id && reply.ok) set({ details: reply.value });
  };
  return {
    ...fresh,
    load: async () => {
      generation += 1;
      const mine = generation;
      const byInstrument: Record<string, ConflictCell[]> = {};
      const reply = await fileClient['conflict.marks']({}, ({ marks }) => {
        if (mine !== generation) return;
        for (const [entity, id, field, instrumentId] of marks) {
          if (instrumentId === null) continue;
          const cell = { entity, id, field };
          const cells = byInstrument[instrumentId];
          if (cells) cells.push(cell);
          else byInstrument[instrumentId] = [cell];
        }
      });
      if (mine !== generation || !reply.ok) return;
      const { total } = reply.value;
      if (total === 0 && get().count === 0) return;
      set({ count: total, byInstrument, source: fileSource() });
      await readDetails();
    },
    show: async (instrumentId) => {
      if (get().shownInstrument !== instrumentId) set({ shownInstrument: instrumentId, details: [] });
      await readDetails();
    },
    decide: async (choices) => {
      const reply = await write(() => shell['conflict.decide']({ choices }));
      if (reply.ok) await get().load();
      return reply;
    },
    reset: () => {
      generation += 1;
      set(fresh);
    },
  };
});

/** The conflict of one cell of the instrument that is shown, if it is in conflict. */
export const conflictOfCell =
  (cell: ConflictCell) =>
  ({ details }: Pick<ConflictsState, 'details'>): Conflict | undefined =>
    details.find((one) => keyOf(one) === keyOf(cell));

useSessionStore.subscribe(({ file }, before) => {
  if (file === before.file) return;
  useConflictsStore.getState().reset();
  if (file && file.info.conflicts > 0) void useConflictsStore.getState().load();
});
