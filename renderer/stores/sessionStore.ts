/** The open file, who works with it, and whether the last edit has reached the disk. */
import { create } from 'zustand';
import type { OpenFile, Output, Preferences, Profile, RecentFile, UndoState } from '../../shared/api.ts';
import type { AppError } from '../../shared/errors.ts';
import { type ShellApi, shell } from '../api/client.ts';
import { errorText } from '../text/i18n.ts';
import { useUiStore } from './uiStore.ts';

export type SavedState = { kind: 'idle' } | { kind: 'saving' } | { kind: 'saved'; at: number } | { kind: 'failed' };

interface SessionState {
  /** False until main has told who and what is here; nothing is drawn before. */
  isStarted: boolean;
  version: string;
  platform: string;
  locale: string;
  profile: Profile | null;
  preferences: Preferences;
  file: OpenFile | null;
  /** Why a file could not be opened, told on the welcome page. */
  problem: AppError | null;
  /** The open file turned out to be damaged. */
  damage: AppError | null;
  recent: RecentFile[];
  saved: SavedState;
  undo: UndoState;
  isDatabaseLost: boolean;
  /** A file dialog or an opening is under way. */
  isOpening: boolean;

  start: (found: Output<ShellApi, 'app.start'>) => void;
  fileOpened: (file: OpenFile) => void;
  fileClosed: () => Promise<void>;
  setProblem: (problem: AppError | null) => void;
  fileDamaged: (damage: AppError) => void;
  /** Closes the damaged file; the welcome page says what is left of it. */
  leaveDamaged: () => Promise<AppError | null>;
  setSaved: (saved: SavedState) => void;
  setUndo: (undo: UndoState) => void;
  setDatabaseLost: (isLost: boolean) => void;
  saveProfile: (profile: Profile) => Promise<AppError | null>;
  savePreferences: (preferences: Partial<Preferences>) => void;
  newFile: (from: 'register' | 'empty') => Promise<void>;
  openFile: () => Promise<void>;
  openRecent: (token: string) => Promise<void>;
  forgetRecent: (token: string) => void;
  reset: () => void;
}

const NO_UNDO: UndoState = { undo: null, redo: null };

const fresh = {
  isStarted: false,
  version: '',
  platform: '',
  locale: 'en',
  profile: null as Profile | null,
  preferences: { colorScheme: 'auto', density: 'comfortable' } as Preferences,
  file: null as OpenFile | null,
  problem: null as AppError | null,
  damage: null as AppError | null,
  recent: [] as RecentFile[],
  saved: { kind: 'idle' } as SavedState,
  undo: NO_UNDO,
  isDatabaseLost: false,
  isOpening: false,
};

export const useSessionStore = create<SessionState>()((set, get) => {
  const open = async (call: () => ReturnType<(typeof shell)['file.open']>) => {
    set({ isOpening: true, problem: null });
    const reply = await call();
    set({ isOpening: false });
    if (!reply.ok) {
      // A file that stays open has no welcome page to say it; a passphrase is asked for on any page.
      if (get().file && reply.error.code !== 'file-encrypted')
        useUiStore.getState().tellProblem(errorText(reply.error));
      else set({ problem: reply.error });
    }
    if (reply.ok && reply.value.file) get().fileOpened(reply.value.file);
  };
  return {
    ...fresh,
    start: (found) => set({ ...found, isStarted: true }),
    // Main answers the call and tells the event: whichever comes second finds the same file and changes nothing.
    fileOpened: (file) => {
      if (JSON.stringify(file) !== JSON.stringify(get().file))
        set({ file, problem: null, damage: null, saved: { kind: 'idle' }, undo: NO_UNDO });
    },
    fileClosed: async () => {
      set({ file: null, damage: null, saved: { kind: 'idle' }, undo: NO_UNDO });
      const found = await shell['app.start']({});
      if (found.ok) set({ recent: found.value.recent });
    },
    setProblem: (problem) => set({ problem }),
    fileDamaged: (damage) => {
      // Once; the status bar goes on saying it.
      if (get().damage === null && get().file) useUiStore.getState().openDialog({ kind: 'damaged' });
      set({ damage });
    },
    leaveDamaged: async () => {
      const { damage } = get();
      const reply = await shell['damage.leave']({});
      if (!reply.ok) return reply.error;
      set({ problem: damage });
      return null;
    },
    setSaved: (saved) => set({ saved }),
    setUndo: (undo) => set({ undo }),
    setDatabaseLost: (isDatabaseLost) => set({ isDatabaseLost }),
    saveProfile: async (profile) => {
      const reply = await shell['profile.save'](profile);
      if (!reply.ok) return reply.error;
      set({ profile });
      return null;
    },
    savePreferences: (changed) => {
      const preferences = { ...get().preferences, ...changed };
      set({ preferences });
      void shell['preferences.save'](preferences);
    },
    newFile: (from) => open(() => shell['file.new']({ from })),
    openFile: () => open(() => shell['file.open']({})),
    openRecent: (token) => open(() => shell['file.openRecent']({ token })),
    forgetRecent: (token) => {
      set({ recent: get().recent.filter((file) => file.token !== token) });
      void shell['file.forgetRecent']({ token });
    },
    reset: () => set(fresh),
  };
});
