/** What is said about copies, backups, locks and places: shapes that the contract of shared/api.ts uses. */
import { z } from 'zod';

/** How much a file holds. */
export const FileCounts = z.object({
  instruments: z.int(),
  persons: z.int(),
  bodies: z.int(),
  notes: z.int(),
  targets: z.int(),
  risks: z.int(),
  batches: z.int(),
  changes: z.int(),
  replicas: z.int(),
  conflicts: z.int(),
});
export type FileCounts = z.infer<typeof FileCounts>;

/** Who has a file open for writing; `since` is ms by that machine's clock. */
export const LockHolder = z.object({ person: z.string(), machine: z.string(), since: z.number() });
export type LockHolder = z.infer<typeof LockHolder>;

/** A copy that was written, read back and found whole. */
export const SavedCopy = z.object({ path: z.string(), sizeBytes: z.number(), sha256: z.string() });
export type SavedCopy = z.infer<typeof SavedCopy>;

export const BACKUP_REASONS = [
  'day',
  'before-merge',
  'before-migration',
  'before-restore',
  'before-replace',
  'manual',
] as const;
export type BackupReason = (typeof BACKUP_REASONS)[number];

/** A backup that was just made. Alarming: under half the size of the one before it, or with fewer instruments. */
export const MadeBackup = z.object({ id: z.string(), sizeBytes: z.number(), isAlarming: z.boolean() });
export type MadeBackup = z.infer<typeof MadeBackup>;

export const BackupEntry = z.object({
  /** Names it among the backups of this file. */
  id: z.string(),
  at: z.number(),
  reason: z.enum(BACKUP_REASONS),
  isAlarming: z.boolean(),
  sizeBytes: z.number(),
  /** Null when the backup itself cannot be read. */
  counts: FileCounts.nullable(),
  /** What the file has and the backup has not, by whom, most first. Restoring puts it aside. */
  since: z.array(z.object({ author: z.string().nullable(), batches: z.int(), changes: z.int() })),
  /** What the backup has and the file has not, or not any more. */
  onlyHere: z.object({ batches: z.int(), changes: z.int() }),
});
export type BackupEntry = z.infer<typeof BackupEntry>;

/** What was read out of a damaged file into a new one, and what is known to be missing there. */
export const Salvaged = z.object({
  path: z.string(),
  counts: FileCounts,
  /** Batches and changes that the readable part knows of and that could not be read. */
  missing: z.object({ batches: z.int(), changes: z.int() }),
});
export type Salvaged = z.infer<typeof Salvaged>;

/** What there is in the stead of a file that cannot be read any more. */
export const Damage = z.object({
  /** Newest first. `since` is what can still be read of the file and the backup has not, `onlyHere` the reverse. */
  backups: z.array(BackupEntry),
  /** Null when nothing of the file can be read. */
  salvage: Salvaged.omit({ path: true }).nullable(),
});
export type Damage = z.infer<typeof Damage>;

/** Where a file lies (shared/rules/place.ts); `service` is the name of the one that synchronises it. */
export const FilePlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('local') }),
  z.object({ kind: z.literal('network') }),
  z.object({ kind: z.literal('cloud'), service: z.string() }),
  z.object({ kind: z.literal('removable') }),
]);
export type FilePlace = z.infer<typeof FilePlace>;
