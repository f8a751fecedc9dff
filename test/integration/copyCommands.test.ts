/** `copy`, `backup` and `info` on the command line, also beside a window that has the file open. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { closeFile } from '../../db/open.ts';
import { spawned as commandLine, type Ran } from '../helpers/commandLine.ts';
import { newFile, tempFolder } from '../helpers/tempFile.ts';

vi.setConfig({ testTimeout: 90_000 });

let folder: string;
let mou: (...args: string[]) => Promise<Ran>;

beforeEach(() => {
  folder = tempFolder();
  mou = commandLine(join(folder, 'profile'), folder);
  closeFile(newFile({ path: join(folder, 'a.mou') }));
});

const jsonOf = ({ stdout, stderr, status }: Ran) => {
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return JSON.parse(stdout);
};
const rows = async (name: string) => jsonOf(await mou('list', name, '--json'));

describe('copy', () => {
  test('writes everything, says size and SHA-256, and never replaces a file', async () => {
    const saved = jsonOf(await mou('copy', 'a.mou', 'b.mou', '--json'));
    expect(saved).toEqual({
      path: join(folder, 'b.mou'),
      sizeBytes: readFileSync(join(folder, 'b.mou')).length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await rows('b.mou')).toEqual(await rows('a.mou'));
    expect((await mou('check', 'b.mou')).status).toBe(0);
    expect(await mou('copy', 'a.mou', 'b.mou')).toMatchObject({ status: 2, stdout: '' });
    expect((await mou('copy', 'a.mou', 'a.mou')).status).toBe(2);
  });

  test('of some numbers holds those and says so; check finds nothing missing; it merges back', async () => {
    expect((await mou('copy', 'a.mou', 'part.mou', '--only', '4,5')).status).toBe(0);
    expect((await rows('part.mou')).map(({ number }: { number: number }) => number)).toEqual([4, 5]);
    expect(jsonOf(await mou('info', 'part.mou', '--json')).restriction).toMatchObject({ by: 'number', of: ['4', '5'] });
    expect((await mou('info', 'part.mou')).stdout).toMatch(/partOf +number 4, 5/);
    expect((await mou('check', 'part.mou')).status).toBe(0);
    expect((await mou('set', 'part.mou', '4', 'nextStep=answered')).status).toBe(0);
    expect((await mou('merge', 'a.mou', 'part.mou')).status).toBe(0);
    expect((await rows('a.mou'))[3].nextStep).toBe('answered');
    expect((await mou('check', 'a.mou')).status).toBe(0);
  });

  test('refuses what chooses nothing, or too much at once', async () => {
    for (const [args, saying] of [
      [['--only', '4,x'], /“x”/],
      [['--only', '999'], /“999”/],
      [['--only', '4', '--sector', 'Energy'], /not several/],
      [['--sector', ''], /chooses nothing/],
      [['--encrypt'], /--passphrase-file is missing/],
    ] as const)
      expect([args, await mou('copy', 'a.mou', 'b.mou', ...args)]).toMatchObject([
        args,
        { status: 2, stdout: '', stderr: expect.stringMatching(saying) },
      ]);
    expect(existsSync(join(folder, 'b.mou'))).toBe(false);
  });

  test('encrypts and decrypts; a wrong passphrase is told from a damaged file', async () => {
    writeFileSync(join(folder, 'right'), 'open sesame\n');
    writeFileSync(join(folder, 'wrong'), 'open barley\n');
    expect((await mou('copy', 'a.mou', 'a.age', '--encrypt', '--passphrase-file', 'right')).status).toBe(0);
    expect(await mou('list', 'a.age')).toMatchObject({ status: 3, stderr: expect.stringMatching(/encrypted/) });
    const wrong = await mou('copy', 'a.age', 'b.mou', '--passphrase-file', 'wrong');
    expect(wrong).toMatchObject({ status: 3, stderr: expect.stringMatching(/not the passphrase/) });
    expect((await mou('copy', 'a.age', 'b.mou', '--passphrase-file', 'right')).status).toBe(0);
    expect(await rows('b.mou')).toEqual(await rows('a.mou'));
    const bytes = readFileSync(join(folder, 'a.age'));
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1;
    writeFileSync(join(folder, 'a.age'), bytes);
    const damaged = await mou('copy', 'a.age', 'c.mou', '--passphrase-file', 'right');
    expect(damaged).toMatchObject({ status: 3, stderr: expect.stringMatching(/damaged/) });
    expect(readdirSync(folder).sort()).toEqual(
      ['a.age', 'a.mou', 'b.mou', 'profile', 'right', 'wrong'].filter((name) => existsSync(join(folder, name))),
    );
  });
});

describe('backup', () => {
  test('goes into the program’s own folder, or where it is told', async () => {
    const kept = jsonOf(await mou('backup', 'a.mou', '--json'));
    expect(kept).toMatchObject({
      isAlarming: false,
      path: expect.stringContaining(join(folder, 'profile', 'backups')),
    });
    expect((await mou('backup', 'a.mou', '--out', 'kept.mou')).status).toBe(0);
    expect(await rows('kept.mou')).toEqual(await rows('a.mou'));
    expect((await mou('check', kept.path)).status).toBe(0);
  });
});

describe('beside a window that has the file open', () => {
  test('everything that only reads works and says who writes; what writes is refused by name', async () => {
    const window = newFile({ path: join(folder, 'open.mou') });
    expect(jsonOf(await mou('info', 'open.mou', '--json'))).toMatchObject({
      readOnlyReason: null,
      lockedBy: { person: 'Ayesha Siddiqui' },
    });
    expect((await mou('info', 'open.mou')).stdout).toMatch(/lockedBy +Ayesha Siddiqui, /);
    for (const args of [
      ['list'],
      ['show', '4'],
      ['history'],
      ['check'],
      ['export', '--out', 'x.csv'],
      ['copy', 'c.mou'],
      ['backup'],
    ]) {
      const [name = '', ...rest] = args;
      expect([name, (await mou(name, 'open.mou', ...rest)).status]).toEqual([name, 0]);
    }
    expect(await mou('note', 'open.mou', '4', 'x')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/^Ayesha Siddiqui has .* open on /),
    });
    closeFile(window);
    expect((await mou('note', 'open.mou', '4', 'x')).status).toBe(0);
    expect(jsonOf(await mou('info', 'open.mou', '--json')).lockedBy).toBeNull();
  });
});
