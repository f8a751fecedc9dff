/** A file that cannot be read any more, from the page that says so back to work. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { cutOff, type Damage, withoutHeader, withoutTable } from '../helpers/damage.ts';
import { mou } from './commandLine.ts';
import { type Desk, expect, type TrackerWindow, test } from './trackerApp.ts';

const RAIL = 'MoU on cooperation in the railway sector';

/** A file with a backup of this very installation, work after it, and then the damage. */
async function damagedFile(desk: Desk, damage: Damage): Promise<string> {
  desk.writeProfile();
  const path = desk.path('Committee.mou');
  mou('new', path);
  mou('set', path, '4', 'deadline=2027-06-30', '--author', 'A. Khan');
  const tracker = await desk.start(path);
  await tracker.goTo('Sharing');
  await tracker.page.getByRole('button', { name: 'Back up now' }).click();
  await expect(tracker.page.getByRole('row').filter({ hasText: 'By hand' })).toBeVisible();
  await tracker.goTo('Register');
  await tracker.moveDeadline(RAIL, '2027-11-01');
  await tracker.isSaved();
  await desk.end();
  writeFileSync(path, damage(readFileSync(path)));
  return path;
}

const panel = (tracker: TrackerWindow) => tracker.page.getByRole('region', { name: 'What is left of “Committee.mou”' });

async function violations(tracker: TrackerWindow): Promise<string[]> {
  const found = await new AxeBuilder({ page: tracker.page }).setLegacyMode(true).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

test('a damaged file named at the start: its backup is restored, and the damaged one stays beside it', async ({
  desk,
}) => {
  const path = await damagedFile(desk, withoutHeader);
  const damaged = readFileSync(path);
  const tracker = await desk.start(path);
  await expect(tracker.page.getByRole('alert')).toContainText('is not a MoU Tracker file');
  const backup = panel(tracker).getByRole('row').filter({ hasText: 'By hand' });
  await expect(backup).toContainText('37 instruments');
  await expect(backup).toContainText(/\d+ changes? by you/);
  expect(await violations(tracker)).toEqual([]);
  await backup.getByRole('button', { name: /^Restore the backup of/ }).click();
  const dialog = tracker.page.getByRole('dialog');
  expect(await violations(tracker)).toEqual([]);
  await dialog.getByRole('checkbox', { name: /^Add the .*changes? that can still be read/ }).uncheck();
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('30 Jun 2027');
  await expect(tracker.page.getByText(/The damaged file is now called “Committee \(damaged\)\.mou”/)).toBeVisible();
  expect(readFileSync(desk.path('Committee (damaged).mou'))).toEqual(damaged);
  await tracker.moveDeadline(RAIL, '2027-12-01');
  await tracker.isSaved();
  await desk.end();
  expect(JSON.parse(mou('check', path, '--json'))).toMatchObject({ ok: true });
});

test('a damaged file of the recent ones: what can still be read is saved and opened', async ({ desk }) => {
  const path = await damagedFile(desk, withoutHeader);
  const damaged = readFileSync(path);
  const tracker = await desk.start();
  // The last open file is tried at the start; here it is chosen by hand.
  await tracker.page.getByRole('button', { name: /^Committee\.mou/ }).click();
  await expect(panel(tracker)).toContainText('By the file’s own count nothing is missing.');
  const rescued = await tracker.willSaveAs('Rescued.mou');
  await panel(tracker).getByRole('button', { name: 'Save what can be read …' }).click();
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('1 Nov 2027');
  expect(readFileSync(path)).toEqual(damaged);
  await desk.end();
  expect(JSON.parse(mou('check', rescued, '--json'))).toMatchObject({ ok: true });
});

test('what is cut off says what is missing, and both together bring everything', async ({ desk }) => {
  const path = await damagedFile(desk, cutOff);
  const tracker = await desk.start(path);
  await expect(tracker.page.getByRole('alert')).toContainText('is damaged (truncated)');
  await expect(panel(tracker)).toContainText(/The latest backup has \d+ changes that could not be read\./);
  const rescued = await tracker.willSaveAs('Rescued.mou');
  await panel(tracker).getByRole('button', { name: 'Save what can be read …' }).click();
  await expect(tracker.grid).toBeVisible();
  // Back to the damaged one, for its backup; then what was rescued is merged.
  await tracker.choose('&Close File');
  await tracker.page.getByRole('button', { name: /^Committee\.mou/ }).click();
  await panel(tracker)
    .getByRole('button', { name: /^Restore the backup of/ })
    .first()
    .click();
  await tracker.page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(tracker.page.getByText('37 of 37')).toBeVisible();
  await desk.end();
  try {
    mou('merge', path, rescued);
  } catch {
    // Undecided conflicts are told by the exit status.
  }
  expect(JSON.parse(mou('check', path, '--json'))).toMatchObject({ ok: true });
});

test('a file that turns out to be damaged at work is left for its backup', async ({ desk }) => {
  const path = await damagedFile(desk, withoutTable('instrument'));
  const tracker = await desk.start(path);
  const dialog = tracker.page.getByRole('dialog', { name: 'This file is damaged' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await tracker.page.getByRole('button', { name: 'See what is left' }).click();
  expect(await violations(tracker)).toEqual([]);
  await dialog.getByRole('button', { name: 'Close it and see' }).click();
  await expect(panel(tracker)).toContainText('37 instruments');
  await panel(tracker)
    .getByRole('button', { name: /^Restore the backup of/ })
    .first()
    .click();
  await tracker.page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('1 Nov 2027');
  await expect(tracker.page.getByText(/\d+ changes? of it came in/)).toBeVisible();
  expect(existsSync(desk.path('Committee (damaged).mou'))).toBe(true);
});

test('a file that never was one of ours is refused and nothing is offered', async ({ desk }) => {
  desk.writeProfile();
  const path = desk.path('notes.mou');
  writeFileSync(path, 'Just some notes. '.repeat(2000));
  const tracker = await desk.start(path);
  await expect(tracker.page.getByRole('alert')).toContainText('is not a MoU Tracker file');
  await tracker.page.waitForTimeout(1000);
  await expect(tracker.page.getByText(/What is left of/)).toHaveCount(0);
});
