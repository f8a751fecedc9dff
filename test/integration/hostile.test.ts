import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { createInstrument, editInstruments } from '../../db/commands/instrumentCommands.ts';
import { createFile } from '../../db/create.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import { closeFile, openFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { HOSTILE_FILES, writeOfEveryKind } from '../helpers/hostileFiles.ts';
import { runs } from '../helpers/propertyRuns.ts';
import { optionsOf, tempFolder, unwrap } from '../helpers/tempFile.ts';

/** Ours, and a copy in which somebody else has gone on. */
function twoCopies(folder: string): { ours: string; good: string } {
  const ours = join(folder, 'ours.mou');
  const good = join(folder, 'good.mou');
  const file = unwrap(createFile(ours, { from: 'empty', title: 'Committee' }, optionsOf()));
  for (const title of ['Railways', 'Visas', 'Wheat']) unwrap(createInstrument(file, { title }));
  unwrap(editInstruments(file, { ids: idsOf(file), fields: { nextStep: 'ours' } }));
  closeFile(file);
  copyFileSync(ours, good);
  const copy = unwrap(openFile(good, optionsOf({ author: { name: 'B. Khan', post: null } })));
  writeOfEveryKind(copy);
  closeFile(copy);
  return { ours, good };
}

const idsOf = (file: OpenFile) => listInstruments(file.db).map(({ id }) => id);

function opened(path: string): OpenFile {
  const file = unwrap(openFile(path, optionsOf()));
  onTestFinished(() => closeFile(file));
  return file;
}

/** Whatever comes of it: no byte of ours is changed by a refusal, and our file is sound and can be written in. */
function expectUnharmed(file: OpenFile, before: Buffer, isRefused: boolean): void {
  if (isRefused) expect(readFileSync(file.path).equals(before), 'our file is as it was').toBe(true);
  expect(checkFile(file)).toEqual([]);
  unwrap(editInstruments(file, { ids: idsOf(file).slice(0, 1), fields: { nextStep: 'and on we go' } }));
  expect(listInstruments(file.db)[0]?.nextStep).toBe('and on we go');
  expect(checkFile(file)).toEqual([]);
}

describe('a copy from a stranger', () => {
  for (const { name, make, outcome } of HOSTILE_FILES)
    test(`${name} ${outcome === 'clean' ? 'brings what is right in it' : 'is refused'}`, () => {
      const folder = tempFolder();
      const { ours, good } = twoCopies(folder);
      const hostile = join(folder, 'hostile.mou');
      make(hostile, good);
      const file = opened(ours);
      const before = readFileSync(ours);
      const rehearsed = mergeFiles(file, [hostile], { isDryRun: true });
      expect(readFileSync(ours).equals(before), 'a rehearsal changes nothing').toBe(true);
      const merged = mergeFiles(file, [hostile], { isDryRun: false });
      if (outcome === 'clean') {
        expect(unwrap(merged).changes).toBeGreaterThan(0);
        expect(unwrap(rehearsed)).toEqual(unwrap(merged));
        // Nothing of it is left to come, and what it was does not spread.
        expect(unwrap(mergeFiles(file, [hostile], { isDryRun: false })).changes).toBe(0);
      } else {
        expect(merged.ok ? 'nothing' : merged.error.code, JSON.stringify(merged)).toSatisfy((code) =>
          outcome.includes(code),
        );
        expect(rehearsed).toEqual(merged);
        expect(merged.ok ? '' : (merged.error.details as { path?: string }).path).toBe(hostile);
      }
      expectUnharmed(file, before, outcome !== 'clean');
    });

  test('any bit may be flipped: it is refused, or brings nothing unsound', () => {
    const folder = tempFolder();
    const { ours, good } = twoCopies(folder);
    const hostile = join(folder, 'hostile.mou');
    const bytes = readFileSync(good);
    const oursBytes = readFileSync(ours);
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(7)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(flips, (flipped) => {
        const changed = Buffer.from(bytes);
        for (const [offset, bit] of flipped) changed[offset] = (changed[offset] as number) ^ (1 << bit);
        writeFileSync(hostile, changed);
        writeFileSync(ours, oursBytes);
        const file = unwrap(openFile(ours, optionsOf()));
        try {
          const merged = mergeFiles(file, [hostile], { isDryRun: false });
          expectUnharmed(file, oursBytes, !merged.ok);
        } finally {
          closeFile(file);
        }
      }),
      runs(60),
    );
  }, 60_000);

  test('of several, one bad one keeps all of them out', () => {
    const folder = tempFolder();
    const { ours, good } = twoCopies(folder);
    const bad = join(folder, 'bad.mou');
    writeFileSync(bad, readFileSync(good).subarray(0, 20_000));
    const file = opened(ours);
    const before = readFileSync(ours);
    expect(mergeFiles(file, [good, bad], { isDryRun: false })).toMatchObject({
      ok: false,
      error: { details: { path: bad } },
    });
    expectUnharmed(file, before, true);
  });

  test('the copy itself is never written to', () => {
    const folder = tempFolder();
    const { ours, good } = twoCopies(folder);
    const before = readFileSync(good);
    const file = opened(ours);
    unwrap(mergeFiles(file, [good], { isDryRun: false }));
    expect(readFileSync(good).equals(before)).toBe(true);
  });
});
