/** The longest time between two frames of the window while it looks at another copy, merges it and shows what came. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronEnv, findElectron } from '../../scripts/electronRuntime.mjs';
import { isLinuxRoot } from '../../scripts/run.mjs';
import { newProfile } from './builtApp.ts';
import type { MergePair } from './data/mergePair.ts';
import { freshCopy } from './freshCopy.ts';

/** Milliseconds; null where the window did not get so far in three minutes. */
export interface FrameGaps {
  /** While nothing happens. */
  atRest: number;
  /** From choosing the copy until its review stands. */
  looking: number | null;
  /** From the button until the report stands. */
  merging: number | null;
  /** From leaving the report, and the register once more. */
  leaving: number | null;
}

const SETTLED_MS = 3_000;
/** What comes to the screen is still drawn after it is there. */
export const AFTERWARDS_MS = 1_500;
const PATIENCE_MS = 180_000;

/** Carries one merge through the review, as a person who decides nothing. */
export async function mergeFrameGaps(app: string, pair: MergePair, work: string): Promise<FrameGaps> {
  const place = mkdtempSync(join(work, 'window-'));
  const path = join(place, 'ours.mou');
  const theirs = join(place, 'theirs.mou');
  freshCopy(pair.ours, path);
  freshCopy(pair.theirs, theirs);
  const runtime = findElectron();
  const running = await _electron.launch({
    executablePath: runtime.path,
    args: [app, ...(isLinuxRoot() ? ['--no-sandbox'] : []), `--user-data-dir=${newProfile(place, 'merge')}`, path],
    cwd: app,
    env: electronEnv(runtime),
  });
  try {
    const page = await running.firstWindow();
    await sleep(SETTLED_MS);
    await page.evaluate(WATCH_FRAMES);
    await sleep(AFTERWARDS_MS);
    const gaps: FrameGaps = { atRest: await longestGap(page), looking: null, merging: null, leaving: null };
    await chooseMergeOf(running, theirs);
    if (!(await page.evaluate<boolean>(untilHeading('Merge “')))) return gaps;
    gaps.looking = await longestGap(page);
    await page.evaluate(press('Merge'));
    if (!(await page.evaluate<boolean>(untilHeading('Merged “')))) return gaps;
    gaps.merging = await longestGap(page);
    await page.evaluate(press('Done'));
    await page.evaluate(`new Promise((resolve) => setTimeout(resolve, ${AFTERWARDS_MS}))`);
    gaps.leaving = await longestGap(page);
    return gaps;
  } finally {
    await running.close();
    rmSync(place, { recursive: true, force: true });
  }
}

/** In the page: the longest gap since it was last asked for. */
const WATCH_FRAMES = `
  window.longestGap = 0;
  let last = performance.now();
  const frame = () => {
    const now = performance.now();
    window.longestGap = Math.max(window.longestGap, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);`;

/** Begins anew with it. */
const longestGap = (page: Page): Promise<number> =>
  page.evaluate(`(() => { const gap = window.longestGap; window.longestGap = 0; return gap; })()`);

/** Whether it comes. Looked for from inside and seldom: a test's own waiting would take part in every frame. */
const untilHeading = (start: string): string => `new Promise((resolve) => {
  const look = setInterval(() => {
    if (!document.querySelector('h1')?.textContent.startsWith(${JSON.stringify(start)})) return;
    clearInterval(look);
    setTimeout(resolve, ${AFTERWARDS_MS}, true);
  }, 50);
  setTimeout(resolve, ${PATIENCE_MS}, false);
})`;

const press = (name: string): string => `(() => {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent === ${JSON.stringify(name)});
  if (!button) throw new Error('no button ' + ${JSON.stringify(name)});
  setTimeout(() => button.click());
})()`;

/** The menu's command, its dialog answered with this file. */
async function chooseMergeOf(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog, Menu }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    const find = (menu: Electron.Menu): Electron.MenuItem | undefined => {
      for (const item of menu.items) {
        if (item.label === '&Merge Another Copy…') return item;
        const inside = item.submenu && find(item.submenu);
        if (inside) return inside;
      }
    };
    const menu = Menu.getApplicationMenu();
    const item = menu && find(menu);
    if (!item) throw new Error('no such command');
    item.click();
  }, path);
}
