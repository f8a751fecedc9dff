/**
 * Where calls of the window arrive. Only our own page in our own window is answered. The first one, `app.start`, is
 * served without loading the rest (schemas, dialogs: 60 ms and more on an office PC), for the first screen waits for it.
 */
import { app, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Output, shellApi } from '../shared/api.ts';
import { CHANNELS } from '../shared/bridge.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import { connectWindow } from './dbProcess.ts';
import { log, logBug } from './log.ts';
import { currentFile, openFromOutside, stateAtStart } from './openFile.ts';
import { currentPreferences, currentProfile } from './profile.ts';
import { isOwnOrigin } from './protocol.ts';
import { recentFiles } from './recentFiles.ts';
import { mainWindow, tellWindow } from './windows.ts';

/** A page that never asks (it failed to load) must not leave the program without its menu. */
const PATIENCE_MS = 5000;

let started: () => void = () => undefined;
const asked = new Promise<void>((resolve) => {
  started = resolve;
});

export function setupCalls(): void {
  ipcMain.handle(CHANNELS.call, async (event, method: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (!isOurs(event)) {
      log(`refused a call of ${event.senderFrame?.url ?? 'a frame that is gone'}`);
      return err({ code: 'invalid-call', details: { method: String(method), problem: 'unknown sender' } });
    }
    if (method === 'app.start') return startReply().catch(bug).finally(started);
    return (await import('./handlers.ts')).serveShell(String(method), input);
  });
  ipcMain.on(CHANNELS.dropped, (event, paths: unknown) => {
    if (isOurs(event) && Array.isArray(paths) && paths.every((path) => typeof path === 'string')) void dropped(paths);
  });
}

/** Files dropped on the window. Into a file that can be written copies of it can be merged; otherwise one is opened. */
async function dropped(paths: string[]): Promise<void> {
  const [path, ...others] = paths;
  // A picture out of a web page, a message out of a mail program: those are files only once they have been saved.
  if (paths.includes('')) return tellWindow('problem', { code: 'dropped-no-file', details: {} });
  if (path === undefined) return;
  const file = currentFile();
  const reason = file?.info.readOnlyReason ?? null;
  if (!file || (reason !== null && others.length === 0)) await openFromOutside(path);
  else if (reason !== null) tellWindow('problem', { code: 'file-read-only', details: { path: file.name, reason } });
  else if (others.length > 0) await (await import('./merging.ts')).offerDropped(paths);
  else await (await import('./secondCopy.ts')).offerDropped(path);
}

/** Resolves when the window has been told what it needs for its first screen: what can wait has waited long enough. */
export const windowStarted = (): Promise<void> =>
  Promise.race([asked, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))]);

export async function startReply(): Promise<Reply<Output<typeof shellApi, 'app.start'>>> {
  sendPort();
  const [state, recent] = await Promise.all([stateAtStart(), recentFiles()]);
  return ok({
    version: app.getVersion(),
    platform: process.platform,
    // The region's, not the program's language: it decides how Excel reads a CSV file here.
    locale: (app.getSystemLocale() || app.getLocale()).replace(/@.*/, ''),
    profile: currentProfile(),
    preferences: currentPreferences(),
    ...state,
    recent,
  });
}

export function sendPort(): void {
  const window = mainWindow();
  if (window) connectWindow(window.webContents);
}

/** Our window's main frame, showing our own page. */
function isOurs(event: IpcMainInvokeEvent | IpcMainEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === mainWindow()?.webContents.mainFrame && isOwnOrigin(frame.origin);
}

const bug = (error: unknown) => err({ code: 'unexpected', details: { logId: logBug('app.start', error) } });
