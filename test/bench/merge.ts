/** Two copies of a file of 10,000 instruments, edited apart, are merged: against the SQL that no merge could do without. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFile } from '../../db/check.ts';
import { closeFile, openFile } from '../../db/open.ts';
import { search } from '../../db/search/searchQuery.ts';
import { builtApp } from './builtApp.ts';
import { benchOptions, must } from './data/files.ts';
import { checkCells, type ExpectedMerge, expectedMerge, floorCells, sideChanges, tableCells } from './data/mergeLog.ts';
import { type MergePair, mergePair } from './data/mergePair.ts';
import { crSqliteFormat, loroFormat, type PeerFormat, type PeerPair, peerPair, yjsFormat } from './data/peerFiles.ts';
import { freshCopy } from './freshCopy.ts';
import { type BenchRow, type Goal, line, type Measured, median, type NotMeasured, valueLine } from './measure.ts';
import { crSqlitePath } from './merge/crSqlite.ts';
import type { MergeRun } from './merge/process.ts';
import { exchangeBytes, usedBytes } from './mergeSize.ts';
import { AFTERWARDS_MS, type FrameGaps, mergeFrameGaps } from './mergeWindow.ts';

/** Changes on each side, and the goal for the time of ours. */
const SIZES: readonly { changes: number; goals: Goal[] }[] = [
  { changes: 1_000, goals: [{ kind: 'value', atMost: 100 }] },
  { changes: 10_000, goals: [{ kind: 'ratio', atMost: 2 }] },
  { changes: 100_000, goals: [{ kind: 'ratio', atMost: 2 }] },
];
const ROUNDS = 7;
/** Others are slower, and their rows have no goal. */
const PEER_ROUNDS = 5;
const WINDOW_SIZES = [
  { changes: 10_000, rounds: 3 },
  { changes: 100_000, rounds: 1 },
];
const BYTES: Goal = { kind: 'value', atMost: 110 };
const EXCHANGE_BYTES: Goal = { kind: 'value', atMost: 35 };
const FRAME: Goal = { kind: 'value', atMost: 50 };

interface Peer {
  name: string;
  script: string;
  format: PeerFormat;
}

const PEERS: readonly Peer[] = [
  { name: 'Yjs 13.6.33 (no history)', script: 'yjs.ts', format: yjsFormat },
  { name: 'Loro 1.17.1', script: 'loro.ts', format: loroFormat },
  ...(crSqlitePath()
    ? [{ name: 'cr-sqlite 0.16.3 (no history)', script: 'crSqliteMerge.ts', format: crSqliteFormat }]
    : []),
];

export async function benchMerge(): Promise<BenchRow> {
  const work = mkdtempSync(join(tmpdir(), 'mou-tracker-bench-merging-'));
  try {
    const sizes = SIZES.map(({ changes, goals }) => measureSize(changes, goals, work));
    const exchanged: number[] = [];
    for (const { changes } of SIZES) exchanged.push((await exchangeBytes(mergePair(changes), work)) / changes);
    return {
      title: 'Merge of two copies of a file of 10,000 instruments',
      lines: [
        ...sizes.flatMap(({ times }) => times),
        ...(crSqlitePath() ? [] : [CR_SQLITE_MISSING]),
        growthLine(sizes),
        ...sizes.flatMap(({ bytes }) => bytes),
        ...SIZES.map(({ changes }, index) =>
          valueLine(
            {
              what: `file in an exchange folder, ${count(changes)} changes, each`,
              unit: 'bytes',
              goals: [EXCHANGE_BYTES],
            },
            [exchanged[index] as number],
          ),
        ),
        ...(await windowLines(work)),
      ],
      how: [
        ...HOW,
        `Peak resident memory at ${SIZES.map(({ changes }) => count(changes)).join(' / ')}, MB: ${memoryText(sizes)}.`,
        peerBytesText(),
      ],
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const count = (changes: number): string => changes.toLocaleString('en');

const CR_SQLITE_MISSING: NotMeasured = {
  what: 'cr-sqlite 0.16.3',
  why: 'not loaded: its binary comes from GitHub (MOU_TRACKER_CRSQLITE may name one)',
};

const HOW = [
  `Both sides have changed the file after it was copied, one batch for each change; half of the changes are on cells that both have changed (10,000 records of 12 fields, test/bench/data/recipe.ts). Conflicts are 465, 4,642 and 36,917: as many as are counted in the logs, in every run. After the first run of each size every cell is the last writer's, \`check\` finds nothing, and search finds what came in.`,
  `Each run in a process of its own, on a fresh copy of ours that is on the disk; the clock runs from opening it until it is closed. ${ROUNDS} rounds after one to warm up, one of each in turns; of other programs ${PEER_ROUNDS}. Ours as the command line does it: open to write (lock, name of the writer), \`mergeFiles\`, the search index brought up to date, close; with the journal truncated and synchronous EXTRA. The program leaves up to 5,000 documents of the index to quiet moments, and a search reads their rows until then: a row says what it takes without them. The backup that comes before a merge is in the row that says so. Node reads the TypeScript sources directly, before the clock starts.`,
  'Floor: a log and a table of winning cells with texts for keys (test/bench/data/mergePair.ts); rows that we lack are found by version vector, then one UPSERT for each cell that they win, in the order of the cells, all in SQL; journal DELETE, synchronous FULL, 64 MB of cache.',
  'Yjs and Loro: read our file, load it, import theirs, encode, write, sync, rename; one change for each edit, in Loro with its time. cr-sqlite: their changes since the two parted, written into `crsql_changes`. What only one side has changed stands in all of them afterwards; of what both have changed, Yjs and cr-sqlite keep a value by a rule of their own.',
  "Bytes: growth of the pages in use by a side's own changes, with their whole history, tables and search index, and of ours by the merge. In the exchange folder: what it grows by when a copy publishes its changes where the file before them stands already.",
  `Window: the application with our copy open, the merge chosen in the menu, reviewed without deciding anything, carried out and left; longest time between two callbacks of requestAnimationFrame in each part, against the longest in ${AFTERWARDS_MS / 1_000} s of rest in the same window; rounds: ${WINDOW_SIZES.map(({ changes, rounds }) => `${rounds} with ${count(changes)}`).join(', ')}. The application runs unpackaged: answers of the database process are checked against their schemas as well. On a virtual screen frames are drawn by the processor.`,
];

interface SizeResult {
  changes: number;
  times: Measured[];
  bytes: Measured[];
  ours: number[];
  /** Peak memory by name. */
  memory: Map<string, number | null>;
}

type Runs = Map<string, MergeRun[]>;

function measureSize(changes: number, goals: Goal[], work: string): SizeResult {
  const pair = mergePair(changes);
  const expected = expectedMerge(pair);
  const runs: Runs = new Map();
  const record = (name: string, run: MergeRun) => runs.set(name, [...(runs.get(name) ?? []), run]);
  const copy = join(work, 'copy');

  const merged = runOurs(pair, copy);
  checkOurs(pair, copy, merged, expected);
  const grown = { ours: usedBytes(copy) - usedBytes(pair.ours), floor: 0 };
  runFloor(pair, copy);
  checkCells('the floor', floorCells(copy), expected.cells);
  grown.floor = usedBytes(copy) - usedBytes(pair.floorOurs);

  const peers = PEERS.map((peer) => ({ ...peer, files: peerPair(peer.format, pair, changes) }));
  for (let round = 0; round < ROUNDS; round += 1) {
    record(FLOOR, runFloor(pair, copy));
    const ours = runOurs(pair, copy);
    if (ours.conflicts !== expected.conflicts || ours.changes !== changes)
      throw new Error(`${ours.changes} changes, ${ours.conflicts} conflicts instead of ${expected.conflicts}`);
    record(OURS, ours);
    record(WITH_BACKUP, runOurs(pair, copy, newFolder(join(work, 'installation'))));
    for (const { name, script, format, files } of peers) {
      if (round >= PEER_ROUNDS) continue;
      record(name, runPeer(script, files, copy));
      if (round === 0) checkCells(name, format.cells(copy), expected.cells, expected.undisputed);
    }
  }

  const of = (name: string) => (runs.get(name) ?? []).map(({ ms }) => ms);
  const committed = (runs.get(OURS) ?? []).map(({ ms, indexMs = 0 }) => ms - indexMs);
  const timeLine = (what: string, values: number[], itsGoals: Goal[]) =>
    line(
      { what: `${count(changes)} changes a side: ${what}`, floor: FLOOR, unit: 'ms', goals: itsGoals },
      values,
      of(FLOOR),
    );
  const own = (path: string, base: string) => (usedBytes(path) - usedBytes(base)) / changes;
  const bytesLine = (what: string, ours: number, floor: number) =>
    line(
      { what: `${what}, each of ${count(changes)}`, floor: 'log and cells', unit: 'bytes', goals: [BYTES] },
      [ours],
      [floor],
    );
  return {
    changes,
    times: [
      timeLine(OURS, of(OURS), goals),
      timeLine('ours, its search index left to quiet moments', committed, []),
      timeLine(WITH_BACKUP, of(WITH_BACKUP), []),
      ...PEERS.map(({ name }) => timeLine(name, of(name), [])),
    ],
    bytes: [
      bytesLine('own change in the file', own(pair.ours, pair.base), own(pair.floorOurs, pair.floorBase)),
      bytesLine('merged change in the file', grown.ours / changes, grown.floor / changes),
    ],
    ours: of(OURS),
    memory: new Map(
      [FLOOR, OURS, ...PEERS.map(({ name }) => name)].map((name) => [name, medianMemory(runs.get(name) ?? [])]),
    ),
  };
}

const FLOOR = 'log rows and one UPSERT per won cell';
const OURS = 'ours';
const WITH_BACKUP = 'ours, with the backup before it';

function medianMemory(runs: readonly MergeRun[]): number | null {
  const known = runs.flatMap(({ peakMb }) => peakMb ?? []);
  return known.length === 0 ? null : median(known);
}

/** Ten times the changes should take ten times as long, less what does not grow. */
function growthLine(sizes: readonly SizeResult[]): Measured {
  const [, small, large] = sizes as [SizeResult, SizeResult, SizeResult];
  const what = `ours, ${count(large.changes)} changes a side`;
  const floor = `ten times ours of ${count(small.changes)}`;
  const goals: Goal[] = [{ kind: 'ratio', atMost: 1 }];
  return line(
    { what, floor, unit: 'ms', goals },
    large.ours,
    small.ours.map((ms) => ms * 10),
  );
}

function memoryText(sizes: readonly SizeResult[]): string {
  const rounded = (mb: number | null | undefined) => (typeof mb === 'number' ? mb.toFixed(0) : 'unknown');
  const names = [...(sizes[0]?.memory.keys() ?? [])];
  return names
    .map(
      (name) =>
        `${name === FLOOR ? 'floor' : name} ${sizes.map(({ memory }) => rounded(memory.get(name))).join(' / ')}`,
    )
    .join('; ');
}

/** What a side's own changes take in the files of the others. */
function peerBytesText(): string {
  const texts = PEERS.map(({ name, format }) => {
    const bytes = SIZES.map(({ changes }) => {
      const { base, ours } = peerPair(format, mergePair(changes), changes);
      return ((statSync(ours).size - statSync(base).size) / changes).toFixed(1);
    });
    return `${name} ${bytes.join(' / ')}`;
  });
  return `Bytes that a change adds to the files of the others: ${texts.join('; ')}.`;
}

function runFloor(pair: MergePair, copy: string): MergeRun {
  freshCopy(pair.floorOurs, copy);
  return runOnce('floor.ts', [copy, pair.floorTheirs]);
}

function runOurs(pair: MergePair, copy: string, backups?: string): MergeRun {
  freshCopy(pair.ours, copy);
  return runOnce('ours.ts', [copy, pair.theirs, ...(backups === undefined ? [] : [backups])]);
}

/** Of theirs a copy too: a database may be written to when it is opened. */
function runPeer(script: string, files: PeerPair, copy: string): MergeRun {
  freshCopy(files.ours, copy);
  freshCopy(files.theirs, `${copy}.theirs`);
  return runOnce(script, [copy, `${copy}.theirs`]);
}

/** One merge in a process of its own. */
function runOnce(script: string, args: readonly string[]): MergeRun {
  const path = join(import.meta.dirname, 'merge', script);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return JSON.parse(stdout);
}

function newFolder(path: string): string {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  return path;
}

const SEARCHED = 20;

/** Throws unless the merge has done all that it should have. */
function checkOurs(pair: MergePair, merged: string, run: MergeRun, expected: ExpectedMerge): void {
  if (run.conflicts !== expected.conflicts)
    throw new Error(`${run.conflicts} conflicts were listed instead of ${expected.conflicts}`);
  checkCells('the merged file', tableCells(merged), expected.cells);
  const path = `${merged}.checked`;
  copyFileSync(merged, path);
  const file = must(openFile(path, benchOptions(true)));
  try {
    const findings = checkFile(file);
    if (findings.length > 0) throw new Error(`not sound: ${JSON.stringify(findings.slice(0, 3))}`);
    if (file.search.pending > 0) throw new Error(`the search index is behind with ${file.search.pending} documents`);
    const listed = file.db.prepare('SELECT count(*) FROM conflict').pluck().get();
    if (listed !== expected.conflicts) throw new Error(`the file has ${listed} conflicts`);
    const titles = sideChanges(pair.theirs, pair.base).filter(({ field }) => field === 'title');
    const standing = titles.filter(({ id, value }) => expected.cells.get(`${id} title`) === JSON.stringify(value));
    for (const { id, value } of standing.slice(0, SEARCHED))
      if (!search(file.db, String(value), SEARCHED).hits.some((hit) => hit.id === id))
        throw new Error(`search does not find ${value}`);
  } finally {
    closeFile(file);
    rmSync(path);
  }
}

async function windowLines(work: string): Promise<(Measured | NotMeasured)[]> {
  const app = await builtApp(work);
  const lines: (Measured | NotMeasured)[] = [];
  for (const { changes, rounds } of WINDOW_SIZES) {
    const gaps: FrameGaps[] = [];
    for (let round = 0; round < rounds; round += 1) gaps.push(await mergeFrameGaps(app, mergePair(changes), work));
    const add = (part: 'looking' | 'merging' | 'leaving', doing: string) => {
      const what = `longest frame gap, ${count(changes)} changes a side: ${doing}`;
      const reached = gaps.flatMap((gap) => gap[part] ?? []);
      if (reached.length < rounds) lines.push({ what, why: 'the window did not get so far in three minutes' });
      else
        lines.push(
          line(
            { what, floor: 'longest frame gap at rest', unit: 'ms', goals: [FRAME] },
            reached,
            gaps.map(({ atRest }) => atRest),
          ),
        );
    };
    add('looking', 'looking at the copy');
    add('merging', 'merging');
    add('leaving', 'leaving the report');
  }
  return lines;
}
