/**
 * Search as people type: words in any order, each the beginning of a word of the text. Ids come from the index first;
 * titles and excerpts are read for the few hits that are shown, since making excerpts is nearly all of the cost.
 */
import type { SearchHit } from '../../shared/api.ts';
import { matchAt, matchSpans } from '../../shared/text/matchSpans.ts';
import { foldedWords, hasWords } from '../../shared/text/searchText.ts';
import { type Database, prepared } from '../sqlite.ts';
import { documentOwner, documentRow, documentText, type SearchedEntity } from './searchIndex.ts';

/** Characters of an excerpt before and after the first match. */
const BEFORE = 40;
const AFTER = 120;

/** An FTS5 query of prefixes, or null for a text without words. Quoted, so that no word can be an operator. */
const matchOf = (words: readonly string[]): string | null =>
  words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' ');

export interface SearchResult {
  hits: SearchHit[];
  isMore: boolean;
}

/** At most `limit` hits: instruments first, then persons and bodies, then notes, each newest first. */
export function search(db: Database, text: string, limit: number): SearchResult {
  const words = foldedWords(text);
  const match = matchOf(words);
  if (match === null) return { hits: [], isMore: false };
  const hits: SearchHit[] = [];
  for (const document of matchingDocuments(db, match, words)) {
    const hit = toHit(db, document, words);
    if (!hit) continue;
    if (hits.length === limit) return { hits, isMore: true };
    hits.push(hit);
  }
  return { hits, isMore: false };
}

/** Documents with all words, the highest first. */
function* matchingDocuments(db: Database, match: string, words: readonly string[]): Generator<number> {
  const { stale, matching } = pendingDocuments(db, words);
  const indexed = prepared(db, 'SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC').pluck();
  for (const document of indexed.iterate(match) as IterableIterator<number>) {
    if (stale.has(document)) continue;
    for (let next = matching.at(-1); next !== undefined && next > document; next = matching.at(-1)) {
      matching.pop();
      yield next;
    }
    yield document;
  }
  yield* matching.reverse();
}

/** The documents that the index is behind with, and those of them whose rows have all words now; ascending. */
function pendingDocuments(db: Database, words: readonly string[]): { stale: ReadonlySet<number>; matching: number[] } {
  const stale = prepared(db, 'SELECT document FROM search_pending ORDER BY document').pluck().all() as number[];
  const matching = stale.filter((document) => hasWords(documentText(db, document) ?? '', words));
  return { stale: new Set(stale), matching };
}

const HIT_SQL: Record<SearchHit['kind'], string> = {
  instrument: `SELECT id, id AS instrumentId, coalesce(number || ' ', '') || title AS title,
    title || coalesce(char(10) || summary, '') || coalesce(char(10) || nextStep, '') || coalesce(char(10) || sector, '') AS text
    FROM instrument WHERE row = ? AND deleted = 0`,
  note: `SELECT n.id AS id, n.instrumentId AS instrumentId, coalesce(i.number || ' ', '') || i.title AS title, n.text AS text
    FROM note n JOIN instrument i ON i.id = n.instrumentId WHERE n.row = ? AND n.deleted = 0 AND i.deleted = 0`,
  person: `SELECT id, NULL AS instrumentId, name AS title, name || coalesce(', ' || post, '') AS text
    FROM person WHERE row = ? AND deleted = 0`,
  body: `SELECT id, NULL AS instrumentId, name AS title, name || coalesce(' (' || shortName || ')', '') AS text
    FROM body WHERE row = ? AND deleted = 0`,
};

/** Null for a note of a deleted instrument. */
function toHit(db: Database, rowid: number, words: readonly string[]): SearchHit | null {
  const { entity: kind, row } = documentOwner(rowid);
  const found = prepared(db, HIT_SQL[kind]).get(row) as Omit<SearchHit, 'kind' | 'excerpt' | 'marks'> & {
    text: string;
  };
  if (!found) return null;
  const { text, ...hit } = found;
  return { kind, ...hit, ...excerptOf(text, words) };
}

/** A passage around a match, cut at words, with the matches in it marked. */
export function excerptOf(text: string, words: readonly string[]): Pick<SearchHit, 'excerpt' | 'marks'> {
  const first = matchAt(text, words) ?? 0;
  const start = first <= BEFORE ? 0 : text.indexOf(' ', first - BEFORE) + 1 || first;
  const from = Math.min(start, first);
  const isCut = from + BEFORE + AFTER < text.length;
  const to = isCut ? endOfPassage(text, first, from + BEFORE + AFTER) : text.length;
  const passage = text.slice(from, to).replaceAll('\n', ' ');
  const excerpt = `${from > 0 ? '… ' : ''}${passage}${isCut ? ' …' : ''}`;
  return { excerpt, marks: matchSpans(excerpt, words) };
}

/** The last blank before `limit`; a word that is longer than the passage is cut, though never inside a character. */
function endOfPassage(text: string, first: number, limit: number): number {
  const blank = text.lastIndexOf(' ', limit);
  if (blank > first) return blank;
  const isInsidePair = /[\udc00-\udfff]/.test(text.charAt(limit));
  return isInsidePair ? limit - 1 : limit;
}

/** Ids of the instruments that match by themselves, by a note, or by the name of an owner or a leading body. */
export function searchInstruments(db: Database, text: string): string[] {
  const words = foldedWords(text);
  const match = matchOf(words);
  if (match === null) return [];
  const { stale, matching } = pendingDocuments(db, words);
  const { noteCount, byNotes, byManyNotes } = stale.size === 0 ? INDEXED : INDEXED_AND_PENDING;
  const parameters = { match, ...(stale.size > 0 && { pending: JSON.stringify(matching) }) };
  const notes = prepared(db, noteCount).pluck().get(parameters) as number;
  return prepared(db, notes > MANY_NOTES ? byManyNotes : byNotes)
    .pluck()
    .all(parameters) as string[];
}

/** More notes than this are looked up by reading their index from end to end: rows with long texts lie far apart. */
const MANY_NOTES = 4_000;

/** The statements over what the index says, or over that and the rows that it is behind with. */
function statements(isBehind: boolean) {
  /** The row numbers of the matching documents of a kind. */
  const hits = (entity: SearchedEntity, next: number): string => {
    const first = documentRow(entity, 0);
    const indexed = `SELECT rowid - ${first} AS row FROM search
      WHERE search MATCH @match AND rowid >= ${first} AND rowid < ${next}`;
    if (!isBehind) return `(${indexed})`;
    return `(${indexed} AND rowid NOT IN (SELECT document FROM search_pending)
      UNION ALL SELECT value - ${first} FROM json_each(@pending) WHERE value >= ${first} AND value < ${next})`;
  };
  const notes = hits('note', documentRow('body', 0));
  const bodies = hits('body', documentRow('person', 0));
  const persons = hits('person', documentRow('instrument', 0));
  const instruments = hits('instrument', Number.MAX_SAFE_INTEGER);
  const instrumentsBy = (noteInstruments: string) => `
    WITH person_hit AS MATERIALIZED (SELECT id FROM person WHERE row IN ${persons}),
      body_hit AS MATERIALIZED (SELECT id FROM body WHERE row IN ${bodies}),
      note_hit AS MATERIALIZED (${noteInstruments})
    SELECT id FROM instrument WHERE deleted = 0 AND row IN ${instruments}
    UNION SELECT id FROM instrument WHERE deleted = 0 AND id IN (SELECT instrumentId FROM note_hit)
    UNION SELECT id FROM instrument
      WHERE (EXISTS (SELECT 1 FROM person_hit) OR EXISTS (SELECT 1 FROM body_hit)) AND deleted = 0 AND (
        pkOwnerId IN (SELECT id FROM person_hit) OR kzOwnerId IN (SELECT id FROM person_hit)
        OR pkLeadBodyId IN (SELECT id FROM body_hit) OR kzLeadBodyId IN (SELECT id FROM body_hit))`;
  return {
    noteCount: `SELECT count(*) FROM ${notes}`,
    byNotes: instrumentsBy(`SELECT instrumentId FROM note WHERE row IN ${notes}`),
    byManyNotes: instrumentsBy(
      `SELECT DISTINCT instrumentId FROM note INDEXED BY note_by_instrument WHERE +row IN ${notes}`,
    ),
  };
}

const INDEXED = statements(false);
const INDEXED_AND_PENDING = statements(true);
