/** `npm start [-- FILE.mou]`: builds if needed and opens the application; without a display, makes the tour instead. */
import { join } from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { launchOptions } from './electronRuntime.mjs';
import { hasDisplay, projectDir, run } from './run.mjs';

process.exitCode = await start(process.argv.slice(2));

/** @param {string[]} args @returns {Promise<number>} */
async function start(args) {
  if (!hasDisplay()) {
    console.log('There is no display here, so no window can open: making the tour (pictures of every page) instead.');
    return run('node', [join(projectDir, 'scripts', 'tour.mjs')]);
  }
  if (!(await buildIfNeeded())) return 1;
  const { executablePath, args: allArgs, env } = launchOptions(args);
  // The caller's folder, so that a relative path to a .mou file means what it says.
  return run(executablePath, allArgs, { env, cwd: process.env.INIT_CWD ?? process.cwd() });
}
