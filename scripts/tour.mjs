/**
 * `npm run tour`: the real application with a fresh profile, driven like a person would through the main job, with
 * pictures of every page, the printed report and the exported table in tour/. Where there is no screen it brings one.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.mjs';
import { launchOptions } from './electronRuntime.mjs';
import { isOnPath, projectDir, run } from './run.mjs';

const folder = join(projectDir, 'tour');
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
/** Larger than the largest picture: the menu bar needs its place, too. */
const SCREEN = '-screen 0 1920x1200x24';
const INSIDE = 'MOU_TRACKER_TOUR';

const WORK = [
  {
    number: 4,
    side: 'Pakistan',
    owner: 'A. Khan',
    dueInDays: 25,
    note: 'مُفاہمت کی یادداشت پر پیش رفت: وزارت نے ۳ مارچ کو مسودہ بھیج دیا۔',
  },
  {
    number: 5,
    side: 'Kazakhstan',
    owner: 'Б. Серік',
    dueInDays: -12,
    note: 'Қазақстан тарапы жол картасын келісті, келесі кездесу Астанада өтеді.',
  },
  { number: 6, side: 'Pakistan', owner: 'S. Malik', dueInDays: 70, note: null },
];

/** @returns {Promise<number>} */
async function main() {
  if (process.env[INSIDE]) return tour();
  if (!(await buildIfNeeded())) return 1;
  // A screen of its own even where there is one: the tour needs a known size and must not steal anybody's keyboard.
  const env = { ...process.env, [INSIDE]: '1' };
  const self = fileURLToPath(import.meta.url);
  if (process.platform !== 'linux') return run('node', [self], { env });
  if (isOnPath('xvfb-run')) return run('xvfb-run', ['-a', '-s', SCREEN, 'node', self], { env });
  console.error('The tour needs xvfb-run for a screen of its own. Run "npm run setup": it installs it or says how.');
  return 1;
}

/** @type {string} what is being done, for the sentence of a failure */
let doing = 'starting the application';
/** @type {string[]} */
const made = [];

/** @returns {Promise<number>} */
async function tour() {
  const { _electron } = await import('@playwright/test');
  const home = mkdtempSync(join(tmpdir(), 'mou-tracker-tour-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  /** @type {import('@playwright/test').ElectronApplication | null} */
  let app = null;
  try {
    // Without this, Playwright pretends that the system is light.
    const colorScheme = null;
    app = await _electron.launch({ ...launchOptions([`--user-data-dir=${join(home, 'profile')}`]), colorScheme });
    const page = await app.firstWindow();
    page.setDefaultTimeout(10_000);
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));

    await firstRun(app, page, home);
    for (const item of WORK) await work(page, item);
    await exportBoth(app, page);
    await visitPages(app, page);

    doing = 'closing the application';
    await app.close();
    if (complaints.length > 0) throw new Error(`the window complained: ${complaints[0]}`);
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    console.error(`The tour stopped while ${doing}: ${reason}`);
    await app?.close().catch(() => undefined);
    return 1;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  for (const path of made) console.log(path);
  return 0;
}

/**
 * @typedef {import('@playwright/test').ElectronApplication} App
 * @typedef {import('@playwright/test').Page} Page
 */

/** @param {App} app @param {Page} page @param {string} home */
async function firstRun(app, page, home) {
  doing = 'filling in the first run';
  await page.getByRole('textbox', { name: 'Name' }).waitFor();
  await pictures(app, page, 'first-run');
  await page.getByRole('textbox', { name: 'Name' }).fill('A. Khan');
  await page.getByRole('textbox', { name: 'Post' }).fill('Secretary of the Committee');
  await page.getByRole('radio', { name: 'Pakistan' }).check();
  await page.getByRole('button', { name: 'Continue' }).click();

  doing = 'making a new file from the register';
  const create = page.getByRole('button', { name: /^New file with the 37/ });
  await create.waitFor();
  await pictures(app, page, 'welcome');
  await answerSaveDialog(app, join(home, 'Working Committee.mou'));
  await create.click();
  await page.getByRole('grid', { name: 'Instruments' }).waitFor();
}

/** @param {Page} page @param {(typeof WORK)[number]} item */
async function work(page, { number, side, owner, dueInDays, note }) {
  doing = `opening instrument ${number}`;
  await page.getByRole('link', { name: /^Register/ }).click();
  const row = page.getByRole('row', { name: new RegExp(`^Select ${number} `) });
  await row.getByRole('rowheader').click();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Number: ${number}`, exact: true }).waitFor();

  doing = `assigning an owner to instrument ${number}`;
  await page.getByRole('button', { name: `Owner, ${side}: assign` }).click();
  await page.getByRole('combobox', { name: `Owner, ${side}` }).fill(owner);
  await page.getByRole('option', { name: `New person “${owner}”` }).click();
  await page.getByRole('button', { name: `Owner, ${side}: ${owner}` }).waitFor();

  doing = `setting the deadline of instrument ${number}`;
  await page.getByRole('button', { name: 'Deadline: set' }).click();
  await page.getByRole('textbox', { name: 'Deadline' }).fill(dayFromToday(dueInDays));
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.getByRole('button', { name: /^Deadline: \d/ }).waitFor();

  if (note === null) return;
  doing = `writing a note on instrument ${number}`;
  await page.getByRole('textbox', { name: 'New note' }).fill(note);
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('listitem').filter({ hasText: note }).waitFor();
}

/** @param {App} app @param {Page} page */
async function exportBoth(app, page) {
  const pdf = join(folder, 'status-report.pdf');
  doing = 'printing the status report';
  await openExport(page, /PDF/);
  await pictures(app, page, 'export-report');
  await answerSaveDialog(app, pdf);
  await page.getByRole('button', { name: /^Choose where to save/ }).click();
  await dismiss(page, 'Saved status-report.pdf.');
  if (!readFileSync(pdf).subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('the report is no PDF');
  made.push(pdf);

  const csv = join(folder, 'register.csv');
  doing = 'exporting the register';
  await openExport(page, /CSV/);
  await pictures(app, page, 'export-table');
  await answerSaveDialog(app, csv);
  await page.getByRole('button', { name: /^Choose where to save/ }).click();
  await dismiss(page, 'Saved register.csv.');
  if (!readFileSync(csv, 'utf8').includes(WORK[1]?.owner ?? '')) throw new Error('the table lacks an owner');
  made.push(csv);
}

/** Waits for a message at the lower edge and closes it, so that it stands in no picture. @param {Page} page @param {string} text */
async function dismiss(page, text) {
  const message = page.getByText(text, { exact: true });
  await message.waitFor({ timeout: 60_000 });
  await message.locator('..').getByRole('button', { name: 'Close' }).click();
}

/** @param {Page} page @param {RegExp} kind */
async function openExport(page, kind) {
  await page.getByRole('link', { name: /^Register/ }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: kind }).click();
  await page.getByRole('dialog').waitFor();
}

/** @param {App} app @param {Page} page */
async function visitPages(app, page) {
  for (const name of ['Today', 'Register', 'Activity', 'People']) {
    doing = `looking at the page ${name}`;
    await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await pictures(app, page, name.toLowerCase());
  }

  doing = 'looking at an instrument';
  await page.getByRole('link', { name: /^Register/ }).click();
  await page
    .getByRole('row', { name: /^Select 4 / })
    .getByRole('rowheader')
    .click();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  await pictures(app, page, 'instrument');
  await page.getByRole('tab', { name: 'History' }).click();
  await pictures(app, page, 'instrument-history');

  doing = 'searching';
  const search = page.getByRole('combobox', { name: 'Search instruments, notes and people' });
  await search.fill('астанада');
  await page.getByRole('option').first().waitFor();
  await pictures(app, page, 'search');
}

/** One picture in each size and colour scheme. @param {App} app @param {Page} page @param {string} name */
async function pictures(app, page, name) {
  for (const size of SIZES) {
    await app.evaluate(({ BrowserWindow }, { width, height }) => {
      const window = BrowserWindow.getAllWindows()[0];
      if (!window) return;
      // Not setContentSize(): it forgets the menu bar.
      const [outer, inner] = [window.getBounds(), window.getContentBounds()];
      window.setSize(width + outer.width - inner.width, height + outer.height - inner.height);
    }, size);
    await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      await app.evaluate(({ nativeTheme }, wanted) => {
        nativeTheme.themeSource = wanted;
      }, scheme);
      await page.waitForFunction((wanted) => document.documentElement.dataset.mantineColorScheme === wanted, scheme);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const path = join(folder, `${name}-${size.width}x${size.height}-${scheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      made.push(path);
    }
  }
}

/** The next save dialogs are answered with this path, as if a person had chosen it. @param {App} app @param {string} path */
function answerSaveDialog(app, path) {
  return app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
}

/** @param {number} days @returns {string} as people may type it */
function dayFromToday(days) {
  const date = new Date();
  date.setDate(date.getDate() + days);
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

process.exitCode = await main();
