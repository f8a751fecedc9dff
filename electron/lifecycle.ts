/** One running program per person: a second start hands its file to the first. And an orderly end. */
import { app } from 'electron';
import { stopDatabase } from './dbProcess.ts';
import { openFromOutside } from './openFile.ts';
import { recordsWritten } from './ownRecords.ts';
import { cancelTasks } from './tasks.ts';
import { focusWindow, mainWindow } from './windows.ts';

/** False in a second instance, which has given its file to the first and has nothing left to do. */
export function takeInstanceLock(path: string | null): boolean {
  return app.requestSingleInstanceLock({ path });
}

export function setupSecondStart(): void {
  app.on('second-instance', (_, __, ___, data) => {
    focusWindow();
    const path = (data as { path?: unknown } | undefined)?.path;
    if (typeof path === 'string') void openFromOutside(path);
  });
}

/**
 * macOS names files by an event instead of an argument, at the start even before "ready".
 * The returned function tells which one that was.
 */
export function setupOpenFileEvent(): () => string | null {
  let early: string | null = null;
  let isEarly = true;
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (isEarly) early = path;
    else void openFromOutside(path);
  });
  return () => {
    isEarly = false;
    return early;
  };
}

/** Ends with the window on every system: without its window there is nothing of this program left to use. */
export function setupQuit(): void {
  mainWindow()?.once('closed', () => {
    cancelTasks();
    app.quit();
  });
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void Promise.allSettled([stopDatabase(), recordsWritten()]).then(() => {
      isStopped = true;
      app.quit();
    });
  });
}
