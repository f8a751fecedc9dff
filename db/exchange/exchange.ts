/**
 * An open file and the folder that its team shares. Each installation writes there only files of its own and takes in
 * everybody else's as they appear, by the very merge that a copy brought on a stick goes through.
 *
 * A round reads, takes in, and writes. Rounds never overlap, never hold the file for longer than one step, and stop
 * wherever they are when the file is closed: nothing of them is half done.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppErrorException } from '../../shared/errors.ts';
import {
  type ExchangeParticipant,
  type ExchangeProblem,
  type ExchangeStatus,
  NO_EXCHANGE,
} from '../../shared/exchange.ts';
import type { OpenFile } from '../openFile.ts';
import { familyId } from '../repositories/fileRepository.ts';
import { DamagedExchangeFile } from './bytes.ts';
import { Coverage } from './coverage.ts';
import { decodeBody, decodeHead } from './exchangeFile.ts';
import { ExchangeFolder, folderProblem, nameOf, type Scan, type WholeFile } from './folder.ts';
import { LogIndex, Renamed } from './logIndex.ts';
import { composeFile, cutIntoFiles, holdings, toTakeIn, type Unpublished, unpublished } from './publish.ts';
import type { ExchangeRecord, ExchangeRecords } from './records.ts';
import { inOrder, isTakenIn, takeIn } from './takeIn.ts';

export interface RoundOptions {
  /** A person asked: nothing is put off. */
  isThorough?: boolean;
}

export interface ExchangeOptions {
  now?: () => number;
  /** Told whenever the status may have changed. */
  onStatus?: () => void;
}

/** News of what this installation holds, without changes of its own, is written this often at most. */
const NEWS_MS = 60_000;
/** Batches of others that nobody publishes are published after so long: their writer may be about to. */
const ADOPT_MS = 120_000;
/** A file whose forerunners have not come is taken in without them after so long. */
const PATIENCE_MS = 600_000;

export class Exchange {
  readonly #file: OpenFile;
  readonly #records: ExchangeRecords;
  readonly #now: () => number;
  readonly #onStatus: () => void;
  readonly #family: string;
  #record: ExchangeRecord;
  #folder: ExchangeFolder;
  #round: Promise<void> | null = null;
  #isStopped = false;
  #index: { changes: number; index: LogIndex } | null = null;
  #scan: Scan = { whole: [], broken: [] };
  #readAt: number | null = null;
  #wroteAt: number | null = null;
  #unpublished = 0;
  #newsAt = Number.NEGATIVE_INFINITY;
  #orphanedSince: number | null = null;
  readonly #waitingSince = new Map<string, number>();
  readonly #refused = new Map<string, number>();
  #problem: ExchangeProblem | null = null;
  /** What stood in the way of the latest round. */
  #roundProblem: ExchangeProblem['code'] | null = null;

  /** Takes part again where it has been told to before; null when it has not. */
  static resume(file: OpenFile, records: ExchangeRecords, options: ExchangeOptions = {}): Exchange | null {
    const record = records.find(file.path);
    if (!record || record.folder === null || record.family !== familyId(file)) return null;
    return new Exchange(file, records, record, options);
  }

  /** Points the file at a folder. The name used there before is kept if it is the same folder again. */
  static start(file: OpenFile, records: ExchangeRecords, folder: string, options: ExchangeOptions = {}): Exchange {
    const before = records.find(file.path);
    const isSame = before?.family === familyId(file) && before.lastFolder === folder;
    const record: ExchangeRecord = isSame
      ? { ...before, folder }
      : {
          family: familyId(file),
          folder,
          lastFolder: folder,
          id: newName(),
          next: 1,
          written: [],
          replicas: before?.family === familyId(file) ? before.replicas : [],
        };
    records.put(file.path, record);
    return new Exchange(file, records, record, options);
  }

  private constructor(
    file: OpenFile,
    records: ExchangeRecords,
    record: ExchangeRecord,
    { now = Date.now, onStatus = () => undefined }: ExchangeOptions,
  ) {
    this.#file = file;
    this.#records = records;
    this.#record = record;
    this.#now = now;
    this.#onStatus = onStatus;
    this.#family = record.family;
    this.#folder = new ExchangeFolder(record.lastFolder, now);
  }

  get path(): string {
    return this.#folder.path;
  }

  /** Takes part no more; what was written stays for the others. */
  leave(): void {
    this.stop();
    this.#save({ folder: null });
  }

  /** The file is about to be closed: the round that is under way ends at its next step. */
  stop(): void {
    this.#isStopped = true;
  }

  /** One round, after the one that may be under way. */
  async round(options: RoundOptions = {}): Promise<void> {
    while (this.#round) await this.#round;
    if (!this.#isActive) return;
    this.#round = this.#runRound(options).finally(() => {
      this.#round = null;
      this.#onStatus();
    });
    this.#onStatus();
    await this.#round;
  }

  get #isActive(): boolean {
    return !this.#isStopped && this.#file.db.open;
  }

  async #runRound({ isThorough = false }: RoundOptions): Promise<void> {
    this.#roundProblem = null;
    try {
      this.#scan = await this.#folder.scan(isThorough);
      this.#readAt = this.#now();
      if (!this.#isActive) return;
      this.#noteReplica();
      this.#takeNewNameIfShared();
      if (!isThorough && this.#hasGoneBack()) {
        this.#note('gone-back');
        return;
      }
      if (this.#file.readOnlyReason === null) await this.#takeInAll(isThorough);
      if (this.#isActive) await this.#publish(isThorough);
      if (this.#roundProblem === null) this.#problem = null;
    } catch (error) {
      // Our own records: without them nothing may be written into the folder.
      if (error instanceof AppErrorException)
        this.#note(error.appError.code === 'disk-full' ? 'disk-full' : 'write-failed');
      else if (error instanceof Error && 'code' in error) this.#note(folderProblem(error));
      else throw error;
    }
  }

  #note(code: ExchangeProblem['code']): void {
    this.#roundProblem = code;
    if (this.#problem?.code !== code) this.#problem = { code, file: null, name: null, since: this.#now() };
  }

  #save(change: Partial<ExchangeRecord>): void {
    const record = { ...this.#record, ...change };
    this.#records.put(this.#file.path, record);
    this.#record = record;
  }

  #noteReplica(): void {
    const { key } = this.#file.replica;
    if (key !== null && !this.#record.replicas.includes(key)) this.#save({ replicas: [...this.#record.replicas, key] });
  }

  /**
   * A file under our name that we have not written: the profile was copied to another computer, or brought back from a
   * backup. Whoever else uses the name, from now on we do not.
   */
  #takeNewNameIfShared(): void {
    const { id, written } = this.#record;
    const hashes = new Set(written.map(({ hash }) => hash));
    const isShared = this.#ours.some(({ head, hash }) => head.writer === id && !hashes.has(hash));
    if (isShared) this.#save({ id: newName(), written: [] });
  }

  /**
   * The file holds less than it once told the folder: a backup was restored, or an older copy put in its place. What the
   * folder would bring back may be the very thing that somebody wanted gone, so a person is asked first.
   */
  #hasGoneBack(): boolean {
    const said = this.#last?.holds ?? [];
    if (said.length === 0) return false;
    const held = new Map(holdings(this.#file));
    // Where a forked history was cut, its end goes by another name now and is not lost.
    const isCut = (key: string) => [...held.keys()].some((other) => other.startsWith(`${key}~`));
    return said.some(([key, upTo]) => (held.get(key) ?? 0) < upTo && !isCut(key));
  }

  /** What this installation has said last. */
  get #last(): WholeFile['head'] | undefined {
    return this.#mine.toSorted((one, other) => other.head.number - one.head.number)[0]?.head;
  }

  /** Whole files of this file's family, of whomever. */
  get #ours(): WholeFile[] {
    return this.#scan.whole.filter(({ head }) => head.family === this.#family);
  }

  get #mine(): WholeFile[] {
    const gone = new Set(this.#record.written.filter(({ isGone }) => isGone).map(({ hash }) => hash));
    return this.#ours.filter(({ head, hash }) => head.writer === this.#record.id && !gone.has(hash));
  }

  get #others(): WholeFile[] {
    return this.#ours.filter(({ head }) => head.writer !== this.#record.id);
  }

  /** As the file is now. */
  get #current(): LogIndex {
    const changes = this.#file.db.prepare('SELECT total_changes()').pluck().get() as number;
    if (this.#index?.changes !== changes) this.#index = { changes, index: new LogIndex(this.#file.db) };
    return this.#index.index;
  }

  async #takeInAll(isThorough: boolean): Promise<void> {
    const lacking = this.#ours.filter(
      (file) => file.head.changes > 0 && !this.#refused.has(file.hash) && !isTakenIn(file, this.#current),
    );
    const { ready, waiting } = inOrder(lacking, this.#current);
    const late = waiting.filter((file) => {
      const since = this.#waitingSince.get(file.hash) ?? this.#now();
      this.#waitingSince.set(file.hash, since);
      return this.#now() - since >= PATIENCE_MS;
    });
    for (const hash of this.#waitingSince.keys())
      if (!waiting.some((file) => file.hash === hash)) this.#waitingSince.delete(hash);
    if (ready.length + late.length > 0) this.#backUp();
    for (const file of [...ready, ...late]) {
      if (!this.#isActive) return;
      if (!isTakenIn(file, this.#current)) await this.#takeInOne(file);
    }
    // Some may have waited for what has just come.
    if (ready.length > 0 && waiting.length > 0 && this.#isActive) await this.#takeInAll(isThorough);
  }

  /** Once a day, as before any merge. */
  #backUp(): void {
    const { backups, db, path, now } = this.#file;
    if (backups?.isDue({ db, path, now })) backups.make({ db, path, now }, 'before-merge');
  }

  async #takeInOne(file: WholeFile): Promise<void> {
    const bytes = await this.#folder.read(file);
    if (!bytes || !this.#isActive) return;
    try {
      const piece = await decodeBody(bytes);
      if (!piece || !this.#isActive) return;
      const source = (file.head.author?.name ?? file.head.writer).replaceAll(/[\\/"]/g, ' ');
      const pause = async () => {
        await sleep(1);
        return this.#isActive;
      };
      const taken = await takeIn(this.#file, this.#family, piece, this.#current, { source, pause });
      if (taken.ok || taken.error.code === 'cancelled') return;
      if (taken.error.code === 'file-damaged') this.#refused.set(file.hash, this.#now());
      else this.#note(taken.error.code === 'disk-full' ? 'disk-full' : 'file-read-only');
    } catch (error) {
      if (!(error instanceof DamagedExchangeFile)) throw error;
      this.#refused.set(file.hash, this.#now());
    }
  }

  async #publish(isThorough: boolean): Promise<void> {
    const index = this.#current;
    const missing = unpublished(index, {
      mine: this.#mine,
      others: this.#others,
      replicas: this.#record.replicas,
    });
    this.#unpublished = missing.own.size + missing.orphaned.size + missing.parts.length;
    await this.#publishBatches(index, missing.own);
    if (this.#isActive && this.#mayAdopt(missing, isThorough)) {
      const adopted = new Coverage();
      adopted.addAll(missing.orphaned);
      for (const { place } of missing.parts) adopted.add(place[0], place[1], place[1]);
      await this.#publishBatches(index, adopted);
    }
    if (this.#isActive) await this.#publishNews(isThorough);
    if (this.#isActive) await this.#cleanUp();
  }

  #mayAdopt({ orphaned, parts }: Unpublished, isThorough: boolean): boolean {
    if (orphaned.isEmpty && parts.length === 0) {
      this.#orphanedSince = null;
      return false;
    }
    this.#orphanedSince ??= this.#now();
    return isThorough || this.#now() - this.#orphanedSince >= ADOPT_MS;
  }

  async #publishBatches(index: LogIndex, wanted: Coverage): Promise<void> {
    for (const ids of cutIntoFiles(index.batchesAt(wanted))) {
      if (!this.#isActive) return;
      await this.#writeFile(index, ids);
      this.#unpublished = Math.max(0, this.#unpublished - ids.length);
    }
  }

  /** What is held here, and who works here, where the folder does not say so yet. */
  async #publishNews(isThorough: boolean): Promise<void> {
    const last = this.#last;
    const isKnown =
      JSON.stringify(last?.holds) === JSON.stringify(holdings(this.#file)) &&
      last?.author?.name === this.#file.author?.name &&
      JSON.stringify(last?.own) === JSON.stringify(this.#record.replicas);
    if (isKnown || (!isThorough && last && this.#now() - this.#newsAt < NEWS_MS)) return;
    await this.#writeFile(this.#current, []);
  }

  /** A new file with these batches and those of the small files before it, which go. */
  async #writeFile(index: LogIndex, ids: readonly number[]): Promise<void> {
    const { db } = this.#file;
    const size = db.prepare('SELECT held FROM batch WHERE id = ?').pluck();
    const changes = ids.reduce((sum, id) => sum + (size.get(id) as number), 0);
    const replaced = toTakeIn(this.#mine, changes, index);
    const wanted = new Coverage();
    for (const { coverage, head } of replaced) {
      wanted.addAll(coverage);
      for (const [session, place] of head.parts) wanted.add(session, place, place);
    }
    const all = [...new Set([...index.batchesAt(wanted).map(({ id }) => id), ...ids])].sort(
      (one, other) => one - other,
    );
    const { family, id, next, replicas } = this.#record;
    const pause = async () => {
      await sleep(1);
      if (!this.#isActive) throw new Stopped();
    };
    let bytes: Buffer;
    try {
      bytes = await composeFile(this.#file, all, { family, writer: id, number: next, own: replicas }, index, pause);
    } catch (error) {
      if (error instanceof Stopped || error instanceof Renamed) return;
      throw error;
    }
    if (!this.#isActive) return;
    const name = nameOf(family, id, next);
    const { head, hash } = await decodeHead(bytes);
    if (!this.#isActive) return;
    // Before it is there: a file of ours that we do not remember would cost us our name.
    this.#save({ next: next + 1, written: [...this.#record.written, { name, hash, isGone: false }] });
    await this.#folder.write(name, bytes);
    const coverage = new Coverage();
    for (const [session, from, to] of head.runs) coverage.add(session, from, to);
    this.#scan.whole.push({ name, head, hash, coverage });
    this.#wroteAt = this.#now();
    this.#newsAt = this.#now();
    await this.#removeMine(replaced.map((file) => file.hash));
  }

  async #removeMine(hashes: readonly string[]): Promise<void> {
    if (hashes.length === 0) return;
    const gone = new Set(hashes);
    this.#save({
      written: this.#record.written.map((file) => (gone.has(file.hash) ? { ...file, isGone: true } : file)),
    });
    for (const { name, hash } of this.#record.written) if (gone.has(hash)) await this.#folder.remove(name);
    this.#scan.whole = this.#scan.whole.filter(({ hash }) => !gone.has(hash));
  }

  /** Ours to remove: what we have replaced and a carrier has brought back, what it has damaged, what a crash has left. */
  async #cleanUp(): Promise<void> {
    const { written, id } = this.#record;
    const names = new Map(written.map((file) => [file.name, file]));
    const hashes = new Set(written.filter(({ isGone }) => isGone).map(({ hash }) => hash));
    for (const { name, hash } of this.#scan.whole)
      if (names.has(name) && hashes.has(hash)) await this.#folder.remove(name);
    for (const { name } of this.#scan.broken) if (names.has(name)) await this.#folder.remove(name);
    this.#scan.broken = this.#scan.broken.filter(({ name }) => !names.has(name));
    await this.#folder.removeTemporaries(this.#family, id);
  }

  status(): ExchangeStatus {
    if (this.#record.folder === null) return NO_EXCHANGE;
    return {
      folder: this.#folder.path.split(/[\\/]/).findLast((part) => part !== '') ?? this.#folder.path,
      isBusy: this.#round !== null,
      readAt: this.#readAt,
      wroteAt: this.#wroteAt,
      unpublished: this.#unpublished,
      participants: this.#file.db.open ? this.#participants() : [],
      problems: this.#problems(),
    };
  }

  #participants(): ExchangeParticipant[] {
    const latest = new Map<string, WholeFile>();
    for (const file of this.#ours)
      if (file.head.number > (latest.get(file.head.writer)?.head.number ?? -1)) latest.set(file.head.writer, file);
    const held = new Map(holdings(this.#file));
    const share = (keys: readonly string[], of: ReadonlyMap<string, number>, has: ReadonlyMap<string, number>) => {
      const sum = { has: 0, of: 0 };
      for (const key of keys) {
        sum.of += of.get(key) ?? 0;
        sum.has += Math.min(of.get(key) ?? 0, has.get(key) ?? 0);
      }
      return sum;
    };
    const me = this.#record.id;
    return [...latest.values()]
      .map(({ head }) => {
        const theirs = new Map(head.holds);
        return {
          id: head.writer,
          isMe: head.writer === me,
          name: head.author?.name ?? null,
          post: head.author?.post ?? null,
          lastSeenAt: head.at,
          ofMine: share(this.#record.replicas, held, theirs),
          ofTheirs: share(head.own, theirs, held),
        };
      })
      .sort((one, other) => Number(other.isMe) - Number(one.isMe) || other.lastSeenAt - one.lastSeenAt);
  }

  #problems(): ExchangeProblem[] {
    const problems: ExchangeProblem[] = this.#problem ? [this.#problem] : [];
    if (this.#file.db.open && this.#file.readOnlyReason !== null)
      problems.push({ code: 'file-read-only', file: null, name: null, since: this.#readAt ?? this.#now() });
    const authors = new Map<string, string | null>();
    for (const { head } of this.#ours) authors.set(head.writer, head.author?.name ?? authors.get(head.writer) ?? null);
    for (const { name, code, since, writer } of this.#scan.broken)
      problems.push({ code, file: name, name: (writer && authors.get(writer)) ?? null, since });
    for (const [hashes, code] of [
      [this.#refused, 'refused'],
      [this.#waitingSince, 'waiting'],
    ] as const)
      for (const [hash, since] of hashes) {
        const file = this.#ours.find((one) => one.hash === hash);
        if (file) problems.push({ code, file: file.name, name: file.head.author?.name ?? null, since });
      }
    return problems;
  }
}

/** The file was closed while it was being read. */
class Stopped extends Error {}

const newName = (): string => randomBytes(8).toString('hex');
