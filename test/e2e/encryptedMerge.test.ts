/** Encrypted copies merged in the window: each asks for its passphrase, by its name. */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { mou } from './commandLine.ts';
import { type Desk, expect, type TrackerWindow, test } from './trackerApp.ts';

const RAIL = 'MoU on cooperation in the railway sector';

/** The file, and two copies with work of others in them: encrypted, each under a passphrase of its own. */
function copies(desk: Desk): { ours: string; energy: string; rail: string } {
  const [ours, energy, rail] = [desk.path('Committee.mou'), desk.path('Energy.age'), desk.path('Rail.age')];
  mou('new', ours);
  for (const [out, number, deadline, author, passphrase] of [
    [energy, '8', '2027-09-30', 'B. Serik', 'horse lamp'],
    [rail, '4', '2027-08-15', 'C. Abbas', 'river cedar'],
  ] as const) {
    const plain = desk.path('plain.mou');
    copyFileSync(ours, plain);
    mou('set', plain, number, `deadline=${deadline}`, '--author', author);
    writeFileSync(desk.path('passphrase'), passphrase);
    mou('copy', plain, out, '--encrypt', '--passphrase-file', desk.path('passphrase'));
  }
  return { ours, energy, rail };
}

const question = (tracker: TrackerWindow) => tracker.page.getByRole('dialog', { name: 'This copy is encrypted' });

async function give(tracker: TrackerWindow, passphrase: string): Promise<void> {
  await question(tracker).getByLabel('Passphrase').fill(passphrase);
  await question(tracker).getByRole('button', { name: 'Unlock' }).click();
}

async function chooseMerge(tracker: TrackerWindow, ...paths: string[]): Promise<void> {
  await tracker.willOpen(...paths);
  await expect(() => tracker.choose('&Merge Another Copy…')).toPass();
}

const SLOW = { timeout: 30_000 };

test('an encrypted copy is merged with its passphrase, reviewed as any other, and never written in plain', async ({
  desk,
}) => {
  test.setTimeout(120_000);
  desk.writeProfile();
  const { ours, energy, rail } = copies(desk);
  const before = readdirSync(desk.folder);
  const tracker = await desk.start(ours);
  const { page } = tracker;
  await chooseMerge(tracker, energy, rail);
  await expect(question(tracker)).toContainText('Energy.age opens with its passphrase. 1 of 2');
  const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await give(tracker, 'river cedar');
  await expect(question(tracker).getByRole('alert')).toContainText(/This is not the passphrase of .*Energy\.age/, SLOW);
  await give(tracker, 'horse lamp');
  await expect(question(tracker)).toContainText('Rail.age opens with its passphrase. 2 of 2', SLOW);
  await give(tracker, 'river cedar');
  await expect(page.getByRole('heading', { level: 1, name: 'Merge “Energy.age” and “Rail.age”' })).toBeVisible(SLOW);
  await expect(page.getByText(/by (B\. Serik and C\. Abbas|C\. Abbas and B\. Serik)/)).toBeVisible();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Merged “Energy\.age”/ })).toBeVisible(SLOW);
  await page.getByRole('button', { name: 'Done' }).click();
  await tracker.goTo('Register');
  await expect(tracker.cell(RAIL, 'deadline')).toContainText('15 Aug 2027');
  await desk.end();
  expect(readdirSync(desk.folder)).toEqual(before);
});

test('one that nobody has the passphrase of is left out, and one that is damaged says so', async ({ desk }) => {
  test.setTimeout(120_000);
  desk.writeProfile();
  const { ours, energy, rail } = copies(desk);
  const bytes = readFileSync(energy);
  bytes[bytes.length - 900] = (bytes[bytes.length - 900] as number) ^ 1;
  writeFileSync(energy, bytes);
  const tracker = await desk.start(ours);
  const { page } = tracker;
  await chooseMerge(tracker, energy, rail);
  await give(tracker, 'horse lamp');
  await expect(question(tracker).getByRole('alert')).toContainText('is damaged', SLOW);
  await question(tracker).getByRole('button', { name: 'Skip this file' }).click();
  await expect(question(tracker)).toContainText('Rail.age');
  await expect(question(tracker).getByRole('button', { name: 'Skip this file' })).toHaveCount(0);
  await give(tracker, 'river cedar');
  await expect(page.getByRole('heading', { level: 1, name: 'Merge “Rail.age”' })).toBeVisible(SLOW);
  // What was left is not on offer any more.
  await page.getByRole('button', { name: 'Cancel' }).click();
  await chooseMerge(tracker, rail);
  await question(tracker).getByRole('button', { name: 'Cancel' }).click();
  await expect(question(tracker)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Merge another copy …' })).toBeVisible();
});

test('one dropped on the window asks for its passphrase, too', async ({ desk }) => {
  desk.writeProfile();
  const { ours, rail } = copies(desk);
  const tracker = await desk.start(ours);
  await expect(tracker.grid).toBeVisible();
  await tracker.drop(rail);
  await give(tracker, 'river cedar');
  await expect(tracker.page.getByRole('heading', { level: 1, name: 'Merge “Rail.age”' })).toBeVisible(SLOW);
});

test('a merge that was stopped is carried out later without asking for the passphrase again', async ({ desk }) => {
  test.skip(process.platform === 'win32', 'a process is held by a signal');
  test.setTimeout(120_000);
  desk.writeProfile();
  const { ours, rail } = copies(desk);
  const tracker = await desk.start(ours);
  const { page } = tracker;
  await chooseMerge(tracker, rail);
  await give(tracker, 'river cedar');
  await expect(page.getByRole('heading', { level: 1, name: 'Merge “Rail.age”' })).toBeVisible(SLOW);
  const pid = await tracker.databasePid();
  process.kill(pid, 'SIGSTOP');
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  process.kill(pid, 'SIGCONT');
  await expect(page.getByRole('heading', { level: 1, name: 'Merge “Rail.age”' })).toBeVisible();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Merged “Rail.age”' })).toBeVisible(SLOW);
});
