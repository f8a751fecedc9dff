/** What hands expect of editors: Esc gives up, a click elsewhere keeps, undo stays where one types, nothing typed is lost. */
import { expect, type TrackerWindow, test } from './trackerApp.ts';

const RAIL = 'MoU on cooperation in the railway sector';
const CUSTOMS = 'Customs cooperation';

const deadlineField = ({ page }: TrackerWindow) => page.getByRole('textbox', { name: 'Deadline' });
const clickElsewhere = (tracker: TrackerWindow) => tracker.cell(CUSTOMS, 'stage').click({ position: { x: 110, y: 5 } });

test.beforeEach(({ desk }) => desk.writeProfile());

test('Esc leaves every editor of a cell as it was and gives the keys back to the grid', async ({ desk }) => {
  const tracker = await desk.start();
  await tracker.makeRegisterFile('Committee.mou');
  await tracker.edit(RAIL, 'deadline');
  for (const typed of ['30 Jun 2027', '31.02.2027']) {
    await deadlineField(tracker).fill(typed);
    await tracker.page.keyboard.press('Escape');
    await expect(deadlineField(tracker)).toBeHidden();
    await expect(tracker.grid).toBeFocused();
    await expect(tracker.cell(RAIL, 'deadline')).toHaveText('set');
    await tracker.page.keyboard.press('F2');
  }
});

test('a click elsewhere keeps a deadline, leaves a picker, and keeps what cannot be read in sight', async ({
  desk,
}) => {
  const tracker = await desk.start();
  const { page } = tracker;
  await tracker.makeRegisterFile('Committee.mou');
  await tracker.edit(RAIL, 'deadline');
  await deadlineField(tracker).fill('30 Jun 2027');
  await clickElsewhere(tracker);
  await expect(tracker.cell(RAIL, 'deadline')).toHaveText('30 Jun 2027');
  await expect(deadlineField(tracker)).toBeHidden();

  await tracker.edit(RAIL, 'pkOwner');
  await clickElsewhere(tracker);
  await expect(page.getByRole('combobox', { name: /^Owner/ })).toBeHidden();

  await tracker.edit(RAIL, 'deadline');
  await deadlineField(tracker).fill('tomorrow');
  await clickElsewhere(tracker);
  await expect(deadlineField(tracker)).toHaveValue('tomorrow');
  await expect(page.getByText('“tomorrow” is no date.')).toBeVisible();

  // The first attempt to close shows it once more, the second one means it.
  await tracker.closeWindow();
  await expect(deadlineField(tracker)).toHaveValue('tomorrow');
  const closed = page.waitForEvent('close');
  await tracker.closeWindow();
  await closed;
});

test('a day is picked in the calendar of the page of an instrument', async ({ desk }) => {
  const tracker = await desk.start();
  const { page } = tracker;
  await tracker.makeRegisterFile('Committee.mou');
  await tracker.moveDeadline(RAIL, '2027-06-30');
  await tracker.openInstrument(RAIL);
  await page.getByRole('button', { name: 'Deadline: 30 Jun 2027' }).click();
  await page.getByRole('button', { name: 'Pick a date' }).click();
  await page.getByRole('button', { name: /^15 June 2027/ }).click();
  await expect(deadlineField(tracker)).toHaveValue('15 Jun 2027');
  await deadlineField(tracker).press('Enter');
  await expect(page.getByRole('button', { name: 'Deadline: 15 Jun 2027' })).toBeVisible();
});

test('progress that is no number is refused in the words that were typed', async ({ desk }) => {
  const tracker = await desk.start();
  await tracker.makeRegisterFile('Committee.mou');
  await tracker.edit(RAIL, 'progress');
  await tracker.page.keyboard.type('half');
  await tracker.page.keyboard.press('Enter');
  await expect(tracker.page.getByRole('alert')).toContainText('“half” is not a whole number');
  await tracker.page.keyboard.press('Escape');
});

test('Undo of the menu takes back typing while one types, and edits of the file otherwise', async ({ desk }) => {
  const tracker = await desk.start();
  const { page } = tracker;
  await tracker.makeRegisterFile('Committee.mou');
  await tracker.assign(RAIL, 'pkOwner', 'B. Khan');
  await tracker.edit(RAIL, 'nextStep');
  const field = page.getByRole('textbox', { name: 'Next step' });
  await page.keyboard.type('Gauge study');
  await tracker.choose('&Undo');
  await expect(field).toHaveValue('');
  await expect(tracker.cell(RAIL, 'pkOwner')).toContainText('B. Khan');
  await tracker.choose('&Redo');
  await expect(field).toHaveValue('Gauge study');
  await page.keyboard.press('Escape');
  await tracker.choose('&Undo');
  await expect(tracker.cell(RAIL, 'pkOwner')).not.toContainText('B. Khan');
});

test('closing the window keeps what stands in an open cell', async ({ desk }) => {
  const tracker = await desk.start();
  const path = await tracker.makeRegisterFile('Committee.mou');
  await tracker.edit(RAIL, 'nextStep');
  await tracker.page.keyboard.type('Gauge study');
  const closed = tracker.page.waitForEvent('close');
  await tracker.closeWindow();
  await closed;
  await desk.end();
  const again = await desk.start(path);
  await expect(again.cell(RAIL, 'nextStep')).toHaveText('Gauge study');
});

test('a note that was begun is there after the window was closed, and says so', async ({ desk }) => {
  const tracker = await desk.start();
  const path = await tracker.makeRegisterFile('Committee.mou');
  await tracker.openInstrument(RAIL);
  await tracker.page.getByRole('textbox', { name: 'New note' }).fill('Half a thought');
  const closed = tracker.page.waitForEvent('close');
  await tracker.closeWindow();
  await closed;
  await desk.end();
  const again = await desk.start(path);
  await again.page.getByText(/A note on “MoU on cooperation in the railway/).waitFor();
  await again.page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(again.page.getByRole('textbox', { name: 'New note' })).toHaveValue('Half a thought');
});

test('dialogs give the keys back, and messages leave the buttons of the selection free', async ({ desk }) => {
  const tracker = await desk.start();
  const { page } = tracker;
  await tracker.makeRegisterFile('Committee.mou');
  await page.keyboard.press('Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(tracker.grid).toBeFocused();
  await page.keyboard.press('F1');
  await tracker.choose('&Keys and Help');
  await expect(page.getByRole('dialog')).toContainText('How health is found');
  await page.keyboard.press('Escape');
  await expect(tracker.grid).toBeFocused();

  await tracker.row(RAIL).getByRole('checkbox').click();
  for (const action of ['Set stage', 'Set priority']) {
    await page.getByRole('button', { name: action }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText('Changed 1 instrument.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Assign owner' }).click({ timeout: 2_000 });
});
