/**
 * What this installation remembers of exchange folders, outside every file: which file takes part in which folder, under
 * which name, and what it has written there. A lost record costs a new name in the folder and nothing else.
 */
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppErrorException } from '../../shared/errors.ts';
import { writeWhole } from '../writeWhole.ts';

const Written = z.object({
  name: z.string(),
  hash: z.string(),
  /** Replaced by a later file: whoever brings it back brings nothing new. */
  isGone: z.boolean(),
});

export const ExchangeRecord = z.object({
  family: z.string(),
  /** Null: stopped; the rest is kept in case it is pointed there again. */
  folder: z.string().nullable(),
  lastFolder: z.string(),
  /** This installation's name in the folder: random, minted anew whenever it might not be alone in using it. */
  id: z.string(),
  next: z.int(),
  written: z.array(Written),
  /** Names under which this installation has written the file. */
  replicas: z.array(z.string()),
});
export type ExchangeRecord = z.infer<typeof ExchangeRecord>;

/** `machine` tells apart profiles that were cloned with their computer. */
const Stored = z.record(z.string(), ExchangeRecord.extend({ machine: z.string() }));
type Stored = z.infer<typeof Stored>;

export interface ExchangeRecords {
  find: (path: string) => ExchangeRecord | null;
  /** Durable when it returns; throws where it cannot be. */
  put: (path: string, record: ExchangeRecord) => void;
}

/** Files written that are remembered; one that was forgotten and turns up again costs a new name. */
const MOST_WRITTEN = 300;

export function exchangeRecords(installationDir: string): ExchangeRecords {
  const storePath = join(installationDir, 'exchange.json');
  const load = (): Stored => {
    try {
      return Stored.parse(JSON.parse(readFileSync(storePath, 'utf8')));
    } catch {
      return {};
    }
  };
  return {
    find: (path) => {
      try {
        const found = load()[realpathSync(path)];
        if (!found) return null;
        const { machine, ...record } = found;
        return machine === hostname() ? record : null;
      } catch {
        return null;
      }
    },
    put: (path, record) => {
      mkdirSync(installationDir, { recursive: true });
      const kept = { ...record, written: record.written.slice(-MOST_WRITTEN), machine: hostname() };
      const saved = writeWhole(storePath, [JSON.stringify({ ...load(), [realpathSync(path)]: kept })]);
      if (!saved.ok) throw new AppErrorException(saved.error);
    },
  };
}
