/** Where this installation keeps its own records: one folder for the window and the command line, packaged or not. */
import { join } from 'node:path';
import { app } from 'electron';

/** The same name as db/installation.ts uses without Electron. `--user-data-dir` wins, for tests and second profiles. */
const FOLDER = 'mou-tracker';

export function setupInstallationFolder(): void {
  if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', join(app.getPath('appData'), FOLDER));
}
