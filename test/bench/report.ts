/** The bench's rows as a table on the terminal and as docs/benchmarks.md. */
import { readFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { connectSqlite } from '../../db/sqlite.ts';
import { findElectron } from '../../scripts/electronRuntime.mjs';
import { capture, projectDir } from '../../scripts/run.mjs';
import { type BenchRow, distance, type Goal, type Measured, type Spread } from './measure.ts';

/** Three digits that say something: 0.0613, 1.45, 266. */
const digits = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(value >= 0.1 ? 3 : 2));
/** Without the brackets when there was but one. */
const spread = ({ median, min, max }: Spread, unit: string) =>
  `${digits(median)} ${unit}${min === max ? '' : ` (${digits(min)}–${digits(max)})`}`;
const ratioText = ({ median, min, max }: Spread) => `**${median.toFixed(2)}x** (${min.toFixed(2)}–${max.toFixed(2)})`;

const goalText = (goal: Goal, unit: string) =>
  goal.kind === 'ratio' ? `at most ${goal.atMost}x` : `at most ${goal.atMost} ${unit}`;

/** "reached, 12% to spare", "12% over"; a dash where no goal was set. */
const distanceText = (measured: Measured) =>
  measured.goals
    .map((goal) => {
      const off = distance(measured, goal);
      const share = `${Math.round(Math.abs(off) * 100)}%`;
      return off <= 0 ? `reached, ${share} to spare` : `${share} over`;
    })
    .join('; ') || '–';

const cellsOf = (measured: Measured): string[] => {
  const { what, value, unit, against, goals } = measured;
  return [
    what,
    spread(value, unit),
    against ? `${against.name}: ${spread(against.value, unit)}` : '–',
    against ? ratioText(against.ratio) : '–',
    goals.map((goal) => goalText(goal, unit)).join('; ') || '–',
    distanceText(measured),
  ];
};

function table({ lines }: BenchRow): string {
  const head = ['what', 'median (min–max)', 'floor', 'ratio', 'goal', 'distance'];
  const rows = lines.map((one) =>
    'why' in one ? [one.what, `not measured: ${one.why}`, '–', '–', '–', '–'] : cellsOf(one),
  );
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** For the terminal, as soon as a row is done. */
export const rowText = (row: BenchRow): string => `\n${row.title}\n${table(row)}\n`.replaceAll('**', '');

/** The whole document. */
export function benchmarksDocument(rows: readonly BenchRow[], tookMs: number): string {
  const sections = rows.map(
    (row) => `## ${row.title}\n\n${table(row)}\n\n${row.how.map((sentence) => `- ${sentence}`).join('\n')}\n`,
  );
  return `# Benchmarks

Written by \`npm run bench\`; do not edit. Nearly every row is a ratio against a floor: the least that any program in its
place would have to do, measured in the same run and in turns with ours. Milliseconds mean nothing on another machine; the
ratios do. Medians of the rounds, in brackets the smallest and the largest; the ratio is the median of the rounds' own
ratios. Files are made by a seeded generator (\`test/bench/data/\`) through the program's own writer and pass \`check\`.

- Date: ${new Date().toISOString().slice(0, 10)}, commit ${commit()}; the run took ${Math.round(tookMs / 1000)} s.
- Machine: ${machine()}
- Versions: ${versions()}

${sections.join('\n')}`;
}

function commit(): string {
  const { ok, stdout } = capture('git', ['rev-parse', '--short', 'HEAD']);
  return ok ? stdout.trim() : 'unknown';
}

function machine(): string {
  const all = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${all.length} processors (${all[0]?.model.trim() ?? 'unknown'}), ${memoryGb} GB, ${platform()} ${release()}; nothing is done about the cache of the disk.`;
}

function versions(): string {
  const db = connectSqlite(':memory:');
  const sqlite = db.prepare('SELECT sqlite_version()').pluck().get();
  db.close();
  const electron = findElectron();
  const electronSqlite = electron.sqliteModule
    ? versionIn(electron.sqliteModule)
    : versionIn(inModules('better-sqlite3'));
  return `Node ${process.versions.node} with better-sqlite3 ${versionIn(inModules('better-sqlite3'))} (SQLite ${sqlite}); Electron ${electron.version} (${electron.kind}) with better-sqlite3 ${electronSqlite}; React ${versionIn(inModules('react'))}.`;
}

const inModules = (name: string) => join(projectDir, 'node_modules', name);
const versionIn = (folder: string): string => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
