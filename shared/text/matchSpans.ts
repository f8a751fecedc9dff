/**
 * The same answers as findMatches, for texts that are searched while somebody types: folding a text once instead of word
 * by word, wherever its folded form has every letter at its own place.
 */
import { findMatches, foldText, type TextSpan } from './searchText.ts';

/** What folding drops or makes longer: marks, joiners, ß, æ; and jamo, which it would put together. */
const MOVES = /[\p{M}\u0640\u00ad\u200b-\u200f\u2060\ufeffßæÆ\u1100-\u11ff]/u;
const WORD = /[\p{L}\p{N}]+/gu;
/** As findMatches has it: joiners and soft hyphens stand inside words. */
const IN_WORD = /(?:[\p{L}\p{N}\p{M}]|\u200c|\u200d|\u00ad)$/u;

/** The folded form when each of its letters stands where its original does, else null. */
function foldedInPlace(text: string): string | null {
  if (MOVES.test(text)) return null;
  const folded = foldText(text);
  // Nothing is dropped, so equal lengths mean that nothing has moved.
  return folded.length === text.length ? folded : null;
}

/** Where words of the text begin with one of the folded query words. */
export function matchSpans(text: string, queryWords: readonly string[]): TextSpan[] {
  const folded = foldedInPlace(text);
  if (folded === null) return findMatches(text, queryWords);
  const spans: TextSpan[] = [];
  for (const { index, 0: word } of text.matchAll(WORD))
    if (queryWords.some((query) => folded.startsWith(query, index)))
      spans.push({ start: index, end: index + word.length });
  return spans;
}

/** Where one of these words begins, or null: the first that is spelled as in the query, else the first of all. */
export function matchAt(text: string, queryWords: readonly string[]): number | null {
  // Most people type what is written, and lower case costs a tenth of folding.
  const lower = text.toLowerCase();
  const spelledSame = lower.length === text.length ? firstWord(lower, queryWords) : null;
  if (spelledSame !== null) return spelledSame;
  const folded = foldedInPlace(text);
  return folded === null ? (findMatches(text, queryWords)[0]?.start ?? null) : firstWord(folded, queryWords);
}

function firstWord(text: string, beginnings: readonly string[]): number | null {
  const found = beginnings.map((beginning) => wordBeginning(text, beginning)).filter((at) => at !== -1);
  return found.length === 0 ? null : Math.min(...found);
}

function wordBeginning(text: string, beginning: string): number {
  let at = text.indexOf(beginning);
  // Two units back: the letter before may be a pair of surrogates.
  while (at > 0 && IN_WORD.test(text.slice(Math.max(0, at - 2), at))) at = text.indexOf(beginning, at + 1);
  return at;
}
