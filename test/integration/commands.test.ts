import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import * as instruments from '../../db/commands/instrumentCommands.ts';
import * as notes from '../../db/commands/noteCommands.ts';
import * as registry from '../../db/commands/registryCommands.ts';
import { setFields } from '../../db/commands/setFields.ts';
import type { OpenFile } from '../../db/openFile.ts';
import {
  findInstrument,
  findInstrumentsByNumber,
  instrumentDetail,
  instrumentRows,
  lastNotes,
  listInstruments,
  streamInstruments,
} from '../../db/repositories/instrumentsRepository.ts';
import { findPerson, listBodies, listPersons } from '../../db/repositories/peopleRepository.ts';
import { listTargets } from '../../db/repositories/targetsRepository.ts';
import { BLOCK_ROWS, FIRST_BLOCK_ROWS, type fileApi, type Input } from '../../shared/api.ts';
import type { CivilDate } from '../../shared/civilDate.ts';
import { createTranslator } from '../../shared/text/translator.ts';
import { newFile, refusalOf, unwrap } from '../helpers/tempFile.ts';

type Edit = Input<typeof fileApi, 'instrument.edit'>['fields'];
const NOBODY = '01900002-0000-7000-8000-00000000ffff';
const { t } = createTranslator();
const day = (text: string) => text as CivilDate;

const idOf = (file: OpenFile, number: number) => findInstrumentsByNumber(file.db, number)[0]?.id as string;
const edit = (file: OpenFile, number: number, fields: Edit) =>
  instruments.editInstruments(file, { ids: [idOf(file, number)], fields });
const at = (file: OpenFile, number: number) => findInstrument(file.db, idOf(file, number));

/** Everything the file holds but its records of reading. */
const contents = ({ db }: OpenFile) =>
  JSON.stringify(
    [
      'batch',
      'change',
      'instrument',
      'person',
      'body',
      'support',
      'note',
      'target',
      'file',
      'replica',
      'entity_row',
      'label',
      'author',
    ].map((table) => db.prepare(`SELECT * FROM ${table}`).all()),
  );

describe('a refused action says why and changes nothing', () => {
  const cases: Record<string, [(file: OpenFile) => ReturnType<typeof instruments.editInstruments>, object]> = {
    'an unknown instrument': [
      (file) => instruments.editInstruments(file, { ids: [idOf(file, 1), NOBODY], fields: { title: 'x' } }),
      { code: 'not-found', details: { entity: 'instrument', id: NOBODY } },
    ],
    'a deadline before the start': [
      (file) => edit(file, 1, { startOn: day('2027-01-01'), deadline: day('2026-01-01') }),
      { code: 'deadline-before-start' },
    ],
    'an owner who is not in the file': [
      (file) => edit(file, 1, { pkOwnerId: NOBODY }),
      { code: 'invalid-value', details: { field: 'pkOwnerId', value: NOBODY, rule: 'reference' } },
    ],
    'a lead body that is not in the file': [
      (file) => edit(file, 1, { kzLeadBodyId: NOBODY }),
      { code: 'invalid-value', details: { field: 'kzLeadBodyId', rule: 'reference' } },
    ],
    'assigning a person who is not in the file': [
      (file) => instruments.assignOwner(file, { ids: [idOf(file, 1)], side: 'pk', personId: NOBODY, newName: null }),
      { code: 'not-found', details: { entity: 'person' } },
    ],
    'assigning a new person to an unknown instrument': [
      (file) => instruments.assignOwner(file, { ids: [NOBODY], side: 'pk', personId: null, newName: 'B. Khan' }),
      { code: 'not-found', details: { entity: 'instrument' } },
    ],
    'an override without a reason': [
      (file) => instruments.overrideHealth(file, { id: idOf(file, 1), health: 'at-risk', reason: null }),
      { code: 'reason-required' },
    ],
    'a supporting body that is not in the file': [
      (file) => instruments.setSupportingBodies(file, { id: idOf(file, 1), bodyIds: [NOBODY] }),
      { code: 'not-found', details: { entity: 'body' } },
    ],
    'deleting an unknown instrument': [
      (file) => instruments.deleteInstruments(file, { ids: [idOf(file, 1), NOBODY] }),
      { code: 'not-found' },
    ],
    'editing an unknown note': [(file) => notes.editNote(file, { id: NOBODY, text: 'x' }), { code: 'not-found' }],
    'pinning an unknown note': [(file) => notes.pinNote(file, { id: NOBODY, isPinned: true }), { code: 'not-found' }],
    'deleting an unknown note': [(file) => notes.deleteNote(file, { id: NOBODY }), { code: 'not-found' }],
    'editing an unknown person': [
      (file) => registry.editPerson(file, { id: NOBODY, fields: { name: 'x' } }),
      { code: 'not-found', details: { entity: 'person' } },
    ],
    'deleting an unknown body': [(file) => registry.deleteBody(file, { id: NOBODY }), { code: 'not-found' }],
    'editing an unknown target': [
      (file) => registry.editTarget(file, { id: NOBODY, fields: { latest: 1 } }),
      { code: 'not-found', details: { entity: 'target' } },
    ],
    'a title that is too long': [
      (file) => edit(file, 1, { title: 'x'.repeat(501) }),
      { code: 'invalid-value', details: { field: 'title', rule: 'too-long' } },
    ],
    'a lone surrogate': [
      (file) => edit(file, 1, { title: 'x\ud800' }),
      { code: 'invalid-value', details: { field: 'title', rule: 'control-characters' } },
    ],
    'one bad value among good ones, after good rows': [
      (file) => edit(file, 1, { title: 'good', progress: 101 }),
      { code: 'invalid-value', details: { field: 'progress', rule: 'percent' } },
    ],
  };

  test.each(Object.entries(cases))('%s', (_, [act, expected]) => {
    const file = newFile();
    const before = contents(file);
    expect(refusalOf(act(file))).toMatchObject(expected);
    expect(contents(file)).toBe(before);
    expect(file.undoStack.state()).toEqual({ undo: null, redo: null });
    // What the refused action named for the first time is not taken for named.
    unwrap(edit(file, 2, { nextStep: 'next' }));
    expect(checkFile(file)).toEqual([]);
  });

  test('a person of a body that is not in the file is neither added nor edited', () => {
    const file = newFile();
    const person = { name: 'B. Khan', post: null, bodyId: NOBODY, side: null, email: null, phone: null };
    expect(refusalOf(registry.createPerson(file, person))).toMatchObject({
      code: 'invalid-value',
      details: { field: 'bodyId', rule: 'reference' },
    });
    const { id } = unwrap(registry.createPerson(file, { ...person, bodyId: null }));
    expect(refusalOf(registry.editPerson(file, { id, fields: { bodyId: NOBODY } })).code).toBe('invalid-value');
    expect(checkFile(file)).toEqual([]);
  });

  test('a note for a deleted instrument', () => {
    const file = newFile();
    const id = idOf(file, 1);
    unwrap(instruments.deleteInstruments(file, { ids: [id] }));
    expect(refusalOf(notes.addNote(file, { instrumentId: id, text: 'x' })).code).toBe('not-found');
  });

  test.each([
    [[{ field: 'deadline', text: 'tomorrow' }], 'invalid-value'],
    [
      [
        { field: 'nextStep', text: 'good' },
        { field: 'stage', text: 'finished' },
      ],
      'invalid-value',
    ],
    [
      [
        { field: 'owner', text: 'New Person' },
        { field: 'progress', text: 'half' },
      ],
      'invalid-value',
    ],
    [
      [
        { field: 'pkLeadBody', text: 'New Body' },
        { field: 'title', text: '' },
      ],
      'invalid-value',
    ],
    [[{ field: 'deleted', text: '1' }], 'unknown-field'],
    [[{ field: 'originalDeadline', text: '2026-01-01' }], 'unknown-field'],
    [[{ field: '__proto__', text: 'x' }], 'unknown-field'],
    [[{ field: 'healthOverride', text: 'on-track' }], 'reason-required'],
  ])('text values %j', (assignments, code) => {
    const file = newFile();
    const before = contents(file);
    const [instrument] = listInstruments(file.db);
    if (!instrument) throw new Error('no instrument');
    expect(refusalOf(setFields(file, instrument, assignments, t)).code).toBe(code);
    expect(contents(file)).toBe(before);
  });
});

describe('instruments', () => {
  test('equal values write no batch', () => {
    const file = newFile();
    unwrap(edit(file, 1, { nextStep: 'x' }));
    expect(unwrap(edit(file, 1, { nextStep: ' x ' })).batch).toBeNull();
    expect(unwrap(edit(file, 1, {})).batch).toBeNull();
  });

  test('texts are kept composed, trimmed, with plain line ends, whatever script they are in', () => {
    const file = newFile();
    unwrap(edit(file, 1, { title: '  Cafe\u0301 ', nextStep: 'a\r\nb\rc', summary: '   ', sector: '👩‍👩‍👧 ریلوے' }));
    expect(at(file, 1)).toMatchObject({ title: 'Café', nextStep: 'a\nb\nc', summary: null, sector: '👩‍👩‍👧 ریلوے' });
    unwrap(edit(file, 1, { summary: 'ж'.repeat(5_000) }));
    expect(at(file, 1)?.summary).toHaveLength(5_000);
    expect(checkFile(file)).toEqual([]);
  });

  test('the deadline moved away from first is the baseline, and a reason explains its own move only', () => {
    const file = newFile();
    const ids = [idOf(file, 1)];
    const move = (deadline: string | null, reason?: string) =>
      unwrap(instruments.moveDeadline(file, { ids, deadline: deadline as CivilDate | null, reason }));
    move('2026-12-31');
    expect(at(file, 1)).toMatchObject({ originalDeadline: null });
    move('2027-03-31', 'Late survey');
    expect(at(file, 1)).toMatchObject({ originalDeadline: '2026-12-31', deadlineReason: 'Late survey' });
    move('2027-06-30');
    expect(at(file, 1)).toMatchObject({ originalDeadline: '2026-12-31', deadlineReason: null });
    move(null);
    move('2028-06-30');
    expect(at(file, 1)).toMatchObject({ originalDeadline: '2026-12-31', deadline: '2028-06-30' });
  });

  test('a start after the deadline is refused, whichever of the two is moved', () => {
    const file = newFile();
    unwrap(edit(file, 1, { deadline: day('2026-12-31') }));
    expect(refusalOf(edit(file, 1, { startOn: day('2027-01-01') })).code).toBe('deadline-before-start');
    unwrap(edit(file, 1, { startOn: day('2026-12-31') }));
    expect(refusalOf(instruments.moveDeadline(file, { ids: [idOf(file, 1)], deadline: day('2026-12-30') })).code).toBe(
      'deadline-before-start',
    );
  });

  test('without a number the next free one is given, also when the highest is taken', () => {
    const file = newFile();
    const create = (number?: number) => unwrap(instruments.createInstrument(file, { title: 'x', number })).id;
    expect(findInstrument(file.db, create())?.number).toBe(38);
    create(99_999);
    const next = findInstrument(file.db, create())?.number;
    expect(next).toBe(39);
    expect(checkFile(file)).toEqual([]);
  });

  test('an owner given by a new name is added with the edit, in one step that is taken back as one', () => {
    const file = newFile();
    const ids = [1, 2, 3].map((number) => idOf(file, number));
    unwrap(instruments.assignOwner(file, { ids, side: 'kz', personId: null, newName: 'Әсел Нұрғалиева' }));
    const [person] = listPersons(file.db);
    expect(person).toMatchObject({ name: 'Әсел Нұрғалиева', side: 'kz' });
    expect(ids.map((id) => findInstrument(file.db, id)?.kzOwnerId)).toEqual([person?.id, person?.id, person?.id]);
    unwrap(instruments.assignOwner(file, { ids, side: 'kz', personId: null, newName: null }));
    expect(at(file, 1)?.kzOwnerId).toBeNull();
  });

  test('lifting an override clears its reason; the reason alone cannot be taken away', () => {
    const file = newFile();
    const id = idOf(file, 1);
    unwrap(instruments.overrideHealth(file, { id, health: 'at-risk', reason: 'Strike' }));
    const instrument = findInstrument(file.db, id);
    if (!instrument) throw new Error('gone');
    expect(refusalOf(setFields(file, instrument, [{ field: 'healthOverrideReason', text: '' }], t)).code).toBe(
      'reason-required',
    );
    unwrap(setFields(file, instrument, [{ field: 'healthOverride', text: '' }], t));
    expect(findInstrument(file.db, id)).toMatchObject({ healthOverride: null, healthOverrideReason: null });
  });

  test('supporting bodies are added and removed, also beside one that was deleted since', () => {
    const file = newFile();
    const id = idOf(file, 1);
    const [one, two] = listBodies(file.db).map((body) => body.id);
    if (!one || !two) throw new Error('no bodies');
    unwrap(instruments.setSupportingBodies(file, { id, bodyIds: [one] }));
    unwrap(registry.deleteBody(file, { id: one }));
    unwrap(instruments.setSupportingBodies(file, { id, bodyIds: [one, two] }));
    expect(instrumentDetail(file.db, id)?.supportingBodyIds).toEqual([one, two].sort());
    unwrap(instruments.setSupportingBodies(file, { id, bodyIds: [two] }));
    expect(instrumentDetail(file.db, id)?.supportingBodyIds).toEqual([two]);
    unwrap(instruments.setSupportingBodies(file, { id, bodyIds: [two, two] }));
    expect(checkFile(file)).toEqual([]);
  });

  test('a deleted person is still named by those who had them, and cannot be assigned again', () => {
    const file = newFile();
    const ids = [idOf(file, 1)];
    unwrap(instruments.assignOwner(file, { ids, side: 'pk', personId: null, newName: 'B. Khan' }));
    const personId = at(file, 1)?.pkOwnerId as string;
    unwrap(registry.deletePerson(file, { id: personId }));
    expect(findPerson(file.db, personId)).toBeUndefined();
    expect(at(file, 1)?.pkOwnerId).toBe(personId);
    expect(listPersons(file.db)).toHaveLength(1);
    expect(refusalOf(instruments.assignOwner(file, { ids, side: 'kz', personId, newName: null })).code).toBe(
      'not-found',
    );
    expect(checkFile(file)).toEqual([]);
  });

  test('writing touches the instrument, and so do its notes and supporting bodies, by the latest clock', () => {
    let now = 5_000;
    const file = newFile({ now: () => now });
    const touched = () => at(file, 1)?.touchedAt;
    expect(touched()).toBeNull();
    unwrap(edit(file, 1, { nextStep: 'x' }));
    expect(touched()).toBe(5_000);
    now = 7_000;
    const { id } = unwrap(notes.addNote(file, { instrumentId: idOf(file, 1), text: 'x' }));
    expect(touched()).toBe(7_000);
    now = 6_000;
    unwrap(edit(file, 1, { nextStep: 'y' }));
    expect(touched()).toBe(7_000);
    now = 8_000;
    unwrap(notes.deleteNote(file, { id }));
    expect(touched()).toBe(8_000);
    now = 9_000;
    const body = listBodies(file.db)[0]?.id as string;
    unwrap(instruments.setSupportingBodies(file, { id: idOf(file, 1), bodyIds: [body] }));
    expect(touched()).toBe(9_000);
    expect(checkFile(file)).toEqual([]);
  });
});

describe('repositories', () => {
  test('the register streams a screenful, then large blocks, in order of number, and ends', () => {
    const file = newFile({ from: 'empty' });
    const count = FIRST_BLOCK_ROWS + BLOCK_ROWS + 3;
    const insert = file.db.prepare('INSERT INTO instrument (row, id, number, title) VALUES (?, ?, ?, ?)');
    for (let row = 1; row <= count; row++) insert.run(row, `id-${row}`, row === 5 ? null : count - row + 1, `t${row}`);
    const blocks: number[] = [];
    const numbers: unknown[] = [];
    const total = streamInstruments(file.db, ({ columns, rows }) => {
      blocks.push(rows.length);
      numbers.push(...rows.map((row) => row[columns.indexOf('number')]));
    });
    expect({ total, blocks }).toEqual({ total: count, blocks: [FIRST_BLOCK_ROWS, BLOCK_ROWS, 3] });
    expect(numbers.at(-1)).toBeNull();
    const given = numbers.slice(0, -1) as number[];
    expect(given).toEqual([...given].sort((a, b) => a - b));
    file.db.exec('DELETE FROM instrument');
    expect(streamInstruments(file.db, () => expect.unreachable())).toBe(0);
  });

  test('rows by id come in the order asked for, without deleted and unknown ones', () => {
    const file = newFile();
    const [one, two, three] = [1, 2, 3].map((number) => idOf(file, number)) as [string, string, string];
    unwrap(instruments.deleteInstruments(file, { ids: [two] }));
    const { columns, rows } = instrumentRows(file.db, [three, two, NOBODY, one]);
    expect(rows.map((row) => row[columns.indexOf('id')])).toEqual([three, one]);
    expect(columns).not.toContain('summary');
  });

  test('notes come pinned first, then newest first; the last note is the newest by its clock', () => {
    let now = 1_000;
    const file = newFile({ now: () => now });
    const instrumentId = idOf(file, 1);
    const add = (text: string, clock: number) => {
      now = clock;
      return unwrap(notes.addNote(file, { instrumentId, text })).id;
    };
    const first = add('first', 1_000);
    add('third', 3_000);
    add('second', 2_000);
    unwrap(notes.pinNote(file, { id: first, isPinned: true }));
    expect(instrumentDetail(file.db, instrumentId)?.notes.map(({ text }) => text)).toEqual([
      'first',
      'third',
      'second',
    ]);
    expect(lastNotes(file.db).get(instrumentId)).toMatchObject({ text: 'third', writtenAt: 3_000 });
  });

  test('figures of targets keep their fractions, signs and sizes', () => {
    const file = newFile();
    const [target] = listTargets(file.db);
    for (const latest of [0.1, -2.5, 1e300, 5e-324, 0, 2 ** 53, null]) {
      unwrap(registry.editTarget(file, { id: target?.id as string, fields: { latest } }));
      expect(listTargets(file.db)[0]?.latest).toBe(latest);
      expect(checkFile(file)).toEqual([]);
    }
  });
});
