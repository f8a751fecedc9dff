/** How many instruments name each person as owner and each body as lead, on either side. Pure. */
import type { InstrumentSummary } from '../../../shared/entities/instrument.ts';

type Roles = Pick<InstrumentSummary, 'pkOwnerId' | 'kzOwnerId' | 'pkLeadBodyId' | 'kzLeadBodyId'>;

/** Counts instruments, not mentions: one that names the same row on both sides counts once, as the filter does. */
function countNamed(instruments: readonly Roles[], idsOf: (instrument: Roles) => readonly (string | null)[]) {
  const counts = new Map<string, number>();
  for (const instrument of instruments)
    for (const id of new Set(idsOf(instrument))) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

export const ownedCounts = (instruments: readonly Roles[]): ReadonlyMap<string, number> =>
  countNamed(instruments, ({ pkOwnerId, kzOwnerId }) => [pkOwnerId, kzOwnerId]);

export const ledCounts = (instruments: readonly Roles[]): ReadonlyMap<string, number> =>
  countNamed(instruments, ({ pkLeadBodyId, kzLeadBodyId }) => [pkLeadBodyId, kzLeadBodyId]);
