/** Which backups stay. Pure. */

export interface RingEntry {
  /** Running number: the order in which they were made, whatever the clock said. */
  number: number;
  /** When, ms by the clock of that moment. */
  at: number;
  /** Much smaller than the one before it. */
  isAlarming: boolean;
}

const LAST = 10;
const DAYS = 30;
const MONTHS = 12;
const ALARMS = 5;

/**
 * The last 10, the newest of each of the last 30 days that have any, and of each of the last 12 such months. Days and
 * months are counted by what is there, not from today: a clock that jumps ahead by years must not empty the ring. The
 * last five that raised the alarm stay with the one before each: that is what somebody will be looking for.
 */
export function keptInRing<E extends RingEntry>(entries: readonly E[]): Set<E> {
  const newestFirst = entries.toSorted((one, other) => other.number - one.number);
  const kept = new Set(newestFirst.slice(0, LAST));
  for (const [most, periodOf] of [
    [DAYS, dayOf],
    [MONTHS, monthOf],
  ] as const) {
    const newestOf = new Map<string, E>();
    for (const entry of newestFirst) if (!newestOf.has(periodOf(entry.at))) newestOf.set(periodOf(entry.at), entry);
    const latest = [...newestOf].sort(([one], [other]) => (one < other ? 1 : -1)).slice(0, most);
    for (const [, entry] of latest) kept.add(entry);
  }
  const alarms = newestFirst.flatMap(({ isAlarming }, index) => (isAlarming ? [index] : [])).slice(0, ALARMS);
  for (const index of alarms) for (const entry of newestFirst.slice(index, index + 2)) kept.add(entry);
  return kept;
}

/** By this computer's calendar, as people count days. Sorts as text. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return `${monthOf(at)}-${String(date.getDate()).padStart(2, '0')}`;
}

function monthOf(at: number): string {
  const date = new Date(at);
  return `${String(date.getFullYear()).padStart(6, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}
