/** What a deadline says on a given day. All pure: "today" is a parameter. */
import { type CivilDate, daysBetween } from '../civilDate.ts';
import type { Instrument } from '../entities/instrument.ts';
import type { Stage } from '../entities/values.ts';
import type { AppError } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';

/** "Due soon" means within this many days, today included. */
export const DUE_SOON_DAYS = 30;

/** Delivery unit's marks: yellow from half of the allotted time, red from nine tenths. */
export const ELAPSED_YELLOW = 0.5;
export const ELAPSED_RED = 0.9;

/** Implementation has ended: no deadline can be missed any more. */
export const isDone = (stage: Stage): boolean => stage === 'implemented' || stage === 'closed';

export type DeadlineState =
  | { kind: 'none' }
  /** Done; whether in time is history, not a task. */
  | { kind: 'done' }
  | { kind: 'overdue'; daysLate: number }
  | { kind: 'due-soon'; daysLeft: number }
  | { kind: 'ahead'; daysLeft: number };

/** Overdue begins the day after the deadline: on the day itself it can still be met. */
export function deadlineState(instrument: Pick<Instrument, 'deadline' | 'stage'>, today: CivilDate): DeadlineState {
  if (isDone(instrument.stage)) return { kind: 'done' };
  if (instrument.deadline === null) return { kind: 'none' };
  const daysLeft = daysBetween(today, instrument.deadline);
  if (daysLeft < 0) return { kind: 'overdue', daysLate: -daysLeft };
  return daysLeft <= DUE_SOON_DAYS ? { kind: 'due-soon', daysLeft } : { kind: 'ahead', daysLeft };
}

export const isOverdue = (instrument: Pick<Instrument, 'deadline' | 'stage'>, today: CivilDate): boolean =>
  deadlineState(instrument, today).kind === 'overdue';

/** Not done, not late, and due within `days` (0 = today). */
export function isDueWithin(
  instrument: Pick<Instrument, 'deadline' | 'stage'>,
  days: number,
  today: CivilDate,
): boolean {
  const state = deadlineState(instrument, today);
  return (state.kind === 'due-soon' || state.kind === 'ahead') && state.daysLeft <= days;
}

/** Days by which the deadline has moved from the first one agreed; positive is later, null without both. */
export const slippageDays = (instrument: Pick<Instrument, 'deadline' | 'originalDeadline'>): number | null =>
  instrument.deadline === null || instrument.originalDeadline === null
    ? null
    : daysBetween(instrument.originalDeadline, instrument.deadline);

/**
 * Share of the allotted time that has passed: 0 at the start, 1 on the deadline, above 1 when overdue.
 * The clock starts on `startOn`, else on the day of signature. Null without a beginning or an end, or when the end does
 * not lie after the beginning.
 */
export function elapsedShare(
  instrument: Pick<Instrument, 'startOn' | 'signedOn' | 'deadline'>,
  today: CivilDate,
): number | null {
  const from = instrument.startOn ?? instrument.signedOn;
  if (from === null || instrument.deadline === null) return null;
  const allotted = daysBetween(from, instrument.deadline);
  if (allotted <= 0) return null;
  return Math.max(0, daysBetween(from, today) / allotted);
}

export type ElapsedMark = 'none' | 'yellow' | 'red';

/** The delivery unit's colour of elapsed time. It says how much time is gone, not how well the work goes. */
export function elapsedMark(
  instrument: Pick<Instrument, 'startOn' | 'signedOn' | 'deadline' | 'stage'>,
  today: CivilDate,
): ElapsedMark {
  const share = isDone(instrument.stage) ? null : elapsedShare(instrument, today);
  if (share === null || share < ELAPSED_YELLOW) return 'none';
  return share < ELAPSED_RED ? 'yellow' : 'red';
}

/** A deadline may not lie before the start of the instrument; the signature may be later than either. */
export function checkDeadline(
  instrument: Pick<Instrument, 'startOn'>,
  deadline: CivilDate | null,
): Result<CivilDate | null, AppError> {
  const { startOn } = instrument;
  if (deadline !== null && startOn !== null && deadline < startOn)
    return err({ code: 'deadline-before-start', details: { deadline, startOn } });
  return ok(deadline);
}
