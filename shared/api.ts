/**
 * The one contract. Every call that crosses a process border is listed here once, with a schema for its input and its
 * output; the typed clients, the handlers' tables and the checks at the border are all derived from it (shared/rpc.ts).
 * To add a method: one entry here, one function in the process that serves it.
 *
 * Three tables, by who serves and who may call, because they carry different powers:
 *   fileApi   window -> database process: rows of the open file. Knows no path.
 *   hostApi   main -> database process: opens, closes and writes files by path. No window can reach it.
 *   shellApi  window -> main: dialogs, printing, the profile. Hands out names, never paths that could be used elsewhere.
 */
import { z } from 'zod';
import { CopyScope, Restriction } from './copyScope.ts';
import { CivilDate, EntityId, side } from './entities/fields.ts';
import { Instrument, instrumentFields } from './entities/instrument.ts';
import { Note, noteFields } from './entities/note.ts';
import { Body, bodyFields, Person, personFields } from './entities/person.ts';
import { Risk, Target, targetFields } from './entities/target.ts';
import { ExchangeStatus } from './exchange.ts';
import { Inconsistency, REFERRED, ReferenceField } from './inconsistency.ts';
import { StatusReport } from './report/statusReport.ts';
import {
  BackupEntry,
  Damage,
  FileCounts,
  FilePlace,
  LockHolder,
  MadeBackup,
  Salvaged,
  SavedCopy,
} from './safekeeping.ts';
import {
  Choices,
  Conflict,
  ConflictPage,
  ConflictPlaces,
  ConflictQuery,
  CopyComparison,
  MergeBlock,
  MergeReport,
  MergeSummary,
  StepPage,
} from './sharing.ts';

const nothing = z.object({});
const done = z.object({});

/** Names one batch for ever: who wrote it (a key of the replica) and its running number there. */
export const BatchRef = z.object({ replica: z.string(), seq: z.int() });
export type BatchRef = z.infer<typeof BatchRef>;

/** The answer to an edit. `batch` is null when every value was there already and nothing had to be written. */
export const Written = z.object({ batch: BatchRef.nullable() });
export type Written = z.infer<typeof Written>;
const Created = z.object({ id: EntityId, batch: BatchRef });

/** One field's change as history shows it. Values are the log's own; references are ids, resolved by whoever shows them. */
export const HistoryChange = z.object({
  entity: z.string(),
  entityId: z.string(),
  /** What the row is called today, for people: "4 Railway sector cooperation", a person's name, the opening of a note. */
  entityLabel: z.string(),
  field: z.string(),
  before: z.union([z.string(), z.number(), z.null()]),
  after: z.union([z.string(), z.number(), z.null()]),
  /** The same two in words where they are references (names), else null. */
  beforeName: z.string().nullable(),
  afterName: z.string().nullable(),
});
export type HistoryChange = z.infer<typeof HistoryChange>;

export const BATCH_KINDS = ['edit', 'undo', 'redo', 'seed', 'import', 'merge'] as const;

export const HistoryEntry = z.object({
  batch: BatchRef,
  kind: z.enum(BATCH_KINDS),
  /** Milliseconds since the epoch by the author's clock. */
  at: z.number(),
  author: z.string().nullable(),
  authorPost: z.string().nullable(),
  /** What the user did, as a code of the catalogue ("edit", "assign-owner", ...). */
  label: z.string(),
  /** The batch that this one took back or brought back. */
  reverts: BatchRef.nullable(),
  /** Some later undo has taken this batch back. */
  isUndone: z.boolean(),
  /** At most 50; `changeCount` has the whole number. */
  changes: z.array(HistoryChange),
  changeCount: z.int(),
  /** Of a merge: names of the files that came in. Its `batch` can be taken back like any other, and is listed nowhere else. */
  sources: z.array(z.string()).optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const FileInfo = z.object({
  /** Family of copies this file belongs to. */
  fileId: z.string(),
  title: z.string(),
  schemaVersion: z.int(),
  isReadOnly: z.boolean(),
  readOnlyReason: z.enum(['permission', 'newer-version', 'busy', 'encrypted', 'disk-full', 'looking']).nullable(),
  sizeBytes: z.number(),
  /** Cells that wait for somebody's decision. */
  conflicts: z.int(),
  lastChange: z.object({ at: z.number(), author: z.string().nullable(), label: z.string() }).nullable(),
  /** Who else is writing in it. */
  lockedBy: LockHolder.nullable(),
  /** Set on a copy that holds a part of the file only; the window says which, always. */
  restriction: Restriction.nullable(),
});
export type FileInfo = z.infer<typeof FileInfo>;

/** With the counts that take reading the whole file: asked for, never part of opening it. */
export const FileDetails = FileInfo.extend({ counts: FileCounts });
export type FileDetails = z.infer<typeof FileDetails>;

/** Rows travel as arrays under one header: a quarter of the cost of objects (performance notes, IPC). */
export const InstrumentBlock = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});
export type InstrumentBlock = z.infer<typeof InstrumentBlock>;
/**
 * Block sizes of `instrument.list`: one screenful at once, the rest so that sending and reading overlap and that none
 * takes the window more than a part of a frame to read.
 */
export const FIRST_BLOCK_ROWS = 100;
export const BLOCK_ROWS = 250;

/** Entity, id and field of each cell in conflict, and the instrument that it belongs to, if any. */
export const ConflictMarks = z.object({
  marks: z.array(z.tuple([z.string(), z.string(), z.string(), z.string().nullable()])),
});
export type ConflictMarks = z.infer<typeof ConflictMarks>;

const editableInstrument = z
  .object(instrumentFields)
  .omit({
    deleted: true,
    originalDeadline: true,
    deadlineReason: true,
    healthOverride: true,
    healthOverrideReason: true,
  })
  .partial();

export const SEARCH_KINDS = ['instrument', 'note', 'person', 'body'] as const;
export const SearchHit = z.object({
  kind: z.enum(SEARCH_KINDS),
  id: z.string(),
  /** The instrument to open for this hit; null for a person or body. */
  instrumentId: z.string().nullable(),
  title: z.string(),
  /** A passage around the first match. */
  excerpt: z.string(),
  /** Spans of `excerpt` to mark, in UTF-16 units. */
  marks: z.array(z.object({ start: z.int(), end: z.int() })),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const UndoState = z.object({
  /** Label code of what Ctrl+Z would take back, or null. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
});
export type UndoState = z.infer<typeof UndoState>;

/** `kept` counts cells that others have changed since and that therefore stay as they are. */
const Reverted = z.object({ batch: BatchRef, label: z.string(), reverted: z.int(), kept: z.int() });

const ids = z.array(EntityId).min(1).max(100_000);

export const InstrumentDetail = z.object({
  instrument: Instrument,
  supportingBodyIds: z.array(EntityId),
  /** Pinned first, then newest first. */
  notes: z.array(Note),
});
export type InstrumentDetail = z.infer<typeof InstrumentDetail>;

export const ExportOptions = z.object({ delimiter: z.enum([',', ';']), bom: z.boolean() });
export type ExportOptions = z.infer<typeof ExportOptions>;

/** `count` conflicts were decided, in one batch. */
const decide = { input: z.object({ choices: Choices }), output: Written.extend({ count: z.int() }) };

export const fileApi = {
  'file.info': { input: nothing, output: FileDetails },
  'file.rename': { input: z.object({ title: z.string().trim().min(1).max(200) }), output: done },

  /** Streams the register's rows: one block of FIRST_BLOCK_ROWS, then blocks of BLOCK_ROWS, in order of number. */
  'instrument.list': { input: nothing, output: z.object({ total: z.int() }), block: InstrumentBlock },
  /** The present rows of these ids; deleted ones are absent. */
  'instrument.rows': { input: z.object({ ids }), output: InstrumentBlock },
  'instrument.get': { input: z.object({ id: EntityId }), output: InstrumentDetail },
  /** Without a number the next free one is given. */
  'instrument.create': {
    input: z.object(instrumentFields).pick({ title: true, kind: true, sector: true, number: true }).partial({
      sector: true,
      number: true,
      kind: true,
    }),
    output: Created,
  },
  /** Sets the given fields of all these instruments in one batch. */
  'instrument.edit': { input: z.object({ ids, fields: editableInstrument }), output: Written },
  /** Moved for the first time, the deadline left behind becomes the original one. */
  'instrument.moveDeadline': {
    input: z.object({ ids, deadline: CivilDate.nullable(), reason: instrumentFields.deadlineReason.optional() }),
    output: Written,
  },
  /** Assigns an existing person, a new one by name, or nobody (both null). */
  'instrument.assignOwner': {
    input: z.object({ ids, side, personId: EntityId.nullable(), newName: personFields.name.nullable() }),
    output: Written,
  },
  'instrument.overrideHealth': {
    input: z.object({
      id: EntityId,
      health: instrumentFields.healthOverride,
      reason: instrumentFields.healthOverrideReason,
    }),
    output: Written,
  },
  'instrument.setSupportingBodies': {
    input: z.object({ id: EntityId, bodyIds: z.array(EntityId).max(200) }),
    output: Written,
  },
  'instrument.delete': { input: z.object({ ids }), output: Written },

  /** Gives it the next free number. */
  'instrument.renumber': { input: z.object({ id: EntityId }), output: Written },
  /** Makes instruments one: what hangs on the others goes over to `keepId`, whose empty fields they fill; then they go. */
  'instrument.join': { input: z.object({ keepId: EntityId, joinIds: z.array(EntityId).min(1) }), output: Written },
  /** Brings back what was deleted. */
  'row.restore': { input: z.object({ entity: z.enum(REFERRED), id: EntityId }), output: Written },
  /** Takes back what refers to a deleted row. */
  'reference.remove': { input: ReferenceField.extend({ id: EntityId }), output: Written },

  'note.add': { input: z.object({ instrumentId: EntityId, text: noteFields.text }), output: Created },
  'note.edit': { input: z.object({ id: EntityId, text: noteFields.text }), output: Written },
  'note.pin': { input: z.object({ id: EntityId, isPinned: z.boolean() }), output: Written },
  'note.delete': { input: z.object({ id: EntityId }), output: Written },

  'person.list': { input: nothing, output: z.array(Person) },
  'person.create': { input: z.object(personFields).omit({ deleted: true }), output: Created },
  'person.edit': {
    input: z.object({ id: EntityId, fields: z.object(personFields).omit({ deleted: true }).partial() }),
    output: Written,
  },
  /** Refuses nothing: instruments that name the person keep the reference, which the register shows as removed. */
  'person.delete': { input: z.object({ id: EntityId }), output: Written },
  'body.list': { input: nothing, output: z.array(Body) },
  'body.create': { input: z.object(bodyFields).omit({ deleted: true }), output: Created },
  'body.edit': {
    input: z.object({ id: EntityId, fields: z.object(bodyFields).omit({ deleted: true }).partial() }),
    output: Written,
  },
  'body.delete': { input: z.object({ id: EntityId }), output: Written },

  'target.list': { input: nothing, output: z.array(Target) },
  'target.edit': {
    input: z.object({ id: EntityId, fields: z.object(targetFields).omit({ deleted: true, rank: true }).partial() }),
    output: Written,
  },
  'risk.list': { input: nothing, output: z.array(Risk) },

  /** Newest first. `before` continues after the last entry of a page. */
  'history.list': {
    input: z.object({
      instrumentId: EntityId.optional(),
      /** Only this field of the instrument itself. */
      field: z.string().optional(),
      before: z.int().optional(),
      limit: z.int().min(1).max(500),
    }),
    output: z.object({ entries: z.array(HistoryEntry), next: z.int().nullable() }),
  },
  'undo.state': { input: nothing, output: UndoState },
  'undo.last': { input: nothing, output: Reverted },
  'undo.redo': { input: nothing, output: Reverted },
  /** Takes one batch back, wherever it stands in the history. */
  'undo.batch': { input: BatchRef, output: Reverted },

  /** Streams where several values stand, here since some merge, until somebody decides. */
  'conflict.marks': { input: nothing, output: z.object({ total: z.int() }), block: ConflictMarks },
  /** What stands there, a page at a time. */
  'conflict.page': { input: ConflictQuery, output: ConflictPage },
  'conflict.places': { input: z.object({ typed: z.string().max(500) }), output: ConflictPlaces },
  'conflict.ofInstrument': { input: z.object({ id: EntityId }), output: z.array(Conflict) },
  'conflict.undecided': { input: z.object({ choices: Choices }), output: z.object({ count: z.int() }) },

  /** What copies made together that neither would have made alone: numbers given twice, references to what was deleted. */
  'inconsistency.list': { input: nothing, output: z.array(Inconsistency) },

  /** Newest first, with what has happened since each. */
  'backup.list': { input: nothing, output: z.array(BackupEntry) },
  'backup.make': { input: nothing, output: MadeBackup },

  /** Who takes part in the folder that a team shares, who has what, and what is in the way. */
  'exchange.status': { input: nothing, output: ExchangeStatus },
  /** A round at once, with nothing put off; answers when it is over. */
  'exchange.now': { input: nothing, output: ExchangeStatus },
  /** Takes part no more. What was written stays for the others. */
  'exchange.stop': { input: nothing, output: ExchangeStatus },

  'search.query': {
    input: z.object({ text: z.string().max(500), limit: z.int().min(1).max(200) }),
    output: z.object({ hits: z.array(SearchHit), isMore: z.boolean() }),
  },
  /** Ids of the instruments that match by themselves or by a note: the register's own search. */
  'search.instruments': {
    input: z.object({ text: z.string().max(500) }),
    output: z.object({ ids: z.array(EntityId) }),
  },

  /** The counts of the register as they stood at the end of a day, for comparison with today's. */
  'report.status': {
    input: z.object({ asOf: CivilDate, since: CivilDate.nullable() }),
    output: StatusReport,
  },
} as const satisfies Contract;

/** Who writes: signs batches. `installationDir` is where this installation keeps its own records, outside the file. */
export const Author = z.object({
  name: z.string().trim().min(1).max(200),
  post: z.string().trim().max(200).nullable(),
});
export type Author = z.infer<typeof Author>;

/** Opens one encrypted file and no other. Stays between main and the database process. */
const FileKey = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
/** A copy by its place, with its key if it lies encrypted there. */
export const PlacedCopy = z.object({ path: z.string(), key: FileKey.nullable() });
export type PlacedCopy = z.infer<typeof PlacedCopy>;

export const hostApi = {
  'file.open': { input: z.object({ path: z.string() }), output: FileInfo },
  'file.create': {
    input: z.object({ path: z.string(), from: z.enum(['register', 'empty']), title: z.string() }),
    output: FileInfo,
  },
  /** A copy, opened to be looked at: nothing is written to it or beside it. */
  'file.look': { input: z.object({ path: z.string() }), output: FileInfo },
  'file.close': { input: nothing, output: done },
  'author.set': { input: Author, output: done },
  /** Those of the files that lie under a passphrase. */
  'merge.encrypted': {
    input: z.object({ paths: z.array(z.string()) }),
    output: z.object({ paths: z.array(z.string()) }),
  },
  /** What opens an encrypted copy from here on, so that nobody has to keep its passphrase. */
  'merge.unlock': { input: z.object({ path: z.string(), passphrase: z.string() }), output: z.object({ key: FileKey }) },
  /** What these copies would bring. Nothing is changed. */
  'merge.preview': { input: z.object({ copies: z.array(PlacedCopy).min(1) }), output: MergeSummary, block: MergeBlock },
  /** Brings them in and decides what was decided, each in one transaction. */
  'merge.run': {
    input: z.object({ copies: z.array(PlacedCopy).min(1), choices: Choices }),
    output: MergeSummary,
    block: MergeBlock,
  },
  'conflict.decide': decide,
  /** An age file under a passphrase, in memory: for looking, for saving under a name of its own, for merging. */
  'file.openEncrypted': { input: z.object({ path: z.string(), passphrase: z.string() }), output: FileInfo },
  /** Whether a file lies, or would lie, where files that are being written should not. */
  'file.place': { input: z.object({ path: z.string() }), output: FilePlace },
  /** The file or a part of it (`scope`), plain or under a passphrase. Written beside, checked, renamed. */
  'copy.save': {
    input: z.object({
      path: z.string(),
      scope: CopyScope.nullable(),
      passphrase: z.string().nullable(),
      /** A person agreed that what stands there goes. */
      mayReplace: z.boolean(),
    }),
    output: SavedCopy,
  },
  'copy.decrypt': {
    input: z.object({ path: z.string(), out: z.string(), passphrase: z.string(), mayReplace: z.boolean() }),
    output: SavedCopy,
  },
  /** Puts a backup in the open file's place; `kept` is the backup of what was there, the way back. Windows hear `changed`. */
  'backup.restore': { input: z.object({ id: z.string() }), output: z.object({ info: FileInfo, kept: MadeBackup }) },
  /** What the open file has and a copy of it lacks. */
  'copy.compare': { input: z.object({ path: z.string() }), output: CopyComparison },
  /** Puts a copy's content in the open file's place; otherwise as `backup.restore`. */
  'copy.replace': { input: z.object({ path: z.string() }), output: z.object({ info: FileInfo, kept: MadeBackup }) },
  /** The backups of a file that cannot be opened any more, at once and without a comparison. */
  'damage.backups': { input: z.object({ path: z.string() }), output: Damage.pick({ backups: true }) },
  /** What can still be read of it, and its backups held against that; nothing is written. Takes its time. */
  'damage.survey': { input: z.object({ path: z.string() }), output: Damage },
  /** A backup in its place. The damaged file stays beside, under the name `aside`. */
  'damage.restore': {
    input: z.object({ path: z.string(), id: z.string() }),
    output: z.object({ aside: z.string() }),
  },
  /** Brings what can still be read of it into the open file, a backup of it. */
  'damage.addReadable': {
    input: z.object({ path: z.string() }),
    output: MergeReport.pick({ changes: true, forks: true }),
  },
  /** What can still be read of it, in a new file. */
  'damage.salvage': { input: z.object({ path: z.string(), out: z.string() }), output: Salvaged },
  /** Points the open file at a folder; the first round begins at once. */
  'exchange.setFolder': { input: z.object({ path: z.string() }), output: ExchangeStatus },
  'export.register': {
    input: z.object({ path: z.string(), today: CivilDate, ...ExportOptions.shape }),
    output: z.object({ rows: z.int() }),
  },
  'report.status': { input: z.object({ asOf: CivilDate, since: CivilDate.nullable() }), output: StatusReport },
} as const satisfies Contract;

export const Profile = z.object({ name: z.string(), post: z.string(), side: side.nullable() });
export type Profile = z.infer<typeof Profile>;

export const Preferences = z.object({
  colorScheme: z.enum(['auto', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
});
export type Preferences = z.infer<typeof Preferences>;

/** What the window may know of the open file: its name and folder to show, no path to use. */
export const OpenFile = z.object({
  name: z.string(),
  folder: z.string(),
  info: FileInfo,
  /** While a copy is only looked at: the name of the file that was open before, the way back. */
  cameFrom: z.string().nullable(),
});
export type OpenFile = z.infer<typeof OpenFile>;

export const RecentFile = z.object({
  token: z.string(),
  name: z.string(),
  folder: z.string(),
  openedAt: z.number(),
  isMissing: z.boolean(),
});
export type RecentFile = z.infer<typeof RecentFile>;

/** A file that was written and can be shown in its folder, by token. */
export const SavedFile = z.object({ token: z.string(), name: z.string(), folder: z.string() });
export type SavedFile = z.infer<typeof SavedFile>;

/** A merge that was looked into and not yet carried out, or one that was. What it is about is asked for by its token. */
export const MergeOffer = z.object({ token: z.string(), summary: MergeSummary });
export type MergeOffer = z.infer<typeof MergeOffer>;

/** One of the chosen copies lies under a passphrase that nobody has given yet. */
export const LockedCopy = z.object({
  token: z.string(),
  name: z.string(),
  folder: z.string(),
  /** Its place among the encrypted ones, from 1, and how many of them there are. */
  number: z.int(),
  count: z.int(),
  /** Others were chosen with it: it can be left out. */
  canSkip: z.boolean(),
  /** Why it is still locked after a passphrase was tried. */
  problem: z.custom<import('./errors.ts').AppError>().nullable(),
});
export type LockedCopy = z.infer<typeof LockedCopy>;

/** What comes next of a merge: a passphrase is asked for, or what would come is shown; neither: nothing was chosen. */
export const MergeStep = z.object({ merge: MergeOffer.nullable(), locked: LockedCopy.nullable() });
export type MergeStep = z.infer<typeof MergeStep>;

/** A second copy of the open file was to be opened: what it would bring, and what it lacks. */
export const CopyOffer = MergeOffer.extend({ comparison: CopyComparison });
export type CopyOffer = z.infer<typeof CopyOffer>;

/** A file that cannot be read any more, as the window may know it. */
export const DamagedFile = z.object({
  token: z.string(),
  name: z.string(),
  folder: z.string(),
  backups: z.array(BackupEntry),
});
export type DamagedFile = z.infer<typeof DamagedFile>;

/** Null: the person cancelled the dialog. */
const opened = z.object({ file: OpenFile.nullable() });
const saved = z.object({ saved: SavedFile.nullable() });

export const shellApi = {
  /** Everything the first paint needs, in one call. */
  'app.start': {
    input: nothing,
    output: z.object({
      version: z.string(),
      platform: z.string(),
      locale: z.string(),
      profile: Profile.nullable(),
      preferences: Preferences,
      file: OpenFile.nullable(),
      /** Why the file named at the start could not be opened. */
      problem: z.custom<import('./errors.ts').AppError>().nullable(),
      recent: z.array(RecentFile),
    }),
  },
  'profile.save': {
    input: Profile.extend({ name: z.string().trim().min(1).max(200), post: z.string().trim().max(200) }),
    output: done,
  },
  'preferences.save': { input: Preferences, output: done },
  'file.new': { input: z.object({ from: z.enum(['register', 'empty']) }), output: opened },
  'file.open': { input: nothing, output: opened },
  'file.openRecent': { input: z.object({ token: z.string() }), output: opened },
  'file.forgetRecent': { input: z.object({ token: z.string() }), output: done },
  'file.close': { input: nothing, output: done },
  /** Asks for copies of the open file and says what they would bring, or which of them needs a passphrase first. */
  'merge.choose': { input: nothing, output: MergeStep },
  /** The passphrase of the locked copy under the token. */
  'merge.unlock': { input: z.object({ token: z.string(), passphrase: z.string() }), output: MergeStep },
  /** Leaves the locked copy out. */
  'merge.skip': { input: z.object({ token: z.string() }), output: MergeStep },
  /** What was offered is not wanted any more: nothing of it is kept. */
  'merge.leave': { input: nothing, output: done },
  /** Carries out what was offered under the token; the answer has a token of its own. */
  'merge.run': { input: z.object({ token: z.string(), choices: Choices }), output: MergeOffer },
  /** Asked of main although the file is meant: thousands take seconds, and `task.cancel` stops it. */
  'conflict.decide': decide,
  /** Of the merge under the token, a page at a time: its conflicts as they were found, its steps newest first. */
  'merge.conflicts': { input: z.object({ token: z.string(), query: ConflictQuery }), output: ConflictPage },
  'merge.steps': { input: z.object({ token: z.string(), offset: z.int().min(0) }), output: StepPage },
  'merge.places': { input: z.object({ token: z.string(), typed: z.string().max(500) }), output: ConflictPlaces },
  'merge.undecided': {
    input: z.object({ token: z.string(), choices: Choices }),
    output: z.object({ count: z.int() }),
  },
  /** Prints the record of the merge that was carried out last. */
  'merge.print': { input: nothing, output: saved },
  /** Asks where to, and writes the file or a part of it, plain or under a passphrase. */
  'copy.save': { input: z.object({ scope: CopyScope.nullable(), passphrase: z.string().nullable() }), output: saved },
  /** Asks where to, and opens a copy of one's own there. */
  'copy.take': { input: nothing, output: opened },
  /** The file that was refused last with `file-encrypted`. For looking. */
  'file.openEncrypted': { input: z.object({ passphrase: z.string() }), output: opened },
  'file.place': { input: nothing, output: FilePlace },
  /** Opens the copy that was offered under the token, to be looked at. */
  'copy.look': { input: z.object({ token: z.string() }), output: opened },
  /** From a copy that is looked at back to the file that was open before. */
  'copy.leave': { input: nothing, output: opened },
  /** Puts the copy that was offered under the token in the place of the open file; `kept` is the way back. */
  'copy.replace': { input: z.object({ token: z.string() }), output: z.object({ kept: MadeBackup }) },
  'backup.restore': { input: z.object({ id: z.string() }), output: z.object({ kept: MadeBackup }) },
  /** The file that was refused last because it is damaged, with its backups; null: there is none. */
  'damage.find': { input: nothing, output: z.object({ damaged: DamagedFile.nullable() }) },
  /** What can still be read of it, and its backups held against that. Takes its time. */
  'damage.survey': { input: z.object({ token: z.string() }), output: Damage },
  /**
   * Puts a backup in its place, opens it, and brings in what can still be read if that was asked for. `aside` is what the
   * damaged file is called from then on, `added` how many changes came in, `problem` why none could.
   */
  'damage.restore': {
    input: z.object({ token: z.string(), id: z.string(), addReadable: z.boolean() }),
    output: z.object({
      file: OpenFile,
      aside: z.string(),
      added: z.int(),
      problem: z.custom<import('./errors.ts').AppError>().nullable(),
    }),
  },
  /** Asks where to save what can still be read, and opens that. */
  'damage.salvage': {
    input: z.object({ token: z.string() }),
    output: opened.extend({ missing: Salvaged.shape.missing.nullable() }),
  },
  /** Closes the open file, which turned out to be damaged; `damage.find` finds it. */
  'damage.leave': { input: nothing, output: done },
  /** Asks for the folder that the team shares; null when the person cancelled. */
  'exchange.chooseFolder': { input: nothing, output: z.object({ status: ExchangeStatus.nullable() }) },
  'export.register': { input: ExportOptions, output: saved },
  'export.statusReport': { input: z.object({ asOf: CivilDate, since: CivilDate.nullable() }), output: saved },
  'saved.showInFolder': { input: z.object({ token: z.string() }), output: done },
  'saved.open': { input: z.object({ token: z.string() }), output: done },
  /** Stops a print or export that is under way; nothing is left behind. */
  'task.cancel': { input: nothing, output: done },
  /** The database process has died and was started again; the window asks for its new port. */
  'app.reload': { input: nothing, output: done },
} as const satisfies Contract;

/** What the database process tells the window without being asked. */
export const fileEvents = {
  /** A batch was committed: these rows may have changed. `isBulk` means more than is worth naming: read again. */
  changed: z.object({
    instrumentIds: z.array(z.string()),
    entities: z.array(z.string()),
    isBulk: z.boolean(),
    undo: UndoState,
    at: z.number(),
  }),
  /** Something was taken in from the exchange folder or written there, or cannot be. */
  exchanged: ExchangeStatus,
} as const;

/** What main tells the window without being asked. */
export const shellEvents = {
  /** A menu command that the window carries out. */
  command: z.object({
    command: z.enum([
      'undo',
      'redo',
      'find',
      'new',
      'new-empty',
      'open',
      'close',
      'export-csv',
      'export-pdf',
      'profile',
      'help',
      'go-today',
      'go-register',
      'go-activity',
      'go-people',
      'go-sharing',
      'merge',
      'save-copy',
    ]),
  }),
  fileOpened: OpenFile,
  fileClosed: z.object({}),
  /** A file named from outside (double click, second start) could not be opened. */
  problem: z.custom<import('./errors.ts').AppError>(),
  /** Copies were dropped on the window: what they would bring. */
  mergeOffered: MergeOffer,
  /** One of the copies that were dropped on the window needs a passphrase. */
  mergeLocked: LockedCopy,
  /** What was to be opened is a copy of the open file. */
  copyOffered: CopyOffer,
  /** `done` of `total` steps of the running print or export. */
  progress: z.object({ task: z.enum(['export', 'print', 'merge']), done: z.number(), total: z.number() }),
  /** On purpose: to stop what was under way; a moment later there is another one. */
  databaseLost: z.object({ isOnPurpose: z.boolean() }),
  databaseBack: z.object({}),
} as const;

export interface Method {
  input: z.ZodType;
  output: z.ZodType;
  /** Present on methods that stream: the shape of each block sent before the answer. */
  block?: z.ZodType;
}
export type Contract = Record<string, Method>;
export type EventTable = Record<string, z.ZodType>;

export type Input<C extends Contract, M extends keyof C> = z.infer<C[M]['input']>;
export type Output<C extends Contract, M extends keyof C> = z.infer<C[M]['output']>;
export type Block<C extends Contract, M extends keyof C> = C[M] extends { block: infer B extends z.ZodType }
  ? z.infer<B>
  : never;
export type EventPayload<E extends EventTable, N extends keyof E> = z.infer<E[N]>;
