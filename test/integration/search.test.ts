import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as instruments from '../../db/commands/instrumentCommands.ts';
import * as notes from '../../db/commands/noteCommands.ts';
import * as registry from '../../db/commands/registryCommands.ts';
import { redoLast, undoLast } from '../../db/commands/undo.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { findInstrumentsByNumber } from '../../db/repositories/instrumentsRepository.ts';
import { excerptOf, search, searchInstruments } from '../../db/search/searchQuery.ts';
import { foldedWords } from '../../shared/text/searchText.ts';
import { newFile, unwrap } from '../helpers/tempFile.ts';

const idOf = (file: OpenFile, number: number) => findInstrumentsByNumber(file.db, number)[0]?.id as string;
const retitle = (file: OpenFile, number: number, title: string) =>
  unwrap(instruments.editInstruments(file, { ids: [idOf(file, number)], fields: { title } }));
const kinds = (file: OpenFile, text: string) => search(file.db, text, 50).hits.map(({ kind }) => kind);
const finds = (file: OpenFile, text: string, number: number) =>
  searchInstruments(file.db, text).includes(idOf(file, number));

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
    expect(finds(file, typed, 7)).toBe(true);
    const hit = search(file.db, typed, 50).hits.find(({ id }) => id === idOf(file, 7));
    expect(hit?.marks.length).toBeGreaterThan(0);
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
    expect(searchInstruments(file.db, 'zeb').sort()).toEqual([id, idOf(file, 8)].sort());
    const note = search(file.db, 'crossed', 5).hits[0];
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
    const found = () => search(file.db, 'zebra', 5).hits.length + searchInstruments(file.db, 'zebra').length;
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
    const { hits, isMore } = search(file.db, 'zebra', 3);
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
    const { hits, isMore } = search(file.db, 'zebra', 10);
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
