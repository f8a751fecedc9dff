/**
 * Health of an instrument: one written rule, printed with every report, and a person's override that needs a reason.
 * Health is about confidence in delivery. The share of elapsed time is another question with a mark of its own
 * (rules/deadline.ts, elapsedMark), since delivery units use the same colours for it.
 */
import { type CivilDate, civilDateOf, daysBetween } from '../civilDate.ts';
import type { Instrument } from '../entities/instrument.ts';
import type { Health } from '../entities/values.ts';
import { deadlineState, elapsedShare, isDone, slippageDays } from './deadline.ts';
import { effectiveProgress } from './progress.ts';

/** Silence longer than a quarter counts as a warning: no report is the commonest way of failing. */
export const SILENT_DAYS = 90;
/** A deadline that has moved by more than this in all is at risk of moving again. */
export const SLIPPED_DAYS = 90;
/** Due soon with less than this done is at risk. */
export const DUE_SOON_PROGRESS = 50;
/** Progress may trail the elapsed time by this many percentage points. */
export const LAG_POINTS = 25;

export type HealthReason =
  | { code: 'done' }
  | { code: 'override'; reason: string }
  | { code: 'overdue'; daysLate: number }
  | { code: 'legal-end'; legalStatus: 'expired' | 'terminated' }
  | { code: 'expiry-passed'; expiresOn: CivilDate }
  | { code: 'no-deadline' }
  | { code: 'on-hold' }
  | { code: 'no-owner' }
  /** Progress is null while nobody has reported any. */
  | { code: 'due-soon'; daysLeft: number; progress: number | null }
  | { code: 'slipped'; days: number }
  | { code: 'behind-time'; progress: number; elapsedPercent: number }
  | { code: 'silent'; days: number }
  | { code: 'nothing-wrong' };

export interface HealthVerdict {
  health: Health;
  /** Every reason that leads to this health, most telling first; never empty. */
  reasons: HealthReason[];
  /** What the rule alone says; differs from `health` only under an override. */
  computed: Health;
}

export type HealthFacts = Pick<
  Instrument,
  | 'stage'
  | 'legalStatus'
  | 'deadline'
  | 'originalDeadline'
  | 'startOn'
  | 'signedOn'
  | 'expiresOn'
  | 'progress'
  | 'pkOwnerId'
  | 'kzOwnerId'
  | 'touchedAt'
  | 'healthOverride'
  | 'healthOverrideReason'
>;

export const hasOwner = (instrument: Pick<Instrument, 'pkOwnerId' | 'kzOwnerId'>): boolean =>
  instrument.pkOwnerId !== null || instrument.kzOwnerId !== null;

/**
 * The rule, in order:
 * 1. implemented or closed: on track (done);
 * 2. off track: overdue; or expired, terminated, or past its expiry before it was implemented;
 * 3. not reported: no deadline, so there is nothing to measure against (on hold is at risk instead);
 * 4. at risk: on hold; without any owner; due within 30 days and less than half done; deadline moved by more than 90
 *    days in all; progress more than 25 points behind the elapsed time; nothing written for more than 90 days;
 * 5. on track otherwise.
 * An override by a person replaces the result unless the instrument is done; its reason is shown in its place.
 */
export function healthOf(facts: HealthFacts, today: CivilDate): HealthVerdict {
  const verdict = computedHealth(facts, today);
  if (facts.healthOverride === null || isDone(facts.stage)) return { ...verdict, computed: verdict.health };
  return {
    health: facts.healthOverride,
    reasons: [{ code: 'override', reason: facts.healthOverrideReason ?? '' }],
    computed: verdict.health,
  };
}

function computedHealth(facts: HealthFacts, today: CivilDate): Pick<HealthVerdict, 'health' | 'reasons'> {
  if (isDone(facts.stage)) return { health: 'on-track', reasons: [{ code: 'done' }] };
  const offTrack = offTrackReasons(facts, today);
  if (offTrack.length > 0) return { health: 'off-track', reasons: offTrack };
  if (facts.deadline === null && facts.stage !== 'on-hold')
    return { health: 'not-reported', reasons: [{ code: 'no-deadline' }] };
  const atRisk = atRiskReasons(facts, today);
  if (atRisk.length > 0) return { health: 'at-risk', reasons: atRisk };
  return { health: 'on-track', reasons: [{ code: 'nothing-wrong' }] };
}

function offTrackReasons(facts: HealthFacts, today: CivilDate): HealthReason[] {
  const reasons: HealthReason[] = [];
  const state = deadlineState(facts, today);
  if (state.kind === 'overdue') reasons.push({ code: 'overdue', daysLate: state.daysLate });
  if (facts.legalStatus === 'expired' || facts.legalStatus === 'terminated')
    reasons.push({ code: 'legal-end', legalStatus: facts.legalStatus });
  else if (facts.expiresOn !== null && facts.expiresOn < today)
    reasons.push({ code: 'expiry-passed', expiresOn: facts.expiresOn });
  return reasons;
}

function atRiskReasons(facts: HealthFacts, today: CivilDate): HealthReason[] {
  const reasons: HealthReason[] = [];
  const state = deadlineState(facts, today);
  const progress = effectiveProgress(facts);
  if (facts.stage === 'on-hold') reasons.push({ code: 'on-hold' });
  if (!hasOwner(facts)) reasons.push({ code: 'no-owner' });
  if (state.kind === 'due-soon' && (progress ?? 0) < DUE_SOON_PROGRESS)
    reasons.push({ code: 'due-soon', daysLeft: state.daysLeft, progress });
  const slipped = slippageDays(facts);
  if (slipped !== null && slipped > SLIPPED_DAYS) reasons.push({ code: 'slipped', days: slipped });
  const elapsed = elapsedShare(facts, today);
  // Only against reported progress: unknown progress is no measured lag, and silence has a reason of its own.
  if (elapsed !== null && facts.progress !== null && elapsed * 100 - facts.progress > LAG_POINTS)
    reasons.push({ code: 'behind-time', progress: facts.progress, elapsedPercent: Math.round(elapsed * 100) });
  if (facts.touchedAt !== null) {
    const days = daysBetween(civilDateOf(facts.touchedAt), today);
    if (days > SILENT_DAYS) reasons.push({ code: 'silent', days });
  }
  return reasons;
}
