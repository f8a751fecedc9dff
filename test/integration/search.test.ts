import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import * as instruments from '../../db/commands/instrumentCommands.ts';
import * as notes from '../../db/commands/noteCommands.ts';
import * as registry from '../../db/commands/registryCommands.ts';
import { redoLast, undoLast } from '../../db/commands/undo.ts';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { findInstrumentsByNumber } from '../../db/repositories/instrumentsRepository.ts';
import { SearchCatchUp } from '../../db/search/catchUp.ts';
import { excerptOf, search, searchInstruments } from '../../db/search/searchQuery.ts';
import { foldedWords } from '../../shared/text/searchText.ts';
import { runs } from '../helpers/propertyRuns.ts';
import { newFile, openAgain, unwrap } from '../helpers/tempFile.ts';

const idOf = (file: OpenFile, number: number) => findInstrumentsByNumber(file.db, number)[0]?.id as string;
const retitle = (file: OpenFile, number: number, title: string) =>
  unwrap(instruments.editInstruments(file, { ids: [idOf(file, number)], fields: { title } }));
const catchUp = ({ db, search: index }: OpenFile, most = Number.MAX_SAFE_INTEGER) =>
  db.transaction(() => index.catchUp(most))();

/** The answer, which is the same whether the index has caught up with the last edits or not. */
function answer<T>(file: OpenFile, ask: () => T): T {
  const before = ask();
  catchUp(file);
  expect(file.search.pending).toBe(0);
  expect(ask()).toEqual(before);
  return before;
}
const hitsOf = (file: OpenFile, text: string, limit = 50) => answer(file, () => search(file.db, text, limit));
const instrumentsOf = (file: OpenFile, text: string) => answer(file, () => searchInstruments(file.db, text).sort());
const kinds = (file: OpenFile, text: string) => hitsOf(file, text).hits.map(({ kind }) => kind);
const finds = (file: OpenFile, text: string, number: number) => instrumentsOf(file, text).includes(idOf(file, number));

describe('search finds what others typed differently', () => {
  test.each([
    ['Arabic ye and kaf for the Urdu ones', 'پاکستان کی ریلوے', 'پاكستان كي ريلوے'],
    ['Urdu letters for the Arabic ones', 'كراتشي', 'کراتشی'],
    ['without harakat', 'مُفاہَمَت کی یادداشت', 'مفاہمت'],
    ['with harakat', 'مفاہمت', 'مُفاہَمَت'],
    ['without the joiner that stands between letters', 'ہم\u200cآہنگی', 'ہمآہنگی'],
    ['with a stretched letter', 'محمد', 'محـــمد'],
    ['heh in its forms', 'راہداری', 'راهداری'],
    ['Urdu digits', 'معاہدہ ۱۲۳', '123'],
    ['Arabic digits', 'معاہدہ ١٢٣', '۱۲۳'],
    ['ё as е', 'Самолёт', 'самолет'],
    ['е as ё', 'Самолет', 'самолёт'],
    ['Kazakh letters by their Russian neighbours', 'Көлік және қауіпсіздік', 'колик жане кауипсиздик'],
    ['Kazakh һ', 'Қаһарман', 'кахарман'],
    ['Latin letters with marks', 'Çelik Köprü İstanbul', 'celik kopru istanbul'],
    ['upper case', 'railway', 'RAILWAY'],
    ['the beginning of a word', 'Peacekeepers', 'peacek'],
    ['words in another order', 'Transfer of sentenced persons', 'persons sentenced'],
    ['composed and decomposed letters', 'Café', 'cafe\u0301'],
  ])('%s', (_, title, typed) => {
    const file = newFile();
    retitle(file, 7, title);
    const hit = hitsOf(file, typed).hits.find(({ id }) => id === idOf(file, 7));
    expect(hit?.marks.length).toBeGreaterThan(0);
    expect(finds(file, typed, 7)).toBe(true);
  });

  test('all words have to be there', () => {
    const file = newFile();
    retitle(file, 7, 'Zebra crossing');
    expect(finds(file, 'zebra crossing', 7)).toBe(true);
    expect(finds(file, 'zebra lion', 7)).toBe(false);
  });

  test.each([
    '',
    '   ',
    '"',
    '*',
    'AND',
    'OR NOT',
    'NEAR(',
    '-',
    '👩‍👩‍👧',
    '(',
    "'; --",
    'a"b',
    '\0',
    '\ud800',
    'x'.repeat(500),
    'a b c d '.repeat(62),
  ])('no text can break the query: %j', (text) => {
    const file = newFile();
    retitle(file, 7, 'Zebra');
    expect(() => [search(file.db, text, 5), searchInstruments(file.db, text)]).not.toThrow();
    catchUp(file);
    expect(() => [search(file.db, text, 5), searchInstruments(file.db, text)]).not.toThrow();
  });
});

describe('search follows the file', () => {
  test('notes, persons and bodies are found, and lead to their instruments', () => {
    const file = newFile();
    const id = idOf(file, 7);
    unwrap(notes.addNote(file, { instrumentId: id, text: 'The zebra crossed' }));
    unwrap(instruments.assignOwner(file, { ids: [id], side: 'pk', personId: null, newName: 'Zebedee' }));
    const { id: body } = unwrap(registry.createBody(file, { name: 'Zebra Authority', shortName: 'ZA', side: 'kz' }));
    unwrap(instruments.editInstruments(file, { ids: [idOf(file, 8)], fields: { kzLeadBodyId: body } }));
    expect(kinds(file, 'zeb').sort()).toEqual(['body', 'note', 'person']);
    expect(instrumentsOf(file, 'zeb')).toEqual([id, idOf(file, 8)].sort());
    const note = hitsOf(file, 'crossed').hits[0];
    expect(note).toMatchObject({
      kind: 'note',
      instrumentId: id,
      excerpt: 'The zebra crossed',
      marks: [{ start: 10, end: 17 }],
    });
  });

  test('what was deleted is not found; undo brings it back, redo takes it away', () => {
    const file = newFile();
    retitle(file, 7, 'Zebra');
    unwrap(instruments.deleteInstruments(file, { ids: [idOf(file, 7)] }));
    const found = () => hitsOf(file, 'zebra').hits.length + instrumentsOf(file, 'zebra').length;
    expect(found()).toBe(0);
    unwrap(undoLast(file));
    expect(found()).toBe(2);
    unwrap(redoLast(file));
    expect(found()).toBe(0);
  });

  test('notes of a deleted instrument are not found and take nobody’s place', () => {
    const file = newFile();
    const gone = idOf(file, 7);
    unwrap(notes.addNote(file, { instrumentId: idOf(file, 8), text: 'zebra' }));
    for (let index = 0; index < 5; index++) unwrap(notes.addNote(file, { instrumentId: gone, text: `zebra ${index}` }));
    unwrap(instruments.deleteInstruments(file, { ids: [gone] }));
    const { hits, isMore } = hitsOf(file, 'zebra', 3);
    expect(hits.map(({ instrumentId }) => instrumentId)).toEqual([idOf(file, 8)]);
    expect(isMore).toBe(false);
  });

  test('an edit is found by its new words, and no longer by the old ones', () => {
    const file = newFile();
    retitle(file, 7, 'Zebra');
    retitle(file, 7, 'Lion');
    expect([finds(file, 'zebra', 7), finds(file, 'lion', 7)]).toEqual([false, true]);
    unwrap(undoLast(file));
    expect([finds(file, 'zebra', 7), finds(file, 'lion', 7)]).toEqual([true, false]);
  });

  test('an instrument is found by its number', () => {
    const file = newFile();
    expect(finds(file, '37', 37)).toBe(true);
  });

  test('an old instrument is found behind however many newer notes', () => {
    const file = newFile();
    retitle(file, 7, 'Zebra');
    for (let index = 0; index < 420; index++)
      unwrap(notes.addNote(file, { instrumentId: idOf(file, 8), text: 'zebra' }));
    const { hits, isMore } = hitsOf(file, 'zebra', 10);
    expect(hits[0]).toMatchObject({ kind: 'instrument', id: idOf(file, 7) });
    expect({ count: hits.length, isMore }).toEqual({ count: 10, isMore: true });
  });

  test('an index of an older program is built anew on opening, with the same answers', () => {
    const file = newFile();
    retitle(file, 7, 'Zebra');
    file.db.transaction(() => file.search.rebuild())();
    expect(finds(file, 'zebra', 7)).toBe(true);
    expect(file.search.isCurrent).toBe(true);
  });
});

describe('an index that is behind', () => {
  const words = ['zebra', 'Зебра', 'زیبرا', 'zoo', 'lion'];
  const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
  const number = fc.integer({ min: 1, max: 9 });
  const step = fc.oneof(
    fc.record({ do: fc.constant('title' as const), number, text }),
    fc.record({ do: fc.constant('note' as const), number, text }),
    fc.record({ do: fc.constant('delete' as const), number }),
    fc.record({ do: fc.constant('undo' as const) }),
    fc.record({ do: fc.constant('catch up' as const), most: fc.integer({ min: 1, max: 3 }) }),
  );

  test('answers as one that was built anew, after any edits and at any distance', () => {
    const file = newFile();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        for (const one of steps) {
          if (one.do === 'undo') undoLast(file);
          else if (one.do === 'catch up') catchUp(file, one.most);
          else {
            const id = idOf(file, one.number);
            if (!id) continue;
            if (one.do === 'delete') instruments.deleteInstruments(file, { ids: [id] });
            else if (one.do === 'title') retitle(file, one.number, one.text);
            else notes.addNote(file, { instrumentId: id, text: one.text });
          }
        }
        const ask = () =>
          ['zeb', 'zebra lion', 'зеб', 'زیبرا', 'z'].map((typed) => [
            search(file.db, typed, 20),
            searchInstruments(file.db, typed).sort(),
          ]);
        const before = ask();
        file.db.transaction(() => file.search.rebuild())();
        expect(before).toEqual(ask());
      }),
      runs(100),
    );
  });

  test('catches up a little at a time; when it is far behind, by building anew', () => {
    const file = newFile();
    for (const one of [1, 2, 3]) retitle(file, one, 'Zebra');
    expect(file.search.pending).toBe(3);
    catchUp(file, 2);
    expect(file.search.pending).toBe(1);
    for (let one = 1; one <= 37; one += 1) retitle(file, one, 'Lion');
    catchUp(file, 1);
    expect(file.search.pending).toBe(0);
  });

  test('catches up when nobody has written for a moment, in the file that is open then', () => {
    vi.useFakeTimers();
    try {
      const file = newFile();
      let current: OpenFile | null = null;
      const keeper = new SearchCatchUp(() => current);
      keeper.soon();
      vi.advanceTimersByTime(5_000);
      current = file;
      retitle(file, 7, 'Zebra');
      keeper.soon();
      vi.advanceTimersByTime(500);
      expect(file.search.pending).toBe(1);
      vi.advanceTimersByTime(5_000);
      expect(file.search.pending).toBe(0);
      closeFile(file);
      keeper.soon();
      expect(() => vi.advanceTimersByTime(5_000)).not.toThrow();
    } finally {
      vi.useRealTimers();
    }
  });

  test('is left behind on closing, and whoever opens the file next finds everything', () => {
    const file = newFile();
    retitle(file, 7, 'Zebra');
    closeFile(file);
    const again = openAgain(file.path);
    expect(again.search.pending).toBe(1);
    expect(search(again.db, 'zebra', 5).hits).toHaveLength(1);
    const reader = openAgain(file.path, { isExclusive: false });
    expect(search(reader.db, 'zebra', 5).hits).toHaveLength(1);
  });

  test('far behind it catches up on closing', () => {
    const file = newFile();
    file.db.exec(`WITH RECURSIVE many (one) AS (SELECT 1 UNION ALL SELECT one + 1 FROM many WHERE one < 6000)
      INSERT INTO search_pending SELECT one FROM many`);
    closeFile(file);
    expect(openAgain(file.path).search.pending).toBe(0);
  });
});

describe('excerpts', () => {
  test('hold the first match whole and mark it, whatever stands around it', () => {
    const filler = fc.array(
      fc.constantFrom('word', 'ریلوے', 'көлік', '👩‍👩‍👧', 'x'.repeat(200), '\n', 'http://a.b/c?d=e'),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(filler, filler, (before, after) => {
        const { excerpt, marks } = excerptOf([...before, 'Zebra', ...after].join(' '), foldedWords('zebra'));
        expect(marks.map(({ start, end }) => excerpt.slice(start, end))).toContain('Zebra');
        expect(excerpt.isWellFormed()).toBe(true);
      }),
    );
  });

  test('of a very long word still show it', () => {
    const word = `https://example.org/${'a'.repeat(400)}`;
    const { excerpt, marks } = excerptOf(`see ${word} there`, foldedWords('https'));
    expect(marks.length).toBeGreaterThan(0);
    expect(excerpt.length).toBeLessThan(300);
  });
});
