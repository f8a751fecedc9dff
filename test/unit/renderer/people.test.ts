import { describe, expect, it } from 'vitest';
import { ledCounts, ownedCounts } from '../../../renderer/features/people/counts.ts';
import { civilDate } from '../../../shared/civilDate.ts';
import { countMatching } from '../../../shared/report/statusCounts.ts';
import { fakeId, fakeInstrument, fakeRegister } from '../../helpers/fakeRegister.ts';

const TODAY = civilDate('2026-11-24');

describe('what a person owns', () => {
  it('is as many instruments as the register shows for that person', () => {
    const register = fakeRegister(TODAY, 120);
    const owned = ownedCounts(register);
    expect(owned.size).toBeGreaterThan(0);
    for (const [personId, count] of owned) expect(count).toBe(countMatching(register, { ownerIds: [personId] }, TODAY));
  });

  it('counts an instrument once, whoever owns both of its sides', () => {
    const id = fakeId(2, 1);
    expect(ownedCounts([fakeInstrument(1, { pkOwnerId: id, kzOwnerId: id })]).get(id)).toBe(1);
  });
});

it('what a body leads counts the lead of either side', () => {
  const id = fakeId(3, 1);
  const register = [
    fakeInstrument(1, { pkLeadBodyId: id }),
    fakeInstrument(2, { kzLeadBodyId: id }),
    fakeInstrument(3),
  ];
  expect(ledCounts(register).get(id)).toBe(2);
  expect(countMatching(register, { bodyIds: [id] }, TODAY)).toBe(2);
});
