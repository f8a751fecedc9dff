import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { type Assignment, SETTABLE_FIELDS, setFields } from '../../db/commands/setFields.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { findInstrument, listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { ENTITY_NAMES } from '../../shared/entities/index.ts';
import { createTranslator } from '../../shared/text/translator.ts';
import { runs } from '../helpers/propertyRuns.ts';
import { newFile } from '../helpers/tempFile.ts';

const { t } = createTranslator();
const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '2027-06-30',
    '2027-02-30',
    '45%',
    '101',
    '-1',
    '1e3',
    'In implementation',
    'mou',
    'B. Khan',
    'null',
    '__proto__',
  ),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.constantFrom('x'.repeat(5_001), 'a\0b', '\ud800', '\u0007'),
);
const assignment: fc.Arbitrary<Assignment> = fc.record({
  field: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...SETTABLE_FIELDS) },
    fc.constantFrom('deleted', 'touchedAt', 'id', 'row', 'toString', 'title; DROP TABLE batch'),
  ),
  text,
});

const LOG = ['batch', 'change', 'replica', 'author', 'label', 'entity', 'field', 'entity_row', 'seen'];
const stateOf = ({ db }: OpenFile) =>
  JSON.stringify([...LOG, ...ENTITY_NAMES].map((table) => db.prepare(`SELECT * FROM ${table}`).raw().all()));

describe('values given as text', () => {
  test('are all written, each passing its rule, or none is and not a row of the file changes', () => {
    const file = newFile();
    const id = listInstruments(file.db)[3]?.id as string;
    fc.assert(
      fc.property(fc.array(assignment, { minLength: 1, maxLength: 4 }), (assignments) => {
        const instrument = findInstrument(file.db, id);
        if (!instrument) throw new Error('the instrument is gone');
        const before = stateOf(file);
        const done = setFields(file, instrument, assignments, t);
        if (!done.ok || done.value === null) expect(stateOf(file)).toBe(before);
        else expect(stateOf(file)).not.toBe(before);
      }),
      runs(150),
    );
    expect(checkFile(file)).toEqual([]);
  });
});
