/** What is never saved to the file: the page, the register's filter and selection, open dialogs, toasts. */
import { create } from 'zustand';
import type { CopyOffer } from '../../shared/api.ts';
import type { RegisterFilter } from '../../shared/rules/registerFilter.ts';

export const PAGES = ['today', 'register', 'activity', 'people', 'sharing'] as const;
export type Page = (typeof PAGES)[number];
export type Route = { page: Page } | { page: 'instrument'; id: string };

export type Dialog =
  | { kind: 'export-csv' }
  | { kind: 'export-pdf' }
  | { kind: 'profile' }
  | { kind: 'new-instrument' }
  | { kind: 'delete-instruments'; ids: string[] }
  | { kind: 'copy-offered'; offer: CopyOffer }
  | { kind: 'damaged' }
  | { kind: 'help' };

export interface Toast {
  id: number;
  text: string;
  /** A problem stays until it is closed; everything else goes by itself. */
  isProblem: boolean;
  actions: { label: string; run: () => void }[];
}

interface UiState {
  route: Route;
  filter: RegisterFilter;
  /** What is typed into the register's own search; its answer is `filter.ids`. */
  registerSearch: string;
  selectedIds: ReadonlySet<string>;
  dialog: Dialog | null;
  isSearchOpen: boolean;
  toasts: Toast[];
  go: (route: Route) => void;
  /** Leads to the register with exactly this filter: what every number on the first screen does. */
  openRegister: (filter: RegisterFilter) => void;
  setFilter: (filter: RegisterFilter) => void;
  setRegisterSearch: (text: string) => void;
  select: (ids: ReadonlySet<string>) => void;
  openDialog: (dialog: Dialog) => void;
  closeDialog: () => void;
  setSearchOpen: (isOpen: boolean) => void;
  tell: (text: string, ...actions: Toast['actions']) => void;
  tellProblem: (text: string) => void;
  dropToast: (id: number) => void;
  reset: () => void;
}

const NOTHING: ReadonlySet<string> = new Set();

/** "#/instrument/<id>" or "#/register"; anything else is the register. */
export function routeOfHash(hash: string): Route {
  const [, page, id] = hash.split('/');
  if (page === 'instrument' && id) return { page, id };
  return { page: PAGES.find((known) => known === page) ?? 'register' };
}

export const hashOfRoute = (route: Route): string =>
  route.page === 'instrument' ? `#/instrument/${route.id}` : `#/${route.page}`;

const fresh = () => ({
  route: routeOfHash(window.location.hash),
  filter: {} as RegisterFilter,
  registerSearch: '',
  selectedIds: NOTHING,
  dialog: null as Dialog | null,
  isSearchOpen: false,
  toasts: [] as Toast[],
});

let lastToastId = 0;

export const useUiStore = create<UiState>()((set, get) => {
  const addToast = (text: string, isProblem: boolean, actions: Toast['actions']) => {
    lastToastId += 1;
    set({ toasts: [...get().toasts.slice(-2), { id: lastToastId, text, isProblem, actions }] });
  };
  return {
    ...fresh(),
    // The address keeps the page, so that back, forward and a reload return to it; see followHash.
    go: (route) => {
      window.location.hash = hashOfRoute(route);
      set({ route });
    },
    openRegister: (filter) => {
      set({ filter, registerSearch: '', selectedIds: NOTHING });
      get().go({ page: 'register' });
    },
    setFilter: (filter) => set({ filter, selectedIds: NOTHING }),
    setRegisterSearch: (registerSearch) => set({ registerSearch }),
    select: (selectedIds) => set({ selectedIds }),
    openDialog: (dialog) => set({ dialog }),
    closeDialog: () => set({ dialog: null }),
    setSearchOpen: (isSearchOpen) => set({ isSearchOpen }),
    tell: (text, ...actions) => addToast(text, false, actions),
    tellProblem: (text) => addToast(text, true, []),
    dropToast: (id) => set({ toasts: get().toasts.filter((toast) => toast.id !== id) }),
    reset: () => set({ ...fresh(), route: { page: 'register' } }),
  };
});

/** Back and forward change the address; the page follows. */
export function followHash(): void {
  window.addEventListener('hashchange', () => useUiStore.setState({ route: routeOfHash(window.location.hash) }));
}
