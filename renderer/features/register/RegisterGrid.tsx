/**
 * The register as a grid with a cursor, as in Excel: arrows move, Enter opens, F2 edits, Space selects, Esc leaves. Only
 * the rows in sight exist; the grid itself holds the focus and tells the cursor by aria-activedescendant.
 */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot hold only the rows in sight; the roles say what it is
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsableMark } from '../../hooks/useUsableMark.ts';
import { useConflictsStore } from '../../stores/conflictsStore.ts';
import { useInconsistenciesStore } from '../../stores/inconsistenciesStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { CellEditor } from './CellEditor.tsx';
import { GridHeader, HEADER_KEY } from './GridHeader.tsx';
import { cellId, GridRow } from './GridRow.tsx';
import { GroupRow } from './GroupRow.tsx';
import { type GridKey, movedCursor } from './gridCursor.ts';
import styles from './RegisterGrid.module.css';
import { type ColumnId, EDITORS } from './registerColumns.ts';
import type { GridItem } from './registerOrder.ts';
import { useRegisterViewStore } from './registerViewStore.ts';
import { useGridColumns } from './useGridColumns.ts';
import { useRowSelection } from './useRowSelection.ts';

const ROW_PX = { comfortable: 36, compact: 28 };
const HEAD_PX = 33;

interface Cursor {
  /** Id of the instrument, key of the group, or HEADER_KEY. */
  key: string;
  columnId: ColumnId;
}

/** Where the cursor was, so that coming back from an instrument leads to its row. */
let lastCursor: Cursor | null = null;

interface RegisterGridProps {
  items: readonly GridItem[];
  shownIds: readonly string[];
}

export function RegisterGrid({ items, shownIds }: RegisterGridProps) {
  const { t } = useTranslation();
  const density = useSessionStore((s) => s.preferences.density);
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? false);
  const sorting = useRegisterViewStore((s) => s.sorting);
  const grouping = useRegisterViewStore((s) => s.grouping);
  const conflictsOf = useConflictsStore((s) => s.byInstrument);
  const unsettledOf = useInconsistenciesStore((s) => s.byInstrument);
  const { toggleSort, toggleFolded } = useRegisterViewStore.getState();
  const { go, openDialog } = useUiStore.getState();

  const gridRef = useRef<HTMLDivElement>(null);
  const { table, columns, variables } = useGridColumns(gridRef);
  const [wanted, setWanted] = useState<Cursor | null>(lastCursor);
  const [editing, setEditing] = useState<Cursor | null>(null);
  const selection = useRowSelection(shownIds);

  const rowPx = ROW_PX[density];
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    // The header covers the first pixels of what is in sight.
    scrollPaddingEnd: HEAD_PX,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measures anew when the height of rows changes
  useEffect(() => virtualizer.measure(), [rowPx]);

  useUsableMark(virtualizer.getVirtualItems().length > 0);

  const indexByKey = useMemo(() => new Map(items.map((item, index) => [item.key, index])), [items]);
  const indexOf = (key: string): number => (key === HEADER_KEY ? -1 : (indexByKey.get(key) ?? -1));

  const cursor = useSteadyCursor(wanted, items, indexByKey);
  const setCursor = (next: Cursor | null) => {
    lastCursor = next;
    setWanted(next);
  };
  /** Moves the cursor and brings it into sight. */
  const moveTo = (item: number, columnId: ColumnId) => {
    const key = item < 0 ? HEADER_KEY : items[item]?.key;
    if (key === undefined) return;
    setCursor({ key, columnId });
    if (item >= 0) virtualizer.scrollToIndex(item);
    showColumn(gridRef.current, columnId, variables);
  };

  // The keyboard works at once, and where one left off.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page appears
  useEffect(() => {
    gridRef.current?.focus({ preventScroll: true });
    const index = lastCursor ? indexByKey.get(lastCursor.key) : undefined;
    if (index !== undefined) virtualizer.scrollToIndex(index, { align: 'center' });
  }, []);

  const edit = (at: Cursor) => {
    if (isReadOnly || !EDITORS[at.columnId] || items[indexOf(at.key)]?.kind !== 'row') return;
    setCursor(at);
    setEditing(at);
  };
  const leaveEditor = () => {
    setEditing(null);
    gridRef.current?.focus({ preventScroll: true });
  };
  const open = (key: string) => {
    const item = items[indexOf(key)];
    if (item?.kind === 'row') go({ page: 'instrument', id: item.key });
    else if (item?.kind === 'group') toggleFolded(item.key);
  };

  const move = (event: GridKey & { shiftKey: boolean }): boolean => {
    const from = { item: cursor ? indexOf(cursor.key) : -1, column: cursor ? columns.indexOf(cursor.columnId) : 0 };
    const to = movedCursor(from, event, {
      items: items.length,
      columns: columns.length,
      page: Math.max(1, Math.floor(((gridRef.current?.clientHeight ?? 0) - HEAD_PX) / rowPx) - 1),
      isRtl: document.documentElement.dir === 'rtl',
    });
    if (to === null) return false;
    const columnId = columns[to.column] ?? 'title';
    const [wasKey, isKey] = [items[from.item]?.key, items[to.item]?.key];
    if (event.shiftKey && wasKey !== undefined && isKey !== undefined) selection.extend(wasKey, isKey);
    moveTo(to.item, columnId);
    return true;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Keys in an editor or on a control inside the grid are not the grid's.
    if (event.target !== event.currentTarget || event.altKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const at = cursor ?? { key: items[0]?.key ?? HEADER_KEY, columnId: 'title' as ColumnId };
    const item = items[indexOf(at.key)];
    const handled = (): boolean => {
      if (isCommand && event.code === 'KeyA') return selection.selectAll();
      if (event.key === ' ') {
        if (at.key === HEADER_KEY) return selection.selectAll();
        if (item?.kind === 'row') event.shiftKey ? selection.extendTo(item.key) : selection.toggle(item.key);
        return true;
      }
      if (event.key === 'Enter' && !isCommand) {
        if (at.key !== HEADER_KEY) open(at.key);
        else if (at.columnId === 'select') selection.selectAll();
        else toggleSort(at.columnId);
        return true;
      }
      if (event.key === 'F2') {
        edit(at);
        return true;
      }
      if (event.key === 'Escape') return selection.clear();
      if (event.key === 'Delete' && !isReadOnly) {
        const ids =
          selection.selectedIds.size > 0 ? [...selection.selectedIds] : item?.kind === 'row' ? [item.key] : [];
        if (ids.length > 0) openDialog({ kind: 'delete-instruments', ids });
        return true;
      }
      if (item?.kind === 'group' && (event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !isCommand) {
        const isOpening = (event.key === 'ArrowRight') === (document.documentElement.dir !== 'rtl');
        if (isOpening === item.isFolded) toggleFolded(item.key);
        return true;
      }
      return move({ key: event.key, ctrlKey: isCommand, shiftKey: event.shiftKey });
    };
    if (handled()) event.preventDefault();
  };

  const onClick = (event: MouseEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement;
    const key = target.closest<HTMLElement>('[data-key]')?.dataset.key;
    const cell = target.closest<HTMLElement>('[data-column]');
    // Portals of an open editor bubble here too; they lie outside the grid's own element.
    if (key === undefined || !cell || !event.currentTarget.contains(target) || editing?.key === key) return;
    const columnId = cell.dataset.column as ColumnId;
    const at = { key, columnId };
    const item = items[indexOf(key)];
    if (item?.kind === 'group') {
      setCursor(at);
      toggleFolded(key);
      return;
    }
    const isSecond = cursor?.key === key && cursor.columnId === columnId;
    setCursor(at);
    if (event.shiftKey) selection.extendTo(key);
    else if (event.ctrlKey || event.metaKey || columnId === 'select') selection.toggle(key);
    else if (target.closest('[data-opens]')) open(key);
    else if (isSecond || cell.querySelector(`.${styles.emptyWord}, .${styles.faintWord}`)) edit(at);
  };

  return (
    <div
      ref={gridRef}
      role="grid"
      className={styles.grid}
      tabIndex={0}
      aria-label={t('register.grid')}
      aria-rowcount={items.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-activedescendant={cursor ? cellId(cursor.key, activeColumn(cursor, items, indexOf)) : undefined}
      style={{ ...variables, '--row': `${rowPx}px` } as CSSProperties}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onMouseDown={(event) => {
        // A box that is ticked leaves the focus, and with it the keyboard, to the grid.
        if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'checkbox') return;
        event.preventDefault();
        event.currentTarget.focus({ preventScroll: true });
      }}
      onCopy={(event) => {
        // Ctrl+C on the grid copies the cell; inside an editor it is the editor's.
        if (event.target instanceof HTMLInputElement || cursor === null) return;
        const cell = document.getElementById(cellId(cursor.key, cursor.columnId));
        event.clipboardData.setData('text/plain', cell?.textContent ?? '');
        event.preventDefault();
      }}
      onFocus={(event) => {
        const first = items[0];
        if (event.target === event.currentTarget && cursor === null && first)
          setCursor({ key: first.key, columnId: 'title' });
      }}
    >
      <GridHeader
        table={table}
        sorting={sorting}
        cursor={cursor?.key === HEADER_KEY ? cursor.columnId : null}
        selection={selection.state}
        onSelectAll={selection.selectAll}
        onSort={toggleSort}
        onPress={() => gridRef.current?.focus({ preventScroll: true })}
      />
      <div role="rowgroup" className={styles.body} style={{ blockSize: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          if (!item) return null;
          if (item.kind === 'group')
            return (
              <GroupRow
                key={item.key}
                item={item}
                grouping={grouping}
                ariaRowIndex={index + 2}
                top={start}
                hasCursor={cursor?.key === item.key}
              />
            );
          const editingHere = editing?.key === item.key ? editing.columnId : null;
          return (
            <GridRow
              key={item.key}
              row={item.row}
              columns={columns}
              ariaRowIndex={index + 2}
              top={start}
              isSelected={selection.selectedIds.has(item.key)}
              conflicts={conflictsOf[item.key]}
              unsettled={unsettledOf[item.key]}
              cursor={cursor?.key === item.key ? cursor.columnId : null}
              editing={editingHere}
              editor={
                editingHere && (
                  <CellEditor instrument={item.row.instrument} columnId={editingHere} onLeave={leaveEditor} />
                )
              }
            />
          );
        })}
      </div>
    </div>
  );
}

/** When the cursor's row goes (deleted, filtered away), the cursor stays where it was and so on the row that moved up. */
function useSteadyCursor(
  wanted: Cursor | null,
  items: readonly GridItem[],
  indexByKey: ReadonlyMap<string, number>,
): Cursor | null {
  const lastIndex = useRef(0);
  if (wanted === null || wanted.key === HEADER_KEY) return wanted;
  const index = indexByKey.get(wanted.key);
  if (index !== undefined) {
    lastIndex.current = index;
    return wanted;
  }
  const neighbour = items[Math.min(lastIndex.current, items.length - 1)];
  return neighbour ? { key: neighbour.key, columnId: wanted.columnId } : null;
}

/** A group's heading has one cell, whatever column the cursor came from. */
const activeColumn = (cursor: Cursor, items: readonly GridItem[], indexOf: (key: string) => number): ColumnId =>
  items[indexOf(cursor.key)]?.kind === 'group' ? 'title' : cursor.columnId;

/** Scrolls sideways until the column stands clear of the pinned ones. */
function showColumn(grid: HTMLElement | null, columnId: ColumnId, variables: Readonly<Record<string, string>>): void {
  const cell = grid?.querySelector<HTMLElement>(`[role=columnheader][data-column=${columnId}]`);
  if (!grid || !cell || variables[`--s-${columnId}`] !== undefined) return;
  const pinned = grid.querySelector<HTMLElement>('[role=columnheader][data-column=title]')?.getBoundingClientRect();
  const [box, room] = [cell.getBoundingClientRect(), grid.getBoundingClientRect()];
  const isRtl = document.documentElement.dir === 'rtl';
  const [from, to] = isRtl
    ? [room.left, pinned?.left ?? room.right]
    : [pinned?.right ?? room.left, room.left + grid.clientWidth];
  if (box.left < from) grid.scrollLeft -= from - box.left;
  else if (box.right > to) grid.scrollLeft += Math.min(box.right - to, box.left - from);
}
