import { describe, expect, test } from 'vitest';
import { addDays, civilDate } from '../../../shared/civilDate.ts';
import {
  checkDeadline,
  deadlineState,
  elapsedMark,
  elapsedShare,
  isDone,
  isDueWithin,
  isOverdue,
  slippageDays,
} from '../../../shared/rules/deadline.ts';
import { effectiveProgress } from '../../../shared/rules/progress.ts';
import { anInstrument, TODAY } from './facts.ts';

const dueIn = (days: number) => anInstrument({ deadline: addDays(TODAY, days) });

describe('deadline', () => {
  test('is not missed on its own day, but on the day after', () => {
    expect(deadlineState(dueIn(0), TODAY)).toEqual({ kind: 'due-soon', daysLeft: 0 });
    expect(isOverdue(dueIn(0), TODAY)).toBe(false);
    expect(deadlineState(dueIn(-1), TODAY)).toEqual({ kind: 'overdue', daysLate: 1 });
    expect(isOverdue(dueIn(-1), TODAY)).toBe(true);
  });

  test('is near up to the thirtieth day', () => {
    expect(deadlineState(dueIn(30), TODAY)).toEqual({ kind: 'due-soon', daysLeft: 30 });
    expect(deadlineState(dueIn(31), TODAY)).toEqual({ kind: 'ahead', daysLeft: 31 });
  });

  test.each(['implemented', 'closed'] as const)('cannot be missed once %s', (stage) => {
    const late = anInstrument({ stage, deadline: '2026-01-01' });
    expect(deadlineState(late, TODAY)).toEqual({ kind: 'done' });
    expect(isDueWithin(late, 10_000, TODAY)).toBe(false);
    expect(isDone(stage)).toBe(true);
  });

  test('on hold goes on being due', () => {
    expect(isOverdue(anInstrument({ stage: 'on-hold', deadline: '2026-01-01' }), TODAY)).toBe(true);
  });

  test('absent is neither late nor due', () => {
    const none = anInstrument({ deadline: null });
    expect(deadlineState(none, TODAY)).toEqual({ kind: 'none' });
    expect(isDueWithin(none, 10_000, TODAY)).toBe(false);
  });

  test('late is not due within any number of days', () => {
    expect(isDueWithin(dueIn(-1), 90, TODAY)).toBe(false);
    expect(isDueWithin(dueIn(0), 0, TODAY)).toBe(true);
    expect(isDueWithin(dueIn(90), 90, TODAY)).toBe(true);
    expect(isDueWithin(dueIn(91), 90, TODAY)).toBe(false);
  });

  test('slips by days from the first one agreed', () => {
    expect(slippageDays({ originalDeadline: civilDate('2024-02-28'), deadline: civilDate('2024-03-01') })).toBe(2);
    expect(slippageDays({ originalDeadline: civilDate('2026-03-01'), deadline: civilDate('2026-02-28') })).toBe(-1);
    expect(slippageDays({ originalDeadline: null, deadline: civilDate('2026-02-28') })).toBeNull();
    expect(slippageDays({ originalDeadline: civilDate('2026-02-28'), deadline: null })).toBeNull();
  });

  test('may be the day of the start, not the day before', () => {
    const startOn = civilDate('2026-05-03');
    expect(checkDeadline({ startOn }, startOn)).toEqual({ ok: true, value: startOn });
    expect(checkDeadline({ startOn }, null)).toEqual({ ok: true, value: null });
    expect(checkDeadline({ startOn }, civilDate('2026-05-02'))).toEqual({
      ok: false,
      error: { code: 'deadline-before-start', details: { deadline: '2026-05-02', startOn } },
    });
    expect(checkDeadline({ startOn: null }, civilDate('1950-01-01')).ok).toBe(true);
  });
});

describe('elapsed time', () => {
  const hundredDays = (startOn: string | null, signedOn: string | null = null) =>
    anInstrument({ startOn, signedOn, deadline: addDays(civilDate('2026-01-01'), 100) });
  const dayAfter = (days: number) => addDays(civilDate('2026-01-01'), days);

  test('turns yellow at exactly half and red at exactly nine tenths', () => {
    const instrument = hundredDays('2026-01-01');
    expect([49, 50, 89, 90].map((days) => elapsedMark(instrument, dayAfter(days)))).toEqual([
      'none',
      'yellow',
      'yellow',
      'red',
    ]);
  });

  test('is 0 before the start, 1 on the deadline and more after it', () => {
    const instrument = hundredDays('2026-01-01');
    expect(elapsedShare(instrument, civilDate('2025-06-01'))).toBe(0);
    expect(elapsedShare(instrument, dayAfter(100))).toBe(1);
    expect(elapsedShare(instrument, dayAfter(150))).toBe(1.5);
  });

  test('runs from the start, else from the signature, else not at all', () => {
    expect(elapsedShare(hundredDays(null, '2026-01-01'), dayAfter(50))).toBe(0.5);
    expect(elapsedShare(hundredDays('2026-02-20', '2026-01-01'), dayAfter(50))).toBe(0);
    expect(elapsedShare(hundredDays(null), dayAfter(50))).toBeNull();
  });

  test('is unknown when the deadline does not lie after the start', () => {
    expect(elapsedShare(anInstrument({ startOn: '2026-05-01', deadline: '2026-05-01' }), TODAY)).toBeNull();
    expect(elapsedShare(anInstrument({ signedOn: '2026-05-02', deadline: '2026-05-01' }), TODAY)).toBeNull();
  });

  test('marks nothing that is done', () => {
    expect(elapsedMark(anInstrument({ stage: 'closed', deadline: '2026-03-01' }), TODAY)).toBe('none');
  });
});

describe('progress', () => {
  test('of what is done is 100, whatever was typed', () => {
    expect(effectiveProgress({ stage: 'implemented', progress: null })).toBe(100);
    expect(effectiveProgress({ stage: 'closed', progress: 40 })).toBe(100);
  });

  test('is what a person reported, and unknown until then', () => {
    expect(effectiveProgress({ stage: 'on-hold', progress: 0 })).toBe(0);
    expect(effectiveProgress({ stage: 'not-started', progress: null })).toBeNull();
  });
});
