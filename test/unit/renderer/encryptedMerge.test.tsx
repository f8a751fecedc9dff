// @vitest-environment jsdom
/** Copies under passphrases on their way into a merge: what the window asks, and what each answer asks main for. */
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SharingPage } from '../../../renderer/features/sharing/SharingPage.tsx';
import { useMergeStore } from '../../../renderer/stores/mergeStore.ts';
import { useSessionStore } from '../../../renderer/stores/sessionStore.ts';
import { useUiStore } from '../../../renderer/stores/uiStore.ts';
import type { LockedCopy, MergeStep } from '../../../shared/api.ts';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Reply } from '../../../shared/rpc/messages.ts';
import { answerShell } from '../../helpers/answerShell.ts';
import { fakeOpenFile } from '../../helpers/fakeClient.ts';
import { summaryOf } from '../../helpers/mergeSummary.ts';
import { type Part, renderPart } from '../../helpers/renderPart.tsx';

const NOTHING: MergeStep = { merge: null, locked: null };
const WRONG: AppError = { code: 'wrong-passphrase', details: { path: '/home/khan/Energy.age' } };

const locked = (more: Partial<LockedCopy> = {}): Reply<MergeStep> =>
  ok({
    merge: null,
    locked: {
      token: 'token-1',
      name: 'Energy.age',
      folder: '~/Mail',
      number: 1,
      count: 2,
      canSkip: true,
      problem: null,
      ...more,
    },
  });

const offered: Reply<MergeStep> = ok({
  merge: {
    token: 'token-2',
    summary: summaryOf({ sources: ['Rail.age'] }),
  },
  locked: null,
});

let part: Part;
let calls: [method: string, input: unknown][];
let answers: Record<string, Reply<unknown>[]>;

beforeEach(async () => {
  calls = [];
  answers = {};
  answerShell((method, input) => {
    if (method.startsWith('merge.')) calls.push([method, input]);
    return answers[method]?.shift();
  });
  useSessionStore.setState({ file: fakeOpenFile() });
  part = await renderPart(<SharingPage />);
});
afterEach(() => {
  part.remove();
  for (const store of [useMergeStore, useSessionStore, useUiStore]) store.getState().reset();
});

const choose = () => act(() => useMergeStore.getState().choose());
const question = () => part.find('dialog').textContent;
const field = () => document.querySelector('input[type=password]') as HTMLInputElement;
async function give(passphrase: string): Promise<void> {
  await part.type(field(), passphrase);
  await part.click(part.find('button', 'Unlock'));
}

describe('a copy under a passphrase', () => {
  test('is asked for by its name and folder, and the next one after it with an empty field', async () => {
    answers = {
      'merge.choose': [locked()],
      'merge.unlock': [locked({ name: 'Rail.age', number: 2 }), offered],
    };
    await choose();
    expect(question()).toContain('Energy.age opens with its passphrase. 1 of 2');
    expect(question()).toContain('~/Mail');
    await give('horse lamp');
    expect(question()).toContain('Rail.age opens with its passphrase. 2 of 2');
    expect(field().value).toBe('');
    await give('river cedar');
    expect(useMergeStore.getState().phase).toMatchObject({ kind: 'review', offer: { token: 'token-2' } });
    expect(calls).toEqual([
      ['merge.choose', {}],
      ['merge.unlock', { token: 'token-1', passphrase: 'horse lamp' }],
      ['merge.unlock', { token: 'token-1', passphrase: 'river cedar' }],
    ]);
  });

  test('stays asked for after a wrong passphrase, with the reason and what was typed', async () => {
    answers = { 'merge.choose': [locked()], 'merge.unlock': [locked({ problem: WRONG }), offered] };
    await choose();
    await give('horse lmap');
    expect(part.find('alert').textContent).toBe('This is not the passphrase of /home/khan/Energy.age.');
    expect(field().value).toBe('horse lmap');
    await give('horse lamp');
    expect(useMergeStore.getState().phase.kind).toBe('review');
  });

  test('is told apart from a damaged one, which can be left out', async () => {
    const damaged: AppError = { code: 'file-damaged', details: { path: 'Energy.age', problem: 'seal' } };
    answers = { 'merge.choose': [locked()], 'merge.unlock': [locked({ problem: damaged })], 'merge.skip': [offered] };
    await choose();
    await give('horse lamp');
    expect(part.find('alert').textContent).toContain('is damaged (seal)');
    await part.click(part.find('button', 'Skip this file'));
    expect(useMergeStore.getState().phase.kind).toBe('review');
    expect(calls.at(-1)).toEqual(['merge.skip', { token: 'token-1' }]);
  });

  test('cannot be left out when it is the only one', async () => {
    answers = { 'merge.choose': [locked({ count: 1, canSkip: false })] };
    await choose();
    expect(question()).not.toContain('1 of 1');
    expect(part.all('button').map(({ textContent }) => textContent)).not.toContain('Skip this file');
  });

  test('is forgotten by main, too, when the question is left or the review is', async () => {
    answers = { 'merge.choose': [locked(), locked()], 'merge.unlock': [offered], 'merge.leave': [ok({}), ok({})] };
    await choose();
    await part.click(part.find('button', 'Cancel'));
    expect([useMergeStore.getState().phase.kind, calls.at(-1)]).toEqual(['idle', ['merge.leave', {}]]);
    await choose();
    await give('horse lamp');
    calls.length = 0;
    await part.click(part.find('button', 'Close'));
    expect(calls).toEqual([['merge.leave', {}]]);
  });

  test('that turns out to be no copy of this file ends the question with the reason', async () => {
    const stranger = err<AppError>({ code: 'other-family', details: { path: 'Energy.age' } });
    answers = { 'merge.choose': [locked()], 'merge.unlock': [stranger] };
    await choose();
    await give('horse lamp');
    expect(part.all('dialog')).toEqual([]);
    expect(part.find('alert').textContent).toContain('is not a copy of this file');
  });

  test('and no other: nothing chosen is nothing asked', async () => {
    answers = { 'merge.choose': [ok(NOTHING)] };
    await choose();
    expect(useMergeStore.getState().phase.kind).toBe('idle');
  });
});
