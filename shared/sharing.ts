/** What a merge brings and where it needs a person: plain data, the same for window and command line. */
import { z } from 'zod';
import { Restriction } from './copyScope.ts';
import { Inconsistency } from './inconsistency.ts';

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

/** Names a cell that is in conflict. */
export type ConflictCell = Pick<Conflict, 'entity' | 'id' | 'field'>;

/** What a person decided for one cell. */
export const Decision = z.object({ entity: z.string(), id: z.string(), field: z.string(), value: cell });
export type Decision = z.infer<typeof Decision>;

/** What a person said of one conflict, with the value that it comes to. */
export const Choice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ours'), value: cell }),
  /** One of the versions that stand against ours, by its place. */
  z.object({ kind: z.literal('theirs'), index: z.int(), value: cell }),
  z.object({ kind: z.literal('other'), value: cell }),
  /** Although a rule would decide it. */
  z.object({ kind: z.literal('later') }),
]);
export type Choice = z.infer<typeof Choice>;

/** All of one side at once. It travels as it was said: what it comes to may be tens of thousands of values. */
export const ChoiceRule = z.object({
  side: z.enum(['ours', 'theirs', 'later']),
  /** Only conflicts of this row ("entity:id"), and of fields called so; null for all. */
  row: z.string().nullable(),
  field: z.string().nullable(),
  /** Leaves alone what was decided before. */
  isUndecided: z.boolean(),
});
export type ChoiceRule = z.infer<typeof ChoiceRule>;

/** All that a person has decided so far. Nothing is decided for anybody; rules come first, the later the stronger. */
export const Choices = z.object({
  rules: z.array(ChoiceRule).max(1_000),
  /** By cell; each is stronger than any rule. */
  single: z.record(z.string(), Decision.omit({ value: true }).extend({ choice: Choice })),
});
export type Choices = z.infer<typeof Choices>;

export const ConflictFilter = z.object({
  row: z.string().nullable(),
  field: z.string().nullable(),
  state: z.enum(['all', 'decided', 'undecided']),
});
export type ConflictFilter = z.infer<typeof ConflictFilter>;

/** Conflicts are shown a page at a time: nobody reads thousands of them at once, and no window could hold them. */
export const ConflictQuery = z.object({
  filter: ConflictFilter,
  /** What the filter takes for decided. */
  choices: Choices,
  offset: z.int().min(0),
  limit: z.int().min(1).max(100),
});
export type ConflictQuery = z.infer<typeof ConflictQuery>;
/** `total` counts all that fit the filter. */
export const ConflictPage = z.object({ conflicts: z.array(Conflict), total: z.int() });
export type ConflictPage = z.infer<typeof ConflictPage>;

/** What there is to filter by: the first rows whose names have these words, and every field. */
export const ConflictPlaces = z.object({
  rows: z.array(Conflict.pick({ entity: true, id: true, label: true })),
  isMore: z.boolean(),
  fields: z.array(z.string()),
});
export type ConflictPlaces = z.infer<typeof ConflictPlaces>;

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

/** A batch that came in, with the row that it is about: a new row may have its name from it. */
export const IncomingStep = IncomingBatch.extend({
  /** What its row is called, the first of them where there are `rows`. */
  rowLabel: z.string(),
  rows: z.int(),
});
export type IncomingStep = z.infer<typeof IncomingStep>;
export const StepPage = z.object({ steps: z.array(IncomingStep) });
export type StepPage = z.infer<typeof StepPage>;

/** A replica's name that two copies had gone on writing under; both histories are kept. */
export const Fork = z.object({ key: z.string(), seq: z.int(), branchKey: z.string() });
export type Fork = z.infer<typeof Fork>;

export const MergeReport = z.object({
  /** Names of the files, in the order in which they were merged. */
  sources: z.array(z.string()),
  batches: z.array(IncomingBatch),
  changes: z.int(),
  conflicts: z.array(Conflict),
  /** Those that were not here before. */
  inconsistencies: z.array(Inconsistency),
  forks: z.array(Fork),
  instrumentIds: z.array(z.string()),
});
export type MergeReport = z.infer<typeof MergeReport>;

/** What one person has written of what comes in. */
export const AuthorShare = z.object({
  author: z.string().nullable(),
  steps: z.int(),
  changes: z.int(),
  firstAt: z.number(),
  lastAt: z.number(),
});
export type AuthorShare = z.infer<typeof AuthorShare>;

export const FastClock = z.object({
  author: z.string().nullable(),
  /** By how much the most advanced step was ahead of this computer's clock. */
  aheadMs: z.number(),
  steps: z.int(),
});
export type FastClock = z.infer<typeof FastClock>;

/** A merge in numbers, the same size whatever comes in. Its steps and conflicts follow in blocks, or are asked for. */
export const MergeSummary = z.object({
  sources: z.array(z.string()),
  steps: z.int(),
  changes: z.int(),
  conflicts: z.int(),
  /** How many, and the first of them. */
  inconsistencies: z.object({ count: z.int(), first: z.array(Inconsistency) }),
  forks: z.int(),
  /** Who wrote most first. */
  authors: z.array(AuthorShare),
  span: z.object({ from: z.number(), to: z.number() }).nullable(),
  clocks: z.array(FastClock),
  instruments: z.object({
    count: z.int(),
    /** Those that were not here before. */
    added: z.int(),
    /** The first by number. */
    first: z.array(z.object({ id: z.string(), number: z.int().nullable(), title: z.string() })),
  }),
});
export type MergeSummary = z.infer<typeof MergeSummary>;

/** Streamed before the summary: steps newest first, conflicts by row. */
export const MergeBlock = z.object({ steps: z.array(IncomingStep), conflicts: z.array(Conflict) });
export type MergeBlock = z.infer<typeof MergeBlock>;

/** How a copy stands to the open file, beyond what it would bring. */
export const CopyComparison = z.object({
  /** Changes of the open file that the copy has not. */
  lacking: z.int(),
  /** Set when the copy holds a part of the file only. */
  restriction: Restriction.nullable(),
});
export type CopyComparison = z.infer<typeof CopyComparison>;
