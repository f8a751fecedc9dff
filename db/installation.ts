/**
 * What this installation remembers outside every file, in its own folder: under which name it last wrote which file.
 * One small JSON file for each, replaced whole, so that processes working on different files never meet; a lost or
 * damaged record costs a new name and nothing else.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { homedir, hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { WriterRecord, WriterRecords } from './log/replica.ts';

/** `machine` tells apart profiles that were cloned with their computer, `path` is for people who look. */
const Stored = z.object({ path: z.string(), replica: z.string(), seq: z.int(), token: z.int(), machine: z.string() });
type Stored = z.infer<typeof Stored>;

/** Files remembered; the ones closed longest ago are forgotten first. */
const MOST_FILES = 200;
const FOLDER = 'writers';

/** Where the application keeps its own data, for the command line, which has no Electron to ask. */
export function defaultInstallationDir(): string {
  if (process.env.MOU_TRACKER_PROFILE) return process.env.MOU_TRACKER_PROFILE;
  if (process.platform === 'win32') return join(process.env.APPDATA ?? homedir(), 'mou-tracker');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'mou-tracker');
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'mou-tracker');
}

/** For a file that nobody goes on writing in: one that is looked at, one that is made to be thrown away. */
export const NO_RECORDS: WriterRecords = { find: () => null, put: () => undefined, remove: () => undefined };

/** The writer's records of an installation folder, which is made when first needed. */
export function writerRecords(installationDir: string): WriterRecords {
  const folder = join(installationDir, FOLDER);
  const recordOf = (realPath: string) =>
    join(folder, `${createHash('sha256').update(realPath).digest('hex').slice(0, 32)}.json`);

  return {
    find: (path): WriterRecord | null => {
      try {
        const realPath = realpathSync(path);
        const stored = Stored.parse(JSON.parse(readFileSync(recordOf(realPath), 'utf8')));
        const isOurs = stored.machine === hostname() && stored.path === realPath;
        return isOurs ? { replica: stored.replica, seq: stored.seq, token: stored.token } : null;
      } catch {
        return null;
      }
    },
    put: (path, record) => {
      try {
        const realPath = realpathSync(path);
        mkdirSync(folder, { recursive: true });
        writeRecord(recordOf(realPath), { path: realPath, ...record, machine: hostname() });
        forgetOldest(folder);
      } catch {
        // No record: the next session takes a new name. What was written to the file is safe without it.
      }
    },
    remove: (path) => {
      const record = recordOf(realpathSync(path));
      if (!existsSync(record)) return;
      rmSync(record);
      syncFolder(folder);
    },
  };
}

function writeRecord(record: string, stored: Stored): void {
  const temporary = `${record}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w');
  writeSync(file, JSON.stringify(stored));
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, record);
  syncFolder(dirname(record));
}

function forgetOldest(folder: string): void {
  const records = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (records.length <= MOST_FILES) return;
  const byAge = records
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => other.at - one.at);
  for (const { path } of byAge.slice(MOST_FILES)) rmSync(path, { force: true });
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
