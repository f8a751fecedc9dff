/**
 * Keeps the open file's exchange going: after each edit, when something happens in the folder, and every so often, because
 * network drives tell nobody. Follows whichever file is open; whoever opens and closes files need not know of it.
 */
import { accessSync, constants, type FSWatcher, statSync, watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AppError, AppErrorException } from '../../shared/errors.ts';
import { type ExchangeStatus, NO_EXCHANGE } from '../../shared/exchange.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { OpenFile } from '../openFile.ts';
import { fsError } from '../sqliteErrors.ts';
import { Exchange, type RoundOptions } from './exchange.ts';
import type { ExchangeRecords } from './records.ts';

export interface ExchangeServiceOptions {
  currentFile: () => OpenFile | null;
  records: ExchangeRecords;
  onStatus: (status: ExchangeStatus) => void;
  logBug: (error: unknown) => void;
  pollMs?: number;
}

const POLL_MS = 15_000;
/** How often it is looked whether another file is open, or this one was edited. */
const LOOK_MS = 1_000;
/** After the last of several events that come together: edits, or files that a carrier brings. */
const SETTLE_MS = 1_500;
/** Closing waits for the last changes to be written so long; else they are written when the file is opened again. */
const CLOSE_PATIENCE_MS = 3_000;

export class ExchangeService {
  readonly #options: ExchangeServiceOptions;
  #file: OpenFile | null = null;
  #exchange: Exchange | null = null;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;
  #dueAt = Number.POSITIVE_INFINITY;
  #changes = -1;
  #lastStatus = '';

  constructor(options: ExchangeServiceOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  /** The process ends, or a test. */
  end(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#let(null);
  }

  status(): ExchangeStatus {
    this.#follow();
    return this.#exchange?.status() ?? NO_EXCHANGE;
  }

  async now(): Promise<ExchangeStatus> {
    this.#follow();
    await this.#round({ isThorough: true });
    return this.status();
  }

  leave(): ExchangeStatus {
    this.#follow();
    this.#exchange?.leave();
    this.#let(null);
    return NO_EXCHANGE;
  }

  setFolder(path: string): Result<ExchangeStatus, AppError> {
    const file = this.#options.currentFile();
    if (!file) return err({ code: 'no-file-open', details: {} });
    if (file.readOnlyReason !== null)
      return err({ code: 'file-read-only', details: { path: file.path, reason: file.readOnlyReason } });
    try {
      if (!statSync(path).isDirectory()) return err({ code: 'not-a-folder', details: { path } });
      accessSync(path, constants.W_OK);
    } catch (error) {
      const problem = fsError(path, error);
      return err(problem.code === 'file-missing' ? { code: 'not-a-folder', details: { path } } : problem);
    }
    this.#follow();
    try {
      this.#let(Exchange.start(file, this.#options.records, path, this.#exchangeOptions));
    } catch (error) {
      return err(error instanceof AppErrorException ? error.appError : fsError(path, error));
    }
    void this.#round({ isThorough: true });
    return ok(this.status());
  }

  /**
   * The file is about to be closed, or another one to be opened: the last changes are written if that is quick. Should the
   * file stay open after all, it is taken up again.
   */
  async settle(): Promise<void> {
    this.#follow();
    if (!this.#exchange) return;
    await Promise.race([this.#round({}), sleep(CLOSE_PATIENCE_MS, undefined, { ref: false })]);
    this.#let(null);
    this.#file = null;
  }

  get #exchangeOptions() {
    return { onStatus: () => this.#tell() };
  }

  #look(): void {
    this.#follow();
    const { db } = this.#file ?? {};
    if (!this.#exchange || !db?.open) return;
    const changes = db.prepare('SELECT total_changes()').pluck().get() as number;
    if (changes !== this.#changes) this.#soon();
    this.#changes = changes;
    if (performance.now() >= this.#dueAt) void this.#round({});
  }

  #soon(): void {
    this.#dueAt = Math.min(this.#dueAt, performance.now() + SETTLE_MS);
  }

  #follow(): void {
    const file = this.#options.currentFile();
    if (file === this.#file) return;
    this.#let(null);
    this.#file = file;
    if (!file || file.readOnlyReason !== null) return;
    this.#let(Exchange.resume(file, this.#options.records, this.#exchangeOptions));
    this.#soon();
  }

  #let(exchange: Exchange | null): void {
    this.#exchange?.stop();
    this.#watcher?.close();
    this.#watcher = null;
    this.#exchange = exchange;
    this.#dueAt = Number.POSITIVE_INFINITY;
    if (exchange) this.#watch(exchange.path);
  }

  #watch(folder: string): void {
    try {
      this.#watcher = watch(folder, { persistent: false }, () => this.#soon());
      this.#watcher.on('error', () => {
        this.#watcher?.close();
        this.#watcher = null;
      });
    } catch {
      // Not there just now, or a file system that tells nothing: looking every so often has to do.
    }
  }

  async #round(options: RoundOptions): Promise<void> {
    const exchange = this.#exchange;
    if (!exchange) return;
    this.#dueAt = performance.now() + (this.#options.pollMs ?? POLL_MS);
    try {
      await exchange.round(options);
    } catch (error) {
      this.#options.logBug(error);
    }
    if (this.#exchange === exchange && !this.#watcher) this.#watch(exchange.path);
  }

  /** Only what is news: most rounds find nothing. */
  #tell(): void {
    const status = this.#exchange?.status();
    if (!status) return;
    const { readAt: _, ...rest } = status;
    const text = JSON.stringify(rest);
    if (text === this.#lastStatus) return;
    this.#lastStatus = text;
    this.#options.onStatus(status);
  }
}
