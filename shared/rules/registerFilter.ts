/**
 * The register's filter, used by the register itself, by every number of the first screen and by reports, so that a
 * number and the list behind it can never disagree.
 */
import type { CivilDate } from '../civilDate.ts';
import type { InstrumentSummary } from '../entities/instrument.ts';
import type { Health, Kind, LegalStatus, Priority, Stage } from '../entities/values.ts';
import { deadlineState, elapsedMark, isDone, isDueWithin } from './deadline.ts';
import { hasOwner, healthOf } from './health.ts';

/** Each present part narrows; within a list any value fits. */
export interface RegisterFilter {
  healths?: readonly Health[];
  stages?: readonly Stage[];
  kinds?: readonly Kind[];
  legalStatuses?: readonly LegalStatus[];
  priorities?: readonly Priority[];
  /** Null stands for "no sector". */
  sectors?: readonly (string | null)[];
  /** Owner on either side. */
  ownerIds?: readonly string[];
  /** Lead body on either side. */
  bodyIds?: readonly string[];
  deadline?: 'overdue' | 'due-7' | 'due-30' | 'due-60' | 'due-90' | 'none' | 'moved';
  elapsed?: 'yellow' | 'red';
  owner?: 'none' | 'some';
  isOpen?: boolean;
  /** Copies say different things about it. Not a value of the row: whoever lists the rows applies it. */
  conflict?: 'open' | 'none';
  /** Exactly these rows: the answer of a search. */
  ids?: ReadonlySet<string>;
}

const within = <T>(allowed: readonly T[] | undefined, value: T): boolean =>
  allowed === undefined || allowed.includes(value);

const anyWithin = (allowed: readonly string[] | undefined, ...values: (string | null)[]): boolean =>
  allowed === undefined || values.some((value) => value !== null && allowed.includes(value));

export function matchesFilter(instrument: InstrumentSummary, filter: RegisterFilter, today: CivilDate): boolean {
  return (
    within(filter.stages, instrument.stage) &&
    within(filter.kinds, instrument.kind) &&
    within(filter.legalStatuses, instrument.legalStatus) &&
    within(filter.priorities, instrument.priority) &&
    within(filter.sectors, instrument.sector) &&
    anyWithin(filter.ownerIds, instrument.pkOwnerId, instrument.kzOwnerId) &&
    anyWithin(filter.bodyIds, instrument.pkLeadBodyId, instrument.kzLeadBodyId) &&
    (filter.isOpen === undefined || filter.isOpen === !isDone(instrument.stage)) &&
    (filter.owner === undefined || (filter.owner === 'some') === hasOwner(instrument)) &&
    (filter.elapsed === undefined || elapsedMark(instrument, today) === filter.elapsed) &&
    (filter.deadline === undefined || matchesDeadline(instrument, filter.deadline, today)) &&
    (filter.healths === undefined || filter.healths.includes(healthOf(instrument, today).health)) &&
    (filter.ids === undefined || filter.ids.has(instrument.id))
  );
}

function matchesDeadline(
  instrument: InstrumentSummary,
  wanted: NonNullable<RegisterFilter['deadline']>,
  today: CivilDate,
): boolean {
  switch (wanted) {
    case 'overdue':
      return deadlineState(instrument, today).kind === 'overdue';
    case 'none':
      return instrument.deadline === null && !isDone(instrument.stage);
    case 'moved':
      return (
        instrument.deadline !== null && instrument.deadline !== (instrument.originalDeadline ?? instrument.deadline)
      );
    case 'due-7':
    case 'due-30':
    case 'due-60':
    case 'due-90':
      return isDueWithin(instrument, Number(wanted.slice(4)), today);
  }
}
