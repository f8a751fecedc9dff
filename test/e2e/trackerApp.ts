/** The application as a person has it: a fresh profile and folder for each test, native dialogs answered by the test. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { _electron, test as base, type ElectronApplication, expect, type Locator, type Page } from '@playwright/test';
import { launchOptions } from '../../scripts/electronRuntime.mjs';

export interface Profile {
  name: string;
  post: string;
  side: 'pk' | 'kz' | null;
}

const PROFILE: Profile = { name: 'A. Khan', post: 'Director', side: 'pk' };

/** One person's computer: a profile folder and a folder for files. The application is started and ended at will. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'mou-e2e-'));
  readonly profileFolder = join(this.folder, 'profile');
  #running: ElectronApplication | null = null;

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Answers the first run's question beforehand, for tests about something else. */
  writeProfile(profile: Profile = PROFILE, preferences = { colorScheme: 'light', density: 'comfortable' }): void {
    mkdirSync(this.profileFolder, { recursive: true });
    writeFileSync(join(this.profileFolder, 'profile.json'), JSON.stringify({ profile, preferences }));
  }

  async start(...args: string[]): Promise<TrackerWindow> {
    const options = launchOptions([`--user-data-dir=${this.profileFolder}`, ...args]);
    const app = await _electron.launch(options);
    this.#running = app;
    const page = await app.firstWindow();
    page.setDefaultTimeout(15_000);
    return new TrackerWindow(app, page, this);
  }

  async end(): Promise<void> {
    await this.#running?.close();
    this.#running = null;
  }

  /** For tests that have killed it. */
  forget(): void {
    this.#running = null;
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a person does in the window, in the words of the screen. */
export class TrackerWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly #desk: Desk;

  constructor(app: ElectronApplication, page: Page, desk: Desk) {
    this.app = app;
    this.page = page;
    this.#desk = desk;
  }

  /** The next save dialog answers with this name in the desk's folder. */
  async willSaveAs(name: string): Promise<string> {
    const path = this.#desk.path(name);
    await this.#inMain(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    return path;
  }

  /** The next open dialog answers with these files. */
  async willOpen(...paths: string[]): Promise<void> {
    await this.#inMain(({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
    }, paths);
  }

  /**
   * Runs a function in main. Chromium's debugger sometimes collects the promise that it waits on and says so instead of
   * answering; the functions used here may run twice, so they simply do.
   */
  async #inMain<A>(
    work: (electron: typeof Electron.CrossProcessExports, argument: A) => void,
    argument: A,
  ): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.app.evaluate(work as never, argument as never);
      } catch (error) {
        if (
          attempt === 5 ||
          (!String(error).includes('promise was collected') && !String(error).includes('garbage collected'))
        )
          throw error;
      }
    }
  }

  async makeRegisterFile(name: string): Promise<string> {
    const path = await this.willSaveAs(name);
    await this.page.getByRole('button', { name: 'New file with the 37 instruments' }).click();
    await expect(this.grid).toBeVisible();
    return path;
  }

  get grid(): Locator {
    return this.page.getByRole('grid', { name: 'Instruments' });
  }

  row(title: string): Locator {
    return this.grid.getByRole('row').filter({ hasText: title });
  }

  cell(title: string, column: string): Locator {
    return this.row(title).locator(`[data-column="${column}"]`);
  }

  /** Opens the editor of a cell as the keyboard does: cursor there, F2. */
  async edit(title: string, column: string): Promise<void> {
    await this.cell(title, column).click({ position: { x: 4, y: 4 } });
    await this.page.keyboard.press('F2');
  }

  /** Assigns an owner by typing a name into the picker of the cell; a new name becomes a new person. */
  async assign(title: string, column: 'pkOwner' | 'kzOwner', name: string): Promise<void> {
    await this.edit(title, column);
    const picker = this.page.getByRole('combobox', { name: /^Owner/ });
    await picker.fill(name);
    await picker.press('Enter');
    await expect(this.cell(title, column)).toContainText(name);
  }

  async moveDeadline(title: string, date: string): Promise<void> {
    await this.edit(title, 'deadline');
    const field = this.page.getByRole('textbox', { name: 'Deadline' });
    await field.fill(date);
    await field.press('Enter');
    await expect(field).toBeHidden();
  }

  async goTo(page: 'Today' | 'Register' | 'Activity' | 'People' | 'Sharing'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByText(page, { exact: true }).click();
  }

  async openInstrument(title: string): Promise<void> {
    await this.cell(title, 'title').click({ position: { x: 4, y: 4 } });
    await this.page.keyboard.press('Enter');
    await expect(this.page.getByRole('heading', { level: 1 })).toContainText(title);
  }

  async addNote(text: string): Promise<void> {
    const composer = this.page.getByRole('textbox', { name: 'New note' });
    await composer.fill(text);
    await composer.press('Control+Enter');
    await expect(composer).toHaveValue('');
    await expect(this.page.getByText(text)).toBeVisible();
  }

  /** The process that holds the file; 0 while there is none. */
  databasePid(): Promise<number> {
    return this.app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'MoU Tracker database')?.pid ?? 0,
    );
  }

  /** The frame says that the last edit is in the file. */
  async isSaved(): Promise<void> {
    await expect(this.page.getByText(/^Saved at/)).toBeVisible();
  }

  /** As the cross in the window's frame does. */
  async closeWindow(): Promise<void> {
    await this.#inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null);
  }

  /** Drags files from the desktop onto the middle of the window and lets go: with their real paths, as a hand does. */
  async drop(...paths: string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const { x, y } = await this.page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }));
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      session.send('Input.dispatchDragEvent', { type, x, y, data });
    await send('dragEnter');
    await send('dragOver');
    // Only what the page has answered that it takes is dropped; a busy page answers later than the command does.
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    await send('drop');
    await session.detach();
  }

  /** Starts the program once more, as a double click on a file does. */
  async startAgain(path: string): Promise<void> {
    const { executablePath, args, env } = launchOptions([`--user-data-dir=${this.#desk.profileFolder}`, path]);
    await promisify(execFile)(executablePath, args, { env });
  }

  /** A command of the menu with its keys, as the operating system would send it. */
  async choose(label: string): Promise<void> {
    await this.#inMain(({ Menu }, wanted) => {
      const find = (menu: Electron.Menu): Electron.MenuItem | undefined => {
        for (const item of menu.items) {
          if (item.label === wanted) return item;
          const inside = item.submenu && find(item.submenu);
          if (inside) return inside;
        }
      };
      const menu = Menu.getApplicationMenu();
      const item = menu && find(menu);
      if (!item) throw new Error(`no menu item ${wanted}`);
      item.click();
    }, label);
  }
}

export const test = base.extend<{ desk: Desk }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from this pattern
  desk: async ({}, use) => {
    const desk = new Desk();
    await use(desk);
    await desk.end();
    desk.clear();
  },
});

export { expect };
