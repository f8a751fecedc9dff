import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { createFile } from '../../db/create.ts';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { fileDetails } from '../../db/repositories/fileRepository.ts';
import { listInstruments, nextFreeNumber } from '../../db/repositories/instrumentsRepository.ts';
import { listBodies } from '../../db/repositories/peopleRepository.ts';
import { listRisks, listTargets } from '../../db/repositories/targetsRepository.ts';
import { newFile, openAgain, optionsOf, refusalOf, tempFolder } from '../helpers/tempFile.ts';

/** The log's rows in terms that all files share, but for what the author of the file wrote. */
const registerLog = ({ db }: OpenFile) =>
  db
    .prepare(
      `SELECT r.key AS replica, b.seq, b.at, b.kind, l.code, e.name AS entity, x.key AS id, f.name AS field, c.value
       FROM change c JOIN batch b ON b.id = c.batch JOIN replica r ON r.id = b.replica JOIN label l ON l.id = b.label
       JOIN entity_row x ON x.id = c.row JOIN entity e ON e.id = x.entity JOIN field f ON f.id = c.field
       WHERE l.code = 'seed' ORDER BY e.name, x.key, f.name`,
    )
    .all();

describe('a new file', () => {
  test('holds the register of 37 instruments, each with its source, and passes the check', () => {
    const file = newFile();
    const instruments = listInstruments(file.db);
    expect(instruments.map(({ number }) => number)).toEqual(Array.from({ length: 37 }, (_, index) => index + 1));
    expect(instruments.filter(({ source }) => !source)).toEqual([]);
    expect(listBodies(file.db).length).toBeGreaterThan(0);
    expect(listTargets(file.db).length).toBeGreaterThan(0);
    expect(listRisks(file.db).length).toBeGreaterThan(0);
    expect(instruments.every(({ touchedAt }) => touchedAt === null)).toBe(true);
    expect(checkFile(file)).toEqual([]);
  });

  test('can be empty, with nothing but its title', () => {
    const file = newFile({ from: 'empty', title: 'Our committee' });
    expect(fileDetails(file)).toMatchObject({ title: 'Our committee', counts: { instruments: 0, batches: 1 } });
    expect(nextFreeNumber(file.db)).toBe(1);
    expect(checkFile(file)).toEqual([]);
  });

  test('made of the register twice holds the same log to the last cell, and is of one family', () => {
    const one = newFile({ now: () => 1, author: { name: 'A', post: null } });
    const two = newFile({ now: () => 4_000_000_000_000, author: { name: 'B', post: 'Head' } });
    expect(registerLog(one)).toEqual(registerLog(two));
    expect(registerLog(one).length).toBeGreaterThan(500);
    expect(fileDetails(one).fileId).toBe(fileDetails(two).fileId);
    expect(listInstruments(one.db)).toEqual(listInstruments(two.db));
  });

  test('made empty twice is of two families', () => {
    expect(fileDetails(newFile({ from: 'empty' })).fileId).not.toBe(fileDetails(newFile({ from: 'empty' })).fileId);
  });

  test('bears its author’s name, and offers nothing to take back', () => {
    const file = newFile({ author: { name: 'Әсел', post: 'Бас сарапшы' }, now: () => 1_780_000_000_000 });
    expect(fileDetails(file).lastChange).toEqual({ at: 1_780_000_000_000, author: 'Әсел', label: 'file-create' });
    expect(file.undoStack.state()).toEqual({ undo: null, redo: null });
  });

  test('is one file and leaves nothing beside it', () => {
    const folder = tempFolder();
    closeFile(newFile({ path: join(folder, 'a.mou') }));
    expect(readdirSync(folder)).toEqual(['a.mou']);
  });

  test('is never put over an existing file, folder or dangling link', () => {
    const folder = tempFolder();
    const path = join(folder, 'a.mou');
    const refused = (to: string) => refusalOf(createFile(to, { from: 'register', title: 'x' }, optionsOf())).code;
    writeFileSync(path, 'precious');
    expect(refused(path)).toBe('file-exists');
    expect(readFileSync(path, 'utf8')).toBe('precious');
    mkdirSync(join(folder, 'b.mou'));
    expect(refused(join(folder, 'b.mou'))).toBe('file-exists');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'c.mou'));
    expect(refused(join(folder, 'c.mou'))).toBe('file-exists');
    expect(readdirSync(folder).sort()).toEqual(['a.mou', 'b.mou', 'c.mou']);
  });

  test('in a folder that is not there is refused and makes no folder', () => {
    const folder = join(tempFolder(), 'missing');
    expect(refusalOf(createFile(join(folder, 'a.mou'), { from: 'empty', title: 'x' }, optionsOf())).code).toBe(
      'folder-missing',
    );
    expect(existsSync(folder)).toBe(false);
  });

  test.each([
    ['', 'required'],
    ['x'.repeat(201), 'too-long'],
    ['a\0b', 'control-characters'],
  ])('with a title that its rule refuses is not made (%j)', (title, rule) => {
    const folder = tempFolder();
    const error = refusalOf(createFile(join(folder, 'a.mou'), { from: 'register', title }, optionsOf()));
    expect(error).toMatchObject({ code: 'invalid-value', details: { field: 'title', rule } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('whose names need care is made and opened: spaces, quotes, three scripts, a leading dash', () => {
    const folder = tempFolder();
    for (const name of [
      "Ali's “file”.mou",
      'مفاہمت کی یادداشتیں.mou',
      'Меморандум №1.mou',
      '-rf.mou',
      'a%20b?c#d.mou',
      '.mou',
    ]) {
      const path = join(folder, name);
      closeFile(newFile({ path, from: 'empty' }));
      expect(fileDetails(openAgain(path)).counts.batches, name).toBe(1);
    }
  });

  test('whose name ends in a blank is that very file, or refused, never the one without the blank', () => {
    const folder = tempFolder();
    closeFile(newFile({ path: join(folder, 'a.mou'), from: 'empty', title: 'without' }));
    const made = createFile(join(folder, 'a.mou '), { from: 'empty', title: 'with' }, optionsOf());
    if (made.ok) closeFile(made.value);
    else expect(readdirSync(folder)).toEqual(['a.mou']);
    writeFileSync(join(folder, 'b.mou '), readFileSync(join(folder, 'a.mou')));
    closeFile(newFile({ path: join(folder, 'b.mou'), from: 'empty', title: 'other' }));
    const before = readFileSync(join(folder, 'b.mou'));
    const opened = openAgainOrNull(join(folder, 'b.mou '));
    if (opened) expect(fileDetails(opened).title).toBe('without');
    expect(readFileSync(join(folder, 'b.mou')).equals(before)).toBe(true);
  });
});

function openAgainOrNull(path: string): OpenFile | null {
  try {
    return openAgain(path);
  } catch {
    return null;
  }
}
