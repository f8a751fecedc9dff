/** One merge from the choice of files to its report: what would come, what was decided, what became of it. */
import { create } from 'zustand';
import type { LockedCopy, MergeOffer, MergeStep } from '../../shared/api.ts';
import { NO_CHOICES, withChoice, withRule } from '../../shared/conflictChoices.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Reply } from '../../shared/rpc/messages.ts';
import type { Choice, ChoiceRule, Choices, Conflict } from '../../shared/sharing.ts';
import { fileClient, shell } from '../api/client.ts';
import { useConflictsStore } from './conflictsStore.ts';
import { useSessionStore } from './sessionStore.ts';
import { useUiStore } from './uiStore.ts';
import { write } from './write.ts';

export type MergePhase =
  | { kind: 'idle' }
  /** Files are being chosen or looked into. */
  | { kind: 'looking' }
  /** A copy needs its passphrase; `isTrying` while one is tried, or all are looked into after the last. */
  | { kind: 'locked'; copy: LockedCopy; isTrying: boolean }
  | { kind: 'review'; offer: MergeOffer }
  | { kind: 'merging'; offer: MergeOffer }
  /** `choices` are those that were carried out. */
  | { kind: 'done'; merge: MergeOffer; choices: Choices; isTakenBack: boolean };

interface MergeState {
  phase: MergePhase;
  choices: Choices;
  problem: AppError | null;
  /** Asked to stop; the answer is on its way. */
  isStopping: boolean;
  choose: () => Promise<void>;
  offered: (offer: MergeOffer) => void;
  locked: (copy: LockedCopy) => void;
  unlock: (passphrase: string) => Promise<void>;
  /** Leaves the locked copy out. */
  skip: () => Promise<void>;
  setChoice: (conflict: Conflict, choice: Choice | null) => void;
  setAll: (rule: ChoiceRule) => void;
  run: () => Promise<void>;
  stop: () => void;
  takeBack: () => Promise<AppError | null>;
  leave: () => void;
  reset: () => void;
}

const fresh = {
  phase: { kind: 'idle' } as MergePhase,
  choices: NO_CHOICES,
  problem: null as AppError | null,
  isStopping: false,
};

export const useMergeStore = create<MergeState>()((set, get) => {
  const show = () => useUiStore.getState().go({ page: 'sharing' });
  /** Who stopped it knows. */
  const problemOf = (error: AppError): AppError | null => (error.code === 'cancelled' ? null : error);
  const follow = ({ merge, locked }: MergeStep) => {
    if (merge) get().offered(merge);
    else if (locked) get().locked(locked);
    else set(fresh);
  };
  /** Answers the question for a passphrase; what comes of it may be the same question, with the reason. */
  const answer = async (call: (copy: LockedCopy) => Promise<Reply<MergeStep>>): Promise<void> => {
    const { phase } = get();
    if (phase.kind !== 'locked') return;
    const { copy } = phase;
    set({ phase: { kind: 'locked', copy: { ...copy, problem: null }, isTrying: true } });
    const reply = await call(copy);
    const { phase: now } = get();
    if (now.kind !== 'locked' || now.copy.token !== copy.token) return;
    if (reply.ok) follow(reply.value);
    else set({ ...fresh, problem: problemOf(reply.error) });
  };
  return {
    ...fresh,
    choose: async () => {
      const { phase } = get();
      if (phase.kind === 'looking' || phase.kind === 'merging') return show();
      set({ ...fresh, phase: { kind: 'looking' } });
      show();
      const reply = await shell['merge.choose']({});
      if (get().phase.kind !== 'looking') return;
      if (!reply.ok) set({ ...fresh, problem: problemOf(reply.error) });
      else follow(reply.value);
    },
    offered: (offer) => {
      // What is being carried out is not swept away by what is dropped on it.
      if (get().phase.kind === 'merging') return;
      set({ ...fresh, phase: { kind: 'review', offer } });
      show();
    },
    locked: (copy) => {
      if (get().phase.kind === 'merging') return;
      set({ ...fresh, phase: { kind: 'locked', copy, isTrying: false } });
      show();
    },
    unlock: (passphrase) => answer(({ token }) => shell['merge.unlock']({ token, passphrase })),
    skip: () => answer(({ token }) => shell['merge.skip']({ token })),
    setChoice: (conflict, choice) => set({ choices: withChoice(get().choices, conflict, choice), problem: null }),
    setAll: (rule) => set({ choices: withRule(get().choices, rule), problem: null }),
    run: async () => {
      const { phase, choices } = get();
      if (phase.kind !== 'review') return;
      const { offer } = phase;
      set({ phase: { kind: 'merging', offer }, problem: null });
      const reply = await write(() => shell['merge.run']({ token: offer.token, choices }));
      if (!reply.ok) {
        // Still on offer: what was decided is kept for the next try.
        set({ phase: { kind: 'review', offer }, problem: problemOf(reply.error), isStopping: false });
        return;
      }
      set({ ...fresh, phase: { kind: 'done', merge: reply.value, choices, isTakenBack: false } });
      void useConflictsStore.getState().load();
    },
    stop: () => {
      set({ isStopping: true });
      void shell['task.cancel']({});
    },
    takeBack: async () => {
      const { phase } = get();
      if (phase.kind !== 'done') return null;
      const reply = await write(() => fileClient['undo.last']({}));
      if (!reply.ok) return reply.error;
      set({ phase: { ...phase, isTakenBack: true } });
      void useConflictsStore.getState().load();
      return null;
    },
    leave: () => {
      set(fresh);
      void shell['merge.leave']({});
    },
    reset: () => set(fresh),
  };
});

useSessionStore.subscribe(({ file }, before) => {
  if (file !== before.file) useMergeStore.getState().reset();
});
