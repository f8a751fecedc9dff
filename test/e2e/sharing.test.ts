/** Copies that come back together, as two people with a computer each do it. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { mou } from './commandLine.ts';
import { Desk, expect, type TrackerWindow, test } from './trackerApp.ts';

const RAIL = 'MoU on cooperation in the railway sector';
const TRANSIT = 'Pakistan-Kazakhstan Transit Trade Agreement';

/** Leaves conflicts, which the command line says by its exit status. */
function mergeUndecided(ours: string, theirs: string): void {
  expect(() => mou('merge', ours, theirs)).toThrow();
}

/** Two copies of one file in which both sides have changed the deadline of 4, and theirs alone other things. */
function twoCopies(desk: Desk): { ours: string; theirs: string } {
  const [ours, theirs] = [desk.path('Committee.mou'), desk.path('Committee (Energy).mou')];
  mou('new', ours);
  mou('set', ours, '4', 'deadline=2027-06-30', '--author', 'A. Khan');
  copyFileSync(ours, theirs);
  mou('set', ours, '4', 'deadline=2027-08-15', '--author', 'A. Khan');
  mou('set', theirs, '4', 'deadline=2027-09-30', '--author', 'B. Serik');
  mou('set', theirs, '8', 'progress=20', '--author', 'B. Serik');
  return { ours, theirs };
}

/** The menu comes a moment after the window. */
const chooseMerge = (tracker: TrackerWindow): Promise<void> =>
  expect(() => tracker.choose('&Merge Another Copy…')).toPass();

async function review(tracker: TrackerWindow, theirs: string): Promise<Page> {
  await tracker.willOpen(theirs);
  await chooseMerge(tracker);
  await expect(tracker.page.getByRole('heading', { level: 1, name: /^Merge “/ })).toBeVisible();
  return tracker.page;
}

const deadlineOf4 = (page: Page) => page.getByRole('group', { name: /^4 .*Deadline$/ });

/** All that the register shows, row by row. */
const registerText = (tracker: TrackerWindow): Promise<string[]> =>
  tracker.grid.getByRole('row').evaluateAll((rows) => rows.map((row) => row.textContent).sort());

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

test('two people edit copies of one file, merge through the review, and both see the same', async ({ desk }) => {
  test.setTimeout(120_000);
  const other = new Desk();
  try {
    desk.writeProfile();
    other.writeProfile({ name: 'B. Serik', post: 'Adviser', side: 'kz' });
    const first = await desk.start();
    const ours = await first.makeRegisterFile('Committee.mou');
    await first.moveDeadline(RAIL, '2027-06-30');
    await first.isSaved();
    await desk.end();
    const theirs = other.path('Committee.mou');
    copyFileSync(ours, theirs);

    const serik = await other.start(theirs);
    await serik.moveDeadline(RAIL, '2027-09-30');
    await serik.assign(TRANSIT, 'kzOwner', 'Г. Нұрланова');
    await serik.isSaved();
    await other.end();

    const khan = await desk.start(ours);
    await khan.moveDeadline(RAIL, '2027-08-15');
    const page = await review(khan, theirs);
    await expect(page.getByText(/by B. Serik/)).toBeVisible();
    const conflict = deadlineOf4(page);
    await expect(conflict).toContainText('30 Jun 2027');
    await expect(conflict).toContainText('15 Aug 2027');
    await expect(conflict.getByText(/^you, /)).toBeVisible();
    await expect(conflict.getByText(/^B. Serik, /)).toBeVisible();
    // Nothing has been touched so far.
    await expect(page.getByRole('button', { name: /^Undo: / })).toHaveAccessibleName(
      'Undo: Moved the deadline (Ctrl+Z)',
    );
    await conflict.getByRole('radio', { name: /theirs/ }).check();
    await expect(page.getByText('Everything is decided.')).toBeVisible();
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: /^Merged “/ })).toBeVisible();
    await expect(page.getByText('took theirs: 30 Sep 2027')).toBeVisible();
    await page.getByRole('button', { name: 'Done' }).click();
    await khan.goTo('Register');
    await expect(khan.cell(RAIL, 'deadline')).toContainText('30 Sep 2027');
    await expect(khan.cell(TRANSIT, 'kzOwner')).toContainText('Г. Нұрланова');
    const shownToKhan = await registerText(khan);
    await desk.end();

    const again = await other.start(theirs);
    const back = await review(again, ours);
    await expect(back.getByText('Nothing stands against what is here.')).toBeVisible();
    await back.getByRole('button', { name: 'Merge', exact: true }).click();
    await back.getByRole('button', { name: 'Done' }).click();
    await again.goTo('Register');
    await expect(again.cell(RAIL, 'deadline')).toContainText('30 Sep 2027');
    await expect.poll(() => registerText(again)).toEqual(shownToKhan);
    const merged = await review(again, ours);
    await expect(merged.getByText('This copy brings nothing: everything in it is here already.')).toBeVisible();
    await merged.getByRole('button', { name: 'Close' }).click();
  } finally {
    await other.end();
    other.clear();
  }
});

test('what is decided later is marked everywhere, and decided where it stands', async ({ desk }) => {
  desk.writeProfile();
  const { ours, theirs } = twoCopies(desk);
  const tracker = await desk.start(ours);
  const page = await review(tracker, theirs);
  await expect(page.getByText(/^1 stays undecided/)).toBeVisible();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Still open' })).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('link', { name: /^Sharing/ })).toContainText('1');

  await tracker.goTo('Register');
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('In conflict: Deadline');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('option', { name: 'In conflict' }).click();
  await page.getByRole('option', { name: 'Not decided' }).click();
  await expect(page.getByText('1 of 37')).toBeVisible();
  // The keyboard is back at the button before it goes on to the grid.
  await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeFocused();

  await tracker.row(RAIL).getByText(RAIL).click();
  await page.getByRole('button', { name: 'Deadline: 2 versions' }).click();
  await page.getByRole('radio', { name: 'Write another value' }).check();
  const field = page.getByRole('textbox', { name: 'Deadline' });
  await field.fill('2027-12-01');
  await field.press('Enter');
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  await expect(page.getByRole('button', { name: /in conflict$|versions$/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Deadline: 1 Dec 2027' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Sharing/ })).not.toContainText('1');
});

/** The page of sharing with one conflict that nobody has decided. */
async function withOpenConflict(desk: Desk): Promise<TrackerWindow> {
  desk.writeProfile();
  const { ours, theirs } = twoCopies(desk);
  mergeUndecided(ours, theirs);
  const tracker = await desk.start(ours);
  await tracker.goTo('Sharing');
  return tracker;
}

test('conflicts are decided together on the sharing page, as one step', async ({ desk }) => {
  const { page } = await withOpenConflict(desk);
  await deadlineOf4(page).getByRole('radio', { name: /^or/ }).check();
  await page.getByRole('button', { name: 'Decide 1' }).click();
  await expect(page.getByText('Nothing waits for a decision.', { exact: false })).toBeVisible();
});

test('deciding can be stopped: nothing is decided, and what was chosen is still chosen', async ({ desk }) => {
  test.skip(process.platform === 'win32', 'a process is held by a signal');
  const tracker = await withOpenConflict(desk);
  const { page } = tracker;
  const chosen = deadlineOf4(page).getByRole('radio', { name: /^or/ });
  await chosen.check();
  await page.evaluate(`new MutationObserver(() => {
    window.hasAlerted ||= document.querySelector('[role=alert]') !== null;
  }).observe(document.body, { subtree: true, childList: true })`);
  // Holds the database process as thousands of conflicts would.
  const pid = await tracker.databasePid();
  process.kill(pid, 'SIGSTOP');
  await page.getByRole('button', { name: 'Decide 1' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  process.kill(pid, 'SIGCONT');
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  // Not even for a moment: the process was ended on purpose.
  expect(await page.evaluate('window.hasAlerted ?? false')).toBe(false);
  await expect(chosen).toBeChecked();
  await page.getByRole('button', { name: 'Decide 1' }).click();
  await expect(page.getByText('Nothing waits for a decision.', { exact: false })).toBeVisible();
});

test('a number given twice is told in the review, marked in the register, and settled on the sharing page', async ({
  desk,
}) => {
  desk.writeProfile();
  const [ours, theirs] = [desk.path('Committee.mou'), desk.path('Committee (Energy).mou')];
  mou('new', ours);
  copyFileSync(ours, theirs);
  mou('set', theirs, '8', 'number=4', '--author', 'B. Serik');
  const tracker = await desk.start(ours);
  const page = await review(tracker, theirs);
  await expect(page.getByText(/^The number 4 is given more than once/)).toBeVisible();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('link', { name: /^Sharing/ })).toContainText('1');
  await tracker.goTo('Register');
  await expect(tracker.cell(RAIL, 'number')).toContainText('In conflict: Number');

  await tracker.goTo('Sharing');
  const section = page.getByRole('region', { name: /^To settle/ });
  expect(await violations(page)).toEqual([]);
  await section.getByRole('button', { name: 'Keep this one …' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await section.getByRole('button', { name: 'Give the next free number' }).last().click();
  await expect(section).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^Sharing/ })).not.toContainText('1');
});

test('one step takes the whole merge back, what was decided in it included', async ({ desk }) => {
  desk.writeProfile();
  const { ours, theirs } = twoCopies(desk);
  const tracker = await desk.start(ours);
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('15 Aug 2027');
  const before = await registerText(tracker);
  const page = await review(tracker, theirs);
  await deadlineOf4(page)
    .getByRole('radio', { name: /theirs/ })
    .check();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('button', { name: 'Take the merge back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take the merge back' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.getByRole('button', { name: 'Done' }).click();
  await tracker.goTo('Register');
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('15 Aug 2027');
  await expect.poll(() => registerText(tracker)).toEqual(before);
});

test('a merge under way can be stopped: nothing has changed, and the window goes on', async ({ desk }) => {
  test.skip(process.platform === 'win32', 'a process is held by a signal');
  desk.writeProfile();
  const { ours, theirs } = twoCopies(desk);
  const tracker = await desk.start(ours);
  const page = await review(tracker, theirs);
  // Holds the database process as a long merge would.
  const pid = await tracker.databasePid();
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, 'SIGSTOP');
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByText(/^Merging \d+ changes …/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  process.kill(pid, 'SIGCONT');
  await expect(page.getByRole('heading', { level: 1, name: /^Merge “/ })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await tracker.goTo('Register');
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('15 Aug 2027');
  // Still on offer.
  await tracker.goTo('Sharing');
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Merged “/ })).toBeVisible();
});

test('a merge is kept on paper', async ({ desk }) => {
  desk.writeProfile();
  const { ours, theirs } = twoCopies(desk);
  const tracker = await desk.start(ours);
  const page = await review(tracker, theirs);
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  const pdf = await tracker.willSaveAs('Merge.pdf');
  await page.getByRole('button', { name: 'Save as PDF …' }).click();
  await expect(page.getByText('Saved Merge.pdf.')).toBeVisible({ timeout: 30_000 });
  expect(existsSync(pdf)).toBe(true);
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
  for (const words of ['15 Aug 2027', '30 Sep 2027', 'B. Serik', 'Still open']) expect(text).toContain(words);
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
});

test('a copy of another file is refused by name, and nothing is changed', async ({ desk }) => {
  desk.writeProfile();
  const { ours } = twoCopies(desk);
  const stranger = desk.path('Another.mou');
  mou('new', stranger, '--empty');
  const tracker = await desk.start(ours);
  await tracker.willOpen(stranger);
  await chooseMerge(tracker);
  await expect(tracker.page.getByRole('alert')).toContainText('is not a copy of this file');
});

test('a file that somebody else writes is read-only, says who, and gives a private copy', async ({ desk }) => {
  const other = new Desk();
  try {
    desk.writeProfile();
    other.writeProfile({ name: 'B. Serik', post: '', side: 'kz' });
    const { ours } = twoCopies(desk);
    const writer = await other.start(ours);
    await expect(writer.grid).toBeVisible();
    const tracker = await desk.start(ours);
    const { page } = tracker;
    await expect(page.getByText(/^Read-only: B\. Serik has it open on /)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add instrument' })).toHaveCount(0);
    await tracker.willSaveAs('Mine.mou');
    await page.getByRole('button', { name: 'Take a private copy to merge later' }).click();
    await expect(page.getByRole('button', { name: 'Add instrument' })).toBeVisible();
    await tracker.moveDeadline(RAIL, '2027-11-01');
    await tracker.isSaved();
  } finally {
    await other.end();
    other.clear();
  }
});

test('an encrypted copy opens with its passphrase and with no other', async ({ desk }) => {
  desk.writeProfile();
  const { ours } = twoCopies(desk);
  const tracker = await desk.start(ours);
  await tracker.goTo('Sharing');
  const { page } = tracker;
  await page.getByRole('button', { name: 'Save an encrypted copy …' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill('horse lamp river cedar');
  await page.getByLabel('Passphrase once more').fill('horse lamp river');
  await expect(page.getByText('The two are not the same.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Choose where to save …' })).toBeDisabled();
  await page.getByLabel('Passphrase once more').fill('horse lamp river cedar');
  expect(await violations(page)).toEqual([]);
  const age = await tracker.willSaveAs('Committee.age');
  await page.getByRole('button', { name: 'Choose where to save …' }).click();
  await expect(page.getByText('Saved Committee.age.')).toBeVisible({ timeout: 30_000 });
  expect(readFileSync(age).subarray(0, 21).toString()).toBe('age-encryption.org/v1');

  await tracker.willOpen(age);
  await tracker.choose('&Open…');
  const dialog = page.getByRole('dialog', { name: 'This copy is encrypted' });
  await dialog.getByLabel('Passphrase').fill('another one');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('not the passphrase', { timeout: 30_000 });
  await dialog.getByLabel('Passphrase').fill('horse lamp river cedar');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByText(/^Read-only: it is an encrypted copy/)).toBeVisible({ timeout: 30_000 });
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('15 Aug 2027');
});

test('a part holds what was chosen and says that it is one', async ({ desk }) => {
  desk.writeProfile();
  const { ours } = twoCopies(desk);
  const tracker = await desk.start(ours);
  await tracker.goTo('Sharing');
  const { page } = tracker;
  await page.getByRole('button', { name: 'Send a part …' }).click();
  await page.getByRole('checkbox', { name: /railway sector/ }).check();
  await expect(page.getByText('1 instrument', { exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const part = await tracker.willSaveAs('Part.mou');
  await page.getByRole('button', { name: 'Choose where to save …' }).click();
  await expect(page.getByText('Saved Part.mou.')).toBeVisible();
  await desk.end();
  const again = await desk.start(part);
  await expect(again.page.getByText('This copy holds a part of the file: 1 instrument (4).')).toBeVisible();
  await expect(again.page.getByText('1 of 1')).toBeVisible();
});

test('a backup is listed with what happened since, and restoring it can be taken back', async ({ desk }) => {
  desk.writeProfile();
  const { ours } = twoCopies(desk);
  const tracker = await desk.start(ours);
  await tracker.goTo('Sharing');
  const { page } = tracker;
  await page.getByRole('button', { name: 'Back up now' }).click();
  const backup = page.getByRole('row').filter({ hasText: 'By hand' });
  await expect(backup).toContainText('37 instruments');
  await tracker.goTo('Register');
  await tracker.moveDeadline(RAIL, '2027-11-01');
  await tracker.goTo('Sharing');
  await expect(backup).toContainText('by you');
  expect(await violations(page)).toEqual([]);
  await backup.getByRole('button', { name: /^Restore the backup of/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText(/^Restored the backup of/)).toBeVisible();
  const undo = page.getByRole('status').getByRole('button', { name: 'Undo', exact: true });
  await tracker.goTo('Register');
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('15 Aug 2027');
  await undo.click();
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('1 Nov 2027');
});

for (const colorScheme of ['light', 'dark'])
  test(`review, report and conflicts are free of axe violations in ${colorScheme}`, async ({ desk }) => {
    desk.writeProfile(undefined, { colorScheme, density: 'comfortable' });
    const { ours, theirs } = twoCopies(desk);
    const tracker = await desk.start(ours);
    await tracker.goTo('Sharing');
    await expect(tracker.page.getByRole('heading', { level: 1, name: 'Sharing' })).toBeVisible();
    expect(await violations(tracker.page), 'Sharing').toEqual([]);
    const page = await review(tracker, theirs);
    expect(await violations(page), 'Review').toEqual([]);
    await deadlineOf4(page).getByRole('radio', { name: 'Write another value' }).check();
    expect(await violations(page), 'Review with an editor').toEqual([]);
    await deadlineOf4(page).getByRole('radio', { name: 'Decide later' }).check();
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Still open' })).toBeVisible();
    expect(await violations(page), 'Report').toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(deadlineOf4(page)).toBeVisible();
    expect(await violations(page), 'Conflicts').toEqual([]);
    await tracker.goTo('Register');
    await expect(tracker.grid).toBeVisible();
    expect(await violations(page), 'Register').toEqual([]);
    await tracker.openInstrument(RAIL);
    await page.getByRole('button', { name: 'Deadline: in conflict' }).first().click();
    await expect(page.getByRole('button', { name: 'Decide', exact: true })).toBeVisible();
    expect(await violations(page), 'Instrument').toEqual([]);
  });
