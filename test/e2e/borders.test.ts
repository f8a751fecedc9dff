/** The locked-down border around the page: Electron's security checklist, seen from inside. */
import { writeFileSync } from 'node:fs';
import { expect, test } from './trackerApp.ts';

test('the page has no Node, no way out and a strict policy', async ({ desk }) => {
  desk.writeProfile();
  const tracker = await desk.start();
  const { page } = tracker;
  await expect(page.getByRole('heading', { name: 'MoU Tracker' })).toBeVisible();
  expect(page.url()).toMatch(/^app:\/\//);
  const seen = await page.evaluate(async () => ({
    node:
      typeof (globalThis as Record<string, unknown>).require + typeof (globalThis as Record<string, unknown>).process,
    bridge: Object.keys(window.shell).sort().join(),
    fetched: await fetch('https://example.org/').then(
      () => 'went out',
      () => 'refused',
    ),
    local: await fetch('http://127.0.0.1:9/').then(
      () => 'went out',
      () => 'refused',
    ),
    // Later: what the test itself has the debugger evaluate is exempt from the policy.
    evaluated: await new Promise((resolve) =>
      setTimeout(() => {
        try {
          resolve(new Function('return 1')());
        } catch {
          resolve('refused');
        }
      }, 10),
    ),
    inlineScript: (() => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      return 'inlineRan' in window ? 'ran' : 'refused';
    })(),
    opened: window.open('https://example.org/') === null ? 'refused' : 'opened',
    permission: await navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state),
  }));
  expect(seen).toEqual({
    node: 'undefinedundefined',
    bridge: 'invoke,on',
    fetched: 'refused',
    local: 'refused',
    evaluated: 'refused',
    inlineScript: 'refused',
    opened: 'refused',
    permission: 'denied',
  });
  await page.evaluate(() => {
    location.href = 'https://example.org/';
  });
  await page.waitForTimeout(200);
  expect(page.url()).toMatch(/^app:\/\//);
});

test('a file that is none of ours is refused in a sentence, and the window goes on', async ({ desk }) => {
  desk.writeProfile();
  const path = desk.path('not ours.mou');
  writeFileSync(path, 'just some text');
  const tracker = await desk.start(path);
  await expect(tracker.page.getByRole('alert')).toContainText('is not a MoU Tracker file');
  await tracker.makeRegisterFile('Committee.mou');
  await expect(tracker.page.getByText('37 of 37')).toBeVisible();
});
