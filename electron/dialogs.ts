/**
 * Native dialogs: where a person names files. Paths go no further than main.
 * The functions of `dialog` are called as its methods each time, so that tests can answer in a person's place.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { app, type BrowserWindow, dialog, type MessageBoxOptions, shell } from 'electron';
import { todayCivil } from '../shared/civilDate.ts';
import { withExtension } from './arguments.ts';
import { restartDatabase } from './dbProcess.ts';
import { log, logFile } from './log.ts';
import { t } from './text.ts';
import { mainWindow } from './windows.ts';
import { moveInto } from './writeWhole.ts';

/** The folder of the last file saved in this session: people save the next one beside it. */
let lastFolder: string | null = null;

/** The file to open, or null when the person cancelled. */
export const askOpen = async (): Promise<string | null> =>
  (await askFiles(t('nativeDialog.openTitle'), ['openFile']))[0] ?? null;

/** Copies to merge, as many as the person likes; none: cancelled. */
export const askMergeFiles = (): Promise<string[]> =>
  askFiles(t('nativeDialog.mergeTitle'), ['openFile', 'multiSelections']);

/** The folder that a team shares; null: cancelled. */
export async function askExchangeFolder(): Promise<string | null> {
  const options = {
    title: t('nativeDialog.exchangeTitle'),
    properties: ['openDirectory' as const, 'createDirectory' as const],
  };
  const window = mainWindow();
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}

async function askFiles(title: string, properties: ('openFile' | 'multiSelections')[]): Promise<string[]> {
  const options = {
    title,
    defaultPath: app.getPath('documents'),
    properties,
    filters: [
      { name: t('nativeDialog.trackerFiles'), extensions: ['mou', 'age'] },
      { name: t('nativeDialog.allFiles'), extensions: ['*'] },
    ],
  };
  const window = mainWindow();
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
}

export const askNewFile = (): Promise<string | null> =>
  askSave({
    title: t('nativeDialog.newTitle'),
    name: t('nativeDialog.newName', { year: todayCivil().slice(0, 4) }),
    kind: { name: t('nativeDialog.trackerFiles'), extension: 'mou' },
    consequence: t('nativeDialog.replaceTracker'),
  });

export const askRegisterExport = (fileName: string): Promise<string | null> =>
  askSave({
    title: t('nativeDialog.exportRegisterTitle'),
    name: t('nativeDialog.registerName', { name: withoutExtension(fileName), date: todayCivil() }),
    kind: { name: t('nativeDialog.csvFiles'), extension: 'csv' },
    consequence: t('nativeDialog.replaceExport'),
  });

export const askReportExport = (fileName: string, asOf: string): Promise<string | null> =>
  askSave({
    title: t('nativeDialog.exportReportTitle'),
    name: t('nativeDialog.reportName', { name: withoutExtension(fileName), date: asOf }),
    kind: { name: t('nativeDialog.pdfFiles'), extension: 'pdf' },
    consequence: t('nativeDialog.replaceExport'),
  });

export const askMergeReport = (fileName: string): Promise<string | null> =>
  askSave({
    title: t('nativeDialog.mergeReportTitle'),
    name: t('nativeDialog.mergeReportName', { name: withoutExtension(fileName), date: todayCivil() }),
    kind: { name: t('nativeDialog.pdfFiles'), extension: 'pdf' },
    consequence: t('nativeDialog.replaceExport'),
  });

/** A copy to give away, a part to send, or one of one's own to work on. */
export const askCopy = (
  fileName: string,
  kind: 'copy' | 'part' | 'own',
  isEncrypted: boolean,
): Promise<string | null> =>
  askSave({
    title: t(`nativeDialog.copyTitle.${kind}`),
    name: t(`nativeDialog.copyName.${kind}`, { name: withoutExtension(fileName), date: todayCivil() }),
    kind: isEncrypted
      ? { name: t('nativeDialog.encryptedFiles'), extension: 'age' }
      : { name: t('nativeDialog.trackerFiles'), extension: 'mou' },
    consequence: t('nativeDialog.replaceExport'),
  });

/** What can still be read of a damaged file, in a file of its own. */
export const askSalvage = (fileName: string): Promise<string | null> =>
  askSave({
    title: t('nativeDialog.salvageTitle'),
    name: t('nativeDialog.salvageName', { name: withoutExtension(fileName) }),
    kind: { name: t('nativeDialog.trackerFiles'), extension: 'mou' },
    consequence: t('nativeDialog.replaceSalvage'),
  });

const withoutExtension = (name: string) => name.replace(/\.mou$/i, '');

interface SaveQuestion {
  title: string;
  name: string;
  kind: { name: string; extension: string };
  /** What happens to a file that is there already. */
  consequence: string;
}

async function askSave({ title, name, kind, consequence }: SaveQuestion): Promise<string | null> {
  const options = {
    title,
    defaultPath: join(lastFolder ?? app.getPath('documents'), `${name}.${kind.extension}`),
    filters: [{ name: kind.name, extensions: [kind.extension] }],
    properties: ['showOverwriteConfirmation' as const, 'createDirectory' as const],
  };
  const window = mainWindow();
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  if (canceled || !filePath) return null;
  const path = withExtension(filePath, kind.extension);
  // The dialog asked about the name as it was typed; the extension that we add makes it another.
  if (path !== filePath && existsSync(path) && !(await confirmReplacing(path, consequence))) return null;
  lastFolder = dirname(path);
  return path;
}

async function confirmReplacing(path: string, consequence: string): Promise<boolean> {
  const answer = await showMessage({
    type: 'warning',
    message: t('nativeDialog.replaceQuestion', { name: basename(path) }),
    detail: consequence,
    buttons: [t('nativeDialog.cancel'), t('nativeDialog.replace')],
    defaultId: 0,
    cancelId: 0,
  });
  return answer === 1;
}

/** Makes room for a new file of that name. What was there goes to the trash, or stays beside it under another name. */
export async function putAside(path: string): Promise<void> {
  if (!existsSync(path)) return;
  try {
    await shell.trashItem(path);
  } catch (error) {
    // No trash on this disk (a stick, a share) or on this system.
    log(`no trash for a replaced file: ${error}`);
  }
  if (existsSync(path)) await moveInto(path, freeBackupName(path));
}

/** `name.mou.bak`, or the first of `name.mou.bak2`, `name.mou.bak3`, ... that is free. */
export function freeBackupName(path: string, isTaken: (path: string) => boolean = existsSync): string {
  for (let number = 1; ; number += 1) {
    const candidate = `${path}.bak${number === 1 ? '' : number}`;
    if (!isTaken(candidate)) return candidate;
  }
}

export function showAbout(): void {
  void showMessage({
    type: 'info',
    title: t('menu.about', { app: t('appName') }).replace('&', ''),
    message: t('appName'),
    detail: t('nativeDialog.aboutDetail', {
      version: app.getVersion(),
      electron: process.versions.electron,
      chromium: process.versions.chrome,
      platform: `${process.platform} ${process.arch}`,
    }),
    buttons: [t('nativeDialog.ok')],
  });
}

/** The database process keeps ending. Trying again starts it with no file. */
export async function tellDatabaseFailed(): Promise<void> {
  const answer = await showMessage({
    type: 'error',
    message: t('nativeDialog.databaseFailed'),
    detail: t('nativeDialog.databaseFailedDetail', { log: logFile() }),
    buttons: [t('nativeDialog.tryAgain'), t('nativeDialog.quit')],
    defaultId: 0,
    cancelId: 1,
  });
  if (answer === 1) app.quit();
  else restartDatabase();
}

async function showMessage(options: MessageBoxOptions): Promise<number> {
  const window: BrowserWindow | null = mainWindow();
  const { response } = await (window
    ? dialog.showMessageBox(window, { noLink: true, ...options })
    : dialog.showMessageBox({ noLink: true, ...options }));
  return response;
}
