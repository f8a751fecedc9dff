import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchAt, matchSpans } from '../../shared/text/matchSpans.ts';
import { findMatches, foldedWords } from '../../shared/text/searchText.ts';

/** Letters that folding leaves, changes, drops and makes longer, in and between words. */
const letters = fc.constantFrom(
  ...'aeßæÆıİéoкқйёЁәمكئآۀہ۲2 \n.-'.split(''),
  'e\u0301',
  '\u064e',
  '\u200c',
  '\u00ad',
  '𐐀',
  '가',
  '\u1100\u1161',
);
const texts = fc.array(letters, { maxLength: 30 }).map((parts) => parts.join(''));
const queries = fc
  .array(letters, { minLength: 1, maxLength: 3 })
  .map((parts) => foldedWords(parts.join('')))
  .filter((words) => words.length > 0);

describe('matchSpans', () => {
  it('finds the same words as folding them one by one', () => {
    fc.assert(
      fc.property(texts, queries, (text, words) => {
        expect(matchSpans(text, words)).toEqual(findMatches(text, words));
      }),
      { numRuns: 2_000 },
    );
  });

  it('points at the beginning of one of those words', () => {
    fc.assert(
      fc.property(texts, queries, (text, words) => {
        const starts = findMatches(text, words).map(({ start }) => start);
        const at = matchAt(text, words);
        if (starts.length === 0) expect(at).toBeNull();
        else expect(starts).toContain(at);
      }),
      { numRuns: 2_000 },
    );
  });
});
