/** `npm run build`, and the same when needed: out/ is made anew only when a source is newer than it. */
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, projectDir, run } from './run.mjs';

const sources = [
  'electron',
  'db',
  'shared',
  'renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];
const stamp = join(projectDir, 'out', '.built');

/** @returns {Promise<boolean>} */
export async function build() {
  const startedAt = new Date();
  if ((await run('electron-vite', ['build', '--logLevel', 'warn'])) !== 0) return false;
  mkdirSync(join(projectDir, 'out'), { recursive: true });
  writeFileSync(stamp, '');
  // Dated to the start: what was edited during the build is newer, and is built next time.
  utimesSync(stamp, startedAt, startedAt);
  return true;
}

/** @returns {Promise<boolean>} */
export async function buildIfNeeded() {
  if (isFresh()) return true;
  console.log('Building');
  return build();
}

function isFresh() {
  try {
    const builtAtMs = statSync(stamp).mtimeMs;
    return sources.every((name) => newestMs(join(projectDir, name)) <= builtAtMs);
  } catch {
    return false;
  }
}

/** The newest change under a path. Folders count too: their date moves when a file is added or removed. @param {string} path @returns {number} */
function newestMs(path) {
  const about = statSync(path);
  if (!about.isDirectory()) return about.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), about.mtimeMs);
}

if (isMain(import.meta.url)) process.exitCode = (await build()) ? 0 : 1;
