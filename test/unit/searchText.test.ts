import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMatches, foldedDocument, foldedWords, foldText } from '../../shared/text/searchText.ts';
import { runs } from '../helpers/propertyRuns.ts';

const same = (a: string, b: string) => expect(foldText(a)).toBe(foldText(b));

describe('folded text', () => {
  test('Urdu typed with Arabic ye and kaf is found', () => {
    same('کمیٹی', 'كميٹي');
    same('پاکستانی', 'پاكستانى');
  });

  test('Urdu with and without harakat, tatweel and joiners is the same', () => {
    same('مُحَمَّد', 'محمد');
    same('محـــمد', 'محمد');
    same('می‌خواهم', 'میخواهم');
    same('اللّٰہ', 'اللہ');
  });

  test('alef with madda or hamza, waw and ye with hamza are their plain letters, composed or not', () => {
    same('آباد', 'اباد');
    same('آباد'.normalize('NFD'), 'اباد');
    same('مؤقف', 'موقف');
    same('مسئلہ'.normalize('NFD'), 'مسیلہ');
  });

  test('both digit sets are ASCII digits', () => {
    expect(foldText('۲۰۲۶ ٢٠٢٦')).toBe('2026 2026');
  });

  test('ё is е, and capital letters are small', () => {
    same('Ёлка', 'елка');
    same('ДОГОВОР', 'договор');
  });

  test('Kazakh letters are found by their Russian neighbours', () => {
    same('Қазақстан', 'Казахстан'.replace('х', 'к'));
    same('Әділет', 'Адилет');
    same('Өңір', 'Онир');
    same('ғылым', 'гылым');
    same('Ұлттық', 'Улттык');
    same('үкімет', 'укимет');
    same('Һ', 'х');
  });

  test('Latin and Turkish accents are dropped', () => {
    same('Öskemen', 'oskemen');
    same('İstanbul', 'istanbul');
    same('ısı', 'isi');
    same('straße', 'strasse');
  });

  test('words are split at what is no letter or number', () => {
    expect(foldedWords('MoU No. 12-4/2026: Шымкент–Фейсалабад')).toEqual([
      'mou',
      'no',
      '12',
      '4',
      '2026',
      'шымкент',
      'феисалабад',
    ]);
  });
});

describe('folding by table and by rules', () => {
  const letters = 'aÉßæΣσςйЁқӛҺ\u0486אּبيآۃ٤۵َّ…–“\u00ad\u200d\u0301\u0308क\u0947가1 -_';
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...letters),
      fc.integer({ min: 0, max: 0x2100 }).map((code) => String.fromCharCode(code)),
    ),
  });
  // A letter that no table has: the rules are asked.
  const BY_RULES = ' \u{10428}';

  test('make the same of every text', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(foldText(one + BY_RULES)).toBe(foldText(one) + BY_RULES);
      }),
      runs(2_000),
    );
  });

  test('a document is the words of its text', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(foldedDocument(one).split(' ').filter(Boolean)).toEqual(foldedWords(one));
      }),
      runs(2_000),
    );
  });

  test('a text of any length is folded whole', () => {
    for (const length of [4_095, 4_096, 4_097, 10_000]) expect(foldText('Қ'.repeat(length))).toBe('к'.repeat(length));
  });
});

describe('matches', () => {
  test('stand where the words of the original begin', () => {
    const text = 'The Қазақстан side, казак';
    const spans = findMatches(text, foldedWords('каз'));
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['Қазақстан', 'казак']);
  });

  test('take a word with harakat whole', () => {
    const text = 'جناب مُحَمَّد صاحب';
    const [span] = findMatches(text, foldedWords('محمد'));
    expect(span && text.slice(span.start, span.end)).toBe('مُحَمَّد');
  });

  test('are words from their beginning, not parts within', () => {
    expect(findMatches('railway', ['way'])).toEqual([]);
  });
});
