import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFile } from '../../db/create.ts';
import { closeFile } from '../../db/open.ts';
import { LONG_MS, runs } from '../helpers/propertyRuns.ts';
import { type Action, action, crowdedAction, World } from '../helpers/registerActions.ts';
import { memoryRecords, optionsOf, unwrap } from '../helpers/tempFile.ts';

/** Bytes of a new file; copied for every run. */
const template = (from: 'register' | 'empty'): Buffer => {
  const folder = mkdtempSync(join(tmpdir(), 'mou-test-'));
  const path = join(folder, 'a.mou');
  closeFile(unwrap(createFile(path, { from, title: 'Committee' }, optionsOf())));
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
};
const TEMPLATES = { register: template('register'), empty: template('empty') };

async function inWorld(from: 'register' | 'empty', use: (world: World) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mou-test-'));
  const path = join(folder, 'a.mou');
  writeFileSync(path, TEMPLATES[from]);
  const world = World.open(path, memoryRecords());
  try {
    await use(world);
  } finally {
    world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const script = fc.array(action, { maxLength: 25 });
const from = fc.constantFrom('register' as const, 'empty' as const);

describe('edits', () => {
  test(
    'after whatever people do and whatever the clock says, the file holds what the model holds and what its log says',
    () =>
      fc.assert(
        fc.asyncProperty(from, script, (start, actions: Action[]) =>
          inWorld(start, async (world) => {
            for (const step of actions) {
              await world.run(step);
              world.expectAgreement();
            }
            world.expectSound();
          }),
        ),
        runs(60),
      ),
    LONG_MS,
  );

  test(
    'when few cells are edited and taken back again and again, each goes to where it was before what is taken back',
    () =>
      fc.assert(
        fc.asyncProperty(from, fc.array(crowdedAction, { maxLength: 40 }), (start, actions: Action[]) =>
          inWorld(start, async (world) => {
            for (const step of actions) {
              await world.run(step);
              world.expectAgreement();
            }
            world.expectSound();
          }),
        ),
        runs(100),
      ),
    LONG_MS,
  );

  test(
    'taking everything back leads to the file as it was; bringing everything back, to how it stood',
    () =>
      fc.assert(
        fc.asyncProperty(
          from,
          fc.array(fc.oneof(action, crowdedAction), { maxLength: 25 }),
          (start, actions: Action[]) =>
            inWorld(start, async (world) => {
              const atFirst = world.visible();
              // Without a killed session in between: a new name starts with nothing of its own to take back.
              for (const step of actions) if (step.act.do !== 'crash') await world.run(step);
              const inTheEnd = world.visible();
              const steps = world.model.depth;
              for (let step = 0; step < steps.undo; step++) await world.run({ clock: step, act: { do: 'undo' } });
              expect(world.visible()).toEqual(atFirst);
              for (let step = 0; step < steps.undo; step++) await world.run({ clock: step, act: { do: 'redo' } });
              expect(world.visible()).toEqual(inTheEnd);
              world.expectSound();
            }),
        ),
        runs(40),
      ),
    LONG_MS,
  );
});
