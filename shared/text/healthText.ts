/** Verdicts of rules/health.ts in sentences. */
import type { Health } from '../entities/values.ts';
import { DUE_SOON_DAYS } from '../rules/deadline.ts';
import { DUE_SOON_PROGRESS, type HealthReason, LAG_POINTS, SILENT_DAYS, SLIPPED_DAYS } from '../rules/health.ts';
import { formatDate } from './formatDate.ts';
import type { Translate } from './translator.ts';

/** One reason as a sentence. A new code without a sentence does not compile. */
export function healthReasonText(t: Translate, reason: HealthReason): string {
  switch (reason.code) {
    case 'override':
      return reason.reason === ''
        ? t('healthReason.override-without-reason')
        : t('healthReason.override', { reason: reason.reason });
    case 'overdue':
      return t('healthReason.overdue', { count: reason.daysLate });
    case 'legal-end':
      return t(`healthReason.${reason.legalStatus}`);
    case 'expiry-passed':
      return t('healthReason.expiry-passed', { day: formatDate(reason.expiresOn, t('locale')) });
    case 'due-soon':
      return dueSoonText(t, reason.daysLeft, reason.progress);
    case 'slipped':
      return t('healthReason.slipped', { count: reason.days });
    case 'behind-time':
      return t('healthReason.behind-time', { progress: reason.progress, elapsedPercent: reason.elapsedPercent });
    case 'silent':
      return t('healthReason.silent', { count: reason.days });
    case 'done':
    case 'no-deadline':
    case 'on-hold':
    case 'no-owner':
    case 'nothing-wrong':
      return t(`healthReason.${reason.code}`);
    default:
      return reason satisfies never;
  }
}

/** In the order in which the rule asks. */
const RULE_ORDER = ['off-track', 'not-reported', 'at-risk', 'on-track'] as const satisfies readonly Health[];

/** The rule as it is printed: what each health means, in the order in which the rule asks. */
export const healthRuleText = (t: Translate): { health: Health; meaning: string }[] =>
  RULE_ORDER.map((health) => ({
    health,
    meaning: t(`healthRule.${health}`, {
      dueSoonDays: DUE_SOON_DAYS,
      dueSoonProgress: DUE_SOON_PROGRESS,
      slippedDays: SLIPPED_DAYS,
      lagPoints: LAG_POINTS,
      silentDays: SILENT_DAYS,
    }),
  }));

function dueSoonText(t: Translate, daysLeft: number, progress: number | null): string {
  if (progress === null)
    return daysLeft === 0
      ? t('healthReason.due-today-unreported')
      : t('healthReason.due-soon-unreported', { count: daysLeft });
  return daysLeft === 0
    ? t('healthReason.due-today', { progress })
    : t('healthReason.due-soon', { count: daysLeft, progress });
}
