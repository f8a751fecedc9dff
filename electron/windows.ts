/** The one window of the program: one committee, one file, one window. */
import { join } from 'node:path';
import { app, BrowserWindow, Menu, nativeTheme } from 'electron';
import type { EventPayload, shellEvents } from '../shared/api.ts';
import { CHANNELS } from '../shared/bridge.ts';
import { log } from './log.ts';
import { outFolder, pageUrl } from './protocol.ts';
import { MIN_SIZE, rememberedWindow, rememberWindow } from './windowState.ts';

/** The paper of renderer/theme.css: what is seen before the first paint and at the edge while resizing. */
const PAPER = { light: '#fbfaf8', dark: '#16191c' };

let window: BrowserWindow | null = null;

export const mainWindow = (): BrowserWindow | null => window;

export function setupWindow(): void {
  // Otherwise Electron makes a menu of its own first.
  Menu.setApplicationMenu(null);
  const { isMaximized, ...bounds } = rememberedWindow();
  const opened = new BrowserWindow({
    ...bounds,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: app.getName(),
    backgroundColor: paper(),
    webPreferences: {
      preload: join(outFolder('preload'), 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: !app.isPackaged,
      // The first screen is asked for while it is still hidden.
      backgroundThrottling: false,
    },
  });
  window = opened;
  rememberWindow(opened);
  opened.once('ready-to-show', () => {
    if (isMaximized) opened.maximize();
    opened.show();
  });
  opened.once('closed', () => {
    window = null;
  });
  // The title is the file's name, not the page's.
  opened.on('page-title-updated', (event) => event.preventDefault());
  nativeTheme.on('updated', () => mainWindow()?.setBackgroundColor(paper()));
  reloadAfterCrash(opened);
  void opened.loadURL(pageUrl()).catch((error) => log(`the page did not load: ${error}`));
}

const paper = () => (nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light);

/** Tells the window something; without a window there is nobody to tell. */
export function tellWindow<N extends keyof typeof shellEvents>(
  name: N,
  payload: EventPayload<typeof shellEvents, N>,
): void {
  if (window && !window.isDestroyed()) window.webContents.send(CHANNELS.event, name, payload);
}

/** Brings the window to the front: somebody started the program a second time. */
export function focusWindow(): void {
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** A page that crashed is loaded again (nothing of the file is in it); one that crashes again and again is left alone. */
function reloadAfterCrash(opened: BrowserWindow): void {
  let lastCrashMs = Number.NEGATIVE_INFINITY;
  opened.webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    if (reason === 'clean-exit' || opened.isDestroyed()) return;
    log(`the window's process has ended: ${reason} (${exitCode})`);
    const now = performance.now();
    if (now - lastCrashMs > 10_000) opened.webContents.reload();
    lastCrashMs = now;
  });
}
