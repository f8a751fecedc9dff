import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { decideConflicts } from '../../db/commands/decideConflicts.ts';
import { createInstrument, deleteInstruments, editInstruments } from '../../db/commands/instrumentCommands.ts';
import { addNote } from '../../db/commands/noteCommands.ts';
import { redoLast, undoBatch, undoLast } from '../../db/commands/undo.ts';
import { createFile } from '../../db/create.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import { migrate, SCHEMA_VERSION } from '../../db/migrations/index.ts';
import { assemble, closeFile, openFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listConflicts } from '../../db/repositories/conflictsRepository.ts';
import { listHistory } from '../../db/repositories/historyRepository.ts';
import { listInstruments, notesOf } from '../../db/repositories/instrumentsRepository.ts';
import { search } from '../../db/search/searchQuery.ts';
import { connectSqlite } from '../../db/sqlite.ts';
import { stateOf } from '../helpers/mergeWorld.ts';
import {
  copyTo,
  memoryRecords,
  newFile,
  openAgain,
  optionsOf,
  refusalOf,
  tempFolder,
  unwrap,
} from '../helpers/tempFile.ts';
import { twoCopies } from '../helpers/twoCopies.ts';

const idOf = (file: OpenFile, number: number): never =>
  listInstruments(file.db).find((instrument) => instrument.number === number)?.id as never;
const edit = (file: OpenFile, number: number, fields: Record<string, unknown>) =>
  unwrap(editInstruments(file, { ids: [idOf(file, number)], fields }));
const step = (file: OpenFile, number: number) =>
  listInstruments(file.db).find((one) => one.number === number)?.nextStep;
const merge = (file: OpenFile, ...paths: string[]) => unwrap(mergeFiles(file, paths, { isDryRun: false }));

describe('merge', () => {
  test('M1: what either side has written is there afterwards, found and counted', () => {
    const { path, other } = twoCopies(
      (file) => edit(file, 4, { nextStep: 'from us' }),
      (file) => {
        edit(file, 5, { nextStep: 'from them' });
        unwrap(addNote(file, { instrumentId: idOf(file, 5), text: 'зерновой терминал' }));
      },
    );
    const file = openAgain(path);
    const report = merge(file, other);
    expect(report).toMatchObject({ sources: ['theirs.mou'], changes: 7, conflicts: [], forks: [] });
    expect(report.batches.map(({ author, label }) => [author, label])).toEqual([
      ['Bolat', 'edit'],
      ['Bolat', 'note-add'],
    ]);
    expect([step(file, 4), step(file, 5)]).toEqual(['from us', 'from them']);
    expect(search(file.db, 'терминал', 10).hits).toHaveLength(1);
    expect(checkFile(file)).toEqual([]);
  });

  test('M2: a file merged with itself, a copy or an ancestor brings nothing and stays the same to the byte', () => {
    const { path, other } = twoCopies(
      (file) => edit(file, 4, { nextStep: 'from us' }),
      () => undefined,
    );
    const file = openAgain(path);
    const before = readFileSync(path);
    for (const paths of [[path], [other], [path, other, path], [copyTo(path, `${path}.copy`)]])
      expect(merge(file, ...paths)).toMatchObject({
        batches: [],
        changes: 0,
        conflicts: [],
        forks: [],
        instrumentIds: [],
      });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('two files made from the register apart are kin, two empty ones are not', () => {
    const folder = tempFolder();
    const make = (name: string, from: 'register' | 'empty') => {
      const file = unwrap(createFile(join(folder, name), { from, title: name }, optionsOf()));
      closeFile(file);
      return file.path;
    };
    const file = openAgain(make('a.mou', 'register'));
    expect(merge(file, make('b.mou', 'register'))).toMatchObject({ changes: 1, conflicts: [{ field: 'title' }] });
    expect(listInstruments(file.db)).toHaveLength(37);
    const empty = openAgain(make('c.mou', 'empty'));
    const stranger = make('d.mou', 'empty');
    expect(refusalOf(mergeFiles(empty, [stranger], { isDryRun: false }))).toEqual({
      code: 'other-family',
      details: { path: stranger },
    });
  });

  test('M4: a conflict is the cell with both values, who wrote them, and what both had seen before', () => {
    const { path, other } = twoCopies(
      (file) => edit(file, 4, { stage: 'on-hold' }),
      (file) => edit(file, 4, { stage: 'implemented' }),
    );
    const file = openAgain(path);
    const [conflict, ...more] = merge(file, other).conflicts;
    expect(more).toEqual([]);
    expect(conflict).toMatchObject({
      entity: 'instrument',
      field: 'stage',
      base: { value: 'not-started', author: null },
      ours: { value: 'on-hold', author: 'Ayesha' },
      theirs: [{ value: 'implemented', author: 'Bolat' }],
    });
    expect(listConflicts(file)).toHaveLength(1);
    unwrap(decideConflicts(file, [{ entity: 'instrument', id: idOf(file, 4), field: 'stage', value: 'on-hold' }]));
    expect(listConflicts(file)).toEqual([]);
    closeFile(file);
    // The decision has seen both, so it settles the matter on the other side as well.
    const back = openAgain(other);
    expect(merge(back, path).conflicts).toEqual([]);
    expect(listInstruments(back.db).find(({ number }) => number === 4)?.stage).toBe('on-hold');
  });

  test('M4: what two others disagree about is theirs, and never our old value against both', () => {
    const folder = tempFolder();
    const base = join(folder, 'base.mou');
    closeFile(newFile({ path: base }));
    const others = ['b', 'c'].map((name) => {
      const path = copyTo(base, join(folder, `${name}.mou`));
      const file = openAgain(path, { author: { name, post: null } });
      edit(file, 4, { stage: name === 'b' ? 'implemented' : 'on-hold' });
      closeFile(file);
      return path;
    });
    const file = openAgain(base);
    const [conflict] = merge(file, ...others).conflicts;
    expect(conflict).toMatchObject({ base: { value: 'not-started' }, ours: null });
    expect(conflict?.theirs.map(({ value }) => value).sort()).toEqual(['implemented', 'on-hold']);
  });

  test('M5: an edit that its deleter did not know of keeps the row, in conflict, until somebody decides', () => {
    const { path, other } = twoCopies(
      (file) => unwrap(deleteInstruments(file, { ids: [idOf(file, 4)] })),
      (file) => edit(file, 4, { nextStep: 'still at it' }),
    );
    const file = openAgain(path);
    const before = listInstruments(file.db).length;
    const [conflict] = merge(file, other).conflicts;
    expect(conflict).toMatchObject({
      field: 'deleted',
      ours: { value: 1, author: 'Ayesha' },
      theirs: [{ value: 0, author: 'Bolat' }],
    });
    expect(listInstruments(file.db)).toHaveLength(before + 1);
    expect(step(file, 4)).toBe('still at it');
    const id = idOf(file, 4) as string;
    // Going on to edit it decides nothing.
    edit(file, 4, { nextStep: 'and more' });
    expect(listConflicts(file)).toMatchObject([{ field: 'deleted', ours: { value: 0 }, theirs: [{ value: 1 }] }]);
    unwrap(decideConflicts(file, [{ entity: 'instrument', id, field: 'deleted', value: 1 }]));
    expect(listConflicts(file)).toEqual([]);
    expect(listInstruments(file.db)).toHaveLength(before);
    expect(checkFile(file)).toEqual([]);
    unwrap(undoLast(file));
    expect(listInstruments(file.db)).toHaveLength(before + 1);
  });

  test('M8: a copy of an older version is read as it would be after its update, and stays as it is', () => {
    const { path, other } = twoCopies(
      () => undefined,
      (file) => edit(file, 5, { nextStep: 'from long ago' }),
    );
    const old = join(path, '..', 'old.mou');
    downgrade(other, old, 30);
    const before = readFileSync(old);
    const file = openAgain(path);
    expect(merge(file, old)).toMatchObject({ changes: 1, forks: [] });
    expect(step(file, 5)).toBe('from long ago');
    expect(readFileSync(old).equals(before)).toBe(true);
  });

  test('M8: what this version does not know is kept and passed on', () => {
    const { path, other } = twoCopies(
      () => undefined,
      (file) => edit(file, 5, { nextStep: 'glad' }),
    );
    const db = connectSqlite(other);
    db.exec(`INSERT INTO field (entity, name) SELECT id, 'mood' FROM entity WHERE name = 'instrument';
      UPDATE change SET field = (SELECT id FROM field WHERE name = 'mood') WHERE batch = (SELECT max(id) FROM batch)`);
    db.close();
    const file = openAgain(path);
    expect(merge(file, other)).toMatchObject({ changes: 1, conflicts: [] });
    expect(checkFile(file)).toEqual([]);
    closeFile(file);
    const third = openAgain(copyTo(path, `${path}.third`));
    const mood = "SELECT c.value FROM change c JOIN field f ON f.id = c.field WHERE f.name = 'mood'";
    expect(third.db.prepare(mood).pluck().all()).toEqual(['glad']);
  });

  test('a file that may only be read says what would come, and takes nothing', () => {
    const { path, other } = twoCopies(
      () => undefined,
      (file) => edit(file, 5, { nextStep: 'from them' }),
    );
    const reader = unwrap(openFile(path, optionsOf({ isExclusive: false })));
    expect(unwrap(mergeFiles(reader, [other], { isDryRun: true })).changes).toBe(1);
    closeFile(reader);
    const file = assemble(connectSqlite(path), path, 'newer-version', optionsOf());
    expect(refusalOf(mergeFiles(file, [other], { isDryRun: true })).code).toBe('file-read-only');
    file.db.close();
  });
});

/** As the version before this one would have written the file. */
function downgrade(from: string, to: string, version: number): void {
  const source = connectSqlite(from, { readonly: true });
  const target = connectSqlite(to);
  migrate(target, version);
  const tables = target
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'")
    .pluck();
  for (const table of tables.all() as string[]) {
    const columns = (target.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => `"${name}"`).join();
    const rows = source.prepare(`SELECT ${columns} FROM ${table}`).raw().all() as unknown[][];
    const insert = (row: unknown[]) =>
      target.prepare(`INSERT INTO ${table} (${columns}) VALUES (${row.map(() => '?').join()})`).run(row);
    target.transaction(() => rows.forEach(insert))();
  }
  source.close();
  target.close();
  expect(version).toBeLessThan(SCHEMA_VERSION);
}

describe('taking a merge back', () => {
  const diverged = () =>
    twoCopies(
      (file) => {
        edit(file, 4, { stage: 'on-hold', nextStep: 'ours' });
        edit(file, 6, { progress: 10 });
      },
      (file) => {
        edit(file, 4, { stage: 'implemented', summary: 'theirs' });
        edit(file, 5, { nextStep: 'from them', deadline: '2027-06-30' });
        unwrap(addNote(file, { instrumentId: idOf(file, 5), text: 'a note' }));
        unwrap(createInstrument(file, { title: 'New there' }));
        unwrap(deleteInstruments(file, { ids: [idOf(file, 7)] }));
      },
    );

  test('M9: Ctrl+Z takes the whole of it back as one step, redo brings it again', () => {
    const { path, other } = diverged();
    const file = openAgain(path);
    const before = stateOf(file.db);
    merge(file, other);
    expect(file.undoStack.state()).toEqual({ undo: 'merge', redo: null });
    const merged = stateOf(file.db);
    expect(merged.conflicts).toHaveLength(1);
    expect(unwrap(undoLast(file))).toMatchObject({ label: 'merge', kept: 0 });
    expect(stateOf(file.db)).toEqual(before);
    expect(checkFile(file)).toEqual([]);
    unwrap(redoLast(file));
    expect(stateOf(file.db).rows).toEqual(merged.rows);
    expect(checkFile(file)).toEqual([]);
    unwrap(undoLast(file));
    expect(stateOf(file.db)).toEqual(before);
  });

  test('M9: it is one entry of the history, which says where it came from and whether it was taken back', () => {
    const { path, other } = diverged();
    const file = openAgain(path, { author: { name: 'Ayesha', post: null } });
    const before = stateOf(file.db);
    merge(file, other);
    const [entry] = listHistory(file, { limit: 3 }).entries;
    expect(entry).toMatchObject({ kind: 'merge', author: 'Ayesha', sources: ['theirs.mou'], isUndone: false });
    edit(file, 9, { nextStep: 'and on' });
    const undone = unwrap(undoBatch(file, entry?.batch as never));
    expect(undone.kept).toBe(0);
    const { rows } = stateOf(file.db);
    expect(rows.note).toEqual(before.rows.note);
    const entries = listHistory(file, { limit: 500 }).entries;
    expect(entries.find(({ kind }) => kind === 'merge')?.isUndone).toBe(true);
    expect(refusalOf(undoBatch(file, entry?.batch as never)).code).toBe('nothing-to-undo');
  });

  test('M9: what somebody has written since is left as it is, and counted', () => {
    const { path, other } = diverged();
    const file = openAgain(path);
    merge(file, other);
    edit(file, 5, { nextStep: 'our own now' });
    unwrap(undoLast(file)); // our edit
    edit(file, 5, { nextStep: 'our own now' });
    const [entry] = listHistory(file, { limit: 50 }).entries.filter(({ kind }) => kind === 'merge');
    expect(unwrap(undoBatch(file, entry?.batch as never))).toMatchObject({ kept: 1 });
    expect(step(file, 5)).toBe('our own now');
    expect(notesOf(file.db, idOf(file, 5))).toEqual([]);
  });

  test('M9: the step survives closing and opening', () => {
    const { path, other } = diverged();
    const records = memoryRecords();
    const file = openAgain(path, { records });
    edit(file, 9, { nextStep: 'before' });
    const before = stateOf(file.db);
    merge(file, other);
    edit(file, 9, { nextStep: 'after' });
    closeFile(file);
    const again = openAgain(path, { records });
    unwrap(undoLast(again));
    expect(again.undoStack.state().undo).toBe('merge');
    unwrap(undoLast(again));
    expect(stateOf(again.db)).toEqual(before);
    expect(again.undoStack.state()).toEqual({ undo: 'edit', redo: 'merge' });
  });

  test('M9: merged again elsewhere, copies agree on what was taken back', () => {
    const { path, other, folder } = diverged();
    const third = join(folder, 'third.mou');
    copyFileSync(other, third);
    const file = openAgain(path);
    merge(file, other);
    unwrap(undoLast(file));
    const mine = stateOf(file.db);
    closeFile(file);
    const elsewhere = openAgain(third);
    merge(elsewhere, path);
    expect(stateOf(elsewhere.db)).toEqual(mine);
    expect(merge(elsewhere, other).changes).toBe(0);
  });
});
