/** Runs the command line: as people and scripts do, in a process of its own, or here, for the many cases of its rules. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../db/cli.ts';

export const SCRIPT = fileURLToPath(new URL('../../scripts/mou.mjs', import.meta.url));

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

export type CommandLine = (...args: string[]) => Promise<Ran>;

/** `profile` is the installation's folder: who signs, and under which name it writes. */
export const spawned =
  (profile: string, folder: string): CommandLine =>
  (...args) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [SCRIPT, ...args], {
        cwd: folder,
        env: { ...process.env, MOU_TRACKER_PROFILE: profile },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const ran: Ran = { status: null, stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text) => {
        ran.stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text) => {
        ran.stderr += text;
      });
      child.on('error', reject);
      child.on('close', (status) => resolve({ ...ran, status }));
    });

/** The same without a process: the caller has gone to the folder, and set the profile in the environment. */
export const inProcess: CommandLine = async (...args) => {
  const ran: Ran = { status: null, stdout: '', stderr: '' };
  const collect = (stream: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      ran[stream] += text;
    },
  });
  const printPdf = () => Promise.reject(new Error('no Electron here'));
  const status = await runCli(args, { stdout: collect('stdout'), stderr: collect('stderr'), printPdf });
  return { ...ran, status };
};
