/**
 * Made-up words in the four scripts of the committee's files, drawn as words of real texts are: few very often, most
 * hardly ever (index = n·u³, close to Zipf's law at this size).
 */
import { mulberry32, type Random, whole } from './random.ts';

/** Letters, size of the vocabulary, and how many of ten words are of this language. */
const LANGUAGES = [
  { letters: 'abcdefghijklmnoprstuvyz', size: 20_000, share: 4 },
  { letters: 'абвгдежзийклмнопрстуфхцчшщыьэюя', size: 15_000, share: 3 },
  { letters: 'аәбвгғдежзийкқлмнңоөпрстуұүһішы', size: 8_000, share: 2 },
  { letters: 'ابپتٹجچحخدرزسشصطعغفقکگلمنوہیے', size: 5_000, share: 1 },
];

const VOCABULARIES = LANGUAGES.map(({ letters, size }, language) => {
  const random = mulberry32(1_000 + language);
  const word = () => Array.from({ length: whole(random, 3, 11) }, () => letters[whole(random, 0, letters.length - 1)]);
  return Array.from({ length: size }, () => word().join(''));
});

function drawLanguage(random: Random): number {
  let rest = random() * 10;
  return LANGUAGES.findIndex(({ share }) => {
    rest -= share;
    return rest < 0;
  });
}

function drawFrom(language: number, random: Random): string {
  const words = VOCABULARIES[language] as string[];
  return words[Math.floor(words.length * random() ** 3)] as string;
}

export const drawWord = (random: Random): string => drawFrom(drawLanguage(random), random);

/** A text of one language, `from` to `to` words long. */
export function drawText(random: Random, from: number, to: number): string {
  const language = drawLanguage(random);
  return Array.from({ length: whole(random, from, to) }, () => drawFrom(language, random)).join(' ');
}

/** What people have typed so far: the first 3 to 10 letters of words drawn by the same law. */
export function drawPrefixes(count: number, seed: number): string[] {
  const random = mulberry32(seed);
  return Array.from({ length: count }, () => drawWord(random).slice(0, whole(random, 3, 10)));
}
