/**
 * The register of public sources as rows of a new file: the same in every file to the last bit (same replica, number,
 * time and row ids), so that two files made from it are kin and merge without doubles.
 */
import type { EntityName } from '../../shared/entities/index.ts';
import { namedId } from '../ids.ts';
import { SEED_INSTRUMENTS } from './instruments.ts';
import { SEED_RISKS } from './risks.ts';
import { SEED_TARGETS } from './targets.ts';

/** Family of every file that starts from this register. */
export const REGISTER_FAMILY = namedId('family', 'islamabad-2026-02-04');
export const REGISTER_REPLICA = 'register-2026-02-04';
/** The day of the ceremony, noon UTC: before anything that people write, so that "as of" any later day includes it. */
export const REGISTER_AT_MS = Date.UTC(2026, 1, 4, 12);

export interface SeedRow {
  entity: EntityName;
  id: string;
  fields: Record<string, string | number | null>;
}

/** Every row of the register, bodies first. */
export function registerRows(): SeedRow[] {
  return [...bodyRows(), ...instrumentRows(), ...targetRows(), ...riskRows()];
}

const bodyId = (side: 'pk' | 'kz', name: string) => namedId('body', side, name);

function bodyRows(): SeedRow[] {
  const rows = new Map<string, SeedRow>();
  for (const { pkLead, kzLead } of SEED_INSTRUMENTS)
    for (const [side, name] of [
      ['pk', pkLead],
      ['kz', kzLead],
    ] as const) {
      if (name === null) continue;
      const short = /^(.*) \(([A-Z]{2,})\)$/.exec(name);
      const id = bodyId(side, name);
      rows.set(id, { entity: 'body', id, fields: { name: short?.[1] ?? name, shortName: short?.[2] ?? null, side } });
    }
  return [...rows.values()];
}

const instrumentRows = (): SeedRow[] =>
  SEED_INSTRUMENTS.map(({ pkLead, kzLead, ...fields }) => ({
    entity: 'instrument',
    id: namedId('instrument', fields.number),
    fields: {
      ...fields,
      legalStatus: 'signed',
      stage: 'not-started',
      priority: 'normal',
      pkLeadBodyId: pkLead === null ? null : bodyId('pk', pkLead),
      kzLeadBodyId: kzLead === null ? null : bodyId('kz', kzLead),
    },
  }));

const targetRows = (): SeedRow[] =>
  SEED_TARGETS.map((fields, index) => ({
    entity: 'target',
    id: namedId('target', fields.name),
    fields: { ...fields, rank: index + 1 },
  }));

const riskRows = (): SeedRow[] =>
  SEED_RISKS.map((fields, index) => ({
    entity: 'risk',
    id: namedId('risk', fields.title),
    fields: { ...fields, rank: index + 1 },
  }));
