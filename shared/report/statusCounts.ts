/**
 * The numbers of a status report, each the size of a register filter: whoever shows a number can open exactly the rows
 * it counted, and no second rule exists that could disagree with the register.
 */
import type { CivilDate } from '../civilDate.ts';
import type { InstrumentSummary } from '../entities/instrument.ts';
import { HEALTHS, type Health, STAGES, type Stage } from '../entities/values.ts';
import { healthOf } from '../rules/health.ts';
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

/** One pass for all values: each instrument has exactly one health, one stage. Equal to the sizes of their filters. */
function tally<K extends string>(
  values: readonly K[],
  answerOf: (instrument: InstrumentSummary) => K,
  instruments: readonly InstrumentSummary[],
): Record<K, number> {
  const counts = Object.fromEntries(values.map((value) => [value, 0])) as Record<K, number>;
  for (const instrument of instruments) counts[answerOf(instrument)] += 1;
  return counts;
}

export const countByHealth = (instruments: readonly InstrumentSummary[], today: CivilDate): Record<Health, number> =>
  tally(HEALTHS, (instrument) => healthOf(instrument, today).health, instruments);

export const statusCounts = (instruments: readonly InstrumentSummary[], today: CivilDate): StatusCounts => {
  const counts = COUNT_NAMES.map((name) => [name, countMatching(instruments, COUNT_FILTERS[name], today)] as const);
  return {
    ...(Object.fromEntries(counts) as Record<CountName, number>),
    byHealth: countByHealth(instruments, today),
    byStage: tally(STAGES, ({ stage }) => stage, instruments),
  };
};
