/**
 * One form for text and query alike, so that people find what others typed differently. Applied to both sides of the
 * search, never shown: Urdu with Arabic ye and kaf, harakat, tatweel, joiners and both digit sets; ё as е; Kazakh letters
 * by their Russian neighbours; Latin and Turkish accents dropped.
 */

// Harakat and Koranic marks, superscript alef, tatweel, hamza above/below; ZWNJ, ZWJ, LRM, RLM, soft hyphen.
const DROPPED = /[\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f\u2060\ufeff]/g;
const COMBINING = /[\u0300-\u036f]/g;

// Only letters without a decomposition: й, ё, أ, ئ and their like have lost their marks before.
const NEIGHBOURS: Record<string, string> = {
  // Arabic letters typed on another layout, and their Urdu forms.
  ي: 'ی',
  ى: 'ی',
  ې: 'ی',
  ك: 'ک',
  ه: 'ہ',
  ة: 'ہ',
  ۃ: 'ہ',
  ھ: 'ہ',
  ە: 'ہ',
  ٱ: 'ا',
  // Kazakh letters by the Russian ones that people without the layout type.
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  đ: 'd',
};
const NEIGHBOUR = new RegExp(`[${Object.keys(NEIGHBOURS).join('')}]`, 'g');
const ARABIC_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;

/**
 * Folded form: lower case, without marks, letters by their neighbours, ASCII digits. Idempotent, which needs the marks to
 * go before letters are compared: "ӛ" is "ә" with a mark, and "ә" is found by "а".
 */
export const foldText = (text: string): string => byTable(tables().texts, text) ?? foldByRules(text);

/** The words of a text in folded form, with blanks between them: a document of the search index. */
export const foldedDocument = (text: string): string =>
  byTable(tables().documents, text) ?? foldByRules(text).replace(BETWEEN_WORDS, ' ');

const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/gu;

function foldByRules(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(COMBINING, '')
    .replace(DROPPED, '')
    .replace(NEIGHBOUR, (letter) => NEIGHBOURS[letter] ?? letter)
    .normalize('NFC')
    .replace(ARABIC_DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** Latin, Greek, Cyrillic, Hebrew and Arabic; and the dashes and quotation marks. */
const TABLE_RANGES = [
  [0, 0x6ff],
  [0x2000, 0x206f],
] as const;
const TABLE_SIZE = 0x2070;
/** Not to be told from the character alone. */
const BY_RULES = 0xffff;
const GONE = 0xfffe;

interface FoldTables {
  texts: Uint16Array;
  documents: Uint16Array;
}

let madeTables: FoldTables | null = null;

/**
 * What the rules make of each character that they treat without looking at its neighbours. Five times as fast as the
 * rules, which matters when an index of a large file is built; made when first needed.
 */
function tables(): FoldTables {
  if (madeTables) return madeTables;
  const texts = new Uint16Array(TABLE_SIZE).fill(BY_RULES);
  const documents = texts.slice();
  for (const [first, last] of TABLE_RANGES)
    for (let code = first; code <= last; code += 1) {
      const character = String.fromCharCode(code);
      const folded = foldByRules(character);
      if (folded === '') {
        texts[code] = GONE;
        documents[code] = GONE;
        // A mark that stays may join the letter before it; the small form of sigma depends on where it stands.
      } else if (folded.length === 1 && !/[\p{M}Σ]/u.test(character)) {
        texts[code] = folded.charCodeAt(0);
        documents[code] = folded.replace(BETWEEN_WORDS, ' ').charCodeAt(0);
      }
    }
  madeTables = { texts, documents };
  return madeTables;
}

const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });
/** Reused: a file has many short texts. */
const shortText = new Uint16Array(4_096);

/** Null when some character needs the rules. */
function byTable(table: Uint16Array, text: string): string | null {
  const folded = text.length <= shortText.length ? shortText : new Uint16Array(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = table[text.charCodeAt(index)] ?? BY_RULES;
    if (code === BY_RULES) return null;
    if (code === GONE) continue;
    folded[length] = code;
    length += 1;
  }
  return utf16.decode(folded.subarray(0, length));
}

// Joiners and soft hyphens stand inside words; \p{M} keeps harakat with their letters.
const WORD = /(?:[\p{L}\p{N}\p{M}]|\u200c|\u200d|\u00ad)+/gu;

/** Words of a text in folded form, in order. */
export const foldedWords = (text: string): string[] => foldText(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** True when each query word begins a word of a folded text; of one whose words have blanks before them. */
export function hasWords(folded: string, queryWords: readonly string[]): boolean {
  const text = ` ${folded}`;
  return queryWords.every((word) => text.includes(` ${word}`));
}

export interface TextSpan {
  start: number;
  end: number;
}

/** Where words of the original text begin with one of the folded query words: for marking hits. */
export function findMatches(text: string, queryWords: readonly string[]): TextSpan[] {
  const spans: TextSpan[] = [];
  for (const match of text.matchAll(WORD)) {
    const folded = foldText(match[0]);
    if (queryWords.some((word) => folded.startsWith(word)))
      spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return spans;
}
