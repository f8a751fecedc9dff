/** Brings the search index of an open file up to date in quiet moments, a little at a time. */
import type { OpenFile } from '../openFile.ts';
import { sqliteCode } from '../sqlite.ts';

/** After an edit: whoever types on has the database to themselves. */
const QUIET_MS = 1_000;
/** About five milliseconds: nobody's question waits longer for it. */
const DOCUMENTS_AT_ONCE = 100;
const PAUSE_MS = 5;

/** A search reads the rows of so many documents in 25 ms; more are not left to whoever opens the file next. */
const MOST_LEFT = 5_000;

export class SearchCatchUp {
  readonly #currentFile: () => OpenFile | null;
  #timer: NodeJS.Timeout | null = null;

  constructor(currentFile: () => OpenFile | null) {
    this.#currentFile = currentFile;
  }

  /** Something was written, or may have been left behind by whoever wrote before. */
  soon(): void {
    if (!this.#timer) this.#runIn(QUIET_MS);
  }

  #runIn(ms: number): void {
    this.#timer = setTimeout(() => this.#run(), ms);
    this.#timer.unref();
  }

  #run(): void {
    this.#timer = null;
    const file = this.#currentFile();
    if (!file?.db.open || file.readOnlyReason !== null || file.search.pending === 0) return;
    const { db, search } = file;
    try {
      db.transaction(() => search.catchUp(DOCUMENTS_AT_ONCE)).immediate();
    } catch (error) {
      // A full disk, or somebody reading for long: searches read the rows themselves meanwhile.
      if (!sqliteCode(error)) throw error;
      this.#runIn(QUIET_MS * 10);
      return;
    }
    if (search.pending > 0) this.#runIn(PAUSE_MS);
  }
}

/** For whoever writes without ever having a quiet moment, as the command line does. */
export function catchUpBeforeClosing({ db, search }: OpenFile): void {
  if (search.pending <= MOST_LEFT) return;
  try {
    db.transaction(() => search.catchUp(Number.MAX_SAFE_INTEGER)).immediate();
  } catch (error) {
    if (!sqliteCode(error)) throw error;
  }
}
