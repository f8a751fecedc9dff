/** The program's own log: what went wrong, under an id that the window shows. It stays on this computer. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

const MAX_BYTES = 1_000_000;

export const logFile = (): string => join(app.getPath('logs'), 'main.log');

/** Writes a line; the file that grew too large becomes `main.old.log`. Never throws: logging must not make things worse. */
export function log(text: string): void {
  const line = `${new Date().toISOString()} ${text}\n`;
  if (!app.isPackaged) process.stderr.write(line);
  try {
    const path = logFile();
    mkdirSync(app.getPath('logs'), { recursive: true });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) {
      renameSync(path, path.replace(/log$/, 'old.log'));
    }
    appendFileSync(path, line);
  } catch {
    // A full or read-only disk: there is no better place to say so.
  }
}

/** Writes a bug with its stack and returns the id under which it stands in the log. */
export function logBug(where: string, error: unknown): string {
  const logId = randomBytes(4).toString('hex');
  log(`[${logId}] ${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return logId;
}

/** A bug in main is written down and the program goes on: the file is in another process and safe. */
export function setupLog(): void {
  process.on('uncaughtException', (error) => logBug('uncaught in main', error));
  process.on('unhandledRejection', (error) => logBug('unhandled in main', error));
}
