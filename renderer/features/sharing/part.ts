/** What a part of the file can be chosen by, and how many instruments a choice comes to. Pure. */
import type { CopyScope } from '../../../shared/copyScope.ts';
import type { InstrumentSummary } from '../../../shared/entities/instrument.ts';

export type PartBy = 'instrument' | 'sector' | 'body';

interface Named {
  name: string;
}
export interface PartRows {
  instruments: readonly InstrumentSummary[];
  personById: Readonly<Record<string, Named>>;
  bodyById: Readonly<Record<string, Named>>;
}

/** Lead bodies and owners of either side, by name: as the copy itself will say whose it is. */
const namesOf = (instrument: InstrumentSummary, { personById, bodyById }: PartRows): string[] => {
  const { pkLeadBodyId, kzLeadBodyId, pkOwnerId, kzOwnerId } = instrument;
  const found = [
    ...[pkLeadBodyId, kzLeadBodyId].map((id) => id && bodyById[id]?.name),
    ...[pkOwnerId, kzOwnerId].map((id) => id && personById[id]?.name),
  ];
  return found.filter((name): name is string => typeof name === 'string');
};

export interface PartOption {
  value: string;
  label: string;
  mark: number | null;
}

export function partOptions(by: PartBy, rows: PartRows): PartOption[] {
  if (by === 'instrument')
    return rows.instruments.map(({ id, title, number }) => ({ value: id, label: title, mark: number }));
  const words =
    by === 'sector'
      ? rows.instruments.flatMap(({ sector }) => sector ?? [])
      : rows.instruments.flatMap((instrument) => namesOf(instrument, rows));
  return [...new Set(words)]
    .sort((one, other) => one.localeCompare(other))
    .map((name) => ({ value: name, label: name, mark: null }));
}

export function chosenCount(by: PartBy, chosen: ReadonlySet<string>, rows: PartRows): number {
  if (by === 'instrument') return rows.instruments.filter(({ id }) => chosen.has(id)).length;
  return rows.instruments.filter((instrument) =>
    by === 'sector'
      ? instrument.sector !== null && chosen.has(instrument.sector)
      : namesOf(instrument, rows).some((name) => chosen.has(name)),
  ).length;
}

/** Null while nothing is chosen. */
export function scopeOf(by: PartBy, chosen: ReadonlySet<string>): CopyScope | null {
  const of = [...chosen];
  if (of.length === 0) return null;
  switch (by) {
    case 'instrument':
      return { by, ids: of };
    case 'sector':
      return { by, sectors: of };
    case 'body':
      return { by, names: of };
  }
}
