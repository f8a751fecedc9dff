/**
 * What this installation remembers outside every file, in its own folder: under which name it last wrote which file.
 * One small JSON file, replaced whole; a lost or damaged one costs new names and nothing else.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, writeSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { WriterRecord, WriterRecords } from './log/replica.ts';

/** `machine` tells apart profiles that were cloned with their computer. */
const Stored = z.record(z.string(), z.object({ replica: z.string(), seq: z.int(), machine: z.string() }));
type Stored = z.infer<typeof Stored>;

/** Files remembered; the ones closed longest ago are forgotten first. */
const MOST_FILES = 200;

/** Where the application keeps its own data, for the command line, which has no Electron to ask. */
export function defaultInstallationDir(): string {
  if (process.env.MOU_TRACKER_PROFILE) return process.env.MOU_TRACKER_PROFILE;
  if (process.platform === 'win32') return join(process.env.APPDATA ?? homedir(), 'mou-tracker');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'mou-tracker');
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'mou-tracker');
}

/** The writer's records of an installation folder, which is made when first needed. */
export function writerRecords(installationDir: string): WriterRecords {
  const storePath = join(installationDir, 'writers.json');

  const parse = (text: string): Stored => {
    try {
      return Stored.parse(JSON.parse(text));
    } catch {
      return {};
    }
  };

  /** Throws where there are records that cannot be read just now: they may not be taken for gone. */
  const load = (): Stored => {
    try {
      return parse(readFileSync(storePath, 'utf8'));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      throw error;
    }
  };

  const save = (records: Stored): void => {
    mkdirSync(installationDir, { recursive: true });
    const temporary = `${storePath}.${process.pid}.tmp`;
    const file = openSync(temporary, 'w');
    writeSync(file, JSON.stringify(records));
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, storePath);
    syncFolder(installationDir);
  };

  return {
    find: (path): WriterRecord | null => {
      try {
        const record = load()[realpathSync(path)];
        return record && record.machine === hostname() ? { replica: record.replica, seq: record.seq } : null;
      } catch {
        return null;
      }
    },
    put: (path, record) => {
      try {
        const key = realpathSync(path);
        const { [key]: _, ...others } = load();
        const kept = Object.entries(others).slice(1 - MOST_FILES);
        save(Object.fromEntries([...kept, [key, { ...record, machine: hostname() }]]));
      } catch {
        // No record: the next session takes a new name. What was written to the file is safe without it.
      }
    },
    remove: (path) => {
      const { [realpathSync(path)]: removed, ...others } = load();
      if (removed) save(others);
    },
  };
}

/** Makes a rename last through a power cut. Windows has no such call for folders, and needs none. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
