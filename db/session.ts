/** The database process's one file: opened, replaced, closed; and who signs what is written to it. */
import type { Author, FileInfo, UndoState } from '../shared/api.ts';
import type { AppError } from '../shared/errors.ts';
import { ok, type Result } from '../shared/result.ts';
import { createFile, type NewFile } from './create.ts';
import type { WriterRecords } from './log/replica.ts';
import { closeFile, type OpenOptions, openFile } from './open.ts';
import type { OpenFile, Touched } from './openFile.ts';
import { fileInfo } from './repositories/fileRepository.ts';

export class Session {
  readonly #records: WriterRecords;
  readonly #onCommit: (touched: Touched, undo: UndoState) => void;
  #author: Author | null;
  #file: OpenFile | null = null;

  constructor(records: WriterRecords, author: Author | null, onCommit: (touched: Touched, undo: UndoState) => void) {
    this.#records = records;
    this.#author = author;
    this.#onCommit = onCommit;
  }

  get file(): OpenFile | null {
    return this.#file;
  }

  /** Opens a file in place of the present one, which stays open when the new one is refused. */
  open(path: string): Result<FileInfo, AppError> {
    // The same file cannot be opened beside itself: its lock is ours already.
    if (this.#file?.path === path) return ok(fileInfo(this.#file));
    return this.#replace((options) => openFile(path, options));
  }

  create(path: string, newFile: NewFile): Result<FileInfo, AppError> {
    return this.#replace((options) => createFile(path, newFile, options));
  }

  setAuthor(author: Author): void {
    this.#author = author;
    if (this.#file) this.#file.author = author;
  }

  close(): void {
    if (this.#file) closeFile(this.#file);
    this.#file = null;
  }

  #replace(open: (options: OpenOptions) => Result<OpenFile, AppError>): Result<FileInfo, AppError> {
    const opened = open({ records: this.#records, author: this.#author, isExclusive: true, onCommit: this.#onCommit });
    if (!opened.ok) return opened;
    this.close();
    this.#file = opened.value;
    return ok(fileInfo(this.#file));
  }
}
