// @vitest-environment jsdom
/** What is to be settled, and what each way out asks for. */
import { act } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Inconsistencies } from '../../../renderer/features/sharing/Inconsistencies.tsx';
import { useInconsistenciesStore } from '../../../renderer/stores/inconsistenciesStore.ts';
import { useUiStore } from '../../../renderer/stores/uiStore.ts';
import type { Inconsistency } from '../../../shared/inconsistency.ts';
import { fakeId } from '../../helpers/fakeRegister.ts';
import { type Part, renderPart } from '../../helpers/renderPart.tsx';

const [FIRST, SECOND, PERSON, NOTE] = [1, 2, 3, 4].map((index) => fakeId(1, index)) as [string, string, string, string];
const twice: Inconsistency = {
  kind: 'same-number',
  number: 38,
  instruments: [
    { id: FIRST, label: 'Ours' },
    { id: SECOND, label: 'Theirs' },
  ],
};
const ownerless: Inconsistency = {
  kind: 'deleted-reference',
  entity: 'instrument',
  id: FIRST,
  label: '7 Railways',
  instrumentId: FIRST,
  field: 'pkOwnerId',
  target: { entity: 'person', id: PERSON, label: 'A. Khan' },
};
const orphan: Inconsistency = {
  ...ownerless,
  entity: 'note',
  id: NOTE,
  field: 'instrumentId',
  target: { entity: 'instrument', id: FIRST, label: '7 Railways' },
};

let part: Part;
const actions = { renumber: vi.fn(), join: vi.fn(), restore: vi.fn(), remove: vi.fn() };

const show = async (all: Inconsistency[], isReadOnly = false) => {
  for (const action of Object.values(actions)) action.mockReset().mockResolvedValue(undefined);
  useInconsistenciesStore.setState({ inconsistencies: all, ...actions });
  part = await renderPart(<Inconsistencies isReadOnly={isReadOnly} />);
};
const buttons = (name: string) =>
  [...document.querySelectorAll('button')].filter(({ textContent }) => textContent?.trim() === name);
const press = (name: string, index = 0) => act(async () => buttons(name)[index]?.click());
const follow = (name: string) =>
  act(async () => [...document.querySelectorAll('a')].find(({ textContent }) => textContent === name)?.click());

afterEach(() => {
  part.remove();
  useInconsistenciesStore.getState().reset();
  useUiStore.getState().reset();
});

describe('one number given twice', () => {
  test('is said with both instruments, which can be gone to', async () => {
    await show([twice]);
    expect(document.body.textContent).toContain('2 instruments have the number 38:');
    await follow('Theirs');
    expect(useUiStore.getState().route).toEqual({ page: 'instrument', id: SECOND });
  });

  test('either can have the next free number', async () => {
    await show([twice]);
    await press('Give the next free number', 1);
    expect(actions.renumber).toHaveBeenCalledWith(SECOND);
  });

  test('making them one is asked for first, and says what becomes of which', async () => {
    await show([twice]);
    await press('Keep this one …');
    expect(document.body.textContent).toMatch(/“Ours” keeps what it says.* from “Theirs”/);
    expect(actions.join).not.toHaveBeenCalled();
    await press('Make them one');
    expect(actions.join).toHaveBeenCalledWith(FIRST, [SECOND]);
  });
});

describe('a reference to what was deleted', () => {
  test('an owner can come back, be replaced, or be removed', async () => {
    await show([ownerless]);
    expect(document.body.textContent).toContain(
      '7 Railways: Owner, Pakistan is A. Khan, deleted by somebody else meanwhile.',
    );
    await press('Bring the person back');
    expect(actions.restore).toHaveBeenCalledWith(ownerless.target);
    await press('Remove it');
    expect(actions.remove).toHaveBeenCalledWith(ownerless);
    await press('Choose another');
    expect(useUiStore.getState().route).toEqual({ page: 'instrument', id: FIRST });
  });

  test('a note brings its instrument back, or goes', async () => {
    await show([orphan]);
    expect(document.body.textContent).toContain('A note was written on “7 Railways”');
    expect(buttons('Choose another')).toHaveLength(0);
    await press('Bring the instrument back');
    expect(actions.restore).toHaveBeenCalledWith(orphan.target);
    await press('Delete the note');
    expect(actions.remove).toHaveBeenCalledWith(orphan);
  });
});

test('who may only read is told, and asked for nothing', async () => {
  await show([twice, ownerless], true);
  expect(buttons('Remove it')).toHaveLength(0);
  expect(buttons('Give the next free number')).toHaveLength(0);
  expect(document.body.textContent).toContain('A. Khan');
});

test('of hundreds the first are shown, and all when asked for', async () => {
  await show(Array.from({ length: 30 }, (_, index) => ({ ...twice, number: index + 1 })));
  expect(buttons('Keep this one …')).toHaveLength(40);
  await press('Show all 30');
  expect(buttons('Keep this one …')).toHaveLength(60);
});
