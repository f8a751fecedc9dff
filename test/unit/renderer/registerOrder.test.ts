import { describe, expect, test } from 'vitest';
import { groupRows, sortRows } from '../../../renderer/features/register/registerOrder.ts';
import { createRowMaker, type RowContext } from '../../../renderer/features/register/registerRows.ts';
import { civilDate } from '../../../shared/civilDate.ts';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { fakeId, fakeInstrument, fakePerson } from '../../helpers/fakeRegister.ts';

const today = civilDate('2026-06-01');
const context: RowContext = {
  today,
  bodyById: {},
  personById: { [fakeId(2, 1)]: fakePerson(1, { name: 'Aigul' }), [fakeId(2, 2)]: fakePerson(2, { name: 'Bekov' }) },
};
const rowsOf = (...fields: Partial<Instrument>[]) =>
  createRowMaker()(
    fields.map((own, index) => fakeInstrument(index + 1, own)),
    context,
  );
const numbers = (rows: readonly { instrument: { number: number | null } }[]) =>
  rows.map((row) => row.instrument.number);

describe('sorting', () => {
  test('rows without a value come last in both directions', () => {
    const rows = rowsOf(
      { deadline: null },
      { deadline: civilDate('2027-01-01') },
      { deadline: civilDate('2026-07-01') },
    );
    expect(numbers(sortRows(rows, { columnId: 'deadline', isDescending: false }, 'en'))).toEqual([3, 2, 1]);
    expect(numbers(sortRows(rows, { columnId: 'deadline', isDescending: true }, 'en'))).toEqual([2, 3, 1]);
  });

  test('health sorts worst first, stages in their own order', () => {
    const rows = rowsOf(
      { stage: 'closed' },
      { stage: 'in-implementation', deadline: civilDate('2026-05-01') },
      { stage: 'not-started' },
    );
    expect(numbers(sortRows(rows, { columnId: 'health', isDescending: false }, 'en'))).toEqual([2, 1, 3]);
    expect(numbers(sortRows(rows, { columnId: 'stage', isDescending: false }, 'en'))).toEqual([3, 2, 1]);
  });

  test('numbers inside titles count as numbers, ties keep their order', () => {
    const rows = rowsOf({ title: 'Annex 10' }, { title: 'Annex 9' }, { title: 'annex 9' });
    expect(numbers(sortRows(rows, { columnId: 'title', isDescending: false }, 'en'))).toEqual([2, 3, 1]);
  });

  test('without sorting the order is the one given', () => {
    const rows = rowsOf({}, {});
    expect(sortRows(rows, null, 'en')).toBe(rows);
  });
});

describe('grouping', () => {
  const rows = rowsOf({ sector: 'Trade' }, { sector: null }, { sector: 'Energy' }, { sector: 'Trade' });

  test('groups come by name, those without a value last, with their counts', () => {
    const headings = groupRows(rows, 'sector', new Set(), 'en').filter((item) => item.kind === 'group');
    expect(headings.map(({ value, count }) => [value, count])).toEqual([
      ['Energy', 1],
      ['Trade', 2],
      [null, 1],
    ]);
  });

  test('a folded group keeps its heading and its count', () => {
    const items = groupRows(rows, 'sector', new Set(['sector:Trade']), 'en');
    expect(items.map((item) => (item.kind === 'group' ? item.value : item.row.instrument.number))).toEqual([
      'Energy',
      3,
      'Trade',
      null,
      2,
    ]);
  });

  test('owners are grouped by name, nobody last', () => {
    const owned = rowsOf({ pkOwnerId: fakeId(2, 2) }, {}, { pkOwnerId: fakeId(2, 1) });
    const headings = groupRows(owned, 'pkOwner', new Set(), 'en').filter((item) => item.kind === 'group');
    expect(headings.map(({ value }) => value)).toEqual(['Aigul', 'Bekov', null]);
  });
});

describe('rows', () => {
  test('an instrument that did not change keeps its row, another day makes all anew', () => {
    const make = createRowMaker();
    const [a, b] = [fakeInstrument(1), fakeInstrument(2)];
    const first = make([a, b], context);
    const second = make([a, { ...b, title: 'New' }], context);
    expect(second[0]).toBe(first[0]);
    expect(second[1]).not.toBe(first[1]);
    expect(make([a], { ...context, today: civilDate('2026-06-02') })[0]).not.toBe(first[0]);
  });

  test('nobody and somebody who has left the list are told apart', () => {
    const [nobody, left] = rowsOf({ pkOwnerId: null }, { pkOwnerId: fakeId(2, 99) });
    expect(nobody?.pkOwner).toBeNull();
    expect(left?.pkOwner).toBeUndefined();
  });
});
