/**
 * `npm run package`: the unpacked Linux application in dist/linux-unpacked, made from the Electron that `npm run setup`
 * put in place, without any download. Ends by reading back what matters: the fuses, the archive, better-sqlite3.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build } from './build.mjs';
import { findElectron } from './electronRuntime.mjs';
import { projectDir, run } from './run.mjs';

const unpacked = join(projectDir, 'dist', 'linux-unpacked');

/** The fuses as electron-builder.yml asks for them. */
const FUSES = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  GrantFileProtocolExtraPrivileges: false,
};

if (process.platform === 'linux') process.exitCode = (await packageApp()) ? 0 : 1;
else {
  console.error(
    'npm run package makes the Linux application, on Linux. Here use: npm run build && npx electron-builder',
  );
  process.exitCode = 1;
}

/** @returns {Promise<boolean>} */
async function packageApp() {
  const runtime = findElectron();
  console.log(`Packaging with Electron ${runtime.version} (${runtime.kind})`);
  if (!(await build())) return false;
  const stage = mkdtempSync(join(tmpdir(), 'mou-tracker-package-'));
  try {
    const electronDist = stageElectron(runtime, join(stage, 'electron'));
    const settings = [
      `-c.electronDist=${electronDist}`,
      `-c.electronVersion=${runtime.version}`,
      '-c.npmRebuild=false',
    ];
    // A packaged app loads the better-sqlite3 inside it, so the one inside has to fit this Electron.
    if (runtime.sqliteModule) settings.push(`-c.directories.app=${stageApp(runtime.sqliteModule, join(stage, 'app'))}`);
    rmSync(unpacked, { recursive: true, force: true });
    const status = await run('electron-builder', ['--linux', 'dir', '--publish', 'never', ...settings]);
    return status === 0 && verify(runtime.sqliteModule !== null);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/**
 * A copy that electron-builder may change, without the stand-in's loader.
 * @param {import('./electronRuntime.mjs').ElectronRuntime} runtime
 * @param {string} folder
 */
function stageElectron(runtime, folder) {
  cpSync(dirname(runtime.path), folder, { recursive: true, verbatimSymlinks: true });
  rmSync(join(folder, 'resources', 'app'), { recursive: true, force: true });
  return folder;
}

/**
 * The project as electron-builder needs to see it, with the given better-sqlite3 in node_modules.
 * @param {string} sqliteModule
 * @param {string} folder
 */
function stageApp(sqliteModule, folder) {
  mkdirSync(folder);
  cpSync(join(projectDir, 'out'), join(folder, 'out'), { recursive: true });
  const about = JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(sqliteModule, 'package.json'), 'utf8'));
  const { name, description, license, author, type, main } = about;
  const dependencies = { 'better-sqlite3': version };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name, version: about.version, description, license, author, type, main, dependencies }, null, 2),
  );
  cpSync(dirname(sqliteModule), join(folder, 'node_modules'), { recursive: true });
  return folder;
}

/** @param {boolean} isStandIn @returns {Promise<boolean>} */
async function verify(isStandIn) {
  const wire = /** @type {Record<string | number, unknown>} */ (
    await getCurrentFuseWire(join(unpacked, 'mou-tracker'))
  );
  const options = /** @type {Record<string, number>} */ (/** @type {unknown} */ (FuseV1Options));
  const problems = Object.entries(FUSES)
    .filter(([fuse, isOn]) => wire[options[fuse] ?? ''] !== (isOn ? FuseState.ENABLE : FuseState.DISABLE))
    .map(([fuse, isOn]) => `the fuse ${fuse} should be ${isOn ? 'on' : 'off'}`);
  const resources = join(unpacked, 'resources');
  for (const name of archivedNames(join(resources, 'app.asar'))) {
    if (!['out', 'package.json', 'node_modules'].includes(name)) problems.push(`${name} should not be in app.asar`);
  }
  if (existsSync(join(resources, 'app'))) problems.push('resources/app should not be there');
  const addon = isStandIn ? 'build/Release/better_sqlite3.node' : 'prebuilds/linux-x64.node';
  if (!existsSync(join(resources, 'app.asar.unpacked', 'node_modules', 'better-sqlite3', addon))) {
    problems.push(`better-sqlite3/${addon} is missing beside the archive`);
  }
  for (const problem of problems) console.error(`Packaging: ${problem}`);
  if (problems.length === 0) console.log(`Packaged and checked: ${unpacked}`);
  return problems.length === 0;
}

/**
 * The names at the top of an asar archive: its header is JSON after four 32-bit numbers, the last one its length.
 * @param {string} file
 * @returns {string[]}
 */
function archivedNames(file) {
  const archive = readFileSync(file);
  const header = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12)));
  return Object.keys(header.files);
}
