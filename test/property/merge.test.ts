import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createFile } from '../../db/create.ts';
import { closeFile } from '../../db/open.ts';
import { type History, history, live } from '../helpers/mergeHistories.ts';
import { MergeWorld } from '../helpers/mergeWorld.ts';
import { LONG_MS, runs } from '../helpers/propertyRuns.ts';
import { optionsOf, unwrap } from '../helpers/tempFile.ts';

/** Names and tokens of replicas are random; here they follow from the history, so that a failure can be told again. */
const random = vi.hoisted(() => ({ state: 1 }));
vi.mock('node:crypto', async (original) => {
  const next = () => {
    random.state = (Math.imul(random.state, 1_664_525) + 1_013_904_223) >>> 0;
    return random.state;
  };
  return {
    ...(await original<typeof import('node:crypto')>()),
    randomBytes: (size: number) => Buffer.from(Array.from({ length: size }, () => next() >>> 24)),
    randomInt: (min: number) => min + next(),
  };
});

const template = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'mou-test-'));
  const path = join(folder, 'a.mou');
  closeFile(unwrap(createFile(path, { from: 'empty', title: 'Committee' }, optionsOf({ author: null }))));
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
})();

const happened = new Map<string, number>();

function lived(told: History): void {
  random.state = told.seed;
  const world = new MergeWorld(template);
  try {
    live(world, told);
    for (const [what, count] of Object.entries(world.happened)) happened.set(what, (happened.get(what) ?? 0) + count);
  } finally {
    world.close();
  }
}

describe('merge', () => {
  test(
    'M1 to M9: whatever happens to copies of a file, after everybody has merged everything all are one, and true',
    () => {
      fc.assert(fc.property(history, lived), runs(1_000));
      for (const [what, count] of happened) expect(count, what).toBeGreaterThan(0);
    },
    LONG_MS * 3,
  );
});
