/** One writes, others look: who has a file open, and when a lock is worth nothing any more. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editInstruments } from '../../db/commands/instrumentCommands.ts';
import { saveCopy } from '../../db/copy/saveCopy.ts';
import { holderOf, lockPathOf, STALE_MS, takeLock } from '../../db/lock/lockFile.ts';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { fileDetails } from '../../db/repositories/fileRepository.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { AUTHOR, crash, NO_PROCESS, newFile, openAgain, refusalOf, tempFolder, unwrap } from '../helpers/tempFile.ts';

const edit = (file: OpenFile, nextStep: string) =>
  editInstruments(file, { ids: [listInstruments(file.db)[0]?.id as string], fields: { nextStep } });
const nextStepOf = (file: OpenFile) => listInstruments(file.db)[0]?.nextStep;
const beside = (file: OpenFile) => readdirSync(dirname(file.path)).filter((name) => name !== basename(file.path));

/** As another machine would have left it: its processes say nothing here. */
function lockFromElsewhere(path: string, ageMs: number): void {
  const stored = { person: 'B. Khan', machine: 'PC-07', pid: process.pid, since: 5, beatAt: 5, session: 'elsewhere' };
  writeFileSync(lockPathOf(path), JSON.stringify(stored));
  const at = new Date(Date.now() - ageMs);
  utimesSync(lockPathOf(path), at, at);
}

describe('the lock', () => {
  test('lies beside the file for as long as it is open, and nothing else does afterwards', () => {
    const file = newFile();
    unwrap(edit(file, 'x'));
    expect(existsSync(join(dirname(file.path), '.a.mou.lock'))).toBe(true);
    closeFile(file);
    expect(beside(file)).toEqual([]);
  });

  test('lets a second opener read, take a copy, and know who writes', () => {
    const file = newFile();
    unwrap(edit(file, 'before'));
    const second = openAgain(file.path, { author: { name: 'Second', post: null } });
    expect(second.readOnlyReason).toBe('busy');
    const { person, machine } = fileDetails(second).lockedBy ?? {};
    expect([person, machine]).toEqual([AUTHOR.name, hostname()]);
    expect(refusalOf(edit(second, 'mine')).code).toBe('file-read-only');
    // What the writer saves shows at once to whoever reads.
    unwrap(edit(file, 'after'));
    expect(nextStepOf(second)).toBe('after');
    const copy = openAgain(unwrap(saveCopy(second, join(tempFolder(), 'mine.mou'))).path);
    unwrap(edit(copy, 'in my copy'));
    expect(fileDetails(file).lockedBy).toBeNull();
  });

  test('goes to the next one when the file is closed, and back', () => {
    const file = newFile();
    closeFile(file);
    const second = openAgain(file.path);
    expect(second.readOnlyReason).toBeNull();
    expect(openAgain(file.path).readOnlyReason).toBe('busy');
  });

  test('of a killed program on this machine counts for nothing', () => {
    const file = newFile();
    unwrap(edit(file, 'saved before the crash'));
    crash(file);
    expect(holderOf(file.path)).toBeNull();
    const next = openAgain(file.path);
    expect(next.readOnlyReason).toBeNull();
    expect(nextStepOf(next)).toBe('saved before the crash');
  });

  test.runIf(process.platform === 'linux')(
    'of a killed program counts for nothing before its parent has noticed, too',
    () => {
      const file = newFile();
      // A shell that starts a child and becomes a program that never asks after it: the child stays a zombie.
      const parent = spawn('sh', ['-c', 'sh -c "exit 0" & echo $!; exec sleep 30'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return new Promise<void>((resolve, reject) => {
        parent.stdout.once('data', (said) => {
          setTimeout(() => {
            try {
              const lockPath = lockPathOf(file.path);
              const stored = JSON.parse(readFileSync(lockPath, 'utf8'));
              writeFileSync(lockPath, JSON.stringify({ ...stored, pid: Number(String(said)), session: 'theirs' }));
              expect(holderOf(file.path)).toBeNull();
              resolve();
            } catch (error) {
              reject(error);
            } finally {
              parent.kill('SIGKILL');
            }
          }, 300);
        });
      });
    },
  );

  test('of another machine counts while it is refreshed, whatever its clock says', () => {
    const file = newFile();
    closeFile(file);
    lockFromElsewhere(file.path, STALE_MS / 2);
    const reading = openAgain(file.path);
    expect(reading.readOnlyReason).toBe('busy');
    expect(fileDetails(reading).lockedBy).toEqual({ person: 'B. Khan', machine: 'PC-07', since: 5 });
    closeFile(reading);
    lockFromElsewhere(file.path, STALE_MS * 2);
    expect(holderOf(file.path)).toBeNull();
    expect(openAgain(file.path).readOnlyReason).toBeNull();
  });

  test('that somebody took over ends the writing of whoever slept through it', () => {
    const file = newFile();
    expect(file.readOnlyReason).toBeNull();
    lockFromElsewhere(file.path, 0);
    file.lock?.beat();
    expect(file.readOnlyReason).toBe('busy');
    expect(refusalOf(edit(file, 'too late')).code).toBe('file-read-only');
    closeFile(file);
    // The other's lock is not ours to remove.
    expect(holderOf(file.path)?.person).toBe('B. Khan');
  });

  test('that somebody removed by hand is claimed again', () => {
    const file = newFile();
    rmSync(lockPathOf(file.path));
    file.lock?.beat();
    expect(holderOf(file.path)?.person).toBe(AUTHOR.name);
    expect(file.readOnlyReason).toBeNull();
  });

  test('that says nothing sensible is somebody’s until it is old', () => {
    const file = newFile();
    closeFile(file);
    writeFileSync(lockPathOf(file.path), '');
    expect(openAgain(file.path).readOnlyReason).toBe('busy');
    const old = new Date(Date.now() - 2 * STALE_MS);
    utimesSync(lockPathOf(file.path), old, old);
    expect(openAgain(file.path).readOnlyReason).toBeNull();
  });

  test('is given to one of many who find it stale at the same moment', async () => {
    const file = newFile();
    closeFile(file);
    writeFileSync(
      lockPathOf(file.path),
      JSON.stringify({ person: 'x', machine: hostname(), pid: NO_PROCESS, since: 1, beatAt: 1, session: 'dead' }),
    );
    const script = `
      import { takeLock } from ${JSON.stringify(join(import.meta.dirname, '../../db/lock/lockFile.ts'))};
      process.stdout.write('ready');
      process.stdin.once('data', () => process.stdout.write(takeLock(${JSON.stringify(file.path)}, 'p').lock ? 'taken' : 'refused'));`;
    const children = Array.from({ length: 6 }, () => spawn(process.execPath, ['--input-type=module', '-e', script]));
    const says = (child: (typeof children)[number]) =>
      new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
    await Promise.all(children.map(says));
    const answers = Promise.all(children.map(says));
    for (const child of children) child.stdin.write('go');
    const said = await answers;
    for (const child of children) child.kill();
    expect(said.sort()).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'taken']);
  });

  test('has a name of its own where the file’s is as long as names can be', () => {
    const file = newFile({ path: join(tempFolder(), `${'n'.repeat(242)}.mou`) });
    expect(basename(lockPathOf(file.path)).length).toBeLessThanOrEqual(255);
    expect(openAgain(file.path).readOnlyReason).toBe('busy');
  });

  test('is not needed where nothing can be written', () => {
    const file = newFile();
    closeFile(file);
    chmodSync(file.path, 0o444);
    expect(openAgain(file.path).readOnlyReason).toBe('permission');
    expect(beside(file)).toEqual([]);
  });

  test('names the person once the window knows who it is', () => {
    const file = newFile({ author: null });
    file.lock?.setPerson('Aigerim');
    expect(JSON.parse(readFileSync(lockPathOf(file.path), 'utf8')).person).toBe('Aigerim');
    expect(takeLock(file.path, 'x').holder?.person).toBe('Aigerim');
  });
});
