/** Several rows at once: toggled one by one, extended from where one began, or all that are shown. */
import { useRef } from 'react';
import { useUiStore } from '../../stores/uiStore.ts';
import { idsBetween } from './gridCursor.ts';

export interface RowSelection {
  selectedIds: ReadonlySet<string>;
  state: 'none' | 'some' | 'all';
  toggle: (id: string) => void;
  /** From the row where selecting began to this one. */
  extendTo: (id: string) => void;
  /** A step with Shift held: the first one begins at `from`. */
  extend: (from: string, to: string) => void;
  /** All; nothing when all are selected already. True, for keys: handled. */
  selectAll: () => boolean;
  /** False when nothing was selected, so that the key can mean something else. */
  clear: () => boolean;
}

export function useRowSelection(shownIds: readonly string[]): RowSelection {
  const selectedIds = useUiStore((s) => s.selectedIds);
  const select = useUiStore((s) => s.select);
  const anchor = useRef<string | null>(null);

  const extendTo = (id: string) => {
    anchor.current ??= id;
    select(new Set(idsBetween(shownIds, anchor.current, id)));
  };
  const areAll = selectedIds.size > 0 && selectedIds.size >= shownIds.length;
  return {
    selectedIds,
    state: selectedIds.size === 0 ? 'none' : areAll ? 'all' : 'some',
    toggle: (id) => {
      anchor.current = id;
      const next = new Set(selectedIds);
      if (!next.delete(id)) next.add(id);
      select(next);
    },
    extendTo,
    extend: (from, to) => {
      // Headings of groups lie between rows but are none: selecting begins at the first row met and passes over them.
      if (!shownIds.includes(to)) return;
      const isBegun = selectedIds.size > 0 && anchor.current !== null && shownIds.includes(anchor.current);
      if (!isBegun) anchor.current = shownIds.includes(from) ? from : to;
      extendTo(to);
    },
    selectAll: () => {
      select(new Set(areAll ? [] : shownIds));
      return true;
    },
    clear: () => {
      anchor.current = null;
      if (selectedIds.size === 0) return false;
      select(new Set());
      return true;
    },
  };
}
