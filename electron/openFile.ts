/** Which file is open. Opening, creating and closing go one after the other, whoever asks for them. */
import { realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { FileInfo, OpenFile } from '../shared/api.ts';
import { type AppError, isDamage, isReadOnlyForNow } from '../shared/errors.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import type { MadeBackup } from '../shared/safekeeping.ts';
import { connectWindow, database, onDatabase } from './dbProcess.ts';
import { lastOpenFile, namesOf, rememberClosed, rememberOpened } from './recentFiles.ts';
import { mainWindow, tellWindow } from './windows.ts';

interface Current {
  path: string;
  info: FileInfo;
  /** While a copy is only looked at: the file that was open before. */
  cameFrom: string | null;
}

let current: Current | null = null;
let atStart: Promise<{ problem: AppError | null }> = Promise.resolve({ problem: null });
let queue: Promise<unknown> = Promise.resolve();
const listeners = new Set<() => void>();

export const currentPath = (): string | null => current?.path ?? null;
export const currentFile = (): OpenFile | null => {
  if (!current) return null;
  const { path, info, cameFrom } = current;
  return { ...namesOf(path), info, cameFrom: cameFrom === null ? null : basename(cameFrom) };
};

/** Whether a path leads to the open file, by whatever name. */
export function isOpen(path: string): boolean {
  if (!current) return false;
  if (resolve(path) === current.path) return true;
  try {
    return realpathSync.native(path) === realpathSync.native(current.path);
  } catch {
    return false; // whoever opens it says what is wrong
  }
}

/** Menu and title follow the open file. */
export const onOpenFile = (listener: () => void): void => {
  listeners.add(listener);
};

/** Starts opening the named file, else the last one, while the window is still being made. */
export function openAtStart(path: string | null): void {
  const onLost = (isOnPurpose: boolean) => tellWindow('databaseLost', { isOnPurpose });
  onDatabase({ onLost, onBack: reopen, onGivenUp: giveUp });
  const wanted = path ?? lastOpenFile();
  if (!wanted) return;
  atStart = openPath(wanted).then((reply) => ({ problem: reply.ok ? null : reply.error }));
}

/** What the window's first question is answered with. The problem is told once: a page loaded again starts without it. */
export async function stateAtStart(): Promise<{ file: OpenFile | null; problem: AppError | null }> {
  const { problem } = await atStart;
  atStart = Promise.resolve({ problem: null });
  return { file: currentFile(), problem };
}

/** A failed opening leaves the open file open: the database process opens the new one before it lets go of the old. */
export const openPath = (path: string): Promise<Reply<OpenFile>> =>
  inTurn(async () => {
    const wanted = resolve(path);
    if (current && isOpen(wanted) && !isReadOnlyForNow(current.info.readOnlyReason))
      return ok(currentFile() as OpenFile);
    return taken(wanted, await database()['file.open']({ path: wanted }));
  });

/** Opens a copy of the open file to be looked at. At the next start it is the file that was open before which is opened. */
export const lookAt = (path: string): Promise<Reply<OpenFile>> =>
  inTurn(async () => {
    const cameFrom = current?.path ?? null;
    const reply = await database()['file.look']({ path });
    if (!reply.ok) return reply;
    setCurrent({ path, info: reply.value, cameFrom });
    return ok(currentFile() as OpenFile);
  });

/** Back from a copy that was looked at. */
export const leaveCopy = (): Promise<Reply<OpenFile>> =>
  current?.cameFrom ? openPath(current.cameFrom) : Promise.resolve(err({ code: 'no-file-open', details: {} }));

/** The file that was refused last because it lies under a passphrase: the window asks for one and knows no path. */
let lockedPath: string | null = null;

export const openEncrypted = (passphrase: string): Promise<Reply<OpenFile>> =>
  inTurn(async () => {
    if (lockedPath === null) return err<AppError>({ code: 'no-file-open', details: {} });
    const reply = await database()['file.openEncrypted']({ path: lockedPath, passphrase });
    if (!reply.ok) return reply;
    // Held in memory for looking: at the next start there would be nothing to open it with.
    setCurrent({ path: lockedPath, info: reply.value, cameFrom: null });
    return ok(currentFile() as OpenFile);
  });

/** Other content was put in the open file's place: it says something else of itself, and the window reads it anew. */
export function contentReplaced(reply: Reply<{ info: FileInfo; kept: MadeBackup }>): Reply<{ kept: MadeBackup }> {
  if (!reply.ok) return reply;
  const { info, kept } = reply.value;
  if (current) {
    setCurrent({ ...current, info });
    tellWindow('fileOpened', currentFile() as OpenFile);
  }
  return ok({ kept });
}

export const createFile = (path: string, from: 'register' | 'empty'): Promise<Reply<OpenFile>> =>
  inTurn(async () => {
    const title = basename(path).replace(/\.mou$/i, '');
    return taken(path, await database()['file.create']({ path, from, title }));
  });

export const closeFile = (): Promise<Reply<Record<string, never>>> =>
  inTurn(async () => {
    const reply = await database()['file.close']({});
    if (reply.ok) {
      setCurrent(null);
      rememberClosed();
      tellWindow('fileClosed', {});
    }
    return reply;
  });

/** A file named from outside the window: a double click, a second start, the menu's list. */
export async function openFromOutside(path: string): Promise<void> {
  if (current && (await (await import('./secondCopy.ts')).isOfferedAsCopy(path))) return;
  const reply = await openPath(path);
  if (reply.ok) tellWindow('fileOpened', reply.value);
  else tellWindow('problem', reply.error);
}

/** The file that was refused last, or had to be closed, because it is damaged: the window asks what is left of it. */
let damagedPath: string | null = null;

export const lastDamagedPath = (): string | null => damagedPath;

/** Closes the open file, which turned out to be damaged, so that something else can take its place. */
export async function leaveDamaged(): Promise<Reply<Record<string, never>>> {
  const path = currentPath();
  const closed = await closeFile();
  if (closed.ok) damagedPath = path;
  return closed;
}

function refused(path: string, error: AppError): void {
  if (error.code === 'file-encrypted') lockedPath = path;
  if (isDamage(error)) damagedPath = path;
}

function taken(path: string, reply: Reply<FileInfo>): Reply<OpenFile> {
  if (!reply.ok) {
    refused(path, reply.error);
    return reply;
  }
  setCurrent({ path, info: reply.value, cameFrom: null });
  rememberOpened(path);
  return ok(currentFile() as OpenFile);
}

/** After a crash of the database process: the same file again, a new port, and the window reads anew. */
function reopen(): void {
  void inTurn(async () => {
    const lost = current;
    if (lost) {
      const { path, info } = lost;
      const reply = await database()[info.readOnlyReason === 'looking' ? 'file.look' : 'file.open']({ path });
      if (reply.ok) setCurrent({ ...lost, info: reply.value });
      else {
        refused(path, reply.error);
        setCurrent(null);
        tellWindow('fileClosed', {});
        tellWindow('problem', reply.error);
      }
    }
    const window = mainWindow();
    if (window) connectWindow(window.webContents);
    tellWindow('databaseBack', {});
  });
}

/** Perhaps it is this very file that ends the process: the next attempt starts without it. */
function giveUp(): void {
  setCurrent(null);
  tellWindow('fileClosed', {});
  void import('./dialogs.ts').then(({ tellDatabaseFailed }) => tellDatabaseFailed());
}

function setCurrent(next: Current | null): void {
  current = next;
  for (const listener of listeners) listener();
}

function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = queue.then(task);
  queue = result.catch(() => undefined);
  return result;
}
