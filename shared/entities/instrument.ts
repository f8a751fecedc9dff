/** An instrument: one of the signed papers whose implementation is followed. */
import { z } from 'zod';
import { CivilDate, choice, EntityId, flag, optionalText, percent, requiredText } from './fields.ts';
import { KINDS, LEGAL_STATUSES, PRIORITIES, STAGES, TITLE_BASES } from './values.ts';

export const InstrumentId = EntityId.brand<'InstrumentId'>();
export type InstrumentId = z.infer<typeof InstrumentId>;

/** What people can write. One name for one thing: log field, SQL column and property are spelled alike. */
export const instrumentFields = {
  number: z.int('number-range').min(1, 'number-range').max(99_999, 'number-range').nullable(),
  title: requiredText(500),
  titleBasis: choice(TITLE_BASES),
  kind: choice(KINDS),
  sector: optionalText(100),
  summary: optionalText(5_000),
  source: optionalText(1_000),
  signedOn: CivilDate.nullable(),
  legalStatus: choice(LEGAL_STATUSES),
  stage: choice(STAGES),
  priority: choice(PRIORITIES),
  pkLeadBodyId: EntityId.nullable(),
  kzLeadBodyId: EntityId.nullable(),
  pkOwnerId: EntityId.nullable(),
  kzOwnerId: EntityId.nullable(),
  startOn: CivilDate.nullable(),
  deadline: CivilDate.nullable(),
  /** The first deadline agreed: the baseline against which slippage is counted. Null while it has never moved. */
  originalDeadline: CivilDate.nullable(),
  deadlineReason: optionalText(1_000),
  /** Percent done as reported by a person; null while nobody has reported. */
  progress: percent.nullable(),
  healthOverride: choice(['on-track', 'at-risk', 'off-track']).nullable(),
  healthOverrideReason: optionalText(1_000),
  nextStep: optionalText(1_000),
  expiresOn: CivilDate.nullable(),
  deleted: flag,
};

export const Instrument = z.object({
  id: InstrumentId,
  ...instrumentFields,
  /** When a person last wrote about it, ms since the epoch by the writer's clock; null while only the seed has. */
  touchedAt: z.number().nullable(),
});
export type Instrument = z.infer<typeof Instrument>;

/** What the register's rows carry: everything but the long texts, which are read when an instrument is opened. */
export type InstrumentSummary = Omit<Instrument, 'summary' | 'deleted'>;
