import { describe, expect, test } from 'vitest';
import { csvChunks, csvLine, guardText, unguardText } from '../../shared/export/csv.ts';

describe('CSV cells', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['  =1+1', "'  =1+1"],
    ['\0=1+1', "'\0=1+1"],
    ['\u200b=1+1', "'\u200b=1+1"],
    ['+7 701 000', "'+7 701 000"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['\tx', "'\tx"],
    ["'=1+1", "''=1+1"],
    ["'s-Hertogenbosch", "'s-Hertogenbosch"],
    ['a=b', 'a=b'],
    ['', ''],
  ])('%j is guarded as %j', (text, cell) => {
    expect(guardText(text)).toBe(cell);
    expect(unguardText(cell)).toBe(text);
  });

  test('a negative number stays a number, a text that looks like one does not', () => {
    expect(csvLine([-5, '-5', 0, null], ',')).toBe("-5,'-5,0,\r\n");
  });

  test('fractions follow the delimiter: with semicolons, 5.2 would be read as a date', () => {
    expect(csvLine([52.5, -0.25], ',')).toBe('52.5,-0.25\r\n');
    expect(csvLine([52.5, -0.25], ';')).toBe('52,5;-0,25\r\n');
  });

  test('separators of either kind, quotes, line breaks and blanks at an end are quoted', () => {
    expect(csvLine(['a,b', 'a;b', 'say "no"', 'two\nlines', ' x', 'x ', 'plain'], ',')).toBe(
      '"a,b","a;b","say ""no""","two\nlines"," x","x ",plain\r\n',
    );
  });

  test('a record of one empty cell is no empty line', () => {
    expect(csvLine([null], ',')).toBe('""\r\n');
    expect(csvLine([''], ',')).toBe('""\r\n');
  });

  test('infinity and not-a-number are empty cells', () => {
    expect(csvLine([Number.NaN, Number.POSITIVE_INFINITY, 1], ',')).toBe(',,1\r\n');
  });

  test('the byte order mark stands once, before everything', () => {
    expect([...csvChunks([['a'], ['b']], { delimiter: ';', bom: true })].join('')).toBe('\ufeffa\r\nb\r\n');
    expect([...csvChunks([], { delimiter: ';', bom: false })]).toEqual([]);
  });
});
