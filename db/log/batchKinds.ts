/** Kinds of batches as the log stores them: the position in this list. Only ever appended to. */
import { BATCH_KINDS } from '../../shared/api.ts';

export type BatchKind = (typeof BATCH_KINDS)[number];

export const batchKindNumber = (kind: BatchKind): number => BATCH_KINDS.indexOf(kind);

/** A kind this version does not know reads as an edit: it changed values, whatever else it meant. */
export const batchKindName = (number: number): BatchKind => BATCH_KINDS[number] ?? 'edit';

export const SEED_KIND = batchKindNumber('seed');
