/** What is said of an exchange folder: who takes part, who has what, and what is in the way. Plain data. */
import { z } from 'zod';

/** Of somebody's batches: how many somebody else has of how many there are. */
const Share = z.object({ has: z.int(), of: z.int() });

export const ExchangeParticipant = z.object({
  /** The installation's name in this folder. */
  id: z.string(),
  isMe: z.boolean(),
  /** Who last wrote there; null while nobody has said a name. */
  name: z.string().nullable(),
  post: z.string().nullable(),
  /** When it last wrote anything into the folder, ms by its own clock. */
  lastSeenAt: z.number(),
  /** What it has of mine, and I of theirs, as far as its files that have arrived here tell. */
  ofMine: Share,
  ofTheirs: Share,
});
export type ExchangeParticipant = z.infer<typeof ExchangeParticipant>;

export const EXCHANGE_PROBLEMS = [
  /** The folder is not there: a stick that was pulled, a drive that is not connected. */
  'folder-gone',
  'no-permission',
  'disk-full',
  'write-failed',
  /** A file did not arrive whole, or was changed on its way. It is tried again. */
  'damaged',
  /** A file that this program cannot read yet. */
  'newer-version',
  /** A whole file that says what no file of ours could say. Its changes are not taken in. */
  'refused',
  /** A file whose forerunners have not arrived. */
  'waiting',
  /** The open file holds less than it did (a restored backup). A person says "now" before the rest is taken in again. */
  'gone-back',
  /** The open file cannot be written, so nothing is taken in. */
  'file-read-only',
] as const;

export const ExchangeProblem = z.object({
  code: z.enum(EXCHANGE_PROBLEMS),
  /** Name of the file in the folder, where it is about one. */
  file: z.string().nullable(),
  /** Whose file it is, as far as known. */
  name: z.string().nullable(),
  /** Since when, ms by this computer's clock. */
  since: z.number(),
});
export type ExchangeProblem = z.infer<typeof ExchangeProblem>;

export const ExchangeStatus = z.object({
  /** Null: the open file takes part in no folder. A name to show, no path to use. */
  folder: z.string().nullable(),
  /** Something is being read or written just now. */
  isBusy: z.boolean(),
  /** When the folder was last read, and last written to, ms. */
  readAt: z.number().nullable(),
  wroteAt: z.number().nullable(),
  /** Batches that are not in the folder yet. */
  unpublished: z.int(),
  /** This installation first, then by who was seen last. */
  participants: z.array(ExchangeParticipant),
  problems: z.array(ExchangeProblem),
});
export type ExchangeStatus = z.infer<typeof ExchangeStatus>;

export const NO_EXCHANGE: ExchangeStatus = {
  folder: null,
  isBusy: false,
  readAt: null,
  wroteAt: null,
  unpublished: 0,
  participants: [],
  problems: [],
};
