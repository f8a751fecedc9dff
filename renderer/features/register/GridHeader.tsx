/** The heading of the grid: names that sort, edges that drag, and the box that selects everything. */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot hold only the rows in sight; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and tells its cursor by aria-activedescendant

import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Header, Table } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { cellClass, cellId, cellStyle } from './GridRow.tsx';
import styles from './RegisterGrid.module.css';
import type { ColumnId, features } from './registerColumns.ts';
import type { Sorting } from './registerOrder.ts';
import type { RegisterRow } from './registerRows.ts';

type Features = typeof features;

interface GridHeaderProps {
  table: Pick<Table<Features, RegisterRow>, 'getFlatHeaders'>;
  sorting: Sorting | null;
  cursor: ColumnId | null;
  /** Of the rows in sight, how many are selected. */
  selection: 'none' | 'some' | 'all';
  onSelectAll: () => void;
  onSort: (columnId: ColumnId) => void;
  /** The header is operated; the grid keeps the focus, and with it the keyboard. */
  onPress: () => void;
}

export const HEADER_KEY = 'header';

export function GridHeader({ table, sorting, cursor, selection, onSelectAll, onSort, onPress }: GridHeaderProps) {
  const { t } = useTranslation();
  return (
    <div
      role="rowgroup"
      className={styles.head}
      onMouseDown={(event) => {
        event.preventDefault();
        onPress();
      }}
    >
      <div role="row" className={styles.headRow} aria-rowindex={1}>
        {table.getFlatHeaders().map((header, index) => {
          const id = header.column.id as ColumnId;
          const direction = sorting?.columnId === id ? (sorting.isDescending ? 'descending' : 'ascending') : undefined;
          const name = t(`register.column.${id}`);
          return (
            <div
              key={id}
              id={cellId(HEADER_KEY, id)}
              role="columnheader"
              className={`${cellClass(id)} ${styles.headCell}`}
              aria-colindex={index + 1}
              aria-sort={direction}
              data-column={id}
              data-cursor={cursor === id || undefined}
              style={cellStyle(id)}
            >
              {id === 'select' ? (
                <input
                  type="checkbox"
                  tabIndex={-1}
                  aria-label={t('window.key.all')}
                  checked={selection === 'all'}
                  ref={(box) => {
                    if (box) box.indeterminate = selection === 'some';
                  }}
                  onChange={onSelectAll}
                />
              ) : (
                <button
                  type="button"
                  tabIndex={-1}
                  className={styles.sort}
                  title={t('register.sortBy', { column: name })}
                  onClick={() => onSort(id)}
                >
                  <span className={styles.headName}>{name}</span>
                  {direction === 'ascending' && <IconArrowUp size={14} aria-hidden="true" />}
                  {direction === 'descending' && <IconArrowDown size={14} aria-hidden="true" />}
                </button>
              )}
              {header.column.getCanResize() && <ResizeEdge header={header} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Dragging has a twin for the keyboard in the columns' menu. */
function ResizeEdge({ header }: { header: Header<Features, RegisterRow, unknown> }) {
  const start = header.getResizeHandler();
  return (
    <span
      aria-hidden="true"
      className={styles.edge}
      data-dragging={header.column.getIsResizing() || undefined}
      onMouseDown={(event) => {
        event.preventDefault();
        start(event);
      }}
      onTouchStart={start}
      onDoubleClick={() => header.column.resetSize()}
    />
  );
}
