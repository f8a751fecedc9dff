/** The register's rows as the file holds them now. Filled by streamed blocks, kept fresh by the ids of `changed`. */
import { create } from 'zustand';
import type { Input, Written } from '../../shared/api.ts';
import type { InstrumentSummary } from '../../shared/entities/instrument.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Reply } from '../../shared/rpc/messages.ts';
import { type FileApi, fileClient } from '../api/client.ts';
import { usePeopleStore } from './peopleStore.ts';
import { write } from './write.ts';

/** The header and rows of one block of `instrument.list`. */
export interface RowBlock {
  columns: string[];
  rows: (string | number | null)[][];
}

export type InstrumentFields = Input<FileApi, 'instrument.edit'>['fields'];

interface InstrumentsState {
  byId: Readonly<Record<string, InstrumentSummary>>;
  /** By number, as the file lists them. */
  order: readonly string[];
  /** The first screenful is here at 'partial', everything at 'complete'. */
  loaded: 'nothing' | 'partial' | 'complete';

  load: () => Promise<void>;
  refresh: (ids: string[]) => Promise<void>;
  edit: (ids: string[], fields: InstrumentFields) => Promise<Reply<Written>>;
  moveDeadline: (
    ids: string[],
    deadline: InstrumentSummary['deadline'],
    reason?: string | null,
  ) => Promise<Reply<Written>>;
  assignOwner: (ids: string[], side: 'pk' | 'kz', owner: Owner) => Promise<Reply<Written>>;
  remove: (ids: string[]) => Promise<Reply<Written>>;
  reset: () => void;
}

/** An existing person, a new one by name, or nobody. */
export type Owner = { personId: string } | { newName: string } | null;

const fresh = {
  byId: {} as Record<string, InstrumentSummary>,
  order: [] as string[],
  loaded: 'nothing' as InstrumentsState['loaded'],
};

/** Turns one block's arrays into rows. */
export function instrumentsOf({ columns, rows }: RowBlock): InstrumentSummary[] {
  return rows.map((values) => {
    const row: Record<string, string | number | null> = {};
    for (let index = 0; index < columns.length; index += 1) row[columns[index] as string] = values[index] ?? null;
    return row as unknown as InstrumentSummary;
  });
}

/** Ids by number; those without one last, in order of id. */
export function orderOf(byId: Readonly<Record<string, InstrumentSummary>>): string[] {
  return Object.values(byId)
    .sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** How many edits of an instrument are under way: what was read before them must not replace what they show already. */
const openEdits = new Map<string, number>();
const countEdits = (ids: readonly string[], step: 1 | -1) => {
  for (const id of ids) {
    const count = (openEdits.get(id) ?? 0) + step;
    if (count > 0) openEdits.set(id, count);
    else openEdits.delete(id);
  }
};

/** Rises with every load and reset, so that a late answer about another file is dropped. */
let generation = 0;

export const useInstrumentsStore = create<InstrumentsState>()((set, get) => {
  /** Shows the new values at once; takes them back when the file refuses them. */
  const optimistically = async <T>(
    ids: string[],
    change: (instrument: InstrumentSummary) => InstrumentSummary,
    edit: () => Promise<Reply<T>>,
  ): Promise<Reply<T>> => {
    const before: Record<string, InstrumentSummary> = {};
    const after: Record<string, InstrumentSummary> = {};
    for (const id of ids) {
      const instrument = get().byId[id];
      if (!instrument) continue;
      before[id] = instrument;
      after[id] = change(instrument);
    }
    set({ byId: { ...get().byId, ...after } });
    countEdits(ids, 1);
    const reply = await write(edit);
    countEdits(ids, -1);
    if (!reply.ok) set({ byId: { ...get().byId, ...before } });
    return reply;
  };

  return {
    ...fresh,

    load: async () => {
      generation += 1;
      const mine = generation;
      const found: InstrumentSummary[] = [];
      const show = (loaded: InstrumentsState['loaded']) =>
        set({
          byId: Object.fromEntries(found.map((row) => [row.id, row])),
          order: found.map(({ id }) => id),
          loaded,
        });
      // The first block is drawn as soon as it is here; the others are only joined to it once all have come.
      const reply = await fileClient['instrument.list']({}, (block) => {
        if (mine !== generation) return;
        const isFirst = found.length === 0;
        for (const row of instrumentsOf(block)) found.push(row);
        if (isFirst && get().loaded === 'nothing') show('partial');
      });
      if (mine !== generation || !reply.ok) return;
      // Nothing came after the first block: it is all there is, and it is drawn already.
      if (get().loaded === 'partial' && get().order.length === found.length) set({ loaded: 'complete' });
      else show('complete');
    },

    refresh: async (ids) => {
      if (ids.length === 0) return;
      const mine = generation;
      const reply = await fileClient['instrument.rows']({ ids });
      if (!reply.ok || mine !== generation) return;
      const { byId, order } = get();
      const next = { ...byId };
      // Rows that are being edited come again with the event of that edit.
      const settled = ids.filter((id) => !openEdits.has(id));
      for (const id of settled) delete next[id];
      for (const row of instrumentsOf(reply.value)) if (!openEdits.has(row.id)) next[row.id] = row;
      const keepsOrder = settled.every((id) => byId[id] !== undefined && byId[id]?.number === next[id]?.number);
      set({ byId: next, order: keepsOrder ? order : orderOf(next) });
    },

    edit: (ids, fields) =>
      optimistically(
        ids,
        (instrument) => ({ ...instrument, ...fields }) as InstrumentSummary,
        () => fileClient['instrument.edit']({ ids, fields }),
      ),

    moveDeadline: (ids, deadline, reason) =>
      optimistically(
        ids,
        (instrument) => ({
          ...instrument,
          deadline,
          originalDeadline:
            instrument.originalDeadline ?? (deadline === instrument.deadline ? null : instrument.deadline),
          deadlineReason: reason ?? instrument.deadlineReason,
        }),
        () => fileClient['instrument.moveDeadline']({ ids, deadline, reason: reason ?? undefined }),
      ),

    assignOwner: async (ids, side, owner) => {
      const personId = owner && 'personId' in owner ? owner.personId : null;
      const newName = owner && 'newName' in owner ? owner.newName : null;
      const assign = () => fileClient['instrument.assignOwner']({ ids, side, personId, newName });
      const key = side === 'pk' ? 'pkOwnerId' : 'kzOwnerId';
      if (newName === null) return optimistically(ids, (row) => ({ ...row, [key]: personId }), assign);
      // The new person's id is only known to the file: wait until both the person and the rows are here.
      const reply = await write(assign);
      if (reply.ok) await Promise.all([usePeopleStore.getState().load(), get().refresh(ids)]);
      return reply;
    },

    remove: async (ids) => {
      const reply = await write(() => fileClient['instrument.delete']({ ids }));
      if (reply.ok) await get().refresh(ids);
      return reply;
    },

    reset: () => {
      generation += 1;
      set(fresh);
    },
  };
});

/** Error of a reply, or null: what fields and dialogs show. */
export const refusalOf = (reply: Reply<unknown>): AppError | null => (reply.ok ? null : reply.error);
