/** The small JSON files of this installation (profile, recent files, window), in Electron's userData folder. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';
import { log, logBug } from './log.ts';
import { writeWhole } from './writeWhole.ts';

const pathOf = (name: string) => join(app.getPath('userData'), name);

/** The parsed content, or null when there is none or it is no JSON: these records are conveniences, never a reason to stop. */
export function readRecord(name: string): unknown {
  try {
    return JSON.parse(readFileSync(pathOf(name), 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) log(`${name} is not readable and is started anew: ${error.message}`);
    return null;
  }
}

const writing = new Map<string, Promise<void>>();

/** Writes the record whole; writes of one record follow each other, so the last one wins. Rejects when it cannot. */
export function writeRecord(name: string, value: unknown): Promise<void> {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  const previous = writing.get(name) ?? Promise.resolve();
  const next = previous
    .catch(() => undefined)
    .then(async () => {
      await mkdir(app.getPath('userData'), { recursive: true });
      await writeWhole(pathOf(name), text);
    });
  writing.set(name, next);
  return next;
}

/** The same where a failure only costs comfort: it is logged. */
export const keepRecord = (name: string, value: unknown): Promise<void> =>
  writeRecord(name, value).catch((error) => {
    logBug(`writing ${name}`, error);
  });

/** Resolves when everything that was given to write is on the disk. */
export const recordsWritten = async (): Promise<void> => {
  await Promise.allSettled(writing.values());
};
