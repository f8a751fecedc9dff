/**
 * What two copies made together although each was right by itself. Follows from the tables and the log, is never
 * remembered, and is gone as soon as somebody has settled it (docs/merge.md, M10).
 */
import { z } from 'zod';

/** Entities that others refer to. */
export const REFERRED = ['instrument', 'person', 'body'] as const;

/** The fields that refer to another row. */
export const ReferenceField = z.object({
  entity: z.enum(['instrument', 'person', 'support', 'note']),
  field: z.enum(['pkOwnerId', 'kzOwnerId', 'pkLeadBodyId', 'kzLeadBodyId', 'bodyId', 'instrumentId']),
});
export type ReferenceField = z.infer<typeof ReferenceField>;

const named = z.object({ id: z.string(), label: z.string() });

export const Inconsistency = z.discriminatedUnion('kind', [
  /** Several instruments go by one number. */
  z.object({ kind: z.literal('same-number'), number: z.int(), instruments: z.array(named).min(2) }),
  /** A row refers to one that was deleted, and whoever did the one did not know of the other. */
  ReferenceField.extend({
    kind: z.literal('deleted-reference'),
    id: z.string(),
    /** What the row is called; a note or a supporting body by its instrument. */
    label: z.string(),
    /** The instrument that it is about, if any. */
    instrumentId: z.string().nullable(),
    target: named.extend({ entity: z.enum(REFERRED) }),
  }),
]);
export type Inconsistency = z.infer<typeof Inconsistency>;
export type DeletedReference = Extract<Inconsistency, { kind: 'deleted-reference' }>;
