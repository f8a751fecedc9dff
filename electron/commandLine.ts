/**
 * `mou-tracker COMMAND FILE ...` without a window. It runs while main is still being loaded, before Chromium asks for a
 * display, so that it works on a server; only a PDF starts a second, printing instance, which needs one.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { app } from 'electron';
import type { StatusReport } from '../shared/report/statusReport.ts';

export async function runCommand(argv: string[]): Promise<never> {
  if (app.isPackaged) delete process.env.MOU_TRACKER_SQLITE;
  // The same records as the window's: one person on one computer is one writer.
  process.env.MOU_TRACKER_PROFILE ??= app.getPath('userData');
  const { runCli } = await import('../db/cli.ts');
  const io = { stdout: process.stdout, stderr: process.stderr, printPdf };
  const status = await runCli(argv, io).catch((error) => {
    // Nothing may escape from here: Chromium would go on to start, and ask for a display.
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  });
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  // Not app.exit(): Chromium is not up yet and has nothing to shut down.
  process.exit(status);
}

/** Resolves when what was written has left the process: exiting cuts off a pipe's rest. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => stream.write('', () => resolve()));

async function printPdf(report: StatusReport): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'mou-tracker-report-'));
  try {
    const [input, output] = [join(folder, 'report.json'), join(folder, 'report.pdf')];
    await writeFile(input, JSON.stringify(report));
    await startPrinting(input, output, join(folder, 'profile'));
    return await readFile(output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** This same program with the switches of printCommand.ts. Rejects with what it said. */
function startPrinting(input: string, output: string, profile: string): Promise<void> {
  const own = [
    process.execPath,
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    ...process.argv.filter((arg) => arg === '--no-sandbox'),
    `--user-data-dir=${profile}`,
    `--print-report=${input}`,
    `--print-out=${output}`,
  ];
  const needsScreen = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (needsScreen && !isOnPath('xvfb-run')) {
    throw new Error('a PDF needs a display, or the package "xvfb" for a virtual one');
  }
  const [command = '', ...args] = needsScreen ? ['xvfb-run', '-a', ...own] : own;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(sentenceOf(said) || `status ${code}`))));
  });
}

/** The last line that is ours: Chromium's own begin with [process:time...]. */
const sentenceOf = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('['))
    .at(-1) ?? '';

const isOnPath = (name: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
