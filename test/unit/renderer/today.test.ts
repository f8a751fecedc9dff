import { describe, expect, it } from 'vitest';
import { parseFigure, targetPace } from '../../../renderer/features/today/targetPace.ts';
import { endOfLastMonth, ownerGroups, sectorGroups, todayLists } from '../../../renderer/features/today/todayLists.ts';
import { addDays, civilDate } from '../../../shared/civilDate.ts';
import { HEALTHS } from '../../../shared/entities/values.ts';
import { COUNT_FILTERS, countMatching, statusCounts } from '../../../shared/report/statusCounts.ts';
import { fakeId, fakeInstrument, fakeRegister } from '../../helpers/fakeRegister.ts';

const TODAY = civilDate('2026-11-24');
const REGISTER = fakeRegister(TODAY, 200);

describe('lists of the first screen', () => {
  const lists = todayLists(REGISTER, TODAY);
  const counts = statusCounts(REGISTER, TODAY);

  it('hold exactly as many rows as the register shows behind their numbers', () => {
    expect(lists.overdue.rows).toHaveLength(counts.overdue);
    expect(lists.elapsedRed.count).toBe(counts.elapsedRed);
    expect(lists.dueSoon.rows).toHaveLength(counts.dueIn30);
    expect(lists.withoutOwner.rows).toHaveLength(counts.withoutOwner);
    expect(lists.withoutDeadline.rows).toHaveLength(counts.withoutDeadline);
    expect(lists.onHold.rows).toHaveLength(counts.byStage['on-hold']);
    expect(counts.overdue).toBeGreaterThan(0);
  });

  it('begin with what is late longest, and name nothing twice as urgent', () => {
    const days = lists.overdue.rows.map(({ deadline }) => deadline);
    expect(days).toEqual([...days].sort());
    const late = new Set(lists.overdue.rows.map(({ id }) => id));
    expect(lists.elapsedRed.rows.some(({ id }) => late.has(id))).toBe(false);
  });

  it('keep later deadlines apart from late and near ones, and leave out what is done', () => {
    const near = addDays(TODAY, 30);
    expect(lists.upcoming.length).toBeGreaterThan(0);
    for (const { deadline, stage } of lists.upcoming) {
      expect((deadline ?? '') > near).toBe(true);
      expect(['implemented', 'closed']).not.toContain(stage);
    }
  });
});

describe('bars of the first screen', () => {
  it('count what their filter finds, by sector and by owner, health by health', () => {
    const groups = [...sectorGroups(REGISTER, TODAY), ...ownerGroups(REGISTER, (id) => id, TODAY)];
    for (const { filter, total, counts } of groups) {
      expect(total).toBe(countMatching(REGISTER, filter, TODAY));
      for (const health of HEALTHS)
        expect(counts[health]).toBe(countMatching(REGISTER, { ...filter, healths: [health] }, TODAY));
    }
  });

  it('show an instrument with two owners in both bars, with the same owner on both sides once', () => {
    const [khan, serik] = [fakeId(2, 1), fakeId(2, 2)];
    const groups = ownerGroups(
      [
        fakeInstrument(1, { pkOwnerId: khan, kzOwnerId: serik }),
        fakeInstrument(2, { pkOwnerId: khan, kzOwnerId: khan }),
      ],
      (id) => (id === khan ? 'Khan' : 'Serik'),
      TODAY,
    );
    expect(groups.map(({ name, total }) => [name, total])).toEqual([
      ['Khan', 2],
      ['Serik', 1],
    ]);
  });

  it('stand in order of size, those without a name last; nobody is missing where the work is done', () => {
    const groups = ownerGroups(
      [
        fakeInstrument(1),
        fakeInstrument(2),
        fakeInstrument(3, { stage: 'closed' }),
        fakeInstrument(4, { pkOwnerId: fakeId(2, 1) }),
      ],
      () => 'Khan',
      TODAY,
    );
    expect(groups.map(({ name, total, filter }) => ({ name, total, filter }))).toEqual([
      { name: 'Khan', total: 1, filter: { ownerIds: [fakeId(2, 1)] } },
      { name: null, total: 2, filter: COUNT_FILTERS.withoutOwner },
    ]);
  });
});

describe('pace of a target', () => {
  const trade = {
    baseline: 250,
    baselineOn: civilDate('2026-02-04'),
    target: 1000,
    targetOn: civilDate('2028-02-04'),
    latest: 310,
  };

  it('is the share of the way that the time has gone', () => {
    const pace = targetPace(trade, civilDate('2027-02-04'));
    expect(pace?.expected).toBeCloseTo(625, 0);
    expect(pace).toMatchObject({ actual: 310, state: 'behind' });
  });

  it('points downwards where less is better', () => {
    const transit = { ...trade, baseline: 20, target: 5, latest: 8 };
    expect(targetPace(transit, civilDate('2027-02-04'))).toMatchObject({ actualShare: 0.8, state: 'ahead' });
  });

  it('stays at the target after its day, and counts from the baseline while nothing newer is known', () => {
    expect(targetPace({ ...trade, latest: null }, civilDate('2029-01-01'))).toMatchObject({
      expected: 1000,
      actual: 250,
      expectedShare: 1,
      state: 'behind',
    });
    expect(targetPace({ ...trade, latest: 1000 }, TODAY)?.state).toBe('reached');
  });

  it('cannot be told without a baseline, a goal and two days in order', () => {
    for (const missing of [
      { baseline: null },
      { baselineOn: null },
      { target: null },
      { targetOn: null },
      { target: 250 },
      { targetOn: trade.baselineOn },
    ])
      expect(targetPace({ ...trade, ...missing }, TODAY)).toBeNull();
  });
});

describe('figures', () => {
  it('are read as people of different countries type them', () => {
    expect(parseFigure('310')).toBe(310);
    expect(parseFigure('1 250,5')).toBe(1250.5);
    expect(parseFigure('1,250.5')).toBe(1250.5);
    expect(parseFigure('1,000')).toBe(1000);
    expect(parseFigure('-3.5')).toBe(-3.5);
  });

  it('are none when nothing is typed, and refused when they are no figures', () => {
    expect(parseFigure('  ')).toBeNull();
    for (const typed of ['abc', '1.2.3', '12m', '1,00,0', '--1']) expect(parseFigure(typed)).toBeUndefined();
  });
});

it('a month is compared with the last day of the month before', () => {
  expect(endOfLastMonth(civilDate('2026-11-24'))).toBe('2026-10-31');
  expect(endOfLastMonth(civilDate('2027-01-01'))).toBe('2026-12-31');
  expect(endOfLastMonth(civilDate('2028-03-31'))).toBe('2028-02-29');
});
