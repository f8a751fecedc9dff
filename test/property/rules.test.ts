import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type CivilDate, civilDate, daysBetween } from '../../shared/civilDate.ts';
import { compare, dominates, grownSince, join } from '../../shared/clock/versionVector.ts';
import { HEALTHS, LEGAL_STATUSES, STAGES } from '../../shared/entities/values.ts';
import { buildStatusReport } from '../../shared/report/buildStatusReport.ts';
import { COUNT_FILTERS, COUNT_NAMES, statusCounts } from '../../shared/report/statusCounts.ts';
import { StatusReport } from '../../shared/report/statusReport.ts';
import { deadlineState, isDueWithin } from '../../shared/rules/deadline.ts';
import { healthOf } from '../../shared/rules/health.ts';
import { matchesFilter } from '../../shared/rules/registerFilter.ts';
import { foldedWords, foldText } from '../../shared/text/searchText.ts';
import { anInstrument, instrumentId, KZ_PERSON, noonOf, PK_PERSON, TODAY } from '../unit/rules/facts.ts';

const day: fc.Arbitrary<CivilDate> = fc.integer({ min: -800, max: 800 }).map((days) => addDays(TODAY, days));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const instrument = fc
  .record({
    number: maybe(fc.integer({ min: 1, max: 50 })),
    sector: maybe(fc.constantFrom('Energy', 'Railways', 'Ədebiyat')),
    stage: fc.constantFrom(...STAGES),
    legalStatus: fc.constantFrom(...LEGAL_STATUSES),
    pkOwnerId: maybe(fc.constant(PK_PERSON)),
    kzOwnerId: maybe(fc.constant(KZ_PERSON)),
    startOn: maybe(day),
    signedOn: maybe(day),
    deadline: maybe(day),
    originalDeadline: maybe(day),
    expiresOn: maybe(day),
    progress: maybe(fc.integer({ min: 0, max: 100 })),
    touchedAt: maybe(day.map(noonOf)),
    healthOverride: maybe(fc.constantFrom('on-track', 'at-risk', 'off-track')),
  })
  .map((fields) => anInstrument(fields));
const register = fc
  .array(instrument, { maxLength: 25 })
  .map((rows) => rows.map((row, index) => ({ ...row, id: anInstrument({ id: instrumentId(index) }).id })));

describe('days', () => {
  test('stepping and counting undo each other', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
        expect(addDays(addDays(from, days), -days)).toBe(from);
      }),
    );
  });

  test('text order is the order of time', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(a < b).toBe(daysBetween(a, b) > 0);
        expect(civilDate(a)).toBe(a);
      }),
    );
  });
});

describe('rules', () => {
  test('a deadline has one state, and due within more days includes due within fewer', () => {
    fc.assert(
      fc.property(instrument, fc.nat(120), fc.nat(120), (row, a, b) => {
        const isLate = deadlineState(row, TODAY).kind === 'overdue';
        if (isDueWithin(row, Math.min(a, b), TODAY)) expect(isDueWithin(row, Math.max(a, b), TODAY)).toBe(true);
        if (isLate) expect(isDueWithin(row, a, TODAY)).toBe(false);
      }),
    );
  });

  test('health always has a reason, and only a person can make it differ from the rule', () => {
    fc.assert(
      fc.property(instrument, (row) => {
        const { health, computed, reasons } = healthOf(row, TODAY);
        expect(reasons.length).toBeGreaterThan(0);
        if (health !== computed) expect(reasons[0]?.code).toBe('override');
      }),
    );
  });

  test('a tighter filter never lets more through', () => {
    fc.assert(
      fc.property(instrument, fc.constantFrom(...COUNT_NAMES), fc.constantFrom(...HEALTHS), (row, name, health) => {
        const wide = COUNT_FILTERS[name];
        if (matchesFilter(row, { ...wide, healths: [health] }, TODAY))
          expect(matchesFilter(row, wide, TODAY)).toBe(true);
      }),
    );
  });
});

describe('the status report', () => {
  const report = (rows: ReturnType<typeof anInstrument>[]) =>
    buildStatusReport(
      { title: 'T', instruments: rows, persons: [], bodies: [], targets: [], lastNotes: new Map() },
      { asOf: TODAY, since: null, preparedBy: null },
    );

  test('adds up: every instrument has one health, one stage and one sector, and stands in the register once', () => {
    fc.assert(
      fc.property(register, (rows) => {
        const built = report(rows);
        const sum = (numbers: Record<string, number>) => Object.values(numbers).reduce((a, b) => a + b, 0);
        expect(sum(built.counts.byHealth)).toBe(rows.length);
        expect(sum(built.counts.byStage)).toBe(rows.length);
        expect(built.bySector.reduce((total, line) => total + line.total, 0)).toBe(rows.length);
        expect(built.bySector.reduce((total, line) => total + line.overdue, 0)).toBe(built.counts.overdue);
        expect(new Set(built.register.map(({ id }) => id)).size).toBe(rows.length);
        expect(StatusReport.safeParse(built).success).toBe(true);
      }),
    );
  });

  test('lists as many rows as it counts', () => {
    fc.assert(
      fc.property(register, (rows) => {
        const { counts, overdue, dueNext } = report(rows);
        expect(overdue).toHaveLength(counts.overdue);
        expect(dueNext.in30).toHaveLength(counts.dueIn30);
        expect(dueNext.in30.length + dueNext.in60.length).toBe(counts.dueIn60);
        expect(dueNext.in30.length + dueNext.in60.length + dueNext.in90.length).toBe(counts.dueIn90);
      }),
    );
  });

  test('does not depend on the order in which rows are read', () => {
    fc.assert(
      fc.property(register, (rows) => {
        expect(report([...rows].reverse())).toEqual(report(rows));
        expect(statusCounts(rows, TODAY).total).toBe(rows.length);
      }),
    );
  });
});

describe('version vectors', () => {
  const vector = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 9 })))
    .map((entries) => new Map(entries));
  const plain = (map: ReadonlyMap<string, number>) => Object.fromEntries(map);

  test('joining is commutative, associative and idempotent', () => {
    fc.assert(
      fc.property(vector, vector, vector, (a, b, c) => {
        expect(plain(join(a, b))).toEqual(plain(join(b, a)));
        expect(plain(join(join(a, b), c))).toEqual(plain(join(a, join(b, c))));
        expect(plain(join(a, a))).toEqual(plain(a));
      }),
    );
  });

  test('a join has seen both and nothing more', () => {
    fc.assert(
      fc.property(vector, vector, vector, (a, b, c) => {
        const joined = join(a, b);
        expect(dominates(joined, a) && dominates(joined, b)).toBe(true);
        if (dominates(c, a) && dominates(c, b)) expect(dominates(c, joined)).toBe(true);
      }),
    );
  });

  test('what has grown is exactly what joining adds', () => {
    fc.assert(
      fc.property(vector, vector, (base, other) => {
        const grown = grownSince(other, base);
        expect(plain(join(base, grown))).toEqual(plain(join(base, other)));
        expect(grownSince(base, base).size).toBe(0);
      }),
    );
  });

  test('order is the same seen from either side, and a missing replica counts as 0', () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const mirrored = { equal: 'equal', before: 'after', after: 'before', concurrent: 'concurrent' } as const;
        expect(compare(b, a)).toBe(mirrored[compare(a, b)]);
        expect(compare(a, new Map([...a, ['z', 0]]))).toBe('equal');
      }),
    );
  });
});

describe('folded text', () => {
  const TRICKY = [...'يىئكهةۃھأإآٱؤیکہمُّ‌‍ـ٠۹ёЁйЙәғқңөұүһіӘҒҚҢӨҰҮҺІİıßæØłđäÄéǆŉŐﬁﷺ ́̈ '];
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...TRICKY), maxLength: 6 }));

  test('folding again changes nothing', () => {
    fc.assert(
      fc.property(text, (value) => {
        const folded = foldText(value);
        expect(foldText(folded)).toBe(folded);
      }),
      { numRuns: 2_000 },
    );
  });

  test('composed and decomposed text is the same, and so are small and capital letters', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(foldText(value.normalize('NFD'))).toBe(foldText(value));
        expect(foldText(value.toLowerCase())).toBe(foldText(value));
      }),
      { numRuns: 2_000 },
    );
  });

  test('the words of a text are words of its folded form', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(foldedWords(foldText(value))).toEqual(foldedWords(value));
      }),
    );
  });
});
