/** The database process's one file: opened, replaced, restored, closed; and who signs what is written to it. */
import type { Author, FileInfo, UndoState } from '../shared/api.ts';
import { ENTITY_NAMES } from '../shared/entities/index.ts';
import { type AppError, isReadOnlyForNow } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { BackupReason, MadeBackup } from '../shared/safekeeping.ts';
import type { Backups } from './backup/backups.ts';
import { type Draft, draftOfBackup } from './backup/restore.ts';
import { draftOfCopy } from './copy/draftOfCopy.ts';
import { openEncryptedFile } from './copy/encryptedCopy.ts';
import { openToLookAt } from './copy/lookAt.ts';
import { createFile, type NewFile } from './create.ts';
import type { WriterRecords } from './log/replica.ts';
import { closeFile, type OpenOptions, openFile } from './open.ts';
import type { OpenFile, Touched } from './openFile.ts';
import { fileInfo } from './repositories/fileRepository.ts';
import { SearchCatchUp } from './search/catchUp.ts';
import { fsError, openError } from './sqliteErrors.ts';

/** Other content stands in the file's place; `kept` is the backup of what was there. */
interface Replaced {
  info: FileInfo;
  kept: MadeBackup;
}

export class Session {
  readonly #records: WriterRecords;
  readonly #onCommit: (touched: Touched, undo: UndoState) => void;
  readonly backups: Backups | null;
  #author: Author | null;
  #file: OpenFile | null = null;
  #dayTimer: NodeJS.Timeout | null = null;
  readonly #searchCatchUp = new SearchCatchUp(() => this.#file);

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
    // Beside itself it would find its own lock.
    if (this.#file?.path === path && !isReadOnlyForNow(this.#file.readOnlyReason)) return ok(fileInfo(this.#file));
    return this.#replace((options) => openFile(path, options));
  }

  /** Opens a copy in place of the present file, for looking only. */
  look(path: string): Result<FileInfo, AppError> {
    return this.#replace((options) => openToLookAt(path, options));
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

  /** Puts a backup's content in the place of the file's. */
  restore(id: string): Result<Replaced, AppError> {
    return this.#putInPlace('before-restore', (file, backups) => {
      const backup = backups.find(file, id);
      return backup ? draftOfBackup(file.path, backup) : err({ code: 'backup-missing', details: { id } });
    });
  }

  /** Puts the content of another copy of the file in the place of the file's. The copy is only read. */
  replaceByCopy(path: string): Result<Replaced, AppError> {
    return this.#putInPlace('before-replace', (file) => draftOfCopy(file, path));
  }

  /**
   * Puts a draft in the place of the file. The present state is backed up first, which is also the way back: restoring
   * that one. What is written from then on is written under a new name.
   */
  #putInPlace(
    reason: BackupReason,
    makeDraft: (file: OpenFile, backups: Backups) => Result<Draft, AppError>,
  ): Result<Replaced, AppError> {
    const file = this.#file;
    if (!file) return err({ code: 'no-file-open', details: {} });
    const { path, readOnlyReason, backups } = file;
    if (readOnlyReason) return err({ code: 'file-read-only', details: { path, reason: readOnlyReason } });
    // Without a backup there would be no way back.
    if (!backups) return err({ code: 'invalid-call', details: { method: reason, problem: 'no place for backups' } });
    const draft = makeDraft(file, backups);
    if (!draft.ok) return draft;
    const before = instrumentIds(file);
    try {
      const kept = backups.make(file, reason);
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
      onCommit: (touched, undo) => {
        this.#onCommit(touched, undo);
        this.#searchCatchUp.soon();
      },
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
    this.#searchCatchUp.soon();
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
