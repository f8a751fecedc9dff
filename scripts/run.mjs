/** Starting other programs from the scripts: one place for Windows' peculiarities, signals and the missing display. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));
const binDir = join(projectDir, 'node_modules', '.bin');

/** The environment of every tool: Node 24 of node_modules comes first on the PATH, as in npm scripts. */
export function toolEnv() {
  const env = { ...process.env };
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[key] = `${binDir}${delimiter}${env[key] ?? ''}`;
  delete env.ELECTRON_RUN_AS_NODE;
  return env;
}

/**
 * Runs a program with its output on our terminal and waits for it.
 * @param {string} command a path, or the name of a tool in node_modules/.bin or on the PATH
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit status; 1 when it was ended by a signal or could not be started
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const isShim = process.platform === 'win32' && !command.endsWith('.exe');
    const child = isShim
      ? spawn([command, ...args].map(quoteForCmd).join(' '), {
          cwd: projectDir,
          env: toolEnv(),
          stdio: 'inherit',
          ...options,
          shell: true,
        })
      : spawn(command, args, { cwd: projectDir, env: toolEnv(), stdio: 'inherit', ...options });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    const finish = (/** @type {number} */ status) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(status);
    };
    child.once('error', (error) => {
      console.error(`Could not start ${command}: ${error.message}`);
      finish(1);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/** @param {string} text */
function quoteForCmd(text) {
  return /^[\w./:\\=@-]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** True where a window could appear. macOS and Windows always have a display. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * The same command on a virtual screen where there is no real one (Linux servers, CI).
 * @param {string} command
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
export function withDisplay(command, args) {
  if (hasDisplay()) return [command, args];
  if (!isOnPath('xvfb-run')) {
    throw new Error(
      'There is no display, and xvfb-run is not installed. Run "npm run setup": it installs it or says how.',
    );
  }
  return ['xvfb-run', ['-a', '-s', '-screen 0 1600x1000x24', command, ...args]];
}

/** @param {string} name */
export function isOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
}

/** True when this process is root on Linux, where Chromium refuses to start with its sandbox. */
export function isLinuxRoot() {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/**
 * Runs a program quietly and returns what it printed.
 * @param {string} command
 * @param {string[]} args
 */
export function capture(command, args) {
  const done = spawnSync(command, args, { cwd: projectDir, encoding: 'utf8' });
  return { ok: done.status === 0, stdout: done.stdout ?? '', stderr: done.stderr ?? done.error?.message ?? '' };
}

/**
 * True when this file is the one that was started, not imported.
 * @param {string} moduleUrl
 */
export function isMain(moduleUrl) {
  return process.argv[1] !== undefined && fileURLToPath(moduleUrl) === process.argv[1];
}
