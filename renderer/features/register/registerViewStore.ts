/** How this user likes to see the register: columns, order, groups. Kept on this computer, never in the file. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { COLUMN_IDS, type ColumnId, isColumnId, PINNED, USUAL_VISIBILITY } from './registerColumns.ts';
import { GROUPINGS, type Grouping, type Sorting } from './registerOrder.ts';

interface RegisterView {
  /** Every column, shown or not. */
  order: ColumnId[];
  visibility: Record<string, boolean>;
  /** Only the widths that somebody has changed. */
  widths: Record<string, number>;
  sorting: Sorting | null;
  grouping: Grouping;
  folded: string[];
}

interface RegisterViewState extends RegisterView {
  setVisible: (id: ColumnId, isVisible: boolean) => void;
  setWidths: (widths: Record<string, number>) => void;
  /** One place towards the start (-1) or the end (1), past the columns that are not shown. */
  move: (id: ColumnId, step: -1 | 1) => void;
  /** Ascending, descending, and back to the order of the numbers. */
  toggleSort: (columnId: ColumnId) => void;
  setGrouping: (grouping: Grouping) => void;
  toggleFolded: (key: string) => void;
  resetColumns: () => void;
}

const fresh: RegisterView = {
  order: [...COLUMN_IDS],
  visibility: { ...USUAL_VISIBILITY },
  widths: {},
  sorting: null,
  grouping: 'none',
  folded: [],
};

/** What was stored may come from another version: unknown columns go, new ones join at the end. */
export function repairView(stored: Partial<RegisterView>): RegisterView {
  const order = (Array.isArray(stored.order) ? stored.order : []).filter(isColumnId);
  return {
    order: [...new Set([...PINNED, ...order, ...COLUMN_IDS])],
    visibility: { ...USUAL_VISIBILITY, ...stored.visibility },
    widths: { ...stored.widths },
    sorting: stored.sorting && isColumnId(stored.sorting.columnId) ? stored.sorting : null,
    grouping: GROUPINGS.find((grouping) => grouping === stored.grouping) ?? 'none',
    folded: Array.isArray(stored.folded) ? stored.folded : [],
  };
}

export const useRegisterViewStore = create<RegisterViewState>()(
  persist(
    (set, get) => ({
      ...fresh,
      setVisible: (id, isVisible) => set({ visibility: { ...get().visibility, [id]: isVisible } }),
      setWidths: (widths) => set({ widths }),
      move: (id, step) => {
        const order = [...get().order];
        const movable = order.filter((other) => !PINNED.includes(other) && get().visibility[other]);
        const neighbour = movable[movable.indexOf(id) + step];
        if (neighbour === undefined) return;
        order.splice(order.indexOf(id), 1);
        order.splice(order.indexOf(neighbour) + (step > 0 ? 1 : 0), 0, id);
        set({ order });
      },
      toggleSort: (columnId) => {
        const { sorting } = get();
        if (sorting?.columnId !== columnId) set({ sorting: { columnId, isDescending: false } });
        else set({ sorting: sorting.isDescending ? null : { columnId, isDescending: true } });
      },
      setGrouping: (grouping) => set({ grouping }),
      toggleFolded: (key) => {
        const { folded } = get();
        set({ folded: folded.includes(key) ? folded.filter((other) => other !== key) : [...folded, key] });
      },
      resetColumns: () =>
        set({ order: [...COLUMN_IDS], visibility: { ...USUAL_VISIBILITY }, widths: {}, sorting: null }),
    }),
    {
      name: 'register-view',
      version: 1,
      merge: (stored, current) => ({ ...current, ...repairView((stored ?? {}) as Partial<RegisterView>) }),
    },
  ),
);
