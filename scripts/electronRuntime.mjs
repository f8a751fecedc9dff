/**
 * Which Electron this checkout runs on: the official one of package.json, or the stand-in (see standIn.mjs).
 * `npm run setup` puts one of them in place; MOU_TRACKER_ELECTRON=official|stand-in chooses when both are there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLinuxRoot, isMain, projectDir, toolEnv } from './run.mjs';
import { standIn, standInFolder } from './standIn.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} path the executable
 * @property {'official' | 'stand-in'} kind
 * @property {string} version
 * @property {string | null} sqliteModule the better-sqlite3 folder to load on it; null: the one of node_modules
 */

/** @returns {'official' | 'stand-in' | null} */
export function forcedElectron() {
  const value = process.env.MOU_TRACKER_ELECTRON;
  if (!value) return null;
  if (value === 'official' || value === 'stand-in') return value;
  throw new Error(`MOU_TRACKER_ELECTRON is "${value}". It may be "official" or "stand-in".`);
}

/** @returns {ElectronRuntime | null} */
export function findOfficial() {
  const folder = join(projectDir, 'node_modules', 'electron');
  try {
    const wanted = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
    const installed = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    if (installed !== wanted || !existsSync(path)) return null;
    return { path, kind: 'official', version: installed, sqliteModule: null };
  } catch {
    return null; // no path.txt or no dist: the binary was never downloaded
  }
}

/** @returns {ElectronRuntime | null} */
export function findStandIn() {
  const folder = standInFolder();
  const path = join(folder, 'dist', 'electron');
  if (!existsSync(path)) return null;
  return {
    path,
    kind: 'stand-in',
    version: standIn.electronVersion,
    sqliteModule: join(folder, 'sqlite', 'node_modules', 'better-sqlite3'),
  };
}

/** @returns {ElectronRuntime} */
export function findElectron() {
  const forced = forcedElectron();
  const found = (forced !== 'stand-in' && findOfficial()) || (forced !== 'official' && findStandIn());
  if (!found) {
    throw new Error(`No ${forced ?? ''} Electron is in place yet. Run: npm run setup`.replace('No  ', 'No '));
  }
  return found;
}

/**
 * Environment for a process that is, or starts, that Electron.
 * @param {ElectronRuntime} runtime
 * @returns {Record<string, string>}
 */
export function electronEnv(runtime) {
  const env = /** @type {Record<string, string>} */ ({ ...toolEnv() });
  // Honoured by db/ only when the application is not packaged.
  if (runtime.sqliteModule) env.MOU_TRACKER_SQLITE = runtime.sqliteModule;
  else delete env.MOU_TRACKER_SQLITE;
  return env;
}

/**
 * What Playwright's `_electron.launch()` and our own launchers need to start the built application.
 * @param {string[]} [args] arguments of the application: a .mou file, switches
 */
export function launchOptions(args = []) {
  const runtime = findElectron();
  return {
    executablePath: runtime.path,
    args: [projectDir, ...(isLinuxRoot() ? ['--no-sandbox'] : []), ...args],
    cwd: projectDir,
    env: electronEnv(runtime),
  };
}

if (isMain(import.meta.url)) {
  try {
    console.log(JSON.stringify(findElectron(), null, 2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
