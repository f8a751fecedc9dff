/** `npm run dev`: the application with hot reload of the pages and a restart when electron/ or db/ changes. */
import { electronEnv, findElectron } from './electronRuntime.mjs';
import { isLinuxRoot, run, withDisplay } from './run.mjs';

const runtime = findElectron();
const args = ['dev', '--watch', ...(isLinuxRoot() ? ['--noSandbox'] : []), ...process.argv.slice(2)];
const [command, all] = withDisplay('electron-vite', args);
process.exitCode = await run(command, all, { env: { ...electronEnv(runtime), ELECTRON_EXEC_PATH: runtime.path } });
