// @vitest-environment jsdom
/** What the window says of a second copy, and what each answer asks main for. */
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CopyOfferedDialog } from '../../../renderer/features/sharing/CopyOfferedDialog.tsx';
import { StatusBar } from '../../../renderer/frame/StatusBar.tsx';
import { useMergeStore } from '../../../renderer/stores/mergeStore.ts';
import { useSessionStore } from '../../../renderer/stores/sessionStore.ts';
import { useUiStore } from '../../../renderer/stores/uiStore.ts';
import type { CopyOffer, OpenFile } from '../../../shared/api.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Reply } from '../../../shared/rpc/messages.ts';
import { answerShell } from '../../helpers/answerShell.ts';
import { fakeOpenFile } from '../../helpers/fakeClient.ts';
import { summaryOf } from '../../helpers/mergeSummary.ts';
import { type Part, renderPart } from '../../helpers/renderPart.tsx';

const COPY = 'Committee (Energy).mou';
const NOON = Date.UTC(2026, 2, 5, 12);
const KEPT = { id: '000003_kept', sizeBytes: 300_000, isAlarming: false };

const looked: OpenFile = {
  ...fakeOpenFile(),
  name: COPY,
  cameFrom: 'Working Committee 2026.mou',
  info: { ...fakeOpenFile().info, isReadOnly: true, readOnlyReason: 'looking' },
};

/** A copy with this many changes that mine has not, and without this many of mine. */
const offerOf = (
  brings: number,
  lacking: number,
  restriction: CopyOffer['comparison']['restriction'] = null,
): CopyOffer => ({
  token: 'token-1',
  summary: summaryOf({
    sources: [COPY],
    steps: brings,
    changes: brings,
    authors: [{ author: 'B. Serik', steps: brings, changes: brings, firstAt: NOON, lastAt: NOON }],
    span: brings > 0 ? { from: NOON, to: NOON } : null,
    instruments: { count: brings > 0 ? 1 : 0, added: 0, first: [] },
  }),
  comparison: { lacking, restriction },
});

let part: Part;
let calls: [method: string, input: unknown][];
let answers: Record<string, Reply<unknown>>;
let isClosed: boolean;

beforeEach(() => {
  calls = [];
  isClosed = false;
  answers = {
    'copy.look': ok({ file: looked }),
    'copy.leave': ok({ file: fakeOpenFile() }),
    'copy.replace': ok({ kept: KEPT }),
    'backup.restore': ok({ kept: KEPT }),
    'file.place': ok({ kind: 'local' }),
  };
  answerShell((method, input) => {
    calls.push([method, input]);
    return answers[method];
  });
  useSessionStore.setState({ file: fakeOpenFile() });
});
afterEach(() => {
  part.remove();
  for (const store of [useSessionStore, useUiStore, useMergeStore]) store.getState().reset();
});

const show = async (offer: CopyOffer) => {
  const close = () => {
    isClosed = true;
  };
  part = await renderPart(<CopyOfferedDialog offer={offer} onClose={close} />);
};
const said = () => part.find('dialog').textContent;
const verbs = () =>
  part
    .all('button')
    .map((button) => button.textContent)
    .filter((text) => text !== '');
/** `settle` waits a moment for what is being typed. */
const settled = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 80)));

describe('how the two relate', () => {
  test('each direction is told', async () => {
    await show(offerOf(2, 1));
    expect(said()).toMatch(/New in the copy: 2 changes by B\. Serik, 5 Mar 2026, on 1 instrument\./);
    expect(said()).toContain('Only in yours: 1 change.');
    expect(verbs()).toEqual(['Merge into mine', 'Only look', 'Replace mine', 'Cancel']);
  });

  test('a newer copy has everything of mine', async () => {
    await show(offerOf(2, 0));
    expect(said()).toContain('Everything in yours is in it, too.');
    expect(verbs()).toContain('Merge into mine');
  });

  test('an older copy says so, and there is nothing to merge', async () => {
    await show(offerOf(0, 14));
    expect(said()).toContain('This copy is older: everything in it is in yours already.');
    expect(said()).toContain('Only in yours: 14 changes.');
    expect(verbs()).toEqual(['Only look', 'Replace mine', 'Cancel']);
  });

  test('the same copy says so, and there is nothing to replace either', async () => {
    await show(offerOf(0, 0));
    expect(said()).toContain('This copy is the same as yours.');
    expect(verbs()).toEqual(['Only look', 'Cancel']);
  });

  test('a part is called one, not older', async () => {
    await show(offerOf(0, 900, { by: 'number', of: ['4', '5'], instruments: 2, at: 0 }));
    expect(said()).toContain('It holds a part of the file: 2 instruments (4, 5).');
    expect(said()).not.toContain('older');
  });
});

describe('the answers', () => {
  test('merging goes to the review of what was offered', async () => {
    await show(offerOf(2, 1));
    await part.click(part.find('button', 'Merge into mine'));
    expect(isClosed).toBe(true);
    expect(useMergeStore.getState().phase).toMatchObject({ kind: 'review', offer: { token: 'token-1' } });
    expect(calls).toEqual([]);
  });

  test('only looking opens the copy, and the status bar leads back', async () => {
    await show(offerOf(2, 1));
    await part.click(part.find('button', 'Only look'));
    await settled();
    expect(calls).toEqual([['copy.look', { token: 'token-1' }]]);
    expect(useSessionStore.getState().file).toEqual(looked);
    part.remove();
    part = await renderPart(<StatusBar />);
    expect(part.root.textContent).toContain('Read-only: you are only looking at this copy.');
    expect(verbs()).toEqual(['Back to Working Committee 2026.mou']);
    await part.click(part.find('button', 'Back to'));
    await settled();
    expect(calls).toContainEqual(['copy.leave', {}]);
    expect(useSessionStore.getState().file).toEqual(fakeOpenFile());
  });

  test('replacing says what would only be in the backup, and does nothing before it is confirmed', async () => {
    await show(offerOf(2, 3));
    await part.click(part.find('button', 'Replace mine'));
    expect(said()).toContain('3 changes of yours are not in the copy. They would only be in the backup.');
    await part.click(part.find('button', 'Cancel'));
    expect(verbs()).toContain('Only look');
    expect([calls, isClosed]).toEqual([[], false]);
    await part.click(part.find('button', 'Replace mine'));
    await part.click(part.find('button', 'Replace mine'));
    await settled();
    expect(calls).toEqual([['copy.replace', { token: 'token-1' }]]);
    expect(isClosed).toBe(true);
  });

  test('what was replaced can be taken back by the backup that was kept', async () => {
    await show(offerOf(2, 0));
    await part.click(part.find('button', 'Replace mine'));
    expect(said()).toContain('Everything in yours is in the copy, too.');
    await part.click(part.find('button', 'Replace mine'));
    await settled();
    const [toast] = useUiStore.getState().toasts;
    expect([toast?.text, toast?.isProblem]).toEqual([`Replaced yours with “${COPY}”.`, false]);
    toast?.actions[0]?.run();
    expect(calls.at(-1)).toEqual(['backup.restore', { id: KEPT.id }]);
  });

  test('a refusal is told in its sentence, and mine stays open', async () => {
    answers['copy.replace'] = err({ code: 'file-damaged', details: { path: COPY, problem: 'page 7' } });
    await show(offerOf(2, 1));
    await part.click(part.find('button', 'Replace mine'));
    await part.click(part.find('button', 'Replace mine'));
    await settled();
    const [toast] = useUiStore.getState().toasts;
    expect([toast?.text, toast?.isProblem]).toEqual([expect.stringContaining('is damaged (page 7)'), true]);
    expect(useSessionStore.getState().file).toEqual(fakeOpenFile());
  });
});
