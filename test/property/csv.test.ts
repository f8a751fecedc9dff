import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvCell, type CsvOptions, csvChunks, guardText, unguardText } from '../../shared/export/csv.ts';

const TRICKY = [...'\'"=+-@＝＋－＠﹦﹢﹣﹫,;\t\r\n \0\u00a0\u200b\ufeffaЖپ1'];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...TRICKY), maxLength: 8 }),
  fc.string({ unit: 'grapheme' }),
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const options: fc.Arbitrary<CsvOptions> = fc.record({ delimiter: fc.constantFrom(',', ';'), bom: fc.boolean() });
const table = (cell: fc.Arbitrary<CsvCell>) =>
  fc.integer({ min: 1, max: 5 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })));

/** What somebody else's parser makes of the file. */
const read = (file: string, { delimiter }: CsvOptions): string[][] =>
  parse(file, { delimiter, bom: true, relax_column_count: false, record_delimiter: '\r\n' });

const write = (rows: CsvCell[][], csvOptions: CsvOptions) => [...csvChunks(rows, csvOptions)].join('');

describe('CSV', () => {
  test('reading what was written gives every text back', () => {
    fc.assert(
      fc.property(table(text), options, (rows, csvOptions) => {
        const cells = read(write(rows as string[][], csvOptions), csvOptions);
        expect(cells.map((row) => row.map(unguardText))).toEqual(rows);
      }),
    );
  });

  test('numbers come back as the same number, with the decimal sign of the delimiter’s country', () => {
    fc.assert(
      fc.property(table(number), options, (rows, csvOptions) => {
        const cells = read(write(rows, csvOptions), csvOptions);
        const numbers = cells.map((row) => row.map((cell) => Number(cell.replace(',', '.'))));
        expect(numbers).toEqual(rows.map((row) => row.map((value) => Number(String(value)))));
      }),
    );
  });

  test('no text begins a formula, also after blanks and invisible characters', () => {
    fc.assert(
      fc.property(text, (value) => {
        const cell = guardText(value);
        expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u);
        expect(cell).not.toMatch(/^[\t\r]/);
      }),
    );
  });

  test('guarding is undone for every text, and reading leaves what was not guarded alone', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(unguardText(guardText(value))).toBe(value);
        if (guardText(value) === value) expect(unguardText(value)).toBe(value);
      }),
    );
  });

  test('chunks are handed on at about 64 KB, however many rows there are', () => {
    function* rows() {
      for (let index = 0; index < 20_000; index++) yield [index, 'a cell of some length', null];
    }
    for (const chunk of csvChunks(rows(), { delimiter: ',', bom: false }))
      expect(chunk.length).toBeLessThan(64 * 1024 + 100);
  });
});
