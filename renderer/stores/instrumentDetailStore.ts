/** What only the page of one instrument needs: long texts, supporting bodies, notes, and what is being written. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { InstrumentDetail, Output, Written } from '../../shared/api.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Reply } from '../../shared/rpc/messages.ts';
import { type FileApi, fileClient } from '../api/client.ts';
import { type InstrumentFields, useInstrumentsStore } from './instrumentsStore.ts';
import { useSessionStore } from './sessionStore.ts';
import { write } from './write.ts';

interface InstrumentDetailState {
  id: string | null;
  detail: InstrumentDetail | null;
  problem: AppError | null;
  /** Texts begun and not yet saved: of a new note by the instrument's id, of an edited note by its own. */
  drafts: Readonly<Record<string, string>>;

  open: (id: string) => Promise<void>;
  refresh: () => Promise<void>;
  edit: (fields: InstrumentFields) => Promise<Reply<Written>>;
  setSupportingBodies: (bodyIds: string[]) => Promise<Reply<Written>>;
  setDraft: (key: string, text: string | null) => void;
  addNote: (text: string) => Promise<Reply<Output<FileApi, 'note.add'>>>;
  editNote: (id: string, text: string) => Promise<Reply<Written>>;
  pinNote: (id: string, isPinned: boolean) => Promise<Reply<Written>>;
  deleteNote: (id: string) => Promise<Reply<Written>>;
  reset: () => void;
}

const fresh = {
  id: null as string | null,
  detail: null as InstrumentDetail | null,
  problem: null as AppError | null,
  drafts: {} as Readonly<Record<string, string>>,
};

export const useInstrumentDetailStore = create<InstrumentDetailState>()(
  persist(
    (set, get) => {
      const read = async (id: string) => {
        const reply = await fileClient['instrument.get']({ id });
        // Somebody may have gone on to the next instrument while this one was read.
        if (get().id !== id) return;
        if (reply.ok) set({ detail: reply.value, problem: null });
        else set({ detail: null, problem: reply.error });
      };
      /** Runs an edit of the open instrument and shows its outcome even before the file's event has come round. */
      const thenRefresh = async <T>(edit: () => Promise<Reply<T>>): Promise<Reply<T>> => {
        const reply = await write(edit);
        if (reply.ok) await get().refresh();
        return reply;
      };

      return {
        ...fresh,
        open: async (id) => {
          if (get().id !== id) set({ id, detail: null, problem: null });
          await read(id);
        },
        refresh: async () => {
          const { id } = get();
          if (id !== null) await read(id);
        },
        edit: async (fields) => {
          const { id } = get();
          if (id === null) return { ok: true, value: { batch: null } };
          const reply = await useInstrumentsStore.getState().edit([id], fields);
          const { detail } = get();
          if (reply.ok && detail?.instrument.id === id)
            set({ detail: { ...detail, instrument: { ...detail.instrument, ...fields } as typeof detail.instrument } });
          return reply;
        },
        setSupportingBodies: (bodyIds) =>
          thenRefresh(() => fileClient['instrument.setSupportingBodies']({ id: get().id ?? '', bodyIds })),
        setDraft: (key, text) => {
          const { [key]: _, ...others } = get().drafts;
          set({ drafts: text === null ? others : { ...others, [key]: text } });
        },
        addNote: async (text) => {
          const instrumentId = get().id ?? '';
          const reply = await thenRefresh(() => fileClient['note.add']({ instrumentId, text }));
          if (reply.ok) get().setDraft(instrumentId, null);
          return reply;
        },
        editNote: async (id, text) => {
          const reply = await thenRefresh(() => fileClient['note.edit']({ id, text }));
          if (reply.ok) get().setDraft(id, null);
          return reply;
        },
        pinNote: (id, isPinned) => thenRefresh(() => fileClient['note.pin']({ id, isPinned })),
        deleteNote: (id) => thenRefresh(() => fileClient['note.delete']({ id })),
        reset: () => set({ id: null, detail: null, problem: null }),
      };
    },
    // On this computer only, so that neither another file nor the end of the program loses what was begun.
    { name: 'note-drafts', version: 1, partialize: ({ drafts }) => ({ drafts }) },
  ),
);

useSessionStore.subscribe(({ file }, before) => {
  if (file !== before.file) useInstrumentDetailStore.getState().reset();
});
