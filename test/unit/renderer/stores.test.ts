// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { attachPort, dropPort, fileClient } from '../../../renderer/api/client.ts';
import { undoBatch } from '../../../renderer/api/commands.ts';
import { start } from '../../../renderer/api/subscribe.ts';
import { useInstrumentsStore } from '../../../renderer/stores/instrumentsStore.ts';
import { usePeopleStore } from '../../../renderer/stores/peopleStore.ts';
import { useSessionStore } from '../../../renderer/stores/sessionStore.ts';
import { routeOfHash, useUiStore } from '../../../renderer/stores/uiStore.ts';
import { civilDate } from '../../../shared/civilDate.ts';
import { fakeId, fakeInstrument, fakeRegister } from '../../helpers/fakeRegister.ts';
import { type FakeWindow, installFakeWindow } from '../../helpers/fakeWindow.ts';

const today = civilDate('2026-06-01');
const instruments = () => useInstrumentsStore.getState();
const row = (number: number) => instruments().byId[fakeId(1, number)];

let fake: FakeWindow;

// Events are wired once in the life of a window; each test brings a file of its own.
beforeAll(async () => {
  fake = installFakeWindow(attachPort, { instruments: [], file: null });
  await start();
});

const openFile = async (rows = fakeRegister(today, 250)) => {
  fake = installFakeWindow(attachPort, { instruments: rows });
  const reply = await fake.shell.invoke('file.open', {});
  if (reply.ok) useSessionStore.getState().fileOpened((reply.value as { file: never }).file);
  await vi.waitFor(() => expect(instruments().loaded).toBe('complete'));
  await vi.waitFor(() => expect(usePeopleStore.getState().persons).not.toHaveLength(0));
};

beforeEach(() => openFile());
afterEach(async () => {
  await useSessionStore.getState().fileClosed();
  fake.close();
});

describe('the rows in the window', () => {
  test('arrive in blocks and stand in order of number', () => {
    expect(instruments().order).toHaveLength(250);
    expect(row(1)?.number).toBe(1);
    expect(instruments().order.at(-1)).toBe(fakeId(1, 250));
  });

  test('an edit shows at once and is saved', async () => {
    const saving = instruments().edit([fakeId(1, 5)], { stage: 'closed' });
    expect(row(5)?.stage).toBe('closed');
    expect((await saving).ok).toBe(true);
    expect(useSessionStore.getState().saved.kind).toBe('saved');
  });

  test('a refused edit is taken back and is no failure to save', async () => {
    fake.file.refuseNext({ code: 'invalid-value', details: { field: 'progress', value: '140', rule: 'percent' } });
    const before = row(5);
    expect((await instruments().edit([fakeId(1, 5)], { progress: 50 })).ok).toBe(false);
    expect(row(5)).toBe(before);
    expect(useSessionStore.getState().saved.kind).not.toBe('failed');
  });

  test('a disk that fails is told in the title bar', async () => {
    fake.file.refuseNext({ code: 'disk-full', details: { path: 'x' } });
    await instruments().edit([fakeId(1, 5)], { progress: 50 });
    expect(useSessionStore.getState().saved.kind).toBe('failed');
  });

  test('moved for the first time, the deadline left behind becomes the original one', async () => {
    await instruments().moveDeadline([fakeId(1, 30)], civilDate('2027-01-01'));
    await instruments().moveDeadline([fakeId(1, 30)], civilDate('2027-03-01'), 'tender repeated');
    expect(row(30)).toMatchObject({ originalDeadline: '2027-01-01', deadline: '2027-03-01' });
  });

  test('a new owner by name is a person when the call returns', async () => {
    await instruments().assignOwner([fakeId(1, 30)], 'pk', { newName: 'Zara' });
    const owner = usePeopleStore.getState().personById[row(30)?.pkOwnerId ?? ''];
    expect(owner?.name).toBe('Zara');
  });

  test('what others change arrives by the event', async () => {
    await fileClient['instrument.edit']({ ids: [fakeId(1, 7)], fields: { title: 'Renamed' } });
    await vi.waitFor(() => expect(row(7)?.title).toBe('Renamed'));
    expect(useSessionStore.getState().undo.undo).toBe('edit');
  });

  test('deleted rows go and come back with their place', async () => {
    const reply = await instruments().remove([fakeId(1, 3)]);
    expect(instruments().order).not.toContain(fakeId(1, 3));
    if (reply.ok && reply.value.batch) await undoBatch(reply.value.batch);
    await vi.waitFor(() => expect(instruments().order[2]).toBe(fakeId(1, 3)));
  });

  test('another file leaves nothing of the one before', async () => {
    await useSessionStore.getState().fileClosed();
    expect(instruments().order).toHaveLength(0);
    await openFile([fakeInstrument(1)]);
    expect(instruments().order).toEqual([fakeId(1, 1)]);
  });
});

describe('the line to the file', () => {
  test('open calls fail when it breaks, later ones wait for the next', async () => {
    fake.close();
    const open = fileClient['instrument.get']({ id: fakeId(1, 1) });
    await Promise.resolve();
    dropPort();
    expect((await open).ok).toBe(false);
    const later = fileClient['instrument.get']({ id: fakeId(1, 1) });
    fake = installFakeWindow(attachPort, { instruments: fakeRegister(today) });
    expect((await later).ok).toBe(true);
  });
});

describe('pages', () => {
  test('the address names the page, and what it does not know is the register', () => {
    expect(routeOfHash('#/today')).toEqual({ page: 'today' });
    expect(routeOfHash('#/instrument/abc')).toEqual({ page: 'instrument', id: 'abc' });
    expect(routeOfHash('#/nothing')).toEqual({ page: 'register' });
    expect(routeOfHash('')).toEqual({ page: 'register' });
  });

  test('a number leads to the register with exactly its filter', () => {
    useUiStore.getState().setRegisterSearch('rail');
    useUiStore.getState().openRegister({ deadline: 'overdue' });
    expect(useUiStore.getState()).toMatchObject({
      route: { page: 'register' },
      filter: { deadline: 'overdue' },
      registerSearch: '',
    });
  });
});
