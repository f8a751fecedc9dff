/** `npm test`: vitest, then the end-to-end tests. The last line is the sum: "N passed, N failed, N skipped". */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endToEnd } from './e2e.mjs';
import { run } from './run.mjs';

/** @typedef {{ name: string, passed: number, failed: number, skipped: number }} Count */

const folder = mkdtempSync(join(tmpdir(), 'mou-tracker-test-'));
try {
  const counts = [await unit(), await browser()];
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    counts.reduce((total, count) => total + count[key], 0);
  for (const { name, passed, failed } of counts) {
    if (passed + failed === 0) {
      console.error(`The ${name} tests ran nothing, which counts as a failure.`);
      process.exitCode = 1;
    }
  }
  if (sum('failed') > 0) process.exitCode = 1;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @returns {Promise<Count>} */
async function unit() {
  const file = join(folder, 'vitest.json');
  const status = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  const found = readJson(file);
  // A file that cannot even be loaded has no tests to fail: it counts as one.
  const broken = (found?.testResults ?? []).filter(
    (/** @type {any} */ result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length;
  return withStatus(status, {
    name: 'unit',
    passed: found?.numPassedTests ?? 0,
    failed: (found?.numFailedTests ?? 0) + broken,
    skipped: (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0),
  });
}

/** @returns {Promise<Count>} */
async function browser() {
  const file = join(folder, 'playwright.json');
  const status = await endToEnd(['--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const found = readJson(file);
  return withStatus(status, {
    name: 'end-to-end',
    passed: found?.stats.expected ?? 0,
    failed: (found?.stats.unexpected ?? 0) + (found?.stats.flaky ?? 0),
    skipped: found?.stats.skipped ?? 0,
  });
}

/**
 * A suite that ended badly although no test failed (a crash, an error outside of a test) is one failure more.
 * @param {number} status @param {Count} count @returns {Count}
 */
function withStatus(status, count) {
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** @param {string} file @returns {any} */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null; // the runner stopped before its report; its exit status tells
  }
}
