/**
 * CSV after RFC 4180 that spreadsheets open as it was meant: no cell can become a formula, whoever typed it (CWE-1236).
 *
 * The guard, exactly. A text is *guarded* when, after any number of apostrophes, it goes on either with any number of
 * blanks, controls and invisible characters and then one of = + - @ (or a full-width or small form of these), or with a
 * tab or a carriage return. A guarded text is written with one more apostrophe in front; reading takes one apostrophe
 * off every guarded text that begins with one. Since the apostrophe neither makes a text guarded nor frees it, writing
 * and reading undo each other for every text, also for one that someone typed with an apostrophe.
 * Numbers are no text: a negative number stays a number.
 */

export type CsvCell = string | number | null;

export interface CsvOptions {
  /**
   * Spreadsheets take the list separator of their country. Where that is the semicolon, the decimal sign is the comma,
   * and 5.2 would be opened as the fifth of February: fractions follow the delimiter.
   */
  delimiter: ',' | ';';
  /** Excel reads UTF-8 as such only with a byte order mark in front. */
  bom: boolean;
}

/** Length at which a chunk is handed on: one write of the disk, and memory that does not grow with the rows. */
const CHUNK_LENGTH = 64 * 1024;

const GUARDED = /^'*(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r])/u;

/** The text as it is written into a cell. */
export const guardText = (text: string): string => (GUARDED.test(text) ? `'${text}` : text);

/** The text that was meant by a cell: undoes guardText. */
export const unguardText = (cell: string): string =>
  cell.startsWith("'") && GUARDED.test(cell) ? cell.slice(1) : cell;

// Both delimiters and the tab, whichever is in use: some programs split at all of them.
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;
// Letters and digits of every script begin neither a formula nor with a blank: most cells need one cheap look only.
const STARTS_PLAIN = /^[\p{L}\p{N}]/u;
const HAS_SEPARATOR = /[",;\t\r\n]|\s$/;

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function textCell(text: string): string {
  if (STARTS_PLAIN.test(text)) return HAS_SEPARATOR.test(text) ? quote(text) : text;
  const guarded = guardText(text);
  return NEEDS_QUOTES.test(guarded) ? quote(guarded) : guarded;
}

function numberCell(value: number, delimiter: CsvOptions['delimiter']): string {
  if (!Number.isFinite(value)) return '';
  return delimiter === ';' ? String(value).replace('.', ',') : String(value);
}

/** One record with its line end. A record of one empty cell is quoted, lest it pass for an empty line. */
export function csvLine(cells: readonly CsvCell[], delimiter: CsvOptions['delimiter']): string {
  let line = '';
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? null;
    if (index > 0) line += delimiter;
    if (typeof cell === 'string') line += textCell(cell);
    else if (cell !== null) line += numberCell(cell, delimiter);
  }
  return line === '' ? '""\r\n' : `${line}\r\n`;
}

/** The file in pieces of about 64 KB, made while they are written. */
export function* csvChunks(rows: Iterable<readonly CsvCell[]>, { delimiter, bom }: CsvOptions): Generator<string> {
  let chunk = bom ? '\ufeff' : '';
  for (const row of rows) {
    chunk += csvLine(row, delimiter);
    if (chunk.length >= CHUNK_LENGTH) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}
