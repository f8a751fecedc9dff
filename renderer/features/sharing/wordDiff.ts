/**
 * What differs between two texts, word by word, in whatever script. Words are those of the language's own segmentation,
 * so that Cyrillic and Arabic words stay whole. Shows only; nothing is ever put together from two versions.
 */
import { diffArrays } from 'diff';

export interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Texts with less in common than this are shown whole: marks all over tell nothing. */
const LEAST_IN_COMMON = 0.2;
/** Two long texts without a word in common would cost the square of their length. */
const MOST_MS = 50;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
/** NFC, for what looks alike may be written differently, and every accent of a pasted text would be a change. */
const wordsOf = (text: string): string[] => [...segmenter.segment(text.normalize('NFC'))].map(({ segment }) => segment);

/** `after` with its new words marked, and in their places the words of `before` that are gone. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const [words, newWords] = [wordsOf(before), wordsOf(after)];
  const found = diffArrays(words, newWords, { timeout: MOST_MS });
  if (!found) return whole(after);
  const parts = found.map(
    ({ value, added, removed }): DiffPart => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value.join(''),
    }),
  );
  const shared = parts.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + text.trim().length, 0);
  return shared < LEAST_IN_COMMON * Math.min(before.trim().length, after.trim().length) ? whole(after) : parts;
}

const whole = (text: string): DiffPart[] => (text === '' ? [] : [{ kind: 'added', text: text.normalize('NFC') }]);
