/** `merge` on the command line, as a script uses it. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { MergeReport } from '../../shared/sharing.ts';
import { spawned as commandLine, type Ran } from '../helpers/commandLine.ts';
import { tempFolder } from '../helpers/tempFile.ts';

vi.setConfig({ testTimeout: 90_000 });

let folder: string;
let mou: (...args: string[]) => Promise<Ran>;

const done = async (...args: string[]) => {
  const ran = await mou(...args);
  expect([args, ran]).toMatchObject([args, { status: 0 }]);
  return ran;
};
const rows = async (name: string) => JSON.parse((await done('list', name, '--json')).stdout);
const bytesOf = (name: string) => readFileSync(join(folder, name));

beforeEach(async () => {
  folder = tempFolder();
  mou = commandLine(join(folder, 'profile'), folder);
  await done('new', 'a.mou');
  copyFileSync(join(folder, 'a.mou'), join(folder, 'b.mou'));
});

/** Both sides edit 4 (clash), 5 (equal values), and each something of its own. */
async function diverge(): Promise<void> {
  await done('set', 'a.mou', '4', 'deadline=2027-06-30', 'stage=in-implementation', '--author', 'A. Khan');
  await done('set', 'b.mou', '4', 'deadline=2027-09-30', 'priority=high', '--author', 'B. Serik');
  await done('set', 'a.mou', '5', 'nextStep=Meet', '--author', 'A. Khan');
  await done('set', 'b.mou', '5', 'nextStep=Meet', '--author', 'B. Serik');
  await done('set', 'b.mou', '8', 'progress=20', '--author', 'B. Serik');
  await done('note', 'a.mou', '8', 'A note');
}

describe('merge', () => {
  test('a rehearsal lists exactly the clashes and changes nothing; both ways round the files come to say the same', async () => {
    await diverge();
    const before = bytesOf('a.mou');
    const rehearsed = await mou('merge', 'a.mou', 'b.mou', '--dry-run', '--json');
    expect(rehearsed.status).toBe(1);
    const report = JSON.parse(rehearsed.stdout) as MergeReport;
    expect(report.conflicts).toMatchObject([
      {
        entity: 'instrument',
        field: 'deadline',
        base: null,
        ours: { value: '2027-06-30', author: 'A. Khan' },
        theirs: [{ value: '2027-09-30', author: 'B. Serik' }],
      },
    ]);
    expect(report.batches.map(({ author, changes }) => [author, changes])).toEqual([
      ['B. Serik', 2],
      ['B. Serik', 1],
      ['B. Serik', 1],
    ]);
    expect(report.inconsistencies).toEqual([]);
    expect(bytesOf('a.mou').equals(before)).toBe(true);

    await done('merge', 'a.mou', 'b.mou', '--prefer', 'theirs');
    await done('merge', 'b.mou', 'a.mou');
    const [ours, theirs] = [await rows('a.mou'), await rows('b.mou')];
    expect(theirs).toEqual(ours);
    expect(ours[3]).toMatchObject({ deadline: '2027-09-30', stage: 'in-implementation', priority: 'high' });
    expect(ours[4].nextStep).toBe('Meet');
    expect(ours[7].progress).toBe(20);
    for (const name of ['a.mou', 'b.mou']) await done('check', name);
    // Nothing is left to bring, either way.
    for (const [into, from] of [
      ['a.mou', 'b.mou'],
      ['b.mou', 'a.mou'],
    ] as const) {
      const again = JSON.parse((await done('merge', into, from, '--json')).stdout) as MergeReport;
      expect(again).toMatchObject({ batches: [], changes: 0, conflicts: [] });
    }
  });

  test('without a preference clashes stay open, in both files alike, and the status says so', async () => {
    await diverge();
    expect((await mou('merge', 'a.mou', 'b.mou')).status).toBe(1);
    expect((await mou('merge', 'b.mou', 'a.mou')).status).toBe(1);
    expect(await rows('b.mou')).toEqual(await rows('a.mou'));
    const info = JSON.parse((await done('info', 'a.mou', '--json')).stdout);
    expect(info.counts.conflicts).toBe(1);
    for (const name of ['a.mou', 'b.mou']) await done('check', name);
  });

  test('a number given twice is told in words and in the report, and leaves the status at 1', async () => {
    await done('set', 'b.mou', '8', 'number=4', '--author', 'B. Serik');
    const report = JSON.parse((await mou('merge', 'a.mou', 'b.mou', '--dry-run', '--json')).stdout) as MergeReport;
    expect(report.inconsistencies).toMatchObject([{ kind: 'same-number', number: 4 }]);
    const merged = await mou('merge', 'a.mou', 'b.mou', '--prefer', 'theirs');
    expect(merged.status).toBe(1);
    expect(merged.stdout).toContain('The number 4 is given more than once');
    await done('check', 'a.mou');
  });
});
