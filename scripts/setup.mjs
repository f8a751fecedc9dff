/**
 * `npm run setup`: everything a fresh clone needs, and about a second when it is all there. Each step says in a line
 * what it does. Plain Node 18 and no dependency, for it runs before there are any.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installElectron } from './installElectron.mjs';
import { projectDir, run } from './run.mjs';
import { installSystemLibraries } from './systemLibraries.mjs';

process.exitCode = (await installPackages()) && installSystemLibraries() && (await installElectron()) ? 0 : 1;
if (process.exitCode === 0) console.log('Ready. Next: npm start, npm test, or npm run check.');

/** `npm ci`, skipped while package-lock.json is the one that node_modules was made from. */
async function installPackages() {
  const stamp = join(projectDir, 'node_modules', '.setup-hash');
  const lock = createHash('sha256')
    .update(readFileSync(join(projectDir, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
    console.log('Packages: all there.');
    return true;
  }
  console.log('Packages: npm ci');
  if ((await run('npm', ['ci'])) !== 0) {
    console.error(
      'Packages: "npm ci" failed, see above. It needs to reach the npm registry; check proxy and mirror settings.',
    );
    return false;
  }
  writeFileSync(stamp, lock);
  return true;
}
