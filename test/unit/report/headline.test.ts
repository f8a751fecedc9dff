import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../shared/civilDate.ts';
import { headlineParts, headlineText } from '../../../shared/report/headline.ts';
import { statusCounts } from '../../../shared/report/statusCounts.ts';
import type { StatusCounts } from '../../../shared/report/statusReport.ts';
import { createTranslator } from '../../../shared/text/translator.ts';
import { TODAY } from '../rules/facts.ts';

const { t } = createTranslator();
const counts = (numbers: Partial<StatusCounts>): StatusCounts => ({
  ...statusCounts([], TODAY),
  total: 37,
  ...numbers,
});
const since = (overdue: number) => ({ on: civilDate('2026-05-01'), counts: counts({ overdue }) });

describe('the headline', () => {
  test('is one sentence, bad news first', () => {
    expect(headlineText(t, counts({ overdue: 9, withoutOwner: 12, dueIn30: 1, done: 1 }), since(5))).toBe(
      '9 of 37 are late, 4 more than on 1 May 2026; 12 have no owner; 1 is due within 30 days; 1 is done.',
    );
  });

  test('says how lateness changed in either direction, or that it did not', () => {
    expect(headlineText(t, counts({ overdue: 1 }), since(5))).toBe('1 of 37 is late, 4 fewer than on 1 May 2026.');
    expect(headlineText(t, counts({ overdue: 5 }), since(5))).toBe('5 of 37 are late, as many as on 1 May 2026.');
    expect(headlineText(t, counts({}), since(3))).toBe('None of 37 is late, 3 fewer than on 1 May 2026.');
    expect(headlineText(t, counts({}), since(0))).toBe('None of 37 is late, and none was on 1 May 2026.');
  });

  test('begins with what is wrong even when nothing is late', () => {
    expect(headlineText(t, counts({ withoutOwner: 37, withoutDeadline: 37 }), null)).toBe(
      '37 of 37 have no owner; 37 have no deadline; none is late.',
    );
  });

  test('of an empty file says so', () => {
    expect(headlineText(t, counts({ total: 0 }), since(0))).toBe('No instruments are listed yet.');
  });

  test('names the count of each part, so that each leads to its rows', () => {
    const parts = headlineParts(t, counts({ overdue: 2, withoutDeadline: 1, done: 3 }), null);
    expect(parts.map(({ count }) => count)).toEqual(['overdue', 'withoutDeadline', 'done']);
    expect(headlineParts(t, counts({}), null)).toEqual([{ count: 'overdue', text: 'None of 37 is late' }]);
  });
});
