import { describe, expect, test } from 'vitest';
import {
  addDays,
  civilDate,
  civilDateOf,
  daysBetween,
  endOfDayMs,
  isCivilDate,
  todayCivil,
} from '../../../shared/civilDate.ts';

describe('civil dates', () => {
  test.each(['2024-02-29', '2000-02-29', '1900-01-01', '2200-12-31', '2026-04-30'])('%s is a day', (text) => {
    expect(isCivilDate(text)).toBe(true);
  });

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '1899-12-31',
    '2201-01-01',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00',
    '2026-01-01\n',
    ' 2026-01-01',
    '۲۰۲۶-۰۱-۰۱',
    '',
  ])('%j is none', (text) => {
    expect(isCivilDate(text)).toBe(false);
    expect(() => civilDate(text)).toThrow(RangeError);
  });

  test('agrees with the calendar of Date for every day from 1900 to 2200', () => {
    let wrong = 0;
    let day = civilDate('1900-01-01');
    for (let number = 0; ; number++) {
      const expected = new Date(Date.UTC(1900, 0, 1 + number)).toISOString().slice(0, 10);
      if (day !== expected || daysBetween(civilDate('1900-01-01'), day) !== number) wrong += 1;
      if (day === '2200-12-31') break;
      day = addDays(day, 1);
    }
    expect(wrong).toBe(0);
  });

  test('days are counted across leap days and year ends', () => {
    expect(daysBetween(civilDate('2024-02-28'), civilDate('2024-03-01'))).toBe(2);
    expect(daysBetween(civilDate('2023-02-28'), civilDate('2023-03-01'))).toBe(1);
    expect(daysBetween(civilDate('2026-12-31'), civilDate('2027-01-01'))).toBe(1);
    expect(daysBetween(civilDate('2027-01-01'), civilDate('2026-12-31'))).toBe(-1);
  });

  test('a step out of the years that are allowed is refused', () => {
    expect(() => addDays(civilDate('2200-12-31'), 1)).toThrow(RangeError);
  });

  test('a day holds all of its milliseconds by the clock of this computer', () => {
    const day = civilDate('2026-03-29');
    expect(civilDateOf(endOfDayMs(day))).toBe(day);
    expect(civilDateOf(endOfDayMs(day) + 1)).toBe('2026-03-30');
    expect(isCivilDate(todayCivil())).toBe(true);
  });
});
