import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/civilDate.ts';
import { matchesFilter, type RegisterFilter } from '../../../shared/rules/registerFilter.ts';
import { anInstrument, instrumentId, KZ_PERSON, PK_PERSON, TODAY } from './facts.ts';

const matches = (fields: Parameters<typeof anInstrument>[0], filter: RegisterFilter) =>
  matchesFilter(anInstrument(fields), filter, TODAY);

describe('the register’s filter', () => {
  test('lets everything pass when it is empty', () => {
    expect(matches({}, {})).toBe(true);
  });

  test('narrows with each part; within a part any value fits; an empty list fits nothing', () => {
    expect(matches({}, { stages: ['closed', 'in-implementation'], kinds: ['mou'] })).toBe(true);
    expect(matches({}, { stages: ['in-implementation'], kinds: ['treaty'] })).toBe(false);
    expect(matches({}, { stages: [] })).toBe(false);
    expect(matches({}, { legalStatuses: ['signed'], priorities: ['normal'], healths: ['on-track'] })).toBe(true);
    expect(matches({}, { healths: ['off-track'] })).toBe(false);
  });

  test('takes null for "no sector"', () => {
    expect(matches({ sector: null }, { sectors: [null] })).toBe(true);
    expect(matches({ sector: 'Energy' }, { sectors: [null] })).toBe(false);
    expect(matches({ sector: null }, { sectors: ['Energy'] })).toBe(false);
  });

  test('finds an owner or a lead body on either side', () => {
    expect(matches({ pkOwnerId: null, kzOwnerId: KZ_PERSON }, { ownerIds: [KZ_PERSON] })).toBe(true);
    expect(matches({}, { ownerIds: [PK_PERSON, KZ_PERSON] })).toBe(true);
    expect(matches({}, { ownerIds: [KZ_PERSON] })).toBe(false);
    expect(matches({ kzLeadBodyId: instrumentId(7) }, { bodyIds: [instrumentId(7)] })).toBe(true);
  });

  test.each([
    [-1, ['overdue']],
    [0, ['due-7', 'due-30', 'due-60', 'due-90']],
    [7, ['due-7', 'due-30', 'due-60', 'due-90']],
    [8, ['due-30', 'due-60', 'due-90']],
    [30, ['due-30', 'due-60', 'due-90']],
    [31, ['due-60', 'due-90']],
    [61, ['due-90']],
    [91, []],
  ])('a deadline in %d days passes %j', (days, expected) => {
    const deadline = addDays(TODAY, days);
    const all = ['overdue', 'due-7', 'due-30', 'due-60', 'due-90', 'none', 'moved'] as const;
    const passed = all.filter((wanted) => matches({ deadline, originalDeadline: deadline }, { deadline: wanted }));
    expect(passed).toEqual(expected);
  });

  test('"no deadline" is a task, so what is done does not count', () => {
    expect(matches({ deadline: null }, { deadline: 'none' })).toBe(true);
    expect(matches({ deadline: null, stage: 'closed' }, { deadline: 'none' })).toBe(false);
  });

  test('"moved" needs a first deadline and another one now', () => {
    expect(matches({ originalDeadline: '2027-01-01' }, { deadline: 'moved' })).toBe(true);
    expect(matches({ originalDeadline: null }, { deadline: 'moved' })).toBe(false);
    expect(matches({ deadline: null }, { deadline: 'moved' })).toBe(false);
  });

  test('open, owner and ids', () => {
    expect(matches({}, { isOpen: true, owner: 'some', ids: new Set([instrumentId(1)]) })).toBe(true);
    expect(matches({ stage: 'closed' }, { isOpen: true })).toBe(false);
    expect(matches({ pkOwnerId: null }, { owner: 'none' })).toBe(true);
    expect(matches({}, { ids: new Set() })).toBe(false);
  });

  test('elapsed time is asked for by its mark', () => {
    expect(matches({ startOn: '2026-11-01', deadline: '2026-11-30' }, { elapsed: 'yellow' })).toBe(true);
    expect(matches({ startOn: '2026-11-01', deadline: '2026-11-25' }, { elapsed: 'red' })).toBe(true);
    expect(matches({ startOn: '2026-11-01', deadline: '2026-11-25' }, { elapsed: 'yellow' })).toBe(false);
  });
});
