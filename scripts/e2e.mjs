/** `npm run test:e2e [-- ARGUMENTS OF PLAYWRIGHT]`: the built application in a real Electron, on a virtual screen if need be. */
import { buildIfNeeded } from './build.mjs';
import { electronEnv, findElectron } from './electronRuntime.mjs';
import { isMain, run, withDisplay } from './run.mjs';

/**
 * @param {string[]} args of `playwright test`
 * @param {Record<string, string>} [extraEnv]
 * @returns {Promise<number>}
 */
export async function endToEnd(args, extraEnv = {}) {
  if (!(await buildIfNeeded())) return 1;
  const [command, all] = withDisplay('playwright', ['test', ...args]);
  return run(command, all, { env: { ...electronEnv(findElectron()), ...extraEnv } });
}

if (isMain(import.meta.url)) process.exitCode = await endToEnd(process.argv.slice(2));
