/** What stands before and after an instrument in the register as it is filtered and sorted now. */
export interface Neighbours {
  previous: string | null;
  next: string | null;
  /** One-based place in the list and its length. */
  at: number;
  total: number;
}

/** `shown` are the register's rows as they stand; an instrument that its filter hides is placed in the whole register. */
export function neighboursOf(id: string, shown: readonly string[], whole: readonly string[]): Neighbours {
  const list = shown.includes(id) ? shown : whole;
  const index = list.indexOf(id);
  return {
    previous: index > 0 ? (list[index - 1] ?? null) : null,
    next: index >= 0 ? (list[index + 1] ?? null) : null,
    at: index + 1,
    total: list.length,
  };
}
