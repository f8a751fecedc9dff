import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../shared/civilDate.ts';
import { DUE_SOON_DAYS } from '../../../shared/rules/deadline.ts';
import { SILENT_DAYS } from '../../../shared/rules/health.ts';
import { formatDate, formatDateTime, formatNumber } from '../../../shared/text/formatDate.ts';
import { healthReasonText, healthRuleText } from '../../../shared/text/healthText.ts';
import { createTranslator } from '../../../shared/text/translator.ts';

const { t } = createTranslator();

describe('health in words', () => {
  test.each([
    [{ code: 'overdue', daysLate: 1 }, 'It is 1 day late.'],
    [{ code: 'overdue', daysLate: 12 }, 'It is 12 days late.'],
    [{ code: 'due-soon', daysLeft: 0, progress: null }, 'It is due today and no progress is reported.'],
    [{ code: 'due-soon', daysLeft: 9, progress: null }, 'It is due in 9 days and no progress is reported.'],
    [{ code: 'due-soon', daysLeft: 0, progress: 10 }, 'It is due today and 10% done.'],
    [{ code: 'due-soon', daysLeft: 1, progress: 10 }, 'It is due in 1 day and 10% done.'],
    [{ code: 'legal-end', legalStatus: 'terminated' }, 'The instrument was terminated.'],
    [
      { code: 'expiry-passed', expiresOn: civilDate('2026-09-30') },
      'It expired on 30 Sep 2026, before it was implemented.',
    ],
    [{ code: 'override', reason: 'Agreed by letter' }, 'Set by hand: Agreed by letter'],
    [{ code: 'override', reason: '' }, 'Set by hand.'],
    [{ code: 'behind-time', progress: 10, elapsedPercent: 60 }, '10% is done, but 60% of the time has passed.'],
    [{ code: 'silent', days: 91 }, 'Nothing has been written about it for 91 days.'],
    [{ code: 'slipped', days: 100 }, 'Its deadline has moved by 100 days in all.'],
    [{ code: 'nothing-wrong' }, 'Nothing speaks against it.'],
  ] as const)('%j', (reason, text) => {
    expect(healthReasonText(t, reason)).toBe(text);
  });

  test('a reason that a person typed is no template', () => {
    const reason = '{{code}} $t(locale) $& <b>';
    expect(healthReasonText(t, { code: 'override', reason })).toBe(`Set by hand: ${reason}`);
  });

  test('the printed rule carries the numbers of the rule itself', () => {
    const text = healthRuleText(t)
      .map(({ meaning }) => meaning)
      .join(' ');
    expect(text).toContain(`within ${DUE_SOON_DAYS} days`);
    expect(text).toContain(`more than ${SILENT_DAYS} days`);
    expect(text).not.toContain('{{');
    expect(healthRuleText(t).map(({ health }) => health)).toEqual(['off-track', 'not-reported', 'at-risk', 'on-track']);
  });
});

describe('dates and numbers', () => {
  test('stand as people write them, the same in every time zone', () => {
    expect(formatDate(civilDate('2027-06-30'))).toBe('30 Jun 2027');
    expect(formatDate(civilDate('2027-09-01'), 'en')).toBe('1 Sep 2027');
    expect(formatDate(civilDate('2027-06-30'), 'ru')).toContain('2027');
    expect(formatDate(civilDate('2027-06-30'), 'ru')).toMatch(/^30 июн/);
  });

  test('carry the time of this computer where it matters', () => {
    expect(formatDateTime(new Date(2027, 5, 30, 14, 5).getTime())).toBe('30 Jun 2027, 14:05');
    expect(formatDateTime(new Date(2027, 5, 30, 0, 0).getTime())).toBe('30 Jun 2027, 00:00');
  });

  test('group thousands and keep fractions', () => {
    expect(formatNumber(1234.5)).toBe('1,234.5');
    expect(formatNumber(-7)).toBe('-7');
    expect(formatNumber(52.5, 'ru')).toBe('52,5');
  });
});
