/** Order and groups of the register's rows. Pure. */
import { type Health, PRIORITIES, STAGES } from '../../../shared/entities/values.ts';
import type { ColumnId } from './registerColumns.ts';
import type { RegisterRow } from './registerRows.ts';

export interface Sorting {
  columnId: ColumnId;
  isDescending: boolean;
}

export const GROUPINGS = ['none', 'sector', 'stage', 'health', 'pkOwner', 'kzOwner'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export type GridItem =
  | { kind: 'row'; key: string; row: RegisterRow }
  | { kind: 'group'; key: string; value: string | null; count: number; isFolded: boolean };

/** Worst first: what needs somebody stands on top. */
const HEALTH_ORDER: readonly Health[] = ['off-track', 'at-risk', 'on-track', 'not-reported'];

type SortValue = string | number | null | undefined;

/** What a column sorts by. Choices sort in the order in which people read them, not by letter. */
export function sortValueOf(row: RegisterRow, columnId: ColumnId): SortValue {
  const { instrument } = row;
  switch (columnId) {
    case 'select':
    case 'number':
      return instrument.number;
    case 'health':
      return HEALTH_ORDER.indexOf(row.verdict.health);
    case 'elapsed':
      return { red: 0, yellow: 1, none: null }[row.elapsed];
    case 'stage':
      return STAGES.indexOf(instrument.stage);
    case 'priority':
      return -PRIORITIES.indexOf(instrument.priority);
    case 'pkOwner':
    case 'kzOwner':
    case 'pkLeadBody':
    case 'kzLeadBody':
    case 'progress':
    case 'slippage':
      return row[columnId];
    default:
      return instrument[columnId];
  }
}

/** Rows in the order of a column; what has no value there comes last either way, ties keep the order they had. */
export function sortRows(
  rows: readonly RegisterRow[],
  sorting: Sorting | null,
  locale: string,
): readonly RegisterRow[] {
  if (sorting === null) return rows;
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const sign = sorting.isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: sortValueOf(row, sorting.columnId) ?? null }))
    .sort(({ value: a }, { value: b }) => {
      if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
      return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b)));
    })
    .map(({ row }) => row);
}

/** The value that a row is grouped by; null is "none". */
export function groupValueOf(row: RegisterRow, grouping: Exclude<Grouping, 'none'>): string | null {
  switch (grouping) {
    case 'sector':
    case 'stage':
      return row.instrument[grouping];
    case 'health':
      return row.verdict.health;
    case 'pkOwner':
    case 'kzOwner':
      return row[grouping] ?? null;
  }
}

const ORDERS: Partial<Record<Grouping, readonly string[]>> = { stage: STAGES, health: HEALTH_ORDER };

/** Rows under the headings of their groups; a folded group shows its heading only. */
export function groupRows(
  rows: readonly RegisterRow[],
  grouping: Grouping,
  folded: ReadonlySet<string>,
  locale: string,
): GridItem[] {
  const itemOf = (row: RegisterRow): GridItem => ({ kind: 'row', key: row.instrument.id, row });
  if (grouping === 'none') return rows.map(itemOf);
  const groups = new Map<string | null, RegisterRow[]>();
  for (const row of rows) {
    const value = groupValueOf(row, grouping);
    const group = groups.get(value);
    if (group) group.push(row);
    else groups.set(value, [row]);
  }
  const order = ORDERS[grouping];
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const values = [...groups.keys()].sort((a, b) => {
    if (a === null || b === null) return a === null ? 1 : -1;
    return order ? order.indexOf(a) - order.indexOf(b) : compare(a, b);
  });
  return values.flatMap((value): GridItem[] => {
    const members = groups.get(value) ?? [];
    const key = groupKey(grouping, value);
    const isFolded = folded.has(key);
    return [{ kind: 'group', key, value, count: members.length, isFolded }, ...(isFolded ? [] : members.map(itemOf))];
  });
}

export const groupKey = (grouping: Grouping, value: string | null): string => `${grouping}:${value ?? ''}`;
