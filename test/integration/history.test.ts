import { describe, expect, test } from 'vitest';
import * as instruments from '../../db/commands/instrumentCommands.ts';
import * as notes from '../../db/commands/noteCommands.ts';
import * as registry from '../../db/commands/registryCommands.ts';
import { redoLast, undoBatch, undoLast } from '../../db/commands/undo.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listHistory } from '../../db/repositories/historyRepository.ts';
import { findInstrumentsByNumber } from '../../db/repositories/instrumentsRepository.ts';
import { listBodies } from '../../db/repositories/peopleRepository.ts';
import { AUTHOR, newFile, unwrap } from '../helpers/tempFile.ts';

const idOf = (file: OpenFile, number: number) => findInstrumentsByNumber(file.db, number)[0]?.id as string;
const nextStep = (file: OpenFile, number: number, text: string) =>
  unwrap(instruments.editInstruments(file, { ids: [idOf(file, number)], fields: { nextStep: text } })).batch;
const history = (file: OpenFile, input: Partial<Parameters<typeof listHistory>[1]> = {}) =>
  listHistory(file, { limit: 50, ...input });

describe('history', () => {
  test('says who did what when, with the values before and after', () => {
    let now = 1_000;
    const file = newFile({ now: () => now });
    nextStep(file, 4, 'a');
    now = 2_000;
    nextStep(file, 4, 'b');
    const [entry] = history(file).entries;
    expect(entry).toMatchObject({
      kind: 'edit',
      at: 2_000,
      author: AUTHOR.name,
      authorPost: AUTHOR.post,
      label: 'edit',
      reverts: null,
      isUndone: false,
      changeCount: 1,
    });
    expect(entry?.changes).toEqual([
      {
        entity: 'instrument',
        entityId: idOf(file, 4),
        entityLabel: expect.stringMatching(/^4 /),
        field: 'nextStep',
        before: 'a',
        after: 'b',
        beforeName: null,
        afterName: null,
      },
    ]);
  });

  test('names persons and bodies behind references', () => {
    const file = newFile();
    const ids = [idOf(file, 4)];
    unwrap(instruments.assignOwner(file, { ids, side: 'pk', personId: null, newName: 'B. Khan' }));
    unwrap(instruments.assignOwner(file, { ids, side: 'pk', personId: null, newName: 'Ayesha' }));
    const change = history(file).entries[0]?.changes.find(({ field }) => field === 'pkOwnerId');
    expect(change).toMatchObject({ beforeName: 'B. Khan', afterName: 'Ayesha' });
  });

  test('pages from the newest on, without gaps and without doubles', () => {
    const file = newFile();
    for (let step = 1; step <= 23; step++) nextStep(file, 1, `step ${step}`);
    const all = history(file, { limit: 500 }).entries.map(({ batch }) => batch.seq + batch.replica);
    const paged: string[] = [];
    let before: number | undefined;
    for (;;) {
      const { entries, next } = history(file, { limit: 5, before });
      paged.push(...entries.map(({ batch }) => batch.seq + batch.replica));
      if (next === null) break;
      before = next;
    }
    expect(paged).toEqual(all);
    expect(all).toHaveLength(25);
    expect(history(file, { limit: 25 }).next).toBeNull();
  });

  test('of an instrument has its own edits, its notes and its supporting bodies, and nobody else’s', () => {
    const file = newFile();
    const id = idOf(file, 4);
    nextStep(file, 4, 'mine');
    nextStep(file, 5, 'other');
    unwrap(notes.addNote(file, { instrumentId: id, text: 'note' }));
    unwrap(instruments.setSupportingBodies(file, { id, bodyIds: [listBodies(file.db)[0]?.id as string] }));
    unwrap(registry.renameFile(file, { title: 'Other' }));
    const labels = history(file, { instrumentId: id }).entries.map(({ label }) => label);
    expect(labels).toEqual(['support-bodies', 'note-add', 'edit', 'seed']);
    const edits = history(file, { instrumentId: id, field: 'nextStep' }).entries;
    expect(edits.map(({ changes }) => changes.map(({ after }) => after))).toEqual([['mine']]);
    expect(history(file, { instrumentId: id, field: 'deadline' }).entries).toEqual([]);
    expect(history(file, { instrumentId: '01900001-0000-7000-8000-00000000ffff' }).entries).toEqual([]);
  });

  test('of one instrument in a bulk edit shows its own values only', () => {
    const file = newFile();
    const ids = [1, 2, 3].map((number) => idOf(file, number));
    unwrap(instruments.editInstruments(file, { ids, fields: { nextStep: 'all' } }));
    expect(history(file).entries[0]?.changeCount).toBe(3);
    const [own] = history(file, { instrumentId: ids[1] }).entries;
    expect(own).toMatchObject({ changeCount: 1, changes: [expect.objectContaining({ entityId: ids[1] })] });
  });

  test('lists no more than fifty values of a batch, and says how many there are', () => {
    const file = newFile();
    const seed = history(file).entries.find(({ kind, label }) => kind === 'seed' && label === 'seed');
    expect(seed?.changes).toHaveLength(50);
    expect(seed?.changeCount).toBeGreaterThan(500);
  });

  test('marks what is taken back, and no longer once it was brought back', () => {
    const file = newFile();
    const batch = nextStep(file, 1, 'a');
    const isUndone = () =>
      history(file, { limit: 500 }).entries.find(
        (entry) => entry.batch.seq === batch?.seq && entry.batch.replica === batch?.replica,
      )?.isUndone;
    expect(isUndone()).toBe(false);
    unwrap(undoLast(file));
    expect(isUndone()).toBe(true);
    expect(history(file).entries[0]).toMatchObject({ kind: 'undo', reverts: batch });
    unwrap(redoLast(file));
    expect(isUndone()).toBe(false);
    unwrap(undoBatch(file, batch ?? { replica: '', seq: 0 }));
    expect(isUndone()).toBe(true);
  });

  test('keeps what was deleted, by the name it had', () => {
    const file = newFile();
    const id = idOf(file, 4);
    unwrap(instruments.deleteInstruments(file, { ids: [id] }));
    const [entry] = history(file).entries;
    expect(entry).toMatchObject({ label: 'delete' });
    expect(entry?.changes[0]).toMatchObject({
      field: 'deleted',
      before: 0,
      after: 1,
      entityLabel: expect.stringMatching(/^4 /),
    });
  });
});
