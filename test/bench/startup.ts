/** From the start of the process to a register that can be used, and what all its processes then weigh. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtApp, newProfile } from './builtApp.ts';
import { type DataName, dataFile } from './data/files.ts';
import { launch, type Page, proportionalMemory } from './electronApp.ts';
import { type BenchRow, line } from './measure.ts';

const WARM_UPS = 3;
const ROUNDS = 11;
/** After the start, when everything that loads by itself has loaded. The machine is left alone until then. */
const SETTLED_MS = 2_500;
/** What is loaded after the first screen has come by then. */
const CALM_MS = 1_000;

interface Subject {
  name: string;
  folder: string;
  profile: string;
  args: string[];
  /** An expression: the moment's entry of the page's performance timeline. */
  entry: string;
}

interface Start {
  usableMs: number;
  paintMs: number;
  memoryMb: number;
}

const PAINT = "performance.getEntriesByName('first-contentful-paint')[0]";
const USABLE = "performance.getEntriesByName('register-usable')[0]";

let measured: Promise<Map<string, Start[]>> | null = null;

/** Both rows come of the same starts. */
const starts = () => {
  measured ??= measureStarts();
  return measured;
};

export async function benchStartup(): Promise<BenchRow> {
  const found = await starts();
  const about = { floor: 'bare window, first paint', unit: 'ms' };
  const of = (name: string, key: keyof Start) => (found.get(name) ?? []).map((start) => start[key]);
  const floor = of('bare', 'paintMs');
  return {
    title: 'From the start of the process to a usable register',
    lines: [
      line(
        { ...about, what: '37 instruments, usable', goals: [{ kind: 'ratio', atMost: 1.4 }] },
        of('37', 'usableMs'),
        floor,
      ),
      line(
        { ...about, what: '10,000 instruments, usable', goals: [{ kind: 'ratio', atMost: 1.6 }] },
        of('10,000', 'usableMs'),
        floor,
      ),
      line({ ...about, what: '37 instruments, first paint', goals: [] }, of('37', 'paintMs'), floor),
      line({ ...about, what: '10,000 instruments, first paint', goals: [] }, of('10,000', 'paintMs'), floor),
    ],
    how: [
      `${ROUNDS} rounds after ${WARM_UPS} to warm up, one start of each in turns, every one with a kept profile of its own and the file named on the command line. The processes are spawned directly. Usable: the mark that the register leaves after React's commit with its first rows and one frame (\`renderer/hooks/useUsableMark.ts\`); performance.timeOrigin + startTime, less the wall clock at the spawn.`,
      `The page is asked over DevTools' port (\`--remote-debugging-port=0\`, on both sides) ${SETTLED_MS} ms after the spawn, when all is past: until then nothing is attached and nothing looks.`,
      'Floor: test/bench/bareWindow on the same Electron: one window with a static page, shown when it is ready, to its first contentful paint. The application runs unpackaged: answers of the database process are checked against their schemas as well.',
    ],
  };
}

export async function benchMemory(): Promise<BenchRow> {
  const found = await starts();
  const of = (name: string) => (found.get(name) ?? []).map((start) => start.memoryMb);
  const about = { floor: 'bare window', unit: 'MB' };
  return {
    title: 'Memory of all processes',
    lines: [
      line({ ...about, what: '37 instruments', goals: [{ kind: 'ratio', atMost: 1.4 }] }, of('37'), of('bare')),
      line({ ...about, what: '10,000 instruments', goals: [{ kind: 'ratio', atMost: 1.6 }] }, of('10,000'), of('bare')),
    ],
    how: [
      `In the same starts, ${SETTLED_MS} ms after the spawn and before anything is attached: PSS of the process and all its descendants, summed from /proc/*/smaps_rollup (pages that processes share are counted once; another program on the same Electron would take a part of them from both sides, so none should run).`,
    ],
  };
}

async function measureStarts(): Promise<Map<string, Start[]>> {
  const work = mkdtempSync(join(tmpdir(), 'mou-tracker-bench-start-'));
  try {
    const app = await builtApp(work);
    const product = (name: string, data: DataName): Subject => {
      const path = join(work, `${data}.mou`);
      copyFileSync(dataFile(data), path);
      return { name, folder: app, profile: newProfile(work, data), args: [path], entry: USABLE };
    };
    const subjects: Subject[] = [
      {
        name: 'bare',
        folder: join(import.meta.dirname, 'bareWindow'),
        profile: newProfile(work, 'bare'),
        args: [],
        entry: PAINT,
      },
      product('37', 'register37'),
      product('10,000', 'instruments10k'),
    ];
    const found = new Map(subjects.map(({ name }) => [name, [] as Start[]]));
    for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
      for (const subject of subjects) {
        const start = await measureStart(subject);
        if (round >= 0) found.get(subject.name)?.push(start);
      }
    }
    return found;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function measureStart({ folder, profile, args, entry }: Subject): Promise<Start> {
  const app = launch(folder, profile, args);
  try {
    await sleep(SETTLED_MS);
    const settledMb = proportionalMemory(app.pid);
    const page = await app.page();
    const usableMs = (await momentOf(page, entry)) - app.spawnedAtMs;
    const paintMs = (await momentOf(page, PAINT)) - app.spawnedAtMs;
    if (usableMs < SETTLED_MS - CALM_MS) return { usableMs, paintMs, memoryMb: settledMb };
    // The time is true all the same; the memory is looked at again.
    console.warn(`A start took ${Math.round(usableMs)} ms: this machine is too busy to measure on.`);
    await sleep(CALM_MS);
    return { usableMs, paintMs, memoryMb: proportionalMemory(app.pid) };
  } finally {
    await app.close();
  }
}

/** When an entry of the page's timeline was made, by the wall clock; waits for one that is late. */
async function momentOf(page: Page, entry: string): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const moment = await page.evaluate<number | null>(
      `(() => { const entry = ${entry}; return entry ? performance.timeOrigin + entry.startTime : null; })()`,
    );
    if (moment !== null) return moment;
    await sleep(100);
  }
  throw new Error(`the page has no ${entry}: ${await page.evaluate<string>('document.body.innerText.slice(0, 300)')}`);
}
