/**
 * The status report as plain data: one model that PDF and CSV only dress, so that no two of them can disagree.
 * Everything is resolved (names instead of ids, verdicts instead of rules); nothing is worded or formatted.
 */
import { z } from 'zod';
import { CivilDate, side } from '../entities/fields.ts';
import { HEALTHS, KINDS, LEGAL_STATUSES, STAGES, TITLE_BASES } from '../entities/values.ts';
import type { HealthReason } from '../rules/health.ts';

const count = z.int().min(0);

/** The register in numbers on one day. Each number is the size of a register filter of the same name. */
export const StatusCounts = z.object({
  total: count,
  done: count,
  overdue: count,
  /** Not yet done and due within so many days, cumulative: 60 includes 30. */
  dueIn30: count,
  dueIn60: count,
  dueIn90: count,
  withoutOwner: count,
  withoutDeadline: count,
  deadlineMoved: count,
  elapsedYellow: count,
  elapsedRed: count,
  byHealth: z.record(z.enum(HEALTHS), count),
  byStage: z.record(z.enum(STAGES), count),
});
export type StatusCounts = z.infer<typeof StatusCounts>;

export const ReportRow = z.object({
  id: z.string(),
  number: z.int().nullable(),
  title: z.string(),
  titleBasis: z.enum(TITLE_BASES),
  kind: z.enum(KINDS),
  sector: z.string().nullable(),
  legalStatus: z.enum(LEGAL_STATUSES),
  stage: z.enum(STAGES),
  health: z.enum(HEALTHS),
  healthReasons: z.array(z.custom<HealthReason>()),
  elapsedMark: z.enum(['none', 'yellow', 'red']),
  owners: z.record(side, z.string().nullable()),
  leadBodies: z.record(side, z.string().nullable()),
  deadline: CivilDate.nullable(),
  originalDeadline: CivilDate.nullable(),
  /** Days past the deadline; null when not overdue. */
  daysLate: z.int().nullable(),
  /** Days to the deadline, null when there is none, it has passed, or the instrument is done. */
  daysLeft: z.int().nullable(),
  slippageDays: z.int().nullable(),
  /** Effective progress in percent, see rules/progress.ts. */
  progress: z.int().nullable(),
  nextStep: z.string().nullable(),
  lastNote: z.object({ text: z.string(), author: z.string().nullable(), writtenAt: z.number() }).nullable(),
});
export type ReportRow = z.infer<typeof ReportRow>;

export const SectorLine = z.object({
  /** Null: no source names a sector. */
  sector: z.string().nullable(),
  total: count,
  overdue: count,
  byHealth: z.record(z.enum(HEALTHS), count),
});
export type SectorLine = z.infer<typeof SectorLine>;

export const TargetLine = z.object({
  name: z.string(),
  unit: z.string().nullable(),
  baseline: z.number().nullable(),
  baselineOn: CivilDate.nullable(),
  target: z.number().nullable(),
  targetOn: CivilDate.nullable(),
  latest: z.number().nullable(),
  latestOn: CivilDate.nullable(),
  /** Days to the target's day; negative after it, null without one. */
  daysLeft: z.int().nullable(),
});
export type TargetLine = z.infer<typeof TargetLine>;

export const StatusReport = z.object({
  kind: z.literal('status'),
  /** Title of the file: the committee's own name for it. */
  title: z.string(),
  asOf: CivilDate,
  /** The same counts at the end of an earlier day, to compare with. */
  since: z.object({ on: CivilDate, counts: StatusCounts }).nullable(),
  preparedBy: z.object({ name: z.string(), post: z.string().nullable() }).nullable(),
  counts: StatusCounts,
  /** By name, without a sector last. */
  bySector: z.array(SectorLine),
  /** Latest first: what is late longest stands on top. */
  overdue: z.array(ReportRow),
  /** Due in 0-30, 31-60 and 61-90 days, soonest first; no row stands twice. */
  dueNext: z.object({ in30: z.array(ReportRow), in60: z.array(ReportRow), in90: z.array(ReportRow) }),
  headlineTargets: z.array(TargetLine),
  /** Every instrument, by number. */
  register: z.array(ReportRow),
});
export type StatusReport = z.infer<typeof StatusReport>;
