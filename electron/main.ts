/** Where the program begins: the boot order, and nothing else. What each step does stands in its own file. */
import { app } from 'electron';
import { readArguments } from './arguments.ts';
import { setupCalls, windowStarted } from './calls.ts';
import { setupDatabase } from './dbProcess.ts';
import { setupInstallationFolder } from './installationFolder.ts';
import { setupOpenFileEvent, setupQuit, setupSecondStart, takeInstanceLock } from './lifecycle.ts';
import { setupLog } from './log.ts';
import { openAtStart } from './openFile.ts';
import { currentAuthor, setupProfile } from './profile.ts';
import { registerSchemes, setupProtocol } from './protocol.ts';
import { setupRecentFiles } from './recentFiles.ts';
import { setupSecurity } from './security.ts';
import { setupWindow } from './windows.ts';

setupInstallationFolder();

const mode = readArguments(process.argv, app.isPackaged, process.cwd());

if (mode.kind === 'command') {
  // Awaited here: Chromium, which wants a display, goes on only when this file has been read to its end.
  await (await import('./commandLine.ts')).runCommand(mode.argv);
} else {
  setupLog();
  setupSecurity();
  registerSchemes();
  if (mode.kind === 'print') (await import('./printCommand.ts')).setupPrintCommand(mode.reportPath, mode.outPath);
  else if (takeInstanceLock(mode.path)) void openWindow(mode.path);
  else app.quit();
}

async function openWindow(named: string | null): Promise<void> {
  const fileNamedEarly = setupOpenFileEvent();
  setupProfile();
  setupRecentFiles();
  await app.whenReady();

  setupDatabase(currentAuthor);
  openAtStart(fileNamedEarly() ?? named);
  setupProtocol();
  setupWindow();
  setupCalls();
  setupSecondStart();
  setupQuit();

  // The rest is loaded while the window draws its first screen.
  await windowStarted();
  (await import('./menu.ts')).setupMenu();
  await import('./handlers.ts');
}
