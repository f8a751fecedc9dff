/**
 * Search as people type: words in any order, each the beginning of a word of the text. Ids come from the index first;
 * titles and excerpts are read for the few hits that are shown, since making excerpts is nearly all of the cost.
 */
import type { SearchHit } from '../../shared/api.ts';
import { matchAt, matchSpans } from '../../shared/text/matchSpans.ts';
import { foldedWords } from '../../shared/text/searchText.ts';
import { type Database, prepared } from '../sqlite.ts';
import { documentOwner, documentRow, type SearchedEntity } from './searchIndex.ts';

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
  const matches = prepared(db, 'SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC').pluck();
  for (const rowid of matches.iterate(match) as IterableIterator<number>) {
    const hit = toHit(db, rowid, words);
    if (!hit) continue;
    if (hits.length === limit) return { hits, isMore: true };
    hits.push(hit);
  }
  return { hits, isMore: false };
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
  const match = matchOf(foldedWords(text));
  if (match === null) return [];
  const noteCount = prepared(db, `SELECT count(*) FROM ${HITS.note}`).pluck().get({ match }) as number;
  const sql = noteCount > MANY_NOTES ? INSTRUMENTS_BY_MANY_NOTES : INSTRUMENTS_BY_NOTES;
  return prepared(db, sql).pluck().all({ match }) as string[];
}

const hitsFrom = (entity: SearchedEntity, next: number) =>
  `(SELECT rowid - ${documentRow(entity, 0)} AS row FROM search
    WHERE search MATCH @match AND rowid >= ${documentRow(entity, 0)} AND rowid < ${next})`;

/** The row numbers of the matching documents, by kind. */
const HITS = {
  note: hitsFrom('note', documentRow('body', 0)),
  body: hitsFrom('body', documentRow('person', 0)),
  person: hitsFrom('person', documentRow('instrument', 0)),
  instrument: hitsFrom('instrument', Number.MAX_SAFE_INTEGER),
};

const instrumentsBy = (noteInstruments: string) => `
  WITH person_hit AS MATERIALIZED (SELECT id FROM person WHERE row IN ${HITS.person}),
    body_hit AS MATERIALIZED (SELECT id FROM body WHERE row IN ${HITS.body}),
    note_hit AS MATERIALIZED (${noteInstruments})
  SELECT id FROM instrument WHERE deleted = 0 AND row IN ${HITS.instrument}
  UNION SELECT id FROM instrument WHERE deleted = 0 AND id IN (SELECT instrumentId FROM note_hit)
  UNION SELECT id FROM instrument
    WHERE (EXISTS (SELECT 1 FROM person_hit) OR EXISTS (SELECT 1 FROM body_hit)) AND deleted = 0 AND (
      pkOwnerId IN (SELECT id FROM person_hit) OR kzOwnerId IN (SELECT id FROM person_hit)
      OR pkLeadBodyId IN (SELECT id FROM body_hit) OR kzLeadBodyId IN (SELECT id FROM body_hit))`;

/** More notes than this are looked up by reading their index from end to end: rows with long texts lie far apart. */
const MANY_NOTES = 4_000;
const INSTRUMENTS_BY_NOTES = instrumentsBy(`SELECT instrumentId FROM note WHERE row IN ${HITS.note}`);
const INSTRUMENTS_BY_MANY_NOTES = instrumentsBy(
  `SELECT DISTINCT instrumentId FROM note INDEXED BY note_by_instrument WHERE +row IN ${HITS.note}`,
);
