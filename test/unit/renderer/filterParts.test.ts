import { describe, expect, test } from 'vitest';
import {
  activeParts,
  chipText,
  FILTER_PARTS,
  type FilterChoices,
  optionsOf,
  toggleValue,
  without,
} from '../../../renderer/features/register/filterParts.ts';
import type { RegisterFilter } from '../../../shared/rules/registerFilter.ts';
import { createTranslator } from '../../../shared/text/translator.ts';

const { t } = createTranslator('en');
const choices: FilterChoices = {
  sectors: ['Trade', null],
  persons: [{ id: 'p1' as never, name: 'Aigul' }],
  bodies: [],
};

describe('filter chips', () => {
  test('values of one part join, and the last one taken out takes the part along', () => {
    const one = toggleValue({}, 'healths', 'at-risk');
    const two = toggleValue(one, 'healths', 'off-track');
    expect(two).toEqual({ healths: ['at-risk', 'off-track'] });
    expect(toggleValue(toggleValue(two, 'healths', 'at-risk'), 'healths', 'off-track')).toEqual({});
  });

  test('a part with one value replaces it', () => {
    expect(toggleValue({ deadline: 'overdue' }, 'deadline', 'due-30')).toEqual({ deadline: 'due-30' });
    expect(toggleValue({ isOpen: true }, 'isOpen', 'done')).toEqual({ isOpen: false });
    expect(toggleValue({ isOpen: true }, 'isOpen', 'open')).toEqual({});
  });

  test('nobody and a name exclude each other', () => {
    expect(toggleValue({ ownerIds: ['p1'] }, 'owner', 'none')).toEqual({ owner: 'none' });
    expect(toggleValue({ owner: 'none' }, 'owner', 'p1')).toEqual({ ownerIds: ['p1'] });
  });

  test('"no sector" is a value like any other', () => {
    expect(toggleValue({ sectors: ['Trade'] }, 'sectors', '')).toEqual({ sectors: ['Trade', null] });
  });

  test('taking a chip off leaves the other parts alone', () => {
    const filter: RegisterFilter = { ownerIds: ['p1'], stages: ['closed'] };
    expect(activeParts(filter)).toEqual(['stages', 'owner']);
    expect(without(filter, 'owner')).toEqual({ stages: ['closed'] });
  });

  test('a chip says its part and its values', () => {
    expect(chipText(t, { healths: ['at-risk', 'off-track'] }, 'healths', choices)).toBe('Health: At risk or Off track');
    expect(chipText(t, { sectors: [null] }, 'sectors', choices)).toBe('Sector: No sector named');
    expect(chipText(t, { ownerIds: ['gone'] }, 'owner', choices)).toBe('Owner: Removed person');
  });

  test('every part offers something to choose', () => {
    for (const part of FILTER_PARTS.filter((other) => other !== 'bodyIds'))
      expect(optionsOf(t, part, choices).length, part).toBeGreaterThan(1);
  });
});
