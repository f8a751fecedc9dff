/** Copies, whole and in part: what they hold, and what not one byte of them may tell. */
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { editInstruments, moveDeadline, setSupportingBodies } from '../../db/commands/instrumentCommands.ts';
import { addNote, deleteNote, editNote } from '../../db/commands/noteCommands.ts';
import { createBody, createPerson, editPerson, renameFile } from '../../db/commands/registryCommands.ts';
import { hashOf } from '../../db/copy/deliver.ts';
import { restrictionOf } from '../../db/copy/restriction.ts';
import { saveCopy, saveRestrictedCopy } from '../../db/copy/saveCopy.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { fileDetails } from '../../db/repositories/fileRepository.ts';
import { findInstrumentsByNumber, listInstruments, notesOf } from '../../db/repositories/instrumentsRepository.ts';
import { search } from '../../db/search/searchQuery.ts';
import type { CivilDate } from '../../shared/civilDate.ts';
import type { Instrument } from '../../shared/entities/instrument.ts';
import { memoryRecords, newFile, openAgain, refusalOf, unwrap } from '../helpers/tempFile.ts';

const byNumber = (file: OpenFile, number: number): Instrument =>
  findInstrumentsByNumber(file.db, number)[0] as Instrument;
const beside = (file: OpenFile, name: string): string => join(dirname(file.path), name);
const rowsOf = (file: OpenFile, table: string) => file.db.prepare(`SELECT * FROM ${table} ORDER BY id`).all();
const isIn = (bytes: Buffer, text: string): boolean =>
  bytes.includes(Buffer.from(text, 'utf8')) || bytes.includes(Buffer.from(text, 'utf16le'));

/** A committee that has worked for a while: by several people, across instruments, with things deleted again. */
function workedFile() {
  const file = newFile();
  const [four, five, six] = [byNumber(file, 4), byNumber(file, 5), byNumber(file, 6)];
  const kept = unwrap(
    createPerson(file, { name: 'Kept Owner', post: null, bodyId: null, side: 'pk', email: null, phone: null }),
  );
  const body = unwrap(createBody(file, { name: 'Body of the kept owner', shortName: null, side: 'pk' }));
  unwrap(editPerson(file, { id: kept.id as never, fields: { bodyId: body.id as never } }));
  const earlier = unwrap(
    createPerson(file, { name: 'Earlier Owner', post: null, bodyId: null, side: 'pk', email: null, phone: null }),
  );
  const secret = unwrap(
    createPerson(file, {
      name: 'Secret Person',
      post: 'Hidden post',
      bodyId: null,
      side: 'kz',
      email: 'secret@example.org',
      phone: '+7 000',
    }),
  );
  unwrap(editInstruments(file, { ids: [four.id], fields: { pkOwnerId: earlier.id as never } }));
  unwrap(editInstruments(file, { ids: [four.id], fields: { pkOwnerId: kept.id as never, nextStep: 'kept step' } }));
  unwrap(addNote(file, { instrumentId: four.id, text: 'kept note' }));
  file.author = { name: 'Secret Author', post: 'Secret bureau' };
  unwrap(
    editInstruments(file, {
      ids: [five.id, six.id],
      fields: { kzOwnerId: secret.id as never, summary: 'secret summary' },
    }),
  );
  const gone = unwrap(addNote(file, { instrumentId: five.id, text: 'secret note, deleted again, '.repeat(300) }));
  unwrap(deleteNote(file, { id: gone.id as never }));
  const edited = unwrap(addNote(file, { instrumentId: six.id, text: 'secret first wording' }));
  unwrap(editNote(file, { id: edited.id as never, text: 'secret second wording' }));
  file.author = { name: 'Both Author', post: null };
  // One action that touches kept and left-out instruments: it arrives in part.
  unwrap(moveDeadline(file, { ids: [four.id, five.id], deadline: '2027-06-30' as CivilDate, reason: 'for both' }));
  unwrap(setSupportingBodies(file, { id: four.id, bodyIds: [body.id as never] }));
  unwrap(renameFile(file, { title: 'Committee of the test' }));
  return { file, four, five, six };
}

describe('a whole copy', () => {
  test('holds everything, says its size and SHA-256, and passes every check', () => {
    const { file } = workedFile();
    const out = beside(file, 'whole copy – Көшірме – کاپی.mou');
    const saved = unwrap(saveCopy(file, out));
    expect(saved).toEqual({ path: out, sizeBytes: statSync(out).size, sha256: hashOf(out).sha256 });
    const copy = openAgain(out);
    expect(checkFile(copy)).toEqual([]);
    expect(rowsOf(copy, 'instrument')).toEqual(rowsOf(file, 'instrument'));
    expect(fileDetails(copy).counts).toEqual(fileDetails(file).counts);
    expect(restrictionOf(copy.db)).toBeNull();
  });

  test('never takes the place of another file unless a person agreed, and never of the open one', () => {
    const { file } = workedFile();
    const out = beside(file, 'other.txt');
    writeFileSync(out, 'mine');
    expect(refusalOf(saveCopy(file, out)).code).toBe('file-exists');
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(refusalOf(saveCopy(file, file.path, { mayReplace: true })).code).toBe('same-file');
    unwrap(saveCopy(file, out, { mayReplace: true }));
    expect(checkFile(openAgain(out))).toEqual([]);
  });

  test('into a folder that is not there is refused and leaves nothing', () => {
    const { file } = workedFile();
    expect(refusalOf(saveCopy(file, join(dirname(file.path), 'no', 'copy.mou'))).code).toMatch(
      /file-missing|no-permission/,
    );
  });
});

describe('a restricted copy', () => {
  test('shows the chosen instruments as the source does, with notes, people, history and search', () => {
    const { file, four } = workedFile();
    const copy = openAgain(
      unwrap(saveRestrictedCopy(file, beside(file, 'part.mou'), { by: 'number', numbers: [4] })).path,
    );
    const { row: _, ...instrument } = { row: 0, ...byNumber(copy, 4) };
    expect(instrument).toEqual(byNumber(file, 4));
    expect(listInstruments(copy.db)).toHaveLength(1);
    expect(notesOf(copy.db, four.id)).toEqual(notesOf(file.db, four.id));
    const names = copy.db.prepare('SELECT name FROM person ORDER BY name').pluck().all();
    // The earlier owner too: the history names him, and undo may bring him back.
    expect(names).toEqual(expect.arrayContaining(['Earlier Owner', 'Kept Owner']));
    expect(search(copy.db, 'kept note', 10).hits).toHaveLength(1);
    expect(fileDetails(copy).title).toBe('Committee of the test');
    expect(fileDetails(copy).counts).toMatchObject({ targets: 0, risks: 0, instruments: 1 });
    expect(checkFile(copy)).toEqual([]);
  });

  test('tells nothing of the rest, not in any byte', () => {
    const { file } = workedFile();
    // Deleted pages of the source are full of it.
    file.db.exec('VACUUM');
    const out = unwrap(saveRestrictedCopy(file, beside(file, 'part.mou'), { by: 'number', numbers: [4] })).path;
    const bytes = readFileSync(out);
    for (const secret of ['Secret ', 'secret', 'Hidden', '+7 000', 'note-delete', 'note-edit'])
      expect([secret, isIn(bytes, secret)]).toEqual([secret, false]);
    const copy = openAgain(out);
    const kept = new Set(
      ['file', 'instrument', 'note', 'support', 'person', 'body'].flatMap((table) =>
        rowsOf(copy, table).map((row) => (row as { id: string }).id),
      ),
    );
    const keptText = JSON.stringify(
      ['file', 'instrument', 'note', 'support', 'person', 'body', 'change', 'author', 'meta', 'sqlite_schema'].map(
        (table) => copy.db.prepare(`SELECT * FROM ${table}`).all(),
      ),
    );
    let tried = 0;
    for (const table of ['instrument', 'note', 'support', 'person', 'body', 'target', 'risk'])
      for (const row of rowsOf(file, table) as Record<string, unknown>[]) {
        if (kept.has(row.id as string)) continue;
        for (const value of Object.values(row)) {
          if (typeof value !== 'string' || value.length < 12 || keptText.includes(value)) continue;
          tried += 1;
          expect([value, isIn(bytes, value)]).toEqual([value, false]);
        }
      }
    expect(tried).toBeGreaterThan(150);
    // The control: the search would have found it.
    expect(isIn(readFileSync(unwrap(saveCopy(file, beside(file, 'whole.mou'))).path), 'secret second wording')).toBe(
      true,
    );
  });

  test('says of a batch that came in part how much it had, and has no batch that is empty', () => {
    const { file } = workedFile();
    const copy = openAgain(
      unwrap(saveRestrictedCopy(file, beside(file, 'part.mou'), { by: 'number', numbers: [4] })).path,
    );
    const batches = copy.db.prepare('SELECT changes, held FROM batch').all() as { changes: number; held: number }[];
    expect(batches.every(({ changes, held }) => held > 0 && held <= changes)).toBe(true);
    expect(batches.filter(({ changes, held }) => held < changes).length).toBeGreaterThan(1);
    expect(batches.length).toBeLessThan(fileDetails(file).counts.batches);
  });

  test('says for ever what it is a part of', () => {
    const { file } = workedFile();
    const out = unwrap(saveRestrictedCopy(file, beside(file, 'part.mou'), { by: 'number', numbers: [5, 4] })).path;
    const copy = openAgain(out);
    expect(restrictionOf(copy.db)).toMatchObject({ by: 'number', of: ['4', '5'], instruments: 2 });
    expect(fileDetails(copy).fileId).toBe(fileDetails(file).fileId);
    const again = openAgain(unwrap(saveCopy(copy, beside(file, 'again.mou'))).path);
    expect(restrictionOf(again.db)).toMatchObject({ of: ['4', '5'] });
  });

  test('is chosen by sector, by lead body or owner as well, compared as search compares', () => {
    const { file, four } = workedFile();
    const numbersOf = (path: string) => listInstruments(openAgain(path).db).map(({ number }) => number);
    const { sector } = four;
    const inSector = listInstruments(file.db)
      .filter((one) => one.sector === sector)
      .map(({ number }) => number);
    const bySector = unwrap(
      saveRestrictedCopy(file, beside(file, 's.mou'), { by: 'sector', sectors: [String(sector).toUpperCase()] }),
    );
    expect(numbersOf(bySector.path)).toEqual(inSector);
    const byOwner = unwrap(saveRestrictedCopy(file, beside(file, 'o.mou'), { by: 'body', names: ['kept owner'] }));
    expect(numbersOf(byOwner.path)).toEqual([4]);
    const none = refusalOf(saveRestrictedCopy(file, beside(file, 'n.mou'), { by: 'sector', sectors: ['no such'] }));
    expect(none).toEqual({ code: 'nothing-in-scope', details: { scope: 'no such' } });
  });

  test('a part of a part holds what both hold', () => {
    const { file } = workedFile();
    const part = openAgain(
      unwrap(saveRestrictedCopy(file, beside(file, 'p.mou'), { by: 'number', numbers: [4, 5] })).path,
    );
    const inner = openAgain(
      unwrap(saveRestrictedCopy(part, beside(file, 'pp.mou'), { by: 'number', numbers: [4] })).path,
    );
    const direct = openAgain(
      unwrap(saveRestrictedCopy(file, beside(file, 'd.mou'), { by: 'number', numbers: [4] })).path,
    );
    for (const table of ['instrument', 'note', 'person', 'body'])
      expect(rowsOf(inner, table).map(withoutRow)).toEqual(rowsOf(direct, table).map(withoutRow));
    expect(fileDetails(inner).counts).toEqual(fileDetails(direct).counts);
  });

  test('can be worked in, and what was written there comes back by merging', () => {
    const { file, four } = workedFile();
    const out = unwrap(saveRestrictedCopy(file, beside(file, 'part.mou'), { by: 'number', numbers: [4] })).path;
    const copy = openAgain(out, { records: memoryRecords(), author: { name: 'Ministry', post: null } });
    unwrap(editInstruments(copy, { ids: [four.id], fields: { nextStep: 'answered by the ministry' } }));
    unwrap(addNote(copy, { instrumentId: four.id, text: 'from the ministry' }));
    expect(checkFile(copy)).toEqual([]);
    const back = beside(file, `back ${basename(out)}`);
    copy.db.close();
    copyFileSync(out, back);
    const report = unwrap(mergeFiles(file, [back], { isDryRun: false }));
    expect(report.batches).toHaveLength(2);
    expect(report.conflicts).toEqual([]);
    expect(byNumber(file, 4).nextStep).toBe('answered by the ministry');
    expect(checkFile(file)).toEqual([]);
  });
});

const withoutRow = (row: unknown) => ({ ...(row as object), row: 0 });
