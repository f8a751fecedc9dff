/** What the first screen lists and counts, from the register's rows and its own filters. Pure. */
import { addDays, type CivilDate, civilDate } from '../../../shared/civilDate.ts';
import type { InstrumentSummary } from '../../../shared/entities/instrument.ts';
import { HEALTHS, type Health } from '../../../shared/entities/values.ts';
import { COUNT_FILTERS, sectorFilter } from '../../../shared/report/statusCounts.ts';
import { elapsedShare } from '../../../shared/rules/deadline.ts';
import { healthOf } from '../../../shared/rules/health.ts';
import { matchesFilter, type RegisterFilter } from '../../../shared/rules/registerFilter.ts';

/** The day that this month is compared with. */
export const endOfLastMonth = (today: CivilDate): CivilDate => addDays(civilDate(`${today.slice(0, 8)}01`), -1);

export interface FilteredList {
  filter: RegisterFilter;
  /** All that match, in the order in which they are read. */
  rows: readonly InstrumentSummary[];
}

/** Open and paused by decision: no stage count of the status report, but a filter of the register all the same. */
export const ON_HOLD_FILTER: RegisterFilter = { stages: ['on-hold'] };

const matching = (
  instruments: readonly InstrumentSummary[],
  filter: RegisterFilter,
  today: CivilDate,
): InstrumentSummary[] => instruments.filter((instrument) => matchesFilter(instrument, filter, today));

const byDeadline = (a: InstrumentSummary, b: InstrumentSummary) =>
  (a.deadline ?? '').localeCompare(b.deadline ?? '') || (a.number ?? Infinity) - (b.number ?? Infinity);

export interface TodayLists {
  /** Longest late first. */
  overdue: FilteredList;
  /** Nine tenths of the time gone; `rows` without those that are late already, `count` is the filter's own. */
  elapsedRed: FilteredList & { count: number };
  dueSoon: FilteredList;
  withoutOwner: FilteredList;
  withoutDeadline: FilteredList;
  onHold: FilteredList;
  /** Deadlines beyond the next 30 days, soonest first. */
  upcoming: readonly InstrumentSummary[];
}

export function todayLists(instruments: readonly InstrumentSummary[], today: CivilDate): TodayLists {
  const list = (filter: RegisterFilter): FilteredList => ({ filter, rows: matching(instruments, filter, today) });
  const sorted = (filter: RegisterFilter): FilteredList => ({
    filter,
    rows: matching(instruments, filter, today).sort(byDeadline),
  });
  const overdue = sorted(COUNT_FILTERS.overdue);
  const late = new Set(overdue.rows.map(({ id }) => id));
  const red = list(COUNT_FILTERS.elapsedRed);
  const share = (instrument: InstrumentSummary) => elapsedShare(instrument, today) ?? 0;
  const dueSoon = sorted(COUNT_FILTERS.dueIn30);
  const soon = new Set(dueSoon.rows.map(({ id }) => id));
  return {
    overdue,
    elapsedRed: {
      filter: red.filter,
      count: red.rows.length,
      rows: red.rows.filter(({ id }) => !late.has(id)).sort((a, b) => share(b) - share(a)),
    },
    dueSoon,
    withoutOwner: list(COUNT_FILTERS.withoutOwner),
    withoutDeadline: list(COUNT_FILTERS.withoutDeadline),
    onHold: list(ON_HOLD_FILTER),
    upcoming: sorted({ isOpen: true }).rows.filter(
      ({ id, deadline }) => deadline !== null && !late.has(id) && !soon.has(id),
    ),
  };
}

export interface HealthGroup {
  key: string;
  /** A sector's or person's name; null for "none". */
  name: string | null;
  filter: RegisterFilter;
  total: number;
  counts: Record<Health, number>;
}

const noCounts = (): Record<Health, number> =>
  Object.fromEntries(HEALTHS.map((health) => [health, 0])) as Record<Health, number>;

/** Bars of the groups that each instrument belongs to; most instruments first, "none" last. */
function groupsOf(
  instruments: readonly InstrumentSummary[],
  today: CivilDate,
  groupsOfRow: (instrument: InstrumentSummary) => readonly Omit<HealthGroup, 'total' | 'counts'>[],
): HealthGroup[] {
  const groups = new Map<string, HealthGroup>();
  for (const instrument of instruments) {
    const { health } = healthOf(instrument, today);
    for (const named of groupsOfRow(instrument)) {
      const group = groups.get(named.key) ?? { ...named, total: 0, counts: noCounts() };
      group.total += 1;
      group.counts[health] += 1;
      groups.set(named.key, group);
    }
  }
  return [...groups.values()].sort(
    (a, b) =>
      Number(a.name === null) - Number(b.name === null) ||
      b.total - a.total ||
      (a.name ?? '').localeCompare(b.name ?? ''),
  );
}

export const sectorGroups = (instruments: readonly InstrumentSummary[], today: CivilDate): HealthGroup[] =>
  groupsOf(instruments, today, ({ sector }) => [{ key: sector ?? '', name: sector, filter: sectorFilter(sector) }]);

/** By owner of either side: an instrument with two owners stands in both bars, one without any in "no owner". */
export function ownerGroups(
  instruments: readonly InstrumentSummary[],
  nameOf: (personId: string) => string,
  today: CivilDate,
): HealthGroup[] {
  return groupsOf(instruments, today, (instrument) => {
    const { pkOwnerId, kzOwnerId } = instrument;
    const ids = [...new Set([pkOwnerId, kzOwnerId])].filter((id) => id !== null);
    if (ids.length > 0) return ids.map((id) => ({ key: id, name: nameOf(id), filter: { ownerIds: [id] } }));
    // Nobody has to be found for what is done.
    return matchesFilter(instrument, COUNT_FILTERS.withoutOwner, today)
      ? [{ key: '', name: null, filter: COUNT_FILTERS.withoutOwner }]
      : [];
  });
}
