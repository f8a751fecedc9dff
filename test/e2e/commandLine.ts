/** The command line in plain Node, beside the application: the quickest way to files with a past, and an independent witness. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectDir } from '../../scripts/run.mjs';

/** What it prints. Throws when it refuses. The SQLite of the development runtime is not for Node. */
export function mou(...args: string[]): string {
  const { MOU_TRACKER_SQLITE: _, ...env } = process.env;
  return execFileSync(process.execPath, [join(projectDir, 'scripts', 'mou.mjs'), ...args], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
