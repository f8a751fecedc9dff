// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { COLUMN_IDS } from '../../../renderer/features/register/registerColumns.ts';
import { repairView, useRegisterViewStore } from '../../../renderer/features/register/registerViewStore.ts';
import { variablesOf } from '../../../renderer/features/register/useGridColumns.ts';

const store = () => useRegisterViewStore.getState();

beforeEach(() => store().resetColumns());

describe('how the register is shown', () => {
  test('a column moves past those that are not shown, never before the pinned ones', () => {
    store().setVisible('elapsed', false);
    store().move('stage', -1);
    expect(store().order.indexOf('stage')).toBeLessThan(store().order.indexOf('health'));
    store().move('stage', -1);
    expect(store().order.slice(0, 3)).toEqual(['select', 'number', 'title']);
  });

  test('sorting goes up, down, and back to the numbers', () => {
    store().toggleSort('title');
    expect(store().sorting).toEqual({ columnId: 'title', isDescending: false });
    store().toggleSort('title');
    expect(store().sorting).toEqual({ columnId: 'title', isDescending: true });
    store().toggleSort('title');
    expect(store().sorting).toBeNull();
  });

  test('what another version has stored is repaired', () => {
    const view = repairView({ order: ['stage', 'gone', 'title'] as never, sorting: { columnId: 'gone' } as never });
    expect(view.order.slice(0, 4)).toEqual(['select', 'number', 'title', 'stage']);
    expect([...view.order].sort()).toEqual([...COLUMN_IDS].sort());
    expect(view.sorting).toBeNull();
  });

  test('the title takes the room that the others leave, within limits', () => {
    const sizes = [
      ['select', 32],
      ['number', 40],
      ['title', 300],
      ['stage', 128],
    ] as const;
    expect(variablesOf(sizes, 600, true)).toMatchObject({
      '--w-title': '400px',
      '--s-title': '72px',
      '--w-all': '600px',
    });
    expect(variablesOf(sizes, 300, true)['--w-title']).toBe('280px');
    expect(variablesOf(sizes, 600, false)['--w-title']).toBe('300px');
  });
});
