/** A second copy of the open file, opened or dropped: the two are compared, and each of the three answers does what it says. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { mou } from './commandLine.ts';
import { type Desk, expect, type TrackerWindow, test } from './trackerApp.ts';

const RAIL = 'MoU on cooperation in the railway sector';
const COPY = 'Committee (Energy).mou';

/** Mine with one change that the copy lacks, and the copy with two that mine lacks, in a folder of its own. */
function twoCopies(desk: Desk): { mine: string; there: string; copy: string } {
  const mine = desk.path('Committee.mou');
  const there = desk.path('stick');
  mkdirSync(there);
  const copy = join(there, COPY);
  mou('new', mine);
  copyFileSync(mine, copy);
  mou('set', mine, '4', 'nextStep=Gauge study', '--author', 'A. Khan');
  mou('set', copy, '8', 'progress=20', '--author', 'B. Serik');
  mou('set', copy, '9', 'progress=30', '--author', 'B. Serik');
  return { mine, there, copy };
}

/** An earlier state of mine. */
function olderCopy(desk: Desk): { mine: string; copy: string } {
  const { mine, there } = twoCopies(desk);
  const copy = join(there, 'Yesterday.mou');
  copyFileSync(mine, copy);
  mou('set', mine, '5', 'nextStep=Sign the protocol', '--author', 'A. Khan');
  return { mine, copy };
}

const bytesIn = (folder: string) => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]);

const dialogOf = (tracker: TrackerWindow, name: string): Locator =>
  tracker.page.getByRole('dialog', { name: `“${name}” is a copy of the open file` });

async function openSecond(tracker: TrackerWindow, path: string): Promise<Locator> {
  await tracker.willOpen(path);
  // The menu comes a moment after the window.
  await expect(() => tracker.choose('&Open…')).toPass();
  const dialog = dialogOf(tracker, basename(path));
  await expect(dialog).toBeVisible();
  return dialog;
}

const violations = async ({ page }: TrackerWindow): Promise<string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id);

test('the dialog says what each has and the other has not, and merging goes to the review', async ({ desk }) => {
  desk.writeProfile();
  const { mine, copy } = twoCopies(desk);
  const tracker = await desk.start(mine);
  const dialog = await openSecond(tracker, copy);
  await expect(dialog).toContainText('New in the copy: 2 changes by B. Serik');
  await expect(dialog).toContainText('Only in yours: 1 change.');
  await expect(dialog.getByRole('button', { name: 'Merge into mine' })).toBeFocused();
  expect(await violations(tracker)).toEqual([]);
  await dialog.getByRole('button', { name: 'Merge into mine' }).click();
  const { page } = tracker;
  await expect(page.getByRole('heading', { level: 1, name: `Merge “${COPY}”` })).toBeVisible();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await tracker.goTo('Register');
  await expect(tracker.cell(RAIL, 'nextStep')).toContainText('Gauge study');
  await expect(tracker.grid.getByRole('row').filter({ hasText: '20%' })).toHaveCount(1);
});

test('only looking opens the copy read-only, writes nothing, and leads back', async ({ desk }) => {
  desk.writeProfile();
  const { mine, there, copy } = twoCopies(desk);
  const before = bytesIn(there);
  const tracker = await desk.start(mine);
  await expect(tracker.cell(RAIL, 'nextStep')).toContainText('Gauge study');
  const dialog = await openSecond(tracker, copy);
  await dialog.getByRole('button', { name: 'Only look' }).click();
  const { page } = tracker;
  await expect(page.getByText('Read-only: you are only looking at this copy.')).toBeVisible();
  await expect(tracker.cell(RAIL, 'nextStep')).not.toContainText('Gauge study');
  await expect(tracker.grid.getByRole('row').filter({ hasText: '20%' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Add instrument' })).toHaveCount(0);
  expect(await violations(tracker)).toEqual([]);
  expect(bytesIn(there)).toEqual(before);
  await page.getByRole('button', { name: 'Back to Committee.mou' }).click();
  await expect(tracker.cell(RAIL, 'nextStep')).toContainText('Gauge study');
  await expect(page.getByText(/^Read-only/)).toHaveCount(0);
  await tracker.moveDeadline(RAIL, '2027-11-01');
  await tracker.isSaved();
  expect(bytesIn(there)).toEqual(before);
});

test('what was only looked at is not what the next start opens', async ({ desk }) => {
  desk.writeProfile();
  const { mine, there, copy } = twoCopies(desk);
  const before = bytesIn(there);
  const tracker = await desk.start(mine);
  const dialog = await openSecond(tracker, copy);
  await dialog.getByRole('button', { name: 'Only look' }).click();
  await expect(tracker.page.getByText('Read-only: you are only looking at this copy.')).toBeVisible();
  await desk.end();
  const again = await desk.start();
  await expect(again.cell(RAIL, 'nextStep')).toContainText('Gauge study');
  await expect(again.page.getByText(/^Read-only/)).toHaveCount(0);
  expect(bytesIn(there)).toEqual(before);
});

test('after a crash of the database process a copy that is looked at is still only looked at', async ({ desk }) => {
  test.skip(process.platform === 'win32', 'a process is ended by a signal');
  desk.writeProfile();
  const { mine, there, copy } = twoCopies(desk);
  const before = bytesIn(there);
  const tracker = await desk.start(mine);
  await (await openSecond(tracker, copy)).getByRole('button', { name: 'Only look' }).click();
  await expect(tracker.page.getByText('Read-only: you are only looking at this copy.')).toBeVisible();
  const pid = await tracker.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'MoU Tracker database')?.pid ?? 0,
  );
  process.kill(pid, 'SIGKILL');
  const back = tracker.page.getByRole('button', { name: 'Back to Committee.mou' });
  await expect(async () => {
    await back.click();
    await expect(tracker.cell(RAIL, 'nextStep')).toContainText('Gauge study', { timeout: 1_000 });
  }).toPass();
  expect(bytesIn(there)).toEqual(before);
});

test('replacing asks, keeps a backup, and can be taken back', async ({ desk }) => {
  desk.writeProfile();
  const { mine, there, copy } = twoCopies(desk);
  const before = bytesIn(there);
  const tracker = await desk.start(mine);
  const { page } = tracker;
  const dialog = await openSecond(tracker, copy);
  await dialog.getByRole('button', { name: 'Replace mine' }).click();
  const question = page.getByRole('dialog', { name: `Replace yours with “${COPY}”?` });
  await expect(question).toContainText('1 change of yours is not in the copy. It would only be in the backup.');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect(await violations(tracker)).toEqual([]);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Replace mine' }).click();
  await question.getByRole('button', { name: 'Replace mine' }).click();
  await expect(page.getByText(`Replaced yours with “${COPY}”.`)).toBeVisible();
  await expect(tracker.cell(RAIL, 'nextStep')).not.toContainText('Gauge study');
  await expect(tracker.grid.getByRole('row').filter({ hasText: '20%' })).toHaveCount(1);
  expect(bytesIn(there)).toEqual(before);
  await page.getByRole('status').getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(tracker.cell(RAIL, 'nextStep')).toContainText('Gauge study');
  await tracker.goTo('Sharing');
  await expect(page.getByRole('row').filter({ hasText: 'Before a copy took its place' })).toBeVisible();
  await tracker.goTo('Register');
  await tracker.moveDeadline(RAIL, '2027-11-01');
  await tracker.isSaved();
  await desk.end();
  expect(mou('check', mine)).not.toContain('replica');
});

test('an older copy says so, and offers no merge', async ({ desk }) => {
  desk.writeProfile();
  const { mine, copy } = olderCopy(desk);
  const tracker = await desk.start(mine);
  const dialog = await openSecond(tracker, copy);
  await expect(dialog).toContainText('This copy is older: everything in it is in yours already.');
  await expect(dialog).toContainText('Only in yours: 1 change.');
  await expect(dialog.getByRole('button', { name: 'Merge into mine' })).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Only look' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(tracker.grid).toBeVisible();
});

test('the same copy says so, and has nothing to replace', async ({ desk }) => {
  desk.writeProfile();
  const { mine, there } = twoCopies(desk);
  const same = join(there, 'Same.mou');
  copyFileSync(mine, same);
  const tracker = await desk.start(mine);
  const dialog = await openSecond(tracker, same);
  await expect(dialog).toContainText('This copy is the same as yours.');
  await expect(dialog.getByRole('button', { name: 'Replace mine' })).toHaveCount(0);
});

test('the list of recent files and a second start ask as well', async ({ desk }) => {
  desk.writeProfile();
  const { mine, copy } = twoCopies(desk);
  await desk.start(copy);
  await desk.end();
  const tracker = await desk.start(mine);
  await expect(tracker.grid).toBeVisible();
  await expect(() => tracker.choose(COPY)).toPass();
  const dialog = dialogOf(tracker, COPY);
  await expect(dialog).toContainText('2 changes by B. Serik');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await tracker.startAgain(copy);
  await expect(dialog).toContainText('2 changes by B. Serik');
});

test.describe('dropped on the window', () => {
  test('one copy is asked about, several go to the review', async ({ desk }) => {
    desk.writeProfile();
    const { mine, there, copy } = twoCopies(desk);
    const second = join(there, 'Committee (Trade).mou');
    copyFileSync(mine, second);
    mou('set', second, '12', 'progress=55', '--author', 'D. Omarova');
    const tracker = await desk.start(mine);
    await expect(tracker.grid).toBeVisible();
    await tracker.drop(copy);
    const dialog = dialogOf(tracker, COPY);
    await expect(dialog).toContainText('2 changes by B. Serik');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    await tracker.drop(copy, second);
    await expect(
      tracker.page.getByRole('heading', { level: 1, name: `Merge “${COPY}” and “Committee (Trade).mou”` }),
    ).toBeVisible();
  });

  test('an encrypted copy is asked for its passphrase', async ({ desk }) => {
    desk.writeProfile();
    const { mine, copy } = twoCopies(desk);
    const phrase = desk.path('phrase.txt');
    writeFileSync(phrase, 'horse lamp river cedar');
    const age = desk.path('Committee.age');
    mou('copy', copy, age, '--encrypt', '--passphrase-file', phrase);
    const tracker = await desk.start(mine);
    await expect(tracker.grid).toBeVisible();
    await tracker.drop(age);
    await expect(tracker.page.getByRole('dialog').getByLabel('Passphrase', { exact: true })).toBeVisible();
  });

  test('anything else is refused in a sentence, and the open file stays open', async ({ desk }) => {
    desk.writeProfile();
    const { mine, there } = twoCopies(desk);
    const other = desk.path('Another.mou');
    mou('new', other, '--empty');
    const text = desk.path('notes.txt');
    writeFileSync(text, 'notes');
    const tracker = await desk.start(mine);
    await expect(tracker.grid).toBeVisible();
    const alert = tracker.page.getByRole('alert');
    for (const [path, sentence] of [
      [other, 'is not a copy of this file. Only copies of one file can be merged.'],
      [text, 'is not a MoU Tracker file.'],
      [there, 'is a folder, not a file.'],
    ] as const) {
      await tracker.drop(path);
      await expect(alert.filter({ hasText: sentence })).toBeVisible();
    }
    await tracker.moveDeadline(RAIL, '2027-11-01');
    await tracker.isSaved();
  });

  test('what is no file on this computer is refused, too', async ({ desk }) => {
    desk.writeProfile();
    const { mine } = twoCopies(desk);
    const tracker = await desk.start(mine);
    await expect(tracker.grid).toBeVisible();
    // A picture out of a web page comes as a file without a place.
    await tracker.page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'picture.png'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await expect(tracker.page.getByRole('alert')).toContainText('What was dropped is not a file on this computer.');
  });

  test('beside a file that is read-only one is opened, several are refused', async ({ desk }) => {
    desk.writeProfile();
    const { mine, there, copy } = twoCopies(desk);
    const second = join(there, 'Yesterday.mou');
    copyFileSync(mine, second);
    const tracker = await desk.start(mine);
    await (await openSecond(tracker, copy)).getByRole('button', { name: 'Only look' }).click();
    await expect(tracker.page.getByText('Read-only: you are only looking at this copy.')).toBeVisible();
    await tracker.drop(mine, second);
    await expect(tracker.page.getByRole('alert')).toContainText(`${COPY} cannot be changed`);
    await tracker.drop(mine);
    await expect(tracker.cell(RAIL, 'nextStep')).toContainText('Gauge study');
    await expect(tracker.page.getByText(/^Read-only/)).toHaveCount(0);
  });

  test('with no file open a file is opened', async ({ desk }) => {
    desk.writeProfile();
    const { mine } = twoCopies(desk);
    const tracker = await desk.start();
    await expect(tracker.page.getByRole('button', { name: 'New file with the 37 instruments' })).toBeVisible();
    await tracker.drop(mine);
    await expect(tracker.cell(RAIL, 'nextStep')).toContainText('Gauge study');
  });
});
