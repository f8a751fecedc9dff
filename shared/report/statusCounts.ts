/**
 * The numbers of a status report, each the size of a register filter: whoever shows a number can open exactly the rows
 * it counted, and no second rule exists that could disagree with the register.
 */
import type { CivilDate } from '../civilDate.ts';
import type { InstrumentSummary } from '../entities/instrument.ts';
import { HEALTHS, type Health, STAGES, type Stage } from '../entities/values.ts';
import { matchesFilter, type RegisterFilter } from '../rules/registerFilter.ts';
import type { StatusCounts } from './statusReport.ts';

/** The plain numbers of StatusCounts, in the order in which people read them. */
export type CountName = Exclude<keyof StatusCounts, 'byHealth' | 'byStage'>;

export const COUNT_FILTERS: Readonly<Record<CountName, RegisterFilter>> = {
  total: {},
  done: { isOpen: false },
  overdue: { deadline: 'overdue' },
  dueIn30: { deadline: 'due-30' },
  dueIn60: { deadline: 'due-60' },
  dueIn90: { deadline: 'due-90' },
  // Nobody has to be found for what is done.
  withoutOwner: { owner: 'none', isOpen: true },
  withoutDeadline: { deadline: 'none' },
  deadlineMoved: { deadline: 'moved' },
  elapsedYellow: { elapsed: 'yellow' },
  elapsedRed: { elapsed: 'red' },
};

export const COUNT_NAMES = Object.keys(COUNT_FILTERS) as CountName[];

export const healthFilter = (health: Health): RegisterFilter => ({ healths: [health] });
export const stageFilter = (stage: Stage): RegisterFilter => ({ stages: [stage] });
/** Null: the instruments without a sector. */
export const sectorFilter = (sector: string | null): RegisterFilter => ({ sectors: [sector] });

export const countMatching = (
  instruments: readonly InstrumentSummary[],
  filter: RegisterFilter,
  today: CivilDate,
): number => instruments.reduce((count, instrument) => count + (matchesFilter(instrument, filter, today) ? 1 : 0), 0);

/** One number for each value, as sizes of the filters that `filterOf` makes. */
function countEach<K extends string>(
  values: readonly K[],
  filterOf: (value: K) => RegisterFilter,
  instruments: readonly InstrumentSummary[],
  today: CivilDate,
): Record<K, number> {
  const entries = values.map((value) => [value, countMatching(instruments, filterOf(value), today)] as const);
  return Object.fromEntries(entries) as Record<K, number>;
}

export const countByHealth = (instruments: readonly InstrumentSummary[], today: CivilDate): Record<Health, number> =>
  countEach(HEALTHS, healthFilter, instruments, today);

export const statusCounts = (instruments: readonly InstrumentSummary[], today: CivilDate): StatusCounts => ({
  ...countEach(COUNT_NAMES, (name) => COUNT_FILTERS[name], instruments, today),
  byHealth: countByHealth(instruments, today),
  byStage: countEach(STAGES, stageFilter, instruments, today),
});
