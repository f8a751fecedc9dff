import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { unguardText } from '../../../shared/export/csv.ts';
import {
  isChoiceColumn,
  REGISTER_COLUMNS,
  registerCsvChunks,
  valueOfWord,
} from '../../../shared/export/registerCsv.ts';
import { createTranslator } from '../../../shared/text/translator.ts';
import { anInstrument, instrumentId, noonOf, TODAY } from '../rules/facts.ts';

const { t } = createTranslator();
const note = { text: '=HYPERLINK("x")\nКеденбаев', author: 'B. Serik', writtenAt: noonOf('2026-11-01') };

function exported(fields: Parameters<typeof anInstrument>[0]): Record<string, string> {
  const facts = { persons: [], bodies: [], lastNotes: new Map([[instrumentId(1), note]]) };
  const options = { today: TODAY, t, delimiter: ';' as const, bom: true };
  const file = [...registerCsvChunks([anInstrument(fields)], facts, options)].join('');
  const [row] = parse(file, { delimiter: ';', bom: true, columns: true }) as Record<string, string>[];
  return row ?? {};
}

describe('the register as CSV', () => {
  test('names its columns as the schema does, each once', () => {
    const names = REGISTER_COLUMNS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(exported({}))).toEqual(names);
  });

  test('writes choices in words that can be read back, and dates in ISO', () => {
    const row = exported({ stage: 'on-hold', deadline: '2027-06-30' });
    expect(row).toMatchObject({
      stage: 'On hold',
      deadline: '2027-06-30',
      health: 'At risk',
      lastNoteOn: '2026-11-01',
    });
    for (const { name } of REGISTER_COLUMNS)
      if (isChoiceColumn(name))
        expect(valueOfWord(t, name, row[name] ?? '')).toBe(anInstrument({ stage: 'on-hold' })[name]);
  });

  test('reads words in any case, codes, and nothing else', () => {
    expect(valueOfWord(t, 'stage', ' in implementation ')).toBe('in-implementation');
    expect(valueOfWord(t, 'stage', 'in-implementation')).toBe('in-implementation');
    expect(valueOfWord(t, 'stage', 'overdue')).toBeNull();
  });

  test('makes no formula of a note, and loses no letter of it', () => {
    const cell = exported({}).lastNote ?? '';
    expect(cell.startsWith("'=")).toBe(true);
    expect(unguardText(cell)).toBe(note.text);
  });
});
