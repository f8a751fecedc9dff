import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import * as instruments from '../../db/commands/instrumentCommands.ts';
import * as notes from '../../db/commands/noteCommands.ts';
import * as registry from '../../db/commands/registryCommands.ts';
import * as settle from '../../db/commands/settleCommands.ts';
import { undoLast } from '../../db/commands/undo.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listConflicts } from '../../db/repositories/conflictsRepository.ts';
import { listInconsistencies } from '../../db/repositories/inconsistenciesRepository.ts';
import {
  findInstrument,
  findInstrumentsByNumber,
  notesOf,
  supportingBodyIds,
} from '../../db/repositories/instrumentsRepository.ts';
import type { DeletedReference } from '../../shared/inconsistency.ts';
import { openAgain, unwrap } from '../helpers/tempFile.ts';
import { twoCopies } from '../helpers/twoCopies.ts';

const idOf = (file: OpenFile, number: number) => findInstrumentsByNumber(file.db, number)[0]?.id as string;

/** Two copies, each written by its own people, then merged into each other; both say the same. */
function merged(before: (file: OpenFile) => void, ours: (file: OpenFile) => void, theirs: (file: OpenFile) => void) {
  const { path, other } = twoCopies(ours, theirs, before);
  const file = openAgain(path);
  const report = unwrap(mergeFiles(file, [other], { isDryRun: false }));
  const there = openAgain(other);
  unwrap(mergeFiles(there, [path], { isDryRun: false }));
  expect(listInconsistencies(there)).toEqual(listInconsistencies(file));
  return { file, report };
}

const nothing = () => undefined;
const create = (file: OpenFile, title: string) => unwrap(instruments.createInstrument(file, { title })).id;
const references = (file: OpenFile) => listInconsistencies(file) as DeletedReference[];

describe('a number given twice', () => {
  const twice = () =>
    merged(
      nothing,
      (file) => create(file, 'Ours'),
      (file) => create(file, 'Theirs'),
    );

  test('is said by every copy, and in the report of the merge', () => {
    const { file, report } = twice();
    const [one, ...more] = listInconsistencies(file);
    expect(one).toMatchObject({ kind: 'same-number', number: 38 });
    expect(one?.kind === 'same-number' && one.instruments.map(({ label }) => label).sort()).toEqual(['Ours', 'Theirs']);
    expect(more).toEqual([]);
    expect(report.inconsistencies).toEqual([one]);
    expect(listConflicts(file)).toEqual([]);
  });

  test('a new number settles it', () => {
    const { file } = twice();
    const [, second] = findInstrumentsByNumber(file.db, 38);
    unwrap(settle.renumberInstrument(file, { id: second?.id as string }));
    expect(listInconsistencies(file)).toEqual([]);
    expect(findInstrument(file.db, second?.id as string)?.number).toBe(39);
  });

  test('or both are made one, and nothing that hung on the other is lost; one undo takes all of it back', () => {
    const { file } = twice();
    const [kept, joined] = findInstrumentsByNumber(file.db, 38).map(({ id }) => String(id)) as [string, string];
    const { id: body } = unwrap(registry.createBody(file, { name: 'Authority', shortName: null, side: 'kz' }));
    unwrap(instruments.editInstruments(file, { ids: [kept], fields: { nextStep: 'stays' } }));
    unwrap(instruments.editInstruments(file, { ids: [joined], fields: { nextStep: 'goes', sector: 'Energy' } }));
    unwrap(notes.addNote(file, { instrumentId: joined, text: 'moves' }));
    unwrap(instruments.setSupportingBodies(file, { id: joined, bodyIds: [body] }));
    unwrap(settle.joinInstruments(file, { keepId: kept, joinIds: [joined] }));
    expect(findInstrument(file.db, kept)).toMatchObject({ number: 38, nextStep: 'stays', sector: 'Energy' });
    expect(findInstrument(file.db, joined)).toBeUndefined();
    expect(notesOf(file.db, kept).map(({ text }) => text)).toEqual(['moves']);
    expect(supportingBodyIds(file.db, kept)).toEqual([body]);
    expect(listInconsistencies(file)).toEqual([]);
    expect(checkFile(file)).toEqual([]);
    unwrap(undoLast(file));
    expect(notesOf(file.db, joined)).toHaveLength(1);
    expect(supportingBodyIds(file.db, joined)).toEqual([body]);
    expect(listInconsistencies(file)).toHaveLength(1);
    expect(checkFile(file)).toEqual([]);
  });

  test('a start that contradicts the deadline of the one that is kept is not taken over', () => {
    const { file } = twice();
    const [kept, joined] = findInstrumentsByNumber(file.db, 38).map(({ id }) => String(id)) as [string, string];
    const edit = (id: string, fields: Record<string, unknown>) =>
      unwrap(instruments.editInstruments(file, { ids: [id], fields }));
    edit(kept, { deadline: '2026-06-30' });
    edit(joined, { startOn: '2026-12-01', expiresOn: '2027-01-01' });
    unwrap(settle.joinInstruments(file, { keepId: kept, joinIds: [joined] }));
    expect(findInstrument(file.db, kept)).toMatchObject({
      deadline: '2026-06-30',
      startOn: null,
      expiresOn: '2027-01-01',
    });
  });

  test('what stood before the merge is not in its report', () => {
    const { report } = merged(
      (file) => unwrap(instruments.editInstruments(file, { ids: [idOf(file, 5)], fields: { number: 4 } })),
      nothing,
      (file) => create(file, 'New'),
    );
    expect(report.inconsistencies).toEqual([]);
  });
});

describe('a reference to what somebody else has deleted meanwhile', () => {
  const withPerson = (file: OpenFile) =>
    unwrap(instruments.assignOwner(file, { ids: [idOf(file, 4)], side: 'pk', personId: null, newName: 'A. Khan' }));
  const khan = (file: OpenFile) =>
    file.db.prepare("SELECT id FROM person WHERE name = 'A. Khan'").pluck().get() as string;
  const assign = (file: OpenFile) =>
    unwrap(instruments.editInstruments(file, { ids: [idOf(file, 7)], fields: { pkOwnerId: khan(file) } }));
  const ownerless = () => merged(withPerson, assign, (file) => unwrap(registry.deletePerson(file, { id: khan(file) })));

  test('is said; the owners that the deleter knew of are not', () => {
    const { file, report } = ownerless();
    expect(references(file)).toMatchObject([
      { entity: 'instrument', id: idOf(file, 7), field: 'pkOwnerId', target: { entity: 'person', label: 'A. Khan' } },
    ]);
    expect(report.inconsistencies).toEqual(references(file));
  });

  test('removing the reference settles it; whoever takes that back keeps a deleted person knowingly', () => {
    const { file } = ownerless();
    const [one] = references(file) as [DeletedReference];
    unwrap(settle.removeReference(file, one));
    expect(references(file)).toEqual([]);
    expect(findInstrument(file.db, one.id)?.pkOwnerId).toBeNull();
    unwrap(undoLast(file));
    expect(findInstrument(file.db, one.id)?.pkOwnerId).toBe(one.target.id);
    expect(references(file)).toEqual([]);
  });

  test('and so does bringing the person back', () => {
    const { file } = ownerless();
    const [one] = references(file) as [DeletedReference];
    unwrap(settle.restoreRow(file, one.target));
    expect(references(file)).toEqual([]);
    expect(findInstrument(file.db, one.id)?.pkOwnerId).toBe(one.target.id);
    expect(checkFile(file)).toEqual([]);
  });

  test('a note on an instrument that is gone is not lost unseen', () => {
    const { file } = merged(
      nothing,
      (file) => unwrap(notes.addNote(file, { instrumentId: idOf(file, 7), text: 'important' })),
      (file) => unwrap(instruments.deleteInstruments(file, { ids: [idOf(file, 7)] })),
    );
    const [one] = references(file) as [DeletedReference];
    expect(one).toMatchObject({ entity: 'note', field: 'instrumentId', target: { entity: 'instrument' } });
    unwrap(settle.restoreRow(file, one.target));
    expect(notesOf(file.db, one.target.id)).toHaveLength(1);
    unwrap(undoLast(file));
    unwrap(settle.removeReference(file, one));
    expect(references(file)).toEqual([]);
  });

  test('notes that the deleter knew of go with their instrument', () => {
    const { file } = merged(
      (first) => unwrap(notes.addNote(first, { instrumentId: idOf(first, 7), text: 'old' })),
      nothing,
      (other) => unwrap(instruments.deleteInstruments(other, { ids: [idOf(other, 7)] })),
    );
    expect(listInconsistencies(file)).toEqual([]);
  });

  test('a body that somebody led with, and one that supports, are said as well', () => {
    let body = '';
    const { file } = merged(
      (first) => {
        body = unwrap(registry.createBody(first, { name: 'Authority', shortName: null, side: 'kz' })).id;
      },
      (ours) => {
        unwrap(instruments.editInstruments(ours, { ids: [idOf(ours, 4)], fields: { kzLeadBodyId: body } }));
        unwrap(instruments.setSupportingBodies(ours, { id: idOf(ours, 5), bodyIds: [body] }));
      },
      (theirs) => unwrap(registry.deleteBody(theirs, { id: body })),
    );
    expect(references(file).map(({ entity, field }) => `${entity}.${field}`)).toEqual([
      'instrument.kzLeadBodyId',
      'support.bodyId',
    ]);
    for (const one of references(file)) unwrap(settle.removeReference(file, one));
    expect(references(file)).toEqual([]);
    expect(checkFile(file)).toEqual([]);
  });
});
