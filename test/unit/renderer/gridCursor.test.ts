import { describe, expect, test } from 'vitest';
import { idsBetween, movedCursor } from '../../../renderer/features/register/gridCursor.ts';

const shape = { items: 100, columns: 10, page: 20, isRtl: false };
const move = (item: number, column: number, key: string, ctrlKey = false, isRtl = false) =>
  movedCursor({ item, column }, { key, ctrlKey }, { ...shape, isRtl });

describe('the cursor of the grid', () => {
  test('stops at the edges, and above the first row stands the header', () => {
    expect(move(0, 0, 'ArrowUp')).toEqual({ item: -1, column: 0 });
    expect(move(-1, 0, 'ArrowUp')).toEqual({ item: -1, column: 0 });
    expect(move(99, 9, 'ArrowDown')).toEqual({ item: 99, column: 9 });
    expect(move(5, 9, 'ArrowRight')).toEqual({ item: 5, column: 9 });
  });

  test('arrows follow the eye in right-to-left', () => {
    expect(move(3, 3, 'ArrowLeft', false, true)).toEqual({ item: 3, column: 4 });
    expect(move(3, 3, 'ArrowRight', false, true)).toEqual({ item: 3, column: 2 });
  });

  test('Home and End go to the columns, with Ctrl to the corners', () => {
    expect(move(5, 5, 'Home')).toEqual({ item: 5, column: 0 });
    expect(move(5, 5, 'End')).toEqual({ item: 5, column: 9 });
    expect(move(5, 5, 'Home', true)).toEqual({ item: 0, column: 0 });
    expect(move(5, 5, 'End', true)).toEqual({ item: 99, column: 9 });
  });

  test('pages do not run into the header', () => {
    expect(move(5, 2, 'PageUp')).toEqual({ item: 0, column: 2 });
    expect(move(90, 2, 'PageDown')).toEqual({ item: 99, column: 2 });
  });

  test('other keys are left to others', () => {
    expect(move(5, 2, 'a')).toBeNull();
    expect(move(5, 2, 'Tab')).toBeNull();
  });
});

test('a range holds both its ends, whichever comes first', () => {
  expect(idsBetween(['a', 'b', 'c', 'd'], 'c', 'a')).toEqual(['a', 'b', 'c']);
  expect(idsBetween(['a', 'b'], 'gone', 'b')).toEqual(['b']);
  expect(idsBetween(['a', 'b'], 'a', 'gone')).toEqual([]);
});
