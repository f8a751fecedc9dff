import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { createInstrument, deleteInstruments, editInstruments } from '../../db/commands/instrumentCommands.ts';
import { addNote } from '../../db/commands/noteCommands.ts';
import { redoLast, undoBatch, undoLast } from '../../db/commands/undo.ts';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { findInstrument, instrumentDetail, listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { REGISTER_REPLICA } from '../../db/seed/registerRows.ts';
import { memoryRecords, newFile, openAgain, refusalOf, unwrap } from '../helpers/tempFile.ts';

const firstId = (file: OpenFile) => listInstruments(file.db)[0]?.id as string;
const title = (file: OpenFile, id: string) => findInstrument(file.db, id)?.title;
const retitle = (file: OpenFile, id: string, text: string) =>
  unwrap(editInstruments(file, { ids: [id], fields: { title: text } })).batch ?? { replica: '', seq: 0 };

describe('undo and redo', () => {
  test('edits of one field are taken back one after another, and brought back in turn', () => {
    const file = newFile();
    const id = firstId(file);
    const before = title(file, id);
    for (const text of ['a', 'b', 'c']) retitle(file, id, text);
    const titles = (step: (file: OpenFile) => unknown) =>
      [1, 2, 3].map(() => {
        step(file);
        return title(file, id);
      });
    expect(titles(undoLast)).toEqual(['b', 'a', before]);
    expect(titles(redoLast)).toEqual(['a', 'b', 'c']);
    expect(titles(undoLast)).toEqual(['b', 'a', before]);
  });

  test('a step taken back from the history and brought back can still be taken back by Ctrl+Z', () => {
    const file = newFile();
    const id = firstId(file);
    const before = title(file, id);
    const batch = retitle(file, id, 'a');
    unwrap(editInstruments(file, { ids: [id], fields: { nextStep: 'x' } }));
    unwrap(undoBatch(file, batch));
    expect(title(file, id)).toBe(before);
    unwrap(undoLast(file));
    expect(title(file, id)).toBe('a');
    unwrap(undoLast(file));
    unwrap(undoLast(file));
    expect(title(file, id)).toBe(before);
    expect(file.undoStack.state()).toMatchObject({ undo: null });
  });

  test('a batch is not taken back twice', () => {
    const file = newFile();
    const id = firstId(file);
    const batch = retitle(file, id, 'a');
    unwrap(undoBatch(file, batch));
    expect(refusalOf(undoBatch(file, batch)).code).toBe('nothing-to-undo');
  });

  test('cells that were written since are kept and counted', () => {
    const file = newFile();
    const id = firstId(file);
    const { batch } = unwrap(editInstruments(file, { ids: [id], fields: { title: 'a', nextStep: 'x' } }));
    retitle(file, id, 'b');
    expect(unwrap(undoBatch(file, batch ?? { replica: '', seq: 0 }))).toMatchObject({ reverted: 1, kept: 1 });
    expect(findInstrument(file.db, id)).toMatchObject({ title: 'b', nextStep: null });
  });

  test('taking a creation back deletes the row, bringing it back returns it with all it held', () => {
    const file = newFile();
    const { id } = unwrap(createInstrument(file, { title: 'New', number: 40 }));
    unwrap(addNote(file, { instrumentId: id, text: 'first' }));
    const before = instrumentDetail(file.db, id);
    unwrap(undoLast(file));
    expect(instrumentDetail(file.db, id)?.notes).toEqual([]);
    unwrap(undoLast(file));
    expect(findInstrument(file.db, id)).toBeUndefined();
    unwrap(redoLast(file));
    unwrap(redoLast(file));
    expect(instrumentDetail(file.db, id)?.notes).toEqual(before?.notes);
    expect({ ...findInstrument(file.db, id), touchedAt: 0 }).toEqual({ ...before?.instrument, touchedAt: 0 });
  });

  test('taking a deletion back returns the rows', () => {
    const file = newFile();
    const before = listInstruments(file.db).map(({ id }) => id);
    unwrap(deleteInstruments(file, { ids: before.slice(0, 5) }));
    unwrap(undoLast(file));
    expect(listInstruments(file.db).map(({ id }) => id)).toEqual(before);
  });

  test('the steps survive closing and opening, however many there were', () => {
    const records = memoryRecords();
    const file = newFile({ records });
    const id = firstId(file);
    for (let step = 1; step <= 260; step++) retitle(file, id, `step ${step}`);
    for (let step = 1; step <= 260; step++) unwrap(undoLast(file));
    const state = file.undoStack.state();
    expect(state).toEqual({ undo: null, redo: 'edit' });
    closeFile(file);
    const again = openAgain(file.path, { records });
    expect(again.undoStack.state()).toEqual(state);
    unwrap(redoLast(again));
    expect(title(again, id)).toBe('step 1');
    expect(checkFile(again)).toEqual([]);
  });

  test('undo and redo without anything to take back refuse and write nothing', () => {
    const file = newFile();
    const batches = () => file.db.prepare('SELECT count(*) FROM batch').pluck().get();
    const before = batches();
    expect(refusalOf(undoLast(file)).code).toBe('nothing-to-undo');
    expect(refusalOf(redoLast(file)).code).toBe('nothing-to-redo');
    expect(batches()).toBe(before);
  });

  test('a new edit ends what could be brought back', () => {
    const file = newFile();
    const id = firstId(file);
    retitle(file, id, 'a');
    unwrap(undoLast(file));
    retitle(file, id, 'b');
    expect(refusalOf(redoLast(file)).code).toBe('nothing-to-redo');
  });

  test('the register that the file was made from cannot be taken back', () => {
    const file = newFile();
    const seed = { replica: REGISTER_REPLICA, seq: 1 };
    expect(refusalOf(undoBatch(file, seed)).code).toBe('nothing-to-undo');
    expect(listInstruments(file.db)).toHaveLength(37);
  });

  test('an edit stays saved and counted when a listener fails', () => {
    const file = newFile();
    const id = firstId(file);
    file.onCommit = () => {
      throw new Error('the window is gone');
    };
    expect(() => retitle(file, id, 'a')).toThrow('the window is gone');
    file.onCommit = () => undefined;
    retitle(file, id, 'b');
    unwrap(undoLast(file));
    expect(title(file, id)).toBe('a');
    expect(checkFile(file)).toEqual([]);
  });
});
