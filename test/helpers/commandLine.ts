/** Runs the command line as people and scripts do: a process of its own, with a profile of its own. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** `profile` is the installation's folder: who signs, and under which name it writes. */
export const commandLine =
  (profile: string, folder: string) =>
  (...args: string[]): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const child = spawn('node', [`${ROOT}/scripts/mou.mjs`, ...args], {
        cwd: folder,
        env: { ...process.env, MOU_TRACKER_PROFILE: profile },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const ran: Ran = { status: null, stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text) => (ran.stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text) => (ran.stderr += text));
      child.on('error', reject);
      child.on('close', (status) => resolve({ ...ran, status }));
    });
