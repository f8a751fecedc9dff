/** The main job, as a secretary does it: assign, write, restart, take back, report. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from './trackerApp.ts';

const TRANSIT = 'Pakistan-Kazakhstan Transit Trade Agreement';
const RAIL = 'MoU on cooperation in the railway sector';
const URDU_NOTE = 'مُفاہمت کی یادداشت پر پیش رفت: وزارت نے مسودہ بھیج دیا۔';
const KAZAKH_NOTE = 'Қазақстан тарапы жол картасын келісті, келесі кездесу Астанада өтеді.';

test('the first run asks who writes, then opens the 37 instruments in a new file', async ({ desk }) => {
  const tracker = await desk.start();
  const { page } = tracker;
  await page.getByLabel('Name').fill('A. Khan');
  await page.getByLabel('Post').fill('Director');
  await page.getByRole('radio', { name: 'Pakistan' }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  const path = await tracker.makeRegisterFile('Committee.mou');
  await expect(page.getByText('37 of 37')).toBeVisible();
  await expect(tracker.row(TRANSIT)).toBeVisible();
  expect(existsSync(path)).toBe(true);
});

test('owners, deadlines and notes are there again after a restart', async ({ desk }) => {
  desk.writeProfile();
  const first = await desk.start();
  const path = await first.makeRegisterFile('Committee.mou');
  await first.assign(TRANSIT, 'pkOwner', 'B. Khan');
  await first.assign(TRANSIT, 'kzOwner', 'Г. Нұрланова');
  await first.moveDeadline(TRANSIT, '2027-06-30');
  await expect(first.cell(TRANSIT, 'deadline')).toContainText('30 Jun 2027');
  await first.openInstrument(TRANSIT);
  await first.addNote(KAZAKH_NOTE);
  await first.isSaved();
  await desk.end();

  const again = await desk.start(path);
  await again.goTo('Register');
  await expect(again.cell(TRANSIT, 'pkOwner')).toContainText('B. Khan');
  await expect(again.cell(TRANSIT, 'kzOwner')).toContainText('Г. Нұрланова');
  await expect(again.cell(TRANSIT, 'deadline')).toContainText('30 Jun 2027');
  await again.openInstrument(TRANSIT);
  await expect(again.page.getByText(KAZAKH_NOTE)).toBeVisible();
});

test('an edit is taken back and brought back from the keyboard', async ({ desk }) => {
  desk.writeProfile();
  const tracker = await desk.start();
  await tracker.makeRegisterFile('Committee.mou');
  await tracker.assign(RAIL, 'pkOwner', 'B. Khan');
  await tracker.grid.press('Control+z');
  await expect(tracker.cell(RAIL, 'pkOwner')).not.toContainText('B. Khan');
  await tracker.grid.press('Control+Shift+z');
  await expect(tracker.cell(RAIL, 'pkOwner')).toContainText('B. Khan');
});

test('several instruments get an owner at once, as one step', async ({ desk }) => {
  desk.writeProfile();
  const tracker = await desk.start();
  const { page } = tracker;
  await tracker.makeRegisterFile('Committee.mou');
  for (const title of [RAIL, TRANSIT]) await tracker.row(title).getByRole('checkbox').click();
  await page
    .getByRole('region', { name: 'Selected instruments' })
    .or(page.getByRole('toolbar', { name: 'Selected instruments' }))
    .getByRole('button', { name: 'Assign owner' })
    .click();
  await page
    .getByRole('option', { name: /Pakistan/ })
    .or(page.getByRole('menuitem', { name: /Pakistan/ }))
    .first()
    .click({ timeout: 2_000 })
    .catch(() => undefined);
  const picker = page.getByRole('combobox', { name: /Owner/ });
  await picker.fill('B. Khan');
  await picker.press('Enter');
  await expect(tracker.cell(RAIL, 'pkOwner')).toContainText('B. Khan');
  await expect(tracker.cell(TRANSIT, 'pkOwner')).toContainText('B. Khan');
  await page.keyboard.press('Escape');
  await tracker.grid.press('Control+z');
  await expect(tracker.cell(RAIL, 'pkOwner')).not.toContainText('B. Khan');
  await expect(tracker.cell(TRANSIT, 'pkOwner')).not.toContainText('B. Khan');
});

test('a step is taken back from the activity page', async ({ desk }) => {
  desk.writeProfile();
  const tracker = await desk.start();
  const { page } = tracker;
  await tracker.makeRegisterFile('Committee.mou');
  await tracker.moveDeadline(RAIL, '2027-06-30');
  await tracker.assign(TRANSIT, 'pkOwner', 'B. Khan');
  await tracker.goTo('Activity');
  await page.getByRole('button', { name: /^Take back: Moved the deadline/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await tracker.goTo('Register');
  await expect(tracker.cell(RAIL, 'deadline')).not.toContainText('2027');
  await expect(tracker.cell(TRANSIT, 'pkOwner')).toContainText('B. Khan');
});

test('search finds what others typed differently, in Cyrillic and in Urdu', async ({ desk }) => {
  desk.writeProfile();
  const tracker = await desk.start();
  const { page } = tracker;
  await tracker.makeRegisterFile('Committee.mou');
  await tracker.openInstrument(RAIL);
  await tracker.addNote(KAZAKH_NOTE);
  await tracker.addNote(URDU_NOTE);
  const box = page.getByRole('combobox', { name: /^Search instruments/ });
  const results = page.getByRole('listbox', { name: 'Results of the search' });
  // Russian letters for Kazakh ones; Urdu with an Arabic kaf and without harakat.
  for (const typed of ['Казак', 'жол карта', 'مفاهمت', 'مسوده']) {
    await page.keyboard.press('Control+k');
    await box.fill(typed);
    await expect(results.getByRole('option').filter({ hasText: RAIL }), typed).not.toHaveCount(0);
    await box.press('Escape');
  }
});

test('the status report and the table are written where the person says, and read back', async ({ desk }) => {
  desk.writeProfile();
  const tracker = await desk.start();
  const { page } = tracker;
  await tracker.makeRegisterFile('Committee.mou');
  await tracker.assign(RAIL, 'pkOwner', '=cmd|calc');
  await tracker.moveDeadline(RAIL, '2026-10-01');
  await tracker.openInstrument(RAIL);
  await tracker.addNote(KAZAKH_NOTE);
  await tracker.goTo('Register');
  await tracker.openInstrument(TRANSIT);
  await tracker.addNote(URDU_NOTE);
  await tracker.goTo('Register');

  const csvPath = await tracker.willSaveAs('register.csv');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  await page.getByRole('radio', { name: 'Semicolon' }).check();
  await page.getByRole('button', { name: /^Choose where to save/ }).click();
  await expect(page.getByText('Saved register.csv.')).toBeVisible();
  const rows = parse(readFileSync(csvPath), { bom: true, columns: true, delimiter: ';' }) as Record<string, string>[];
  expect(rows).toHaveLength(37);
  expect(rows[3]).toMatchObject({ number: '4', deadline: '2026-10-01', pkOwner: "'=cmd|calc", stage: 'Not started' });

  const pdfPath = await tracker.willSaveAs('report.pdf');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /PDF/ }).click();
  await page.getByRole('button', { name: /^Choose where to save/ }).click();
  await expect(page.getByText('Saved report.pdf.')).toBeVisible({ timeout: 30_000 });
  const text = execFileSync('pdftotext', ['-layout', pdfPath, '-'], { encoding: 'utf8' });
  expect(text).toContain('Status report');
  expect(text.replaceAll(/\s+/g, ' ')).toContain('Қазақстан тарапы');
  expect(text).toContain('مسودہ');
  const info = execFileSync('pdfinfo', [pdfPath], { encoding: 'utf8' });
  expect(info).toMatch(/Tagged:\s+yes/);
  expect(info).toMatch(/Page size:.*A4/);
});

test('numbers on the first page lead to exactly the rows they count', async ({ desk }) => {
  desk.writeProfile();
  const tracker = await desk.start();
  const { page } = tracker;
  await tracker.makeRegisterFile('Committee.mou');
  await tracker.moveDeadline(RAIL, '2026-01-10');
  await tracker.moveDeadline(TRANSIT, '2026-01-11');
  await tracker.goTo('Today');
  await page
    .getByRole('link', { name: /2 .*late|late.* 2|2 of 37/i })
    .or(page.getByRole('button', { name: /2 .*late|late.* 2|2 of 37/i }))
    .first()
    .click();
  await expect(page.getByText('2 of 37')).toBeVisible();
  await expect(tracker.row(RAIL)).toBeVisible();
  await expect(tracker.row(TRANSIT)).toBeVisible();
});
