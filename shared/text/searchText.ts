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
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(COMBINING, '')
    .replace(DROPPED, '')
    .replace(NEIGHBOUR, (letter) => NEIGHBOURS[letter] ?? letter)
    .normalize('NFC')
    .replace(ARABIC_DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf));
}

// Joiners and soft hyphens stand inside words; \p{M} keeps harakat with their letters.
const WORD = /(?:[\p{L}\p{N}\p{M}]|\u200c|\u200d|\u00ad)+/gu;

/** Words of a text in folded form, in order. */
export const foldedWords = (text: string): string[] => foldText(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

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
