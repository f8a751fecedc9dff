import { describe, expect, test } from 'vitest';
import { checkValue } from '../../../shared/entities/index.ts';

describe('the one form of a value', () => {
  test.each([
    ['target', 'latest'],
    ['target', 'rank'],
    ['instrument', 'progress'],
    ['instrument', 'deleted'],
    ['note', 'writtenAt'],
  ] as const)('minus zero in %s.%s is zero', (entity, field) => {
    expect(checkValue(entity, field, -0)).toBe(0); // toBe tells them apart
  });

  test('other numbers stay what they are', () => {
    for (const value of [1, -1, 0.1, -2.5, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE])
      expect(checkValue('target', 'latest', value)).toBe(value);
  });
});
