/** Which conflicts a page shows, and what there is to filter by. Pure; used where the conflicts are kept. */
import { fitting, rowKeyOf } from './conflictChoices.ts';
import type { Conflict, ConflictCell, ConflictPlaces, ConflictQuery } from './sharing.ts';
import { foldedWords, foldText, hasWords } from './text/searchText.ts';

/** The part of a list that a query asks for, and how much there is in all. */
export function pageOf<T extends ConflictCell>(
  cells: readonly T[],
  { filter, choices, offset, limit }: ConflictQuery,
): { shown: T[]; total: number } {
  const fits = fitting(filter, choices);
  const shown: T[] = [];
  let total = 0;
  for (const cell of cells) {
    if (!fits(cell)) continue;
    if (total >= offset && shown.length < limit) shown.push(cell);
    total += 1;
  }
  return { shown, total };
}

/** More are found by typing. */
const ROWS_OFFERED = 200;

/** Rows whose names have words beginning with each typed one, in the order of the list. */
export function placesOf<T extends ConflictCell>(
  cells: readonly T[],
  labelOf: (cell: T) => string,
  typed: string,
): ConflictPlaces {
  const words = foldedWords(typed);
  const seen = new Set<string>();
  const fields = new Set<string>();
  const rows: Pick<Conflict, 'entity' | 'id' | 'label'>[] = [];
  let isMore = false;
  for (const cell of cells) {
    fields.add(cell.field);
    if (isMore) continue;
    const key = rowKeyOf(cell);
    if (seen.has(key)) continue;
    seen.add(key);
    const label = labelOf(cell);
    if (words.length > 0 && !hasWords(foldText(label), words)) continue;
    if (rows.length === ROWS_OFFERED) isMore = true;
    else rows.push({ entity: cell.entity, id: cell.id, label });
  }
  return { rows, isMore, fields: [...fields] };
}
