/** Every page passes axe: names, roles, contrast, in light and dark. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type TrackerWindow, test } from './trackerApp.ts';

const PAGES = ['Today', 'Register', 'Activity', 'People'] as const;

async function violations(tracker: TrackerWindow): Promise<string[]> {
  const found = await new AxeBuilder({ page: tracker.page }).setLegacyMode(true).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

for (const colorScheme of ['light', 'dark'])
  test(`every page is free of axe violations in ${colorScheme}`, async ({ desk }) => {
    desk.writeProfile(undefined, { colorScheme, density: 'comfortable' });
    const tracker = await desk.start();
    expect(await violations(tracker), 'Welcome').toEqual([]);
    await tracker.makeRegisterFile('Committee.mou');
    await tracker.moveDeadline('Customs cooperation', '2026-10-01');
    await tracker.assign('Customs cooperation', 'pkOwner', 'B. Khan');
    for (const page of PAGES) {
      await tracker.goTo(page);
      await expect(tracker.page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await violations(tracker), page).toEqual([]);
    }
    await tracker.goTo('Register');
    await tracker.openInstrument('Customs cooperation');
    expect(await violations(tracker), 'Instrument').toEqual([]);
  });
