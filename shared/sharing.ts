/** What a merge brings and where it needs a person: plain data, the same for window and command line. */
import { z } from 'zod';
import { Restriction } from './copyScope.ts';

const cell = z.union([z.string(), z.number(), z.null()]);

/** One of the values that stand against each other in a cell. */
export const ConflictVersion = z.object({
  value: cell,
  /** The value in words where it is a reference (a person's, a body's name), else null. */
  name: z.string().nullable(),
  /** By the author's clock, ms since the epoch. */
  at: z.number(),
  author: z.string().nullable(),
  /** Names the batch for ever. */
  replica: z.string(),
  seq: z.int(),
});
export type ConflictVersion = z.infer<typeof ConflictVersion>;

export const Conflict = z.object({
  entity: z.string(),
  id: z.string(),
  /** What the row is called: "4 Railway sector cooperation". */
  label: z.string(),
  /** The instrument to open for it, if it belongs to one. */
  instrumentId: z.string().nullable(),
  field: z.string(),
  /** What every side had seen before; null when nobody had written there, or they had seen different things. */
  base: ConflictVersion.nullable(),
  /** In a merge: what showed in this file before. Otherwise: what shows now. */
  ours: ConflictVersion.nullable(),
  /** Everything that stands against it. */
  theirs: z.array(ConflictVersion),
});
export type Conflict = z.infer<typeof Conflict>;

/** What a person decided for one cell. */
export const Decision = z.object({ entity: z.string(), id: z.string(), field: z.string(), value: cell });
export type Decision = z.infer<typeof Decision>;

export const IncomingBatch = z.object({
  replica: z.string(),
  seq: z.int(),
  at: z.number(),
  author: z.string().nullable(),
  /** Code of the catalogue (`batch.*`). */
  label: z.string(),
  changes: z.int(),
});
export type IncomingBatch = z.infer<typeof IncomingBatch>;

/** A replica's name that two copies had gone on writing under; both histories are kept. */
export const Fork = z.object({ key: z.string(), seq: z.int(), branchKey: z.string() });
export type Fork = z.infer<typeof Fork>;

export const MergeReport = z.object({
  /** Names of the files, in the order in which they were merged. */
  sources: z.array(z.string()),
  batches: z.array(IncomingBatch),
  changes: z.int(),
  conflicts: z.array(Conflict),
  forks: z.array(Fork),
  instrumentIds: z.array(z.string()),
});
export type MergeReport = z.infer<typeof MergeReport>;

/** How a copy stands to the open file, beyond what it would bring. */
export const CopyComparison = z.object({
  /** Changes of the open file that the copy has not. */
  lacking: z.int(),
  /** Set when the copy holds a part of the file only. */
  restriction: Restriction.nullable(),
});
export type CopyComparison = z.infer<typeof CopyComparison>;
