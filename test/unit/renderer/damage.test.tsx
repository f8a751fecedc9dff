// @vitest-environment jsdom
/** What the window offers in the stead of a damaged file, and what each answer asks main for. */
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DamagedDialog } from '../../../renderer/features/welcome/DamagedDialog.tsx';
import { DamagedFile } from '../../../renderer/features/welcome/DamagedFile.tsx';
import { WelcomePage } from '../../../renderer/features/welcome/WelcomePage.tsx';
import { StatusBar } from '../../../renderer/frame/StatusBar.tsx';
import { useSessionStore } from '../../../renderer/stores/sessionStore.ts';
import { useUiStore } from '../../../renderer/stores/uiStore.ts';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Reply } from '../../../shared/rpc/messages.ts';
import type { BackupEntry, Damage, FileCounts } from '../../../shared/safekeeping.ts';
import { answerShell } from '../../helpers/answerShell.ts';
import { fakeOpenFile } from '../../helpers/fakeClient.ts';
import { type Part, renderPart } from '../../helpers/renderPart.tsx';

const NAME = 'Committee.mou';
const DAMAGED: AppError = { code: 'file-damaged', details: { path: `/home/khan/${NAME}`, problem: 'truncated' } };

const counts = (instruments: number, notes: number): FileCounts => ({
  instruments,
  notes,
  persons: 0,
  bodies: 0,
  targets: 0,
  risks: 0,
  batches: 9,
  changes: 99,
  replicas: 1,
  conflicts: 0,
});

const backup = (id: string, more: Partial<BackupEntry> = {}): BackupEntry => ({
  id,
  at: Date.UTC(2026, 2, 5, 12),
  reason: 'day',
  isAlarming: false,
  sizeBytes: 300_000,
  counts: counts(37, 12),
  since: [],
  onlyHere: { batches: 0, changes: 0 },
  ...more,
});

const found = (...backups: BackupEntry[]) =>
  ok({ damaged: { token: 'token-1', name: NAME, folder: '~/Desktop', backups } });
const whole: NonNullable<Damage['salvage']> = { counts: counts(37, 14), missing: { batches: 0, changes: 0 } };

let part: Part | null = null;
let calls: [method: string, input: unknown][];
let answers: Record<string, Reply<unknown>>;

beforeEach(() => {
  calls = [];
  answers = {};
  answerShell((method, input) => {
    calls.push([method, input]);
    return answers[method];
  });
  useSessionStore.setState({ profile: { name: 'A. Khan', post: '', side: null } });
});
afterEach(() => {
  part?.remove();
  part = null;
  for (const store of [useSessionStore, useUiStore]) store.getState().reset();
});

async function show(backups: BackupEntry[], survey: Damage): Promise<Part> {
  answers = { ...answers, 'damage.find': found(...backups), 'damage.survey': ok(survey) };
  part = await renderPart(<DamagedFile />);
  await act(() => new Promise<void>((resolve) => setTimeout(resolve, 10)));
  return part;
}
/** `settle` waits a moment for what is being typed. */
const settled = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 80)));
const text = () => document.body.textContent;
const toasts = () => useUiStore.getState().toasts.map(({ text }) => text);

describe('what is left of a damaged file', () => {
  test('are its backups, each with what would be missing, and what can be read, with what it lacks', async () => {
    const since = [
      { author: 'A. Khan', batches: 1, changes: 1 },
      { author: 'B. Serik', batches: 2, changes: 5 },
    ];
    const latest = backup('000002_b', { since, onlyHere: { batches: 1, changes: 7 } });
    await show([latest, backup('000001_a', { counts: null })], {
      backups: [latest, backup('000001_a', { counts: null })],
      salvage: { counts: counts(37, 14), missing: { batches: 2, changes: 3 } },
    });
    expect(text()).toContain('What is left of “Committee.mou”');
    expect(text()).toContain('1 change by you; 5 changes by B. Serik');
    expect(text()).toContain('37 instruments and 14 notes, with their history.');
    expect(text()).toContain('By the file’s own count 2 steps and 3 values could not be read.');
    expect(text()).toContain('The latest backup has 7 changes that could not be read.');
    // The one that cannot be read itself is listed, and not offered.
    expect(text()).toContain('cannot be read');
    expect(document.querySelectorAll('button[aria-label^="Restore the backup"]')).toHaveLength(1);
  });

  test('shows the backups at once, before it is known what each lacks', async () => {
    answers = { 'damage.find': found(backup('000001_a')) };
    const shell = window.shell;
    window.shell = {
      ...shell,
      invoke: (method, input) =>
        method === 'damage.survey' ? new Promise(() => undefined) : shell.invoke(method, input),
    };
    part = await renderPart(<DamagedFile />);
    expect(text()).toContain('37 instruments');
    expect(text()).toContain('Reading what can still be read …');
    expect(part.find('button', 'Restore the backup of')).toBeTruthy();
  });

  test('may be only one of the two, and nothing where the file never was one of ours', async () => {
    await show([backup('000001_a')], { backups: [backup('000001_a')], salvage: null });
    expect(text()).toContain('Nothing in the file can be read any more.');
    expect(text()).toContain('cannot be told');
    part?.remove();
    await show([], { backups: [], salvage: whole });
    expect(text()).toContain('There is no backup of it on this computer.');
    expect(text()).toContain('By the file’s own count nothing is missing.');
    part?.remove();
    await show([], { backups: [], salvage: null });
    expect(text()).not.toContain('What is left');
  });
});

describe('the ways back', () => {
  const latest = backup('000002_b', { since: [{ author: 'A. Khan', batches: 1, changes: 3 }] });

  test('a backup is restored together with what can be read, unless that is unchecked', async () => {
    answers['damage.restore'] = ok({
      file: fakeOpenFile(),
      aside: 'Committee (damaged).mou',
      added: 3,
      problem: null,
    });
    for (const addReadable of [true, false]) {
      const shown = await show([latest], { backups: [latest], salvage: whole });
      await shown.click(shown.find('button', 'Restore the backup of'));
      const box = document.querySelector('[role=dialog] input[type=checkbox]') as HTMLInputElement;
      expect(box.checked).toBe(true);
      if (!addReadable) await shown.click(box);
      const verbs = [...document.querySelectorAll<HTMLElement>('[role=dialog] button')];
      await shown.click(verbs.at(-1) as HTMLElement);
      expect(calls.at(-1)).toEqual(['damage.restore', { token: 'token-1', id: '000002_b', addReadable }]);
      shown.remove();
    }
    expect(useSessionStore.getState().file?.name).toBe(fakeOpenFile().name);
    expect(toasts()[0]).toMatch(/now called “Committee \(damaged\)\.mou”\. 3 changes of it came in\.$/);
  });

  test('what can be read is offered even before it is known how much that is, and not once it is known to be nothing', async () => {
    let tell: (survey: Reply<unknown>) => void = () => undefined;
    answers = { 'damage.find': found(backup('000001_a')) };
    const { invoke } = window.shell;
    window.shell.invoke = (method, input) =>
      method === 'damage.survey'
        ? new Promise((resolve) => {
            tell = resolve as never;
          })
        : invoke(method, input);
    part = await renderPart(<DamagedFile />);
    await part.click(part.find('button', 'Restore the backup of'));
    expect(part.find('dialog').textContent).toContain('Add what can still be read in the damaged file');
    await act(async () => tell(ok({ backups: [backup('000001_a')], salvage: whole })));
    expect(part.find('dialog').textContent).not.toContain('Add');
  });

  test('a refusal stands where it was asked', async () => {
    answers['damage.restore'] = err({
      code: 'file-locked',
      details: { path: NAME, person: 'B. Serik', machine: 'PC-12', since: 0 },
    });
    const shown = await show([latest], { backups: [latest], salvage: whole });
    await shown.click(shown.find('button', 'Restore the backup of'));
    await shown.click([...document.querySelectorAll<HTMLElement>('[role=dialog] button')].at(-1) as HTMLElement);
    expect(shown.find('alert').textContent).toContain('B. Serik has Committee.mou open');
    expect(useSessionStore.getState().file).toBeNull();
  });

  test('what can be read is saved and opened; cancelling changes nothing', async () => {
    answers['damage.salvage'] = ok({ file: null, missing: null });
    const shown = await show([], { backups: [], salvage: whole });
    await shown.click(shown.find('button', 'Save what can be read'));
    expect([useSessionStore.getState().file, toasts()]).toEqual([null, []]);
    answers['damage.salvage'] = ok({ file: fakeOpenFile(), missing: { batches: 0, changes: 2 } });
    await shown.click(shown.find('button', 'Save what can be read'));
    expect(useSessionStore.getState().file).not.toBeNull();
    expect(toasts()[0]).toContain('Saved what could be read.');
  });
});

describe('the welcome page', () => {
  test.each([
    [DAMAGED, true],
    [{ code: 'not-a-tracker-file', details: { path: NAME } } as AppError, true],
    [{ code: 'file-missing', details: { path: NAME } } as AppError, false],
  ])('asks what is left after %o: %s', async (problem, isAsked) => {
    answers = { 'damage.find': found(backup('000001_a')), 'damage.survey': ok({ backups: [], salvage: whole }) };
    useSessionStore.setState({ problem });
    part = await renderPart(<WelcomePage />);
    if (isAsked) await vi.waitFor(() => expect(calls.map(([method]) => method)).toContain('damage.find'));
    else expect(calls).toEqual([]);
  });
});

describe('damage that is found at work', () => {
  test('is said once by a dialog and from then on in the status bar; leaving it leads to the welcome page', async () => {
    answers = { 'file.place': ok({ kind: 'local' }), 'damage.leave': ok({}) };
    useSessionStore.setState({ file: fakeOpenFile() });
    const { fileDamaged } = useSessionStore.getState();
    fileDamaged(DAMAGED);
    expect(useUiStore.getState().dialog).toEqual({ kind: 'damaged' });
    useUiStore.getState().closeDialog();
    fileDamaged(DAMAGED);
    expect(useUiStore.getState().dialog).toBeNull();
    part = await renderPart(
      <>
        <StatusBar />
        <DamagedDialog onClose={() => undefined} />
      </>,
    );
    expect(text()).toContain('A part of this file cannot be read any more.');
    await part.click(part.find('button', 'Close it and see'));
    await settled();
    expect(useSessionStore.getState().problem).toEqual(DAMAGED);
    expect(calls.map(([method]) => method)).toContain('damage.leave');
  });
});
