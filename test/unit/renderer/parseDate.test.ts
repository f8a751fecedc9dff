import { describe, expect, test } from 'vitest';
import { parseDate } from '../../../renderer/components/parseDate.ts';

describe('dates as people type them', () => {
  test.each([
    ['2027-06-30', '2027-06-30'],
    ['2027.6.3', '2027-06-03'],
    ['30.06.2027', '2027-06-30'],
    ['30 Jun 2027', '2027-06-30'],
    ['30 june 2027', '2027-06-30'],
    ['June 30, 2027', '2027-06-30'],
    [' 1 Sep 2027 ', '2027-09-01'],
    ['۲۰۲۷-۰۶-۳۰', '2027-06-30'],
  ])('%s is read', (typed, date) => {
    expect(parseDate(typed)).toBe(date);
  });

  test.each(['3/4/2027', '31.02.2027', '30 Jux 2027', '2027', 'soon', '30 Jun 27', ''])(
    '%s is refused, not guessed',
    (typed) => {
      expect(parseDate(typed)).toBeNull();
    },
  );
});
