import { describe, expect, test } from 'vitest';
import { addDays, civilDate } from '../../../shared/civilDate.ts';
import { buildStatusReport, type ReportFacts } from '../../../shared/report/buildStatusReport.ts';
import { COUNT_FILTERS, COUNT_NAMES, countMatching, statusCounts } from '../../../shared/report/statusCounts.ts';
import { StatusReport } from '../../../shared/report/statusReport.ts';
import { anInstrument, instrumentId, KZ_PERSON, noonOf, PK_PERSON, TODAY } from '../rules/facts.ts';

const row = (number: number | null, fields: Parameters<typeof anInstrument>[0] = {}) =>
  anInstrument({ id: instrumentId(number ?? 99), number, ...fields });
const dueIn = (number: number, days: number, fields: Parameters<typeof anInstrument>[0] = {}) =>
  row(number, { deadline: addDays(TODAY, days), originalDeadline: addDays(TODAY, days), ...fields });

const facts = (instruments: ReportFacts['instruments'], more: Partial<ReportFacts> = {}): ReportFacts => ({
  title: 'Committee',
  instruments,
  persons: [
    { id: PK_PERSON as ReportFacts['persons'][number]['id'], name: 'A. Khan' },
    { id: KZ_PERSON as ReportFacts['persons'][number]['id'], name: 'Г. Қасымова' },
  ],
  bodies: [],
  targets: [],
  lastNotes: new Map(),
  ...more,
});
const report = (instruments: ReportFacts['instruments'], more: Partial<ReportFacts> = {}) =>
  buildStatusReport(facts(instruments, more), { asOf: TODAY, since: null, preparedBy: null });
const numbers = (rows: { number: number | null }[]) => rows.map(({ number }) => number);

describe('the status report', () => {
  test('puts what is late longest on top, and what is due soonest', () => {
    const built = report([
      dueIn(1, -2),
      dueIn(2, -40),
      dueIn(3, 30),
      dueIn(4, 0),
      dueIn(5, 31),
      dueIn(6, 60),
      dueIn(7, 61),
    ]);
    expect(numbers(built.overdue)).toEqual([2, 1]);
    expect(numbers(built.dueNext.in30)).toEqual([4, 3]);
    expect(numbers(built.dueNext.in60)).toEqual([5, 6]);
    expect(numbers(built.dueNext.in90)).toEqual([7]);
    expect(built.counts).toMatchObject({ total: 7, overdue: 2, dueIn30: 2, dueIn60: 4, dueIn90: 5 });
  });

  test('lists every instrument by number, those without one last', () => {
    expect(numbers(report([row(null), row(10), row(2)]).register)).toEqual([2, 10, null]);
  });

  test('groups by sector, without a sector last', () => {
    const { bySector } = report([
      row(1, { sector: null }),
      dueIn(2, -1, { sector: 'Railways' }),
      row(3, { sector: 'Energy' }),
      row(4, { sector: 'Railways' }),
    ]);
    expect(bySector.map(({ sector, total, overdue }) => [sector, total, overdue])).toEqual([
      ['Energy', 1, 0],
      ['Railways', 2, 1],
      [null, 1, 0],
    ]);
    expect(bySector[1]?.byHealth).toEqual({ 'on-track': 1, 'at-risk': 0, 'off-track': 1, 'not-reported': 0 });
  });

  test('resolves names; a person who is not known is nobody', () => {
    const stranger = instrumentId(55);
    const [known, unknown] = report([row(1, { kzOwnerId: KZ_PERSON }), row(2, { pkOwnerId: stranger })]).register;
    expect(known?.owners).toEqual({ pk: 'A. Khan', kz: 'Г. Қасымова' });
    expect(unknown?.owners).toEqual({ pk: null, kz: null });
  });

  test('tells days late or days left, never both, and neither once done', () => {
    const [late, ahead, done] = report([dueIn(1, -3), dueIn(2, 3), dueIn(3, -3, { stage: 'closed' })]).register;
    expect([late?.daysLate, late?.daysLeft]).toEqual([3, null]);
    expect([ahead?.daysLate, ahead?.daysLeft]).toEqual([null, 3]);
    expect([done?.daysLate, done?.daysLeft, done?.progress]).toEqual([null, null, 100]);
  });

  test('counts the earlier day by the rows and by the calendar of that day', () => {
    const on = civilDate('2026-05-01');
    const built = buildStatusReport(facts([dueIn(1, -1)]), {
      asOf: TODAY,
      since: { on, facts: { instruments: [dueIn(1, -1), dueIn(2, -1, { deadline: '2026-04-30' })] } },
      preparedBy: { name: 'A. Khan', post: null },
    });
    expect(built.since?.on).toBe(on);
    expect([built.since?.counts.total, built.since?.counts.overdue]).toEqual([2, 1]);
    expect(StatusReport.parse(built)).toEqual(built);
  });

  test('keeps headline targets in their order, with the days left to each', () => {
    const target = {
      name: 'Trade',
      baseline: 250,
      baselineOn: null,
      target: 1000,
      unit: 'USD million',
      targetOn: addDays(TODAY, -5),
      latest: null,
      latestOn: null,
      basis: null,
      source: null,
      isHeadline: 1 as const,
      rank: 2,
      deleted: 0 as const,
    };
    const { headlineTargets } = report([], {
      targets: [
        { ...target, id: instrumentId(1) },
        { ...target, id: instrumentId(2), name: 'First', rank: 1, targetOn: null },
        { ...target, id: instrumentId(3), isHeadline: 0 },
        { ...target, id: instrumentId(4), deleted: 1 },
      ],
    });
    expect(headlineTargets.map(({ name, daysLeft }) => [name, daysLeft])).toEqual([
      ['First', null],
      ['Trade', -5],
    ]);
  });

  test('carries the last note as it was written', () => {
    const note = { text: 'ریلوے', author: 'B. Serik', writtenAt: noonOf('2026-11-01') };
    expect(report([row(1)], { lastNotes: new Map([[instrumentId(1), note]]) }).register[0]?.lastNote).toEqual(note);
  });
});

describe('the numbers', () => {
  const rows = [
    row(1, { pkOwnerId: null }),
    row(2, { pkOwnerId: null, stage: 'closed', deadline: null }),
    row(3, { deadline: null }),
    row(4, { originalDeadline: '2027-01-01' }),
  ];

  test('are sizes of filters of the register', () => {
    const counts = statusCounts(rows, TODAY);
    for (const name of COUNT_NAMES) expect(counts[name]).toBe(countMatching(rows, COUNT_FILTERS[name], TODAY));
  });

  test('ask for no owner and no deadline where nothing is left to do', () => {
    expect(statusCounts(rows, TODAY)).toMatchObject({
      total: 4,
      done: 1,
      withoutOwner: 1,
      withoutDeadline: 1,
      deadlineMoved: 1,
    });
  });
});
