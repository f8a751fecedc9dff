/** Why an instrument has its health, and the rule itself as it is printed with every report. */
import type { Health } from '../../entities/values.ts';
import type { HealthReason } from '../../rules/health.ts';

/** Codes whose sentence counts days, and so has a form for one and one for many. */
type CountingCode = 'overdue' | 'due-soon' | 'due-soon-unreported' | 'slipped' | 'silent';
/** Codes whose sentence depends on more than numbers. */
type VaryingCode = 'legal-end' | 'override';
type ReasonKey =
  | Exclude<HealthReason['code'], CountingCode | VaryingCode>
  | `${CountingCode}_${'one' | 'other'}`
  | 'due-today'
  | 'due-today-unreported'
  | 'expired'
  | 'terminated'
  | 'override'
  | 'override-without-reason';

const healthReason: Record<ReasonKey, string> = {
  done: 'It is done.',
  override: 'Set by hand: {{reason}}',
  'override-without-reason': 'Set by hand.',
  overdue_one: 'It is {{count}} day late.',
  overdue_other: 'It is {{count}} days late.',
  expired: 'The instrument has expired.',
  terminated: 'The instrument was terminated.',
  'expiry-passed': 'It expired on {{day}}, before it was implemented.',
  'no-deadline': 'It has no deadline to measure against.',
  'on-hold': 'It is on hold.',
  'no-owner': 'Nobody owns it, on either side.',
  'due-today': 'It is due today and {{progress}}% done.',
  'due-today-unreported': 'It is due today and no progress is reported.',
  'due-soon-unreported_one': 'It is due in {{count}} day and no progress is reported.',
  'due-soon-unreported_other': 'It is due in {{count}} days and no progress is reported.',
  'due-soon_one': 'It is due in {{count}} day and {{progress}}% done.',
  'due-soon_other': 'It is due in {{count}} days and {{progress}}% done.',
  slipped_one: 'Its deadline has moved by {{count}} day in all.',
  slipped_other: 'Its deadline has moved by {{count}} days in all.',
  'behind-time': '{{progress}}% is done, but {{elapsedPercent}}% of the time has passed.',
  silent_one: 'Nothing has been written about it for {{count}} day.',
  silent_other: 'Nothing has been written about it for {{count}} days.',
  'nothing-wrong': 'Nothing speaks against it.',
};

/** In the order in which the rule asks; the numbers come from rules/health.ts. */
const healthRule: Record<Health, string> = {
  'off-track': 'Past its deadline; or the instrument has expired or was terminated before it was implemented.',
  'not-reported': 'Without a deadline and not on hold: there is nothing to measure against.',
  'at-risk':
    'On hold; or without an owner on either side; or due within {{dueSoonDays}} days and less than {{dueSoonProgress}}% done; or the deadline has moved by more than {{slippedDays}} days in all; or progress is more than {{lagPoints}} points behind the elapsed time; or nothing has been written for more than {{silentDays}} days.',
  'on-track': 'Implemented or closed; or none of the above.',
};

/** Not named `health`: that is the words of the values. */
export const healthSentences = {
  healthReason,
  healthRule,
  healthRuleOverride: 'A person may set the health by hand and has to give a reason, which is shown instead.',
};
