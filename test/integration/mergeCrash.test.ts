import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import { closeFile, openFile } from '../../db/open.ts';
import { divergedCopies, sizesOf } from '../helpers/mergeFixture.ts';
import { copyTo, optionsOf, tempFolder, unwrap } from '../helpers/tempFile.ts';

const PROCESS = fileURLToPath(new URL('../helpers/mergeProcess.ts', import.meta.url));
/** A process that is stopped in the middle has left on the disk exactly what it would leave if it were killed there. */
const STOPS = 180;
const KILLS = 20;
const LONGEST_MS = 25;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const isStopped = (pid: number) => /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

class Merger {
  readonly folder: string;
  readonly #child;
  #round = -1;
  problem = '';

  constructor(ours: string, folder: string, others: readonly string[]) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.#child = spawn(process.execPath, [PROCESS, ours, folder, ...others], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#round = Number(text.trim().split(' ').at(-1));
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.problem += text;
    });
  }

  async started(): Promise<void> {
    while (this.#round < 0 && this.problem === '') await sleep(5);
  }

  /** Goes on for so long and is stopped; then what lies on the disk is taken: the newest file and the journal beside it. */
  async stopAfter(ms: number, to: string): Promise<void> {
    const pid = this.#child.pid as number;
    process.kill(pid, 'SIGCONT');
    await sleep(ms);
    process.kill(pid, 'SIGSTOP');
    while (!isStopped(pid)) await sleep(1);
    this.#take(to);
  }

  async killAfter(ms: number, to: string): Promise<void> {
    await sleep(ms);
    const exited = new Promise((resolve) => this.#child.on('exit', resolve));
    this.#child.kill('SIGKILL');
    await exited;
    this.#take(to);
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }

  #take(to: string): void {
    // The file of the round may have been made and not yet been spoken of.
    const next = join(this.folder, `${this.#round + 1}.mou`);
    const path = existsSync(`${next}-journal`) ? next : join(this.folder, `${this.#round}.mou`);
    copyFileSync(path, to);
    if (existsSync(`${path}-journal`)) copyFileSync(`${path}-journal`, `${to}-journal`);
  }
}

describe.skipIf(process.platform !== 'linux')('a merge that is killed', () => {
  test(`at ${STOPS + KILLS} moments leaves the file as before or as after, and sound`, async () => {
    const folder = tempFolder();
    const { ours, others } = divergedCopies(folder, ['ours', 'first', 'second'], 40);
    const state = (path: string) => {
      const file = unwrap(openFile(path, optionsOf()));
      try {
        expect(checkFile(file)).toEqual([]);
        return JSON.stringify(sizesOf(file));
      } finally {
        closeFile(file);
      }
    };
    const before = state(copyTo(ours, join(folder, 'before.mou')));
    const mergedPath = copyTo(ours, join(folder, 'after.mou'));
    const merged = unwrap(openFile(mergedPath, optionsOf()));
    unwrap(mergeFiles(merged, others, { isDryRun: false }));
    closeFile(merged);
    const after = state(mergedPath);

    const seen = { before: 0, after: 0, halfway: 0 };
    const judge = (path: string) => {
      if (existsSync(`${path}-journal`) && statSync(`${path}-journal`).size > 0) seen.halfway += 1;
      const found = state(path);
      expect([before, after]).toContain(found);
      seen[found === before ? 'before' : 'after'] += 1;
      rmSync(path);
    };
    const start = async (name: string) => {
      const merger = new Merger(ours, join(folder, name), others);
      onTestFinished(() => merger.end());
      await merger.started();
      return merger;
    };

    const stopped = await start('stopped');
    for (let stop = 0; stop < STOPS; stop += 1) {
      const path = join(folder, `stop-${stop}.mou`);
      await stopped.stopAfter(Math.random() * LONGEST_MS, path);
      judge(path);
    }
    stopped.end();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const merger = await start(`killed-${kill}`);
      const path = join(folder, `kill-${kill}.mou`);
      await merger.killAfter(Math.random() * LONGEST_MS, path);
      expect(merger.problem).toBe('');
      judge(path);
    }
    expect(seen.before).toBeGreaterThan(0);
    expect(seen.halfway).toBeGreaterThan(STOPS / 10);
  }, 300_000);
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mountWorks();

function mountWorks(): boolean {
  const folder = '/tmp/mou-test-mount';
  mkdirSync(folder, { recursive: true });
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
  if (isMounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return isMounted;
}

describe.skipIf(!canMount)('a merge on a full disk', () => {
  test('says so, and leaves the file as it was', () => {
    const folder = tempFolder();
    const { ours, others } = divergedCopies(folder, ['ours', 'theirs'], 300);
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const sizeBytes = statSync(ours).size + 60_000;
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', disk]).status).toBe(0);
    onTestFinished(() => void spawnSync('umount', ['-l', disk]));
    const path = copyTo(ours, join(disk, 'ours.mou'));
    const file = unwrap(openFile(path, optionsOf()));
    const before = readFileSync(path);
    for (const isDryRun of [true, false]) {
      const merged = mergeFiles(file, others, { isDryRun });
      if (!isDryRun) expect(merged).toEqual({ ok: false, error: { code: 'disk-full', details: { path } } });
      expect(readFileSync(path).equals(before)).toBe(true);
    }
    expect(checkFile(file)).toEqual([]);
    closeFile(file);
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});
