/** A report model to PDF bytes, for the command line in a checkout: only Electron can print, so one is started for it. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchOptions } from './electronRuntime.mjs';
import { run, withDisplay } from './run.mjs';

/**
 * Rejects with a sentence.
 * @param {import('../shared/report/statusReport.ts').StatusReport} report
 * @returns {Promise<Uint8Array>}
 */
export async function printReport(report) {
  await buildQuietly();
  const folder = await mkdtemp(join(tmpdir(), 'mou-tracker-report-'));
  try {
    const [input, output] = [join(folder, 'report.json'), join(folder, 'report.pdf')];
    await writeFile(input, JSON.stringify(report));
    const { executablePath, args, env, cwd } = launchOptions([
      // A profile of its own: the window may be open beside it.
      `--user-data-dir=${join(folder, 'profile')}`,
      `--print-report=${input}`,
      `--print-out=${output}`,
    ]);
    await runToEnd(...withDisplay(executablePath, args), { env, cwd });
    return await readFile(output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds out/ if needed, with everything it says on stderr: stdout belongs to the command that wants the PDF. */
async function buildQuietly() {
  const script = `
    import { buildIfNeeded } from ${JSON.stringify(new URL('./build.mjs', import.meta.url).href)};
    process.exitCode = (await buildIfNeeded()) ? 0 : 1;`;
  const status = await run('node', ['--input-type=module', '--eval', script], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('the program could not be built, see above');
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<void>}
 */
function runToEnd(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      // Chromium's own lines begin with [process:time...]; the last other one is the reason.
      const lines = said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('['));
      reject(new Error(lines.at(-1) ?? `the printing process ended with status ${code}`));
    });
  });
}
