/** The packaged application: starts, opens a file, answers as a command line, and keeps its fuses shut. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { isLinuxRoot, projectDir } from '../../scripts/run.mjs';

const program = join(projectDir, 'dist', 'linux-unpacked', 'mou-tracker');
const sandbox = isLinuxRoot() ? ['--no-sandbox'] : [];

test.skip(process.platform !== 'linux', 'the package that can be built and started here is the one for Linux');

test.describe.configure({ mode: 'serial' });
// A trace is asked of the page at the end, and here the program has quit by then.
test.use({ trace: 'off' });

let folder = '';
const env = () => ({ ...process.env, MOU_TRACKER_PROFILE: join(folder, 'profile') });

test.beforeAll(() => {
  test.setTimeout(180_000);
  folder = mkdtempSync(join(tmpdir(), 'mou-package-'));
  execFileSync(process.execPath, [join(projectDir, 'scripts', 'package.mjs')], { stdio: 'inherit' });
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the packaged program answers as a command line, without a display', () => {
  const path = join(folder, 'a.mou');
  const headless = { ...env(), DISPLAY: '', WAYLAND_DISPLAY: '' };
  const mou = (...args: string[]) =>
    execFileSync(program, [...sandbox, ...args], {
      encoding: 'utf8',
      env: headless,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  mou('new', path);
  mou('set', path, '4', 'owner=B. Khan', 'deadline=2027-06-30');
  const list = JSON.parse(mou('list', path, '--json')) as { number: number; owner: string; deadline: string }[];
  expect(list).toHaveLength(37);
  expect(list.find(({ number }) => number === 4)).toMatchObject({ owner: 'B. Khan', deadline: '2027-06-30' });
});

test('the packaged window opens a file and quits', async () => {
  const profile = join(folder, 'window');
  const started = spawn(
    program,
    [...sandbox, `--user-data-dir=${profile}`, '--remote-debugging-port=0', join(folder, 'a.mou')],
    { stdio: 'ignore', env: env() },
  );
  try {
    const port = await debuggingPort(profile);
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const page = browser.contexts()[0]?.pages()[0] ?? (await browser.contexts()[0]?.waitForEvent('page'));
    if (!page) throw new Error('no window');
    await page.getByLabel('Name').fill('A. Khan');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('grid', { name: 'Instruments' })).toBeVisible();
    await expect(page.getByText('37 of 37')).toBeVisible();
    // The program may be gone before the debugger hears that its page is.
    await page.close({ runBeforeUnload: true }).catch(() => undefined);
    expect(await exitOf(started)).toBe(0);
  } finally {
    started.kill('SIGKILL');
  }
});

test('the packaged program cannot be run as Node', async () => {
  const witness = join(folder, 'ran');
  const script = `require('node:fs').writeFileSync(${JSON.stringify(witness)}, '')`;
  const started = spawn(program, ['-e', script], {
    stdio: 'ignore',
    env: { ...env(), ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require=${join(folder, 'nothing.js')}`, DISPLAY: '' },
  });
  await Promise.race([exitOf(started), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  started.kill('SIGKILL');
  expect(existsSync(witness)).toBe(false);
});

const exitOf = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null ? Promise.resolve(child.exitCode) : new Promise((resolve) => child.once('exit', resolve));

/** Chromium writes the port it has chosen into its profile. */
async function debuggingPort(profile: string): Promise<number> {
  const file = join(profile, 'DevToolsActivePort');
  await expect
    .poll(() => existsSync(file) && readFileSync(file, 'utf8').includes('\n'), { timeout: 20_000 })
    .toBe(true);
  return Number(readFileSync(file, 'utf8').split('\n')[0]);
}
