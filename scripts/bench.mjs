/**
 * `npm run bench [-- ROW ...]`: measures and writes docs/benchmarks.md; with names of rows only these, on the terminal
 * alone. How each row is measured stands in test/bench/ and, in words, in the document.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasDisplay, projectDir, run, withDisplay } from './run.mjs';

/** @type {Record<string, { needsDisplay: boolean, measure: () => Promise<import('../test/bench/measure.ts').BenchRow> }>} */
const ROWS = {
  startup: {
    needsDisplay: true,
    measure: async () => (await import('../test/bench/startup.ts')).benchStartup(),
  },
  memory: {
    needsDisplay: true,
    measure: async () => (await import('../test/bench/startup.ts')).benchMemory(),
  },
  edit: {
    needsDisplay: false,
    measure: async () => (await import('../test/bench/edit.ts')).benchEdit(),
  },
  'round-trip': {
    needsDisplay: true,
    measure: async () => (await import('../test/bench/roundTrip.ts')).benchRoundTrip(),
  },
  search: {
    needsDisplay: false,
    measure: async () => (await import('../test/bench/search.ts')).benchSearch(),
  },
  merge: {
    needsDisplay: true,
    measure: async () => (await import('../test/bench/merge.ts')).benchMerge(),
  },
};

process.exitCode = await bench(process.argv.slice(2));

/** @param {string[]} names @returns {Promise<number>} */
async function bench(names) {
  const unknown = names.filter((name) => !Object.hasOwn(ROWS, name));
  if (unknown.length > 0) {
    console.error(`No such row: ${unknown.join(', ')}. Rows: ${Object.keys(ROWS).join(', ')}.`);
    return 2;
  }
  const wanted = Object.entries(ROWS).filter(([name]) => names.length === 0 || names.includes(name));
  if (wanted.some(([, { needsDisplay }]) => needsDisplay) && !hasDisplay()) {
    const [command, args] = withDisplay(process.execPath, [fileURLToPath(import.meta.url), ...names]);
    return run(command, args);
  }

  const { benchmarksDocument, rowText } = await import('../test/bench/report.ts');
  const startedAt = performance.now();
  const rows = [];
  for (const [name, { measure }] of wanted) {
    console.log(`Measuring ${name}`);
    const row = await measure();
    console.log(rowText(row));
    rows.push(row);
  }
  if (names.length > 0) return 0;
  mkdirSync(join(projectDir, 'docs'), { recursive: true });
  writeFileSync(join(projectDir, 'docs', 'benchmarks.md'), benchmarksDocument(rows, performance.now() - startedAt));
  console.log('Written: docs/benchmarks.md');
  return 0;
}
