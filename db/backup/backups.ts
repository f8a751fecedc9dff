/**
 * Backups of a file, in this installation's own folder: whole databases, each read back and checked before it has its
 * name. Their names say when and why; everything else is read from them, so that there is no list that could be wrong.
 *
 *   <installation>/backups/<family>-<place>/000042_20261124T103405123Z_before-merge.mou
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type AppError, AppErrorException } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { BACKUP_REASONS, type BackupReason, type MadeBackup } from '../../shared/safekeeping.ts';
import { deliver } from '../copy/deliver.ts';
import { copyProblem, countsOf, vacuumInto } from '../copy/saveCopy.ts';
import { familyId } from '../repositories/fileRepository.ts';
import { connectSqlite, type Database } from '../sqlite.ts';
import { fsError } from '../sqliteErrors.ts';
import { dayOf, keptInRing } from './ring.ts';

/** What it takes to back a file up: an open connection, its place, and the clock. */
export interface Source {
  db: Database;
  path: string;
  now: () => number;
}

/** A backup as its name tells it. */
export interface BackupName {
  /** Its name without the ending; names it among the backups of one file. */
  id: string;
  number: number;
  at: number;
  reason: BackupReason;
  /** Under half the size of the one before it, or with fewer instruments. */
  isAlarming: boolean;
  path: string;
}

export class Backups {
  readonly #folder: string;

  constructor(installationDir: string) {
    this.#folder = join(installationDir, 'backups');
  }

  /** Makes one, checked; then lets go of those that the ring has no room for. */
  make({ db, path, now }: Source, reason: BackupReason): Result<MadeBackup, AppError> {
    const at = now();
    try {
      const folder = this.#folderOf(db, path);
      mkdirSync(folder, { recursive: true });
      const present = listNames(folder);
      const last = present[0];
      const counts = countsOf(db);
      const number = (last?.number ?? 0) + 1;
      const nameFor = (isAlarming: boolean) => join(folder, `${nameOf({ number, at, reason, isAlarming })}.mou`);
      const saved = deliver(nameFor(false), {
        openPath: path,
        write: (temporary) => vacuumInto(db, temporary),
        problem: (temporary) => copyProblem(temporary, counts),
        finalPlace: (temporary) => nameFor(last !== undefined && isMuchSmaller(temporary, last.path)),
      });
      if (!saved.ok) return saved;
      this.#prune(folder);
      const { path: place, sizeBytes } = saved.value;
      return ok({ id: idOf(place), sizeBytes, isAlarming: place !== nameFor(false) });
    } catch (error) {
      if (error instanceof AppErrorException) return err(error.appError);
      if (error instanceof Error && 'code' in error) return err(fsError(this.#folder, error));
      throw error;
    }
  }

  /** Newest first. */
  list({ db, path }: Pick<Source, 'db' | 'path'>): BackupName[] {
    return listNames(this.#folderOf(db, path));
  }

  /** Those of a file that cannot be read any more: by its place alone, whatever family it had. */
  listByPlace(path: string): BackupName[] {
    const ending = `-${placeOf(path)}`;
    let folders: string[] = [];
    try {
      folders = readdirSync(this.#folder).filter((name) => name.endsWith(ending));
    } catch {
      return [];
    }
    return folders.flatMap((name) => listNames(join(this.#folder, name))).sort((one, other) => other.at - one.at);
  }

  find(source: Pick<Source, 'db' | 'path'>, id: string): BackupName | null {
    return this.list(source).find((backup) => backup.id === id) ?? null;
  }

  /** None was made yet on this day of this computer's calendar. */
  isDue({ db, path, now }: Source): boolean {
    const today = dayOf(now());
    return !this.list({ db, path }).some(({ at }) => dayOf(at) === today);
  }

  #folderOf(db: Database, path: string): string {
    const family = familyId({ db }).replace(/[^0-9a-z-]/gi, '') || 'none';
    return join(this.#folder, `${family.slice(0, 40)}-${placeOf(path)}`);
  }

  #prune(folder: string): void {
    const names = listNames(folder);
    const kept = keptInRing(names);
    for (const backup of names) if (!kept.has(backup)) rmSync(backup.path, { force: true });
  }
}

/** A file's place as few letters; the real one, so that links to one file share its backups. */
const placeOf = (path: string): string => {
  let real = path;
  try {
    real = realpathSync(path);
  } catch {
    // Gone: by the name it was known under.
  }
  return createHash('sha256').update(real).digest('hex').slice(0, 16);
};

const SEPARATOR = '_';

function nameOf({ number, at, reason, isAlarming }: Omit<BackupName, 'id' | 'path'>): string {
  const stamp = new Date(at).toISOString().replaceAll(/[-:.]/g, '');
  return [String(number).padStart(6, '0'), stamp, reason, ...(isAlarming ? ['smaller'] : [])].join(SEPARATOR);
}

const idOf = (path: string): string => basename(path, '.mou');

const NAME = /^(\d{6,})_([+-]?\d+)(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z_([a-z-]+)(_smaller)?\.mou$/;

/** Newest first; whatever else lies there is not ours. */
function listNames(folder: string): BackupName[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name): BackupName[] => {
      const parts = NAME.exec(name);
      const reason = BACKUP_REASONS.find((one) => one === parts?.[9]);
      if (!parts || !reason) return [];
      const [, number, year, month, day, hour, minute, second, ms] = parts;
      const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
      if (Number.isNaN(at)) return [];
      return [
        {
          id: idOf(name),
          number: Number(number),
          at,
          reason,
          isAlarming: parts[10] !== undefined,
          path: join(folder, name),
        },
      ];
    })
    .sort((one, other) => other.number - one.number);
}

function isMuchSmaller(path: string, lastPath: string): boolean {
  try {
    return statSync(path).size < statSync(lastPath).size / 2 || instrumentsIn(path) < instrumentsIn(lastPath);
  } catch {
    return false;
  }
}

function instrumentsIn(path: string): number {
  const db = connectSqlite(path, { readonly: true, fileMustExist: true });
  try {
    return db.prepare('SELECT count(*) FROM instrument WHERE deleted = 0').pluck().get() as number;
  } finally {
    db.close();
  }
}
