/**
 * Search as people type: words in any order, each the beginning of a word of the text. Ids come from the index first;
 * titles and excerpts are read for the few hits that are shown, since making excerpts is nearly all of the cost.
 */
import type { SearchHit } from '../../shared/api.ts';
import { findMatches, foldedWords } from '../../shared/text/searchText.ts';
import type { Database } from '../sqlite.ts';

/** Matches looked at for ranking. Rows come newest first, so what is passed over is old. */
const CANDIDATES = 400;
/** Characters of an excerpt before and after the first match. */
const BEFORE = 40;
const AFTER = 120;

/** An FTS5 query of prefixes, or null for a text without words. Quoted, so that no word can be an operator. */
const matchOf = (words: readonly string[]): string | null =>
  words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' ');

interface Candidate {
  row: number;
  kind: SearchHit['kind'];
}

export interface SearchResult {
  hits: SearchHit[];
  isMore: boolean;
}

/** At most `limit` hits: instruments first, then persons and bodies, then notes, each newest first. */
export function search(db: Database, text: string, limit: number): SearchResult {
  const words = foldedWords(text);
  const match = matchOf(words);
  if (match === null) return { hits: [], isMore: false };
  const candidates = db
    .prepare(
      `SELECT s.rowid AS row, e.name AS kind FROM search s JOIN entity_row r ON r.id = s.rowid JOIN entity e ON e.id = r.entity
       WHERE search MATCH ? ORDER BY s.rowid DESC LIMIT ?`,
    )
    .all(match, CANDIDATES) as Candidate[];
  const ranked = candidates
    .map((candidate, order) => ({ candidate, rank: KIND_RANK[candidate.kind], order }))
    .sort((one, other) => one.rank - other.rank || one.order - other.order);
  const hits = ranked.slice(0, limit).flatMap(({ candidate }) => toHit(db, candidate, words) ?? []);
  return { hits, isMore: candidates.length > limit };
}

const KIND_RANK: Record<SearchHit['kind'], number> = { instrument: 0, person: 1, body: 1, note: 2 };

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

function toHit(db: Database, { row, kind }: Candidate, words: readonly string[]): SearchHit | null {
  const found = db.prepare(HIT_SQL[kind]).get(row) as Omit<SearchHit, 'kind' | 'excerpt' | 'marks'> & { text: string };
  if (!found) return null;
  const { text, ...hit } = found;
  return { kind, ...hit, ...excerptOf(text, words) };
}

/** A passage around the first match, cut at words, with the matches in it marked. */
export function excerptOf(text: string, words: readonly string[]): Pick<SearchHit, 'excerpt' | 'marks'> {
  const first = findMatches(text, words)[0]?.start ?? 0;
  const start = first <= BEFORE ? 0 : text.indexOf(' ', first - BEFORE) + 1 || first;
  const from = Math.min(start, first);
  const isCut = from + BEFORE + AFTER < text.length;
  const to = isCut ? Math.max(text.lastIndexOf(' ', from + BEFORE + AFTER), first + 1) : text.length;
  const passage = text.slice(from, to).replaceAll('\n', ' ');
  const excerpt = `${from > 0 ? '… ' : ''}${passage}${isCut ? ' …' : ''}`;
  return { excerpt, marks: findMatches(excerpt, words) };
}

/** Ids of the instruments that match by themselves, by a note, or by the name of an owner or a leading body. */
export function searchInstruments(db: Database, text: string): string[] {
  const match = matchOf(foldedWords(text));
  if (match === null) return [];
  return db
    .prepare(
      `WITH hit AS MATERIALIZED (SELECT rowid AS row FROM search WHERE search MATCH ?),
       person_hit AS (SELECT p.id AS id FROM hit JOIN person p ON p.row = hit.row),
       body_hit AS (SELECT b.id AS id FROM hit JOIN body b ON b.row = hit.row)
       SELECT i.id FROM hit JOIN instrument i ON i.row = hit.row WHERE i.deleted = 0
       UNION SELECT i.id FROM hit JOIN note n ON n.row = hit.row JOIN instrument i ON i.id = n.instrumentId
         WHERE i.deleted = 0
       UNION SELECT id FROM instrument WHERE deleted = 0 AND (
         pkOwnerId IN (SELECT id FROM person_hit) OR kzOwnerId IN (SELECT id FROM person_hit)
         OR pkLeadBodyId IN (SELECT id FROM body_hit) OR kzLeadBodyId IN (SELECT id FROM body_hit))`,
    )
    .pluck()
    .all(match) as string[];
}
