/** The database process's one file: opened, replaced, restored, closed; and who signs what is written to it. */
import type { Author, FileInfo, UndoState } from '../shared/api.ts';
import { ENTITY_NAMES } from '../shared/entities/index.ts';
import type { AppError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { MadeBackup } from '../shared/safekeeping.ts';
import type { Backups } from './backup/backups.ts';
import { draftBeside } from './backup/restore.ts';
import { openEncryptedFile } from './copy/encryptedCopy.ts';
import { createFile, type NewFile } from './create.ts';
import type { WriterRecords } from './log/replica.ts';
import { closeFile, type OpenOptions, openFile } from './open.ts';
import type { OpenFile, Touched } from './openFile.ts';
import { fileInfo } from './repositories/fileRepository.ts';
import { fsError, openError } from './sqliteErrors.ts';

export class Session {
  readonly #records: WriterRecords;
  readonly #onCommit: (touched: Touched, undo: UndoState) => void;
  readonly backups: Backups | null;
  #author: Author | null;
  #file: OpenFile | null = null;
  #dayTimer: NodeJS.Timeout | null = null;

  constructor(
    records: WriterRecords,
    author: Author | null,
    onCommit: (touched: Touched, undo: UndoState) => void,
    backups: Backups | null = null,
  ) {
    this.#records = records;
    this.#author = author;
    this.#onCommit = onCommit;
    this.backups = backups;
  }

  get file(): OpenFile | null {
    return this.#file;
  }

  /** Opens a file in place of the present one, which stays open when the new one is refused. */
  open(path: string): Result<FileInfo, AppError> {
    // Beside itself it would find its own lock. One that somebody else was writing may be free by now.
    if (this.#file?.path === path && this.#file.readOnlyReason !== 'busy') return ok(fileInfo(this.#file));
    return this.#replace((options) => openFile(path, options));
  }

  create(path: string, newFile: NewFile): Result<FileInfo, AppError> {
    return this.#replace((options) => createFile(path, newFile, options));
  }

  /** An encrypted copy, in memory and for looking only. */
  async openEncrypted(path: string, passphrase: string): Promise<Result<FileInfo, AppError>> {
    const opened = await openEncryptedFile(path, passphrase, this.#options());
    return opened.ok ? ok(this.#take(opened.value)) : opened;
  }

  setAuthor(author: Author): void {
    this.#author = author;
    if (!this.#file) return;
    this.#file.author = author;
    this.#file.lock?.setPerson(author.name);
  }

  close(): void {
    if (this.#dayTimer) clearTimeout(this.#dayTimer);
    if (this.#file) closeFile(this.#file);
    this.#file = null;
  }

  /**
   * Puts a backup's content in the place of the file's. The present state is backed up first, which is also the way
   * back: restoring that one. What is written from then on is written under a new name.
   */
  restore(id: string): Result<{ info: FileInfo; kept: MadeBackup }, AppError> {
    const file = this.#file;
    if (!file) return err({ code: 'no-file-open', details: {} });
    const { path, readOnlyReason } = file;
    if (readOnlyReason) return err({ code: 'file-read-only', details: { path, reason: readOnlyReason } });
    const backup = file.backups?.find(file, id);
    if (!file.backups || !backup) return err({ code: 'backup-missing', details: { id } });
    const draft = draftBeside(path, backup.path, id);
    if (!draft.ok) return draft;
    const before = instrumentIds(file);
    try {
      const kept = file.backups.make(file, 'before-restore');
      if (!kept.ok) return kept;
      // Before the content changes: a record that survived could give one name to two histories.
      this.#records.remove(path);
      try {
        file.db.pragma('journal_mode = DELETE');
      } catch (error) {
        return err(openError(path, error));
      }
      file.db.close();
      let problem: AppError | null = null;
      try {
        draft.value.moveIntoPlace();
      } catch (error) {
        problem = fsError(path, error);
      }
      // Whichever is there now, the old or the new one.
      file.lock?.release();
      this.#file = null;
      const opened = openFile(path, this.#options());
      if (!opened.ok) return opened;
      this.#file = opened.value;
      if (problem) return err(problem);
      const touched = {
        instrumentIds: new Set([...before, ...instrumentIds(opened.value)]),
        entities: new Set<string>(ENTITY_NAMES),
      };
      this.#onCommit(touched, opened.value.undoStack.state());
      return ok({ info: fileInfo(opened.value), kept: kept.value });
    } finally {
      draft.value.remove();
    }
  }

  #options(): OpenOptions {
    return {
      records: this.#records,
      author: this.#author,
      isExclusive: true,
      onCommit: this.#onCommit,
      backups: this.backups ?? undefined,
    };
  }

  #replace(open: (options: OpenOptions) => Result<OpenFile, AppError>): Result<FileInfo, AppError> {
    const opened = open(this.#options());
    return opened.ok ? ok(this.#take(opened.value)) : opened;
  }

  #take(file: OpenFile): FileInfo {
    this.close();
    this.#file = file;
    this.#dayTimer = setTimeout(() => backUpOfTheDay(file), DAY_BACKUP_AFTER_MS);
    this.#dayTimer.unref();
    return fileInfo(file);
  }
}

/** The first questions of a window that has just opened the file come first. */
const DAY_BACKUP_AFTER_MS = 3_000;

function backUpOfTheDay(file: OpenFile): void {
  if (!file.db.open || file.readOnlyReason !== null || !file.backups?.isDue(file)) return;
  const made = file.backups.make(file, 'day');
  if (!made.ok) console.error(`no backup today: ${JSON.stringify(made.error)}`);
}

const instrumentIds = ({ db }: OpenFile): string[] => db.prepare('SELECT id FROM instrument').pluck().all() as string[];
