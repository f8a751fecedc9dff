/** One row of the grid. Drawn again only when its own props change, so that a long register stays fluent. */
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: the rule cannot see through the choice between two roles
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot hold only the rows in sight; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and tells its cursor by aria-activedescendant
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictCell } from '../../../shared/sharing.ts';
import { ConflictCorner } from './ConflictCorner.tsx';
import { cellContent, cellHint } from './cells.tsx';
import styles from './RegisterGrid.module.css';
import { type ColumnId, NUMERIC, PINNED } from './registerColumns.ts';
import type { RegisterRow } from './registerRows.ts';

interface GridRowProps {
  row: RegisterRow;
  columns: readonly ColumnId[];
  ariaRowIndex: number;
  top: number;
  isSelected: boolean;
  /** Fields about which copies say different things. */
  conflicts: readonly ConflictCell[] | undefined;
  /** Cells that copies have made inconsistent together. */
  unsettled: readonly ConflictCell[] | undefined;
  /** The column that has the cursor, when the cursor is in this row. */
  cursor: ColumnId | null;
  /** The column being edited, and its editor. */
  editing: ColumnId | null;
  editor: ReactNode;
}

const NONE: readonly ConflictCell[] = [];

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const {
    row,
    columns,
    ariaRowIndex,
    top,
    isSelected,
    conflicts = NONE,
    unsettled = NONE,
    cursor,
    editing,
    editor,
  } = props;
  const { t } = useTranslation();
  const { id } = row.instrument;
  const marked = [...conflicts, ...unsettled];
  return (
    <div
      role="row"
      className={styles.row}
      aria-rowindex={ariaRowIndex}
      aria-selected={isSelected}
      data-key={id}
      data-cursor={cursor !== null || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((columnId, index) => (
        <div
          key={columnId}
          id={cellId(id, columnId)}
          role={columnId === 'title' ? 'rowheader' : 'gridcell'}
          className={cellClass(columnId)}
          aria-colindex={index + 1}
          data-column={columnId}
          data-cursor={columnId === cursor || undefined}
          data-editing={columnId === editing || undefined}
          title={editing === columnId ? undefined : cellHint(t, row, columnId)}
          style={cellStyle(columnId)}
        >
          {columnId === 'select' ? (
            <input
              type="checkbox"
              tabIndex={-1}
              checked={isSelected}
              readOnly
              aria-label={t('register.column.select')}
            />
          ) : (
            cellContent(t, row, columnId)
          )}
          {marked.length > 0 && <ConflictCorner conflicts={marked} columnId={columnId} />}
          {editing === columnId && editor}
        </div>
      ))}
    </div>
  );
});

export const cellId = (key: string, columnId: ColumnId): string => `cell-${key}-${columnId}`;

export const cellClass = (columnId: ColumnId): string =>
  [
    styles.cell,
    PINNED.includes(columnId) && styles.pinned,
    columnId === PINNED.at(-1) && styles.lastPinned,
    NUMERIC.includes(columnId) && styles.numeric,
    columnId === 'select' && styles.select,
    columnId === 'elapsed' && styles.centred,
  ]
    .filter(Boolean)
    .join(' ');

/** Widths are variables of the grid, so that dragging one column draws no row again. */
export const cellStyle = (columnId: ColumnId) => ({
  inlineSize: `var(--w-${columnId})`,
  insetInlineStart: PINNED.includes(columnId) ? `var(--s-${columnId})` : undefined,
});
