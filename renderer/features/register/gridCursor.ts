/** Where the grid's cursor goes for a key, and which rows lie between two. Pure. */

export interface CursorPlace {
  /** Index into the items; -1 is the header. */
  item: number;
  column: number;
}

export interface GridShape {
  items: number;
  columns: number;
  /** Rows that fit on the screen: how far a page goes. */
  page: number;
  isRtl: boolean;
}

export interface GridKey {
  key: string;
  ctrlKey: boolean;
}

/** The new place, or null when the key is not one that moves. */
export function movedCursor(at: CursorPlace, { key, ctrlKey }: GridKey, shape: GridShape): CursorPlace | null {
  const lastItem = shape.items - 1;
  const lastColumn = shape.columns - 1;
  const to = (item: number, column: number): CursorPlace => ({
    item: Math.max(-1, Math.min(lastItem, item)),
    column: Math.max(0, Math.min(lastColumn, column)),
  });
  const forward = shape.isRtl ? -1 : 1;
  switch (key) {
    case 'ArrowDown':
      return to(ctrlKey ? lastItem : at.item + 1, at.column);
    case 'ArrowUp':
      return to(ctrlKey ? 0 : at.item - 1, at.column);
    case 'ArrowRight':
      return to(at.item, ctrlKey ? (shape.isRtl ? 0 : lastColumn) : at.column + forward);
    case 'ArrowLeft':
      return to(at.item, ctrlKey ? (shape.isRtl ? lastColumn : 0) : at.column - forward);
    case 'Home':
      return to(ctrlKey ? 0 : at.item, 0);
    case 'End':
      return to(ctrlKey ? lastItem : at.item, lastColumn);
    case 'PageDown':
      return to(at.item + shape.page, at.column);
    case 'PageUp':
      return to(Math.max(0, at.item - shape.page), at.column);
    default:
      return null;
  }
}

/** Ids from one row to another in the order shown, both included; just the second when the first is not shown. */
export function idsBetween(ids: readonly string[], from: string, to: string): string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  if (a < 0 || b < 0) return b < 0 ? [] : [to];
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
