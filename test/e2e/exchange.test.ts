/** Two people, one folder that something else carries: what one writes arrives at the other by itself. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mou } from './commandLine.ts';
import { Desk, expect, type TrackerWindow, test } from './trackerApp.ts';

const RAIL = 'MoU on cooperation in the railway sector';

async function joinFolder(tracker: TrackerWindow, folder: string): Promise<void> {
  await tracker.goTo('Sharing');
  await tracker.willOpen(folder);
  await tracker.page.getByRole('button', { name: 'Choose a folder …' }).click();
  await expect(tracker.page.getByText('In the folder “team”')).toBeVisible();
}

test('what one person writes arrives at the other through the team’s folder', async ({ desk }) => {
  const other = new Desk();
  try {
    desk.writeProfile();
    other.writeProfile({ name: 'B. Serik', post: 'Adviser', side: 'kz' });
    const [ours, theirs] = [desk.path('Committee.mou'), other.path('Committee.mou')];
    const folder = join(desk.folder, 'team');
    mkdirSync(folder);
    mou('new', ours);
    copyFileSync(ours, theirs);

    const first = await desk.start(ours);
    await joinFolder(first, folder);
    await expect(first.page.getByText('Nobody else has written into this folder yet.')).toBeVisible();
    await first.goTo('Register');
    await first.assign(RAIL, 'pkOwner', 'A. Khan');
    await first.goTo('Sharing');
    await first.page.getByRole('button', { name: 'Exchange now' }).click();
    await expect(first.page.getByText('All of yours is in the folder')).toBeVisible();

    const second = await other.start(theirs);
    await joinFolder(second, folder);
    await second.page.getByRole('button', { name: 'Exchange now' }).click();
    await expect(second.page.getByRole('cell', { name: 'A. Khan, Director' })).toBeVisible();
    await second.goTo('Register');
    await expect(second.cell(RAIL, 'pkOwner')).toContainText('A. Khan');

    await second.goTo('Sharing');
    await second.page.getByRole('button', { name: 'Stop exchanging' }).click();
    await expect(second.page.getByRole('button', { name: 'Choose a folder …' })).toBeVisible();
  } finally {
    await other.end();
    other.clear();
  }
});
