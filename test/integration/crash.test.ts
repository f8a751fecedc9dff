import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { closeFile, openFile } from '../../db/open.ts';
import { newFile, optionsOf, tempFolder, unwrap } from '../helpers/tempFile.ts';

const FILES = 3;
const KILLS_PER_FILE = 20;
/** A writer is killed up to so long after it has reported up to so many edits: at any moment of its work. */
const MOST_REPORTS = 6;
const LONGEST_MS = 15;
const WRITER = fileURLToPath(new URL('../helpers/writerProcess.ts', import.meta.url));

/** What a writer had reported as saved when it was killed. */
async function killedWriter(path: string, installation: string, first: number): Promise<string[]> {
  const child = spawn(process.execPath, [WRITER, path, installation, String(first)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, problem] = ['', ''];
  const reports = Math.floor(Math.random() * (MOST_REPORTS + 1));
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
    if (out.split('\n').length > reports + 1) setTimeout(() => child.kill('SIGKILL'), Math.random() * LONGEST_MS);
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    problem += text;
  });
  const signal = await new Promise((resolve) => {
    child.on('close', (_, by) => resolve(by));
  });
  expect({ signal, problem }).toEqual({ signal: 'SIGKILL', problem: '' });
  return out.split('\n').filter((line) => line !== '' && line !== 'open');
}

const numbersOf = (kind: 'note' | 'edit', saved: readonly string[]) =>
  saved.filter((line) => line.startsWith(kind)).map((line) => Number(line.split(' ')[1]));

describe('a database process that is killed', () => {
  test('loses no edit that it said was saved, and leaves none by halves', async () => {
    const folder = tempFolder();
    const saved = await Promise.all(
      Array.from({ length: FILES }, async (_, index) => {
        const path = join(folder, `${index}.mou`);
        closeFile(newFile({ path }));
        const notes = new Set<string>();
        let lastEdit = 0;
        let next = 1;
        for (let kill = 0; kill < KILLS_PER_FILE; kill++) {
          const reported = await killedWriter(path, join(folder, `installation-${index}`), next);
          for (const number of numbersOf('note', reported)) notes.add(String(number));
          lastEdit = Math.max(lastEdit, ...numbersOf('edit', reported));

          const file = unwrap(openFile(path, optionsOf()));
          const kept = file.db.prepare('SELECT text FROM note').pluck().all() as string[];
          expect([...notes].filter((text) => !kept.includes(text))).toEqual([]);
          // All 37 rows of a bulk edit or none: the last one reported, or the one under way when the end came.
          const steps = file.db.prepare('SELECT DISTINCT nextStep FROM instrument').pluck().all();
          expect(steps).toHaveLength(1);
          expect([lastEdit, lastEdit + 1, next]).toContain(Number(steps[0] ?? 0));
          expect(checkFile(file)).toEqual([]);
          lastEdit = Number(steps[0] ?? 0);
          next = Math.max(lastEdit, ...kept.map(Number)) + 1;
          closeFile(file);
        }
        return notes.size;
      }),
    );
    // The kills did hit writers at work.
    expect(Math.min(...saved)).toBeGreaterThan(KILLS_PER_FILE / 2);
  }, 180_000);
});
