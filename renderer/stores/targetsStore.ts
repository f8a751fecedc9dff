/** Headline targets of the open file, in the register's order. */
import { create } from 'zustand';
import type { Input, Written } from '../../shared/api.ts';
import type { Target } from '../../shared/entities/target.ts';
import type { Reply } from '../../shared/rpc/messages.ts';
import { type FileApi, fileClient } from '../api/client.ts';
import { useSessionStore } from './sessionStore.ts';
import { write } from './write.ts';

type TargetFields = Input<FileApi, 'target.edit'>['fields'];

interface TargetsState {
  targets: readonly Target[];
  isLoaded: boolean;
  load: () => Promise<void>;
  edit: (id: string, fields: TargetFields) => Promise<Reply<Written>>;
  reset: () => void;
}

const fresh = { targets: [] as readonly Target[], isLoaded: false };

export const useTargetsStore = create<TargetsState>()((set, get) => ({
  ...fresh,
  load: async () => {
    const reply = await fileClient['target.list']({});
    if (reply.ok) set({ targets: reply.value, isLoaded: true });
  },
  edit: async (id, fields) => {
    const reply = await write(() => fileClient['target.edit']({ id, fields }));
    if (reply.ok) await get().load();
    return reply;
  },
  reset: () => set(fresh),
}));

useSessionStore.subscribe(({ file }, before) => {
  if (file !== before.file) useTargetsStore.getState().reset();
});
