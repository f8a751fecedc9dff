/** The grid's columns as TanStack Table keeps them, and their widths as variables that cells read. */
import { useTable } from '@tanstack/react-table';
import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import { type ColumnId, columns as definitions, features, PINNED } from './registerColumns.ts';
import type { RegisterRow } from './registerRows.ts';
import { useRegisterViewStore } from './registerViewStore.ts';

const NO_ROWS: RegisterRow[] = [];
const TITLE_MIN_PX = 280;
const TITLE_MAX_PX = 640;

export function useGridColumns(gridRef: RefObject<HTMLElement | null>) {
  const order = useRegisterViewStore((s) => s.order);
  const visibility = useRegisterViewStore((s) => s.visibility);
  const widths = useRegisterViewStore((s) => s.widths);
  const { setWidths } = useRegisterViewStore.getState();
  const gridPx = useWidth(gridRef);

  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    state: {
      columnOrder: order,
      columnVisibility: visibility,
      columnSizing: widths,
      columnPinning: { start: PINNED, end: [] },
    },
    columnResizeMode: 'onChange',
    columnResizeDirection: document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr',
    onColumnSizingChange: (change) =>
      setWidths(typeof change === 'function' ? change(useRegisterViewStore.getState().widths) : change),
  });

  const visible = table.getVisibleLeafColumns();
  const columnKey = visible.map((column) => column.id).join(' ');
  const columns = useMemo(() => columnKey.split(' ') as ColumnId[], [columnKey]);

  const sizes = visible.map((column) => [column.id as ColumnId, column.getSize()] as const);
  const variables = variablesOf(sizes, gridPx, widths.title === undefined);
  return { table, columns, variables };
}

/**
 * Widths (`--w-*`) and the places of the pinned columns (`--s-*`). As long as nobody has set it, the title takes the room
 * that the other columns leave.
 */
export function variablesOf(
  sizes: readonly (readonly [ColumnId, number])[],
  gridPx: number,
  isTitleFree: boolean,
): Record<string, string> {
  const variables: Record<string, string> = {};
  const others = sizes.reduce((sum, [id, px]) => (id === 'title' ? sum : sum + px), 0);
  let all = 0;
  for (const [id, px] of sizes) {
    const isFree = id === 'title' && isTitleFree && gridPx > 0;
    const width = isFree ? Math.max(TITLE_MIN_PX, Math.min(TITLE_MAX_PX, gridPx - others)) : px;
    variables[`--w-${id}`] = `${width}px`;
    if (PINNED.includes(id)) variables[`--s-${id}`] = `${all}px`;
    all += width;
  }
  variables['--w-all'] = `${all}px`;
  return variables;
}

/** Inner width of an element, followed as it changes. */
function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
