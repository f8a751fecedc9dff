import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/civilDate.ts';
import { healthOf } from '../../../shared/rules/health.ts';
import { anInstrument, noonOf, TODAY } from './facts.ts';

const health = (fields: Parameters<typeof anInstrument>[0]) => healthOf(anInstrument(fields), TODAY);
const codes = (fields: Parameters<typeof anInstrument>[0]) => health(fields).reasons.map(({ code }) => code);

describe('health', () => {
  test('is on track when nothing speaks against it', () => {
    expect(health({})).toEqual({ health: 'on-track', computed: 'on-track', reasons: [{ code: 'nothing-wrong' }] });
  });

  test('is on track once done, however late, silent or without owner', () => {
    const verdict = health({ stage: 'implemented', deadline: '2026-01-01', pkOwnerId: null, touchedAt: 0 });
    expect(verdict).toMatchObject({ health: 'on-track', reasons: [{ code: 'done' }] });
  });

  test('is off track from the day after the deadline', () => {
    expect(health({ deadline: TODAY, originalDeadline: TODAY, progress: 100 }).health).toBe('on-track');
    expect(health({ deadline: addDays(TODAY, -1) })).toMatchObject({
      health: 'off-track',
      reasons: [{ code: 'overdue', daysLate: 1 }],
    });
  });

  test('is off track when the paper ended before it was implemented, from the day after its expiry', () => {
    expect(health({ legalStatus: 'terminated' }).reasons).toEqual([{ code: 'legal-end', legalStatus: 'terminated' }]);
    expect(health({ expiresOn: TODAY }).health).toBe('on-track');
    expect(codes({ expiresOn: addDays(TODAY, -1) })).toEqual(['expiry-passed']);
    expect(codes({ expiresOn: addDays(TODAY, -1), legalStatus: 'expired' })).toEqual(['legal-end']);
  });

  test('is not reported without a deadline, but at risk when on hold', () => {
    expect(health({ deadline: null })).toMatchObject({ health: 'not-reported', reasons: [{ code: 'no-deadline' }] });
    expect(health({ deadline: null, stage: 'on-hold' }).health).toBe('at-risk');
  });

  test('is at risk without any owner; one side is enough', () => {
    expect(codes({ pkOwnerId: null })).toEqual(['no-owner']);
    expect(health({ pkOwnerId: null, kzOwnerId: anInstrument().pkOwnerId }).health).toBe('on-track');
  });

  test('is at risk when due within 30 days and less than half done', () => {
    const due = (days: number, progress: number | null) =>
      codes({ deadline: addDays(TODAY, days), originalDeadline: addDays(TODAY, days), signedOn: TODAY, progress });
    expect(due(30, 49)).toEqual(['due-soon']);
    expect(due(30, null)).toEqual(['due-soon']);
    expect(due(30, 50)).toEqual(['nothing-wrong']);
    expect(due(31, 0)).toEqual(['nothing-wrong']);
  });

  test('is at risk when the deadline moved by more than 90 days in all', () => {
    const moved = (days: number) => codes({ originalDeadline: addDays(anInstrument().deadline ?? TODAY, -days) });
    expect(moved(90)).toEqual(['nothing-wrong']);
    expect(moved(91)).toEqual(['slipped']);
  });

  test('is at risk when reported progress trails the time by more than 25 points', () => {
    const half = {
      startOn: addDays(TODAY, -100),
      deadline: addDays(TODAY, 100),
      originalDeadline: addDays(TODAY, 100),
    };
    expect(codes({ ...half, progress: 25 })).toEqual(['nothing-wrong']);
    expect(health({ ...half, progress: 24 }).reasons).toEqual([
      { code: 'behind-time', progress: 24, elapsedPercent: 50 },
    ]);
    expect(codes({ ...half, progress: null })).toEqual(['nothing-wrong']);
  });

  test('is at risk when nothing was written for more than 90 days', () => {
    expect(codes({ touchedAt: noonOf(addDays(TODAY, -90)) })).toEqual(['nothing-wrong']);
    expect(codes({ touchedAt: noonOf(addDays(TODAY, -91)) })).toEqual(['silent']);
    expect(codes({ touchedAt: null })).toEqual(['nothing-wrong']);
  });

  test('tells every reason of its own grade, and none of a lesser one', () => {
    expect(codes({ stage: 'on-hold', pkOwnerId: null, touchedAt: 0 })).toEqual(['on-hold', 'no-owner', 'silent']);
    expect(codes({ deadline: '2026-01-01', pkOwnerId: null })).toEqual(['overdue']);
  });

  test('set by a person replaces the rule and shows the reason; the rule’s answer stays known', () => {
    const late = { deadline: '2026-01-01', healthOverride: 'on-track', healthOverrideReason: 'Agreed by letter' };
    expect(health(late)).toEqual({
      health: 'on-track',
      computed: 'off-track',
      reasons: [{ code: 'override', reason: 'Agreed by letter' }],
    });
    expect(health({ ...late, healthOverrideReason: null }).reasons).toEqual([{ code: 'override', reason: '' }]);
  });

  test('set by a person no longer counts once it is done', () => {
    expect(health({ stage: 'closed', healthOverride: 'off-track' })).toMatchObject({
      health: 'on-track',
      reasons: [{ code: 'done' }],
    });
  });
});
