/** Two copies of a file of 10,000 instruments, edited apart, are merged: against the SQL that no merge could do without. */
import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MergePair, mergePair } from './data/mergePair.ts';
import { type BenchRow, line, type Measured } from './measure.ts';
import type { MergeRun } from './merge/process.ts';

/** Changes on each side, and the goal for ours. */
const SIZES: readonly { changes: number; goals: Measured['goals'] }[] = [
  { changes: 1_000, goals: [{ kind: 'value', atMost: 100 }] },
  { changes: 10_000, goals: [{ kind: 'ratio', atMost: 2 }] },
  { changes: 100_000, goals: [{ kind: 'ratio', atMost: 2 }] },
];
const ROUNDS = 7;

export async function benchMerge(): Promise<BenchRow> {
  const work = mkdtempSync(join(tmpdir(), 'mou-tracker-bench-merge-run-'));
  try {
    const lines = SIZES.flatMap(({ changes, goals }) => {
      const pair = mergePair(changes);
      const runs = measureRounds(pair, work);
      const of = (name: keyof Round) => runs.map((round) => round[name].ms);
      const what = `${changes.toLocaleString('en')} changes a side`;
      const about = { floor: 'log rows + one UPSERT per won cell', unit: 'ms' };
      return [
        line({ ...about, what, goals }, of('ours'), of('floor')),
        line({ ...about, what: `${what}, with the backup before it`, goals: [] }, of('withBackup'), of('floor')),
      ];
    });
    return { title: 'Merge of two copies of a file of 10,000 instruments', lines, how: [] };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

interface Round {
  floor: MergeRun;
  ours: MergeRun;
  withBackup: MergeRun;
}

/** One of each in turns, after one of each to warm up. */
function measureRounds(pair: MergePair, work: string): Round[] {
  const copy = join(work, 'copy.mou');
  const backups = join(work, 'installation');
  const oneRound = (): Round => {
    freshCopy(pair.floorOurs, copy);
    const floor = runOnce('floor.ts', [copy, pair.floorTheirs]);
    freshCopy(pair.ours, copy);
    const ours = runOnce('ours.ts', [copy, pair.theirs]);
    rmSync(backups, { recursive: true, force: true });
    mkdirSync(backups);
    freshCopy(pair.ours, copy);
    const withBackup = runOnce('ours.ts', [copy, pair.theirs, backups]);
    return { floor, ours, withBackup };
  };
  oneRound();
  return Array.from({ length: ROUNDS }, oneRound);
}

/** On the disk when it returns, so that nothing of it is written during the measuring. */
function freshCopy(from: string, to: string): void {
  rmSync(to, { force: true });
  copyFileSync(from, to);
  const file = openSync(to, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/** One merge in a process of its own. */
function runOnce(script: string, args: readonly string[]): MergeRun {
  const path = join(import.meta.dirname, 'merge', script);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return JSON.parse(stdout);
}
