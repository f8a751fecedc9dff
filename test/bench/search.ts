/** Search as people type, against the full-text query that no program could do without. */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileHandlers } from '../../db/handlers.ts';
import { closeFile, openFile } from '../../db/open.ts';
import { connectSqlite, type Database } from '../../db/sqlite.ts';
import { fileApi } from '../../shared/api.ts';
import { serveCall } from '../../shared/rpc/server.ts';
import { foldText } from '../../shared/text/searchText.ts';
import { benchOptions, dataFile, must } from './data/files.ts';
import { drawPrefixes } from './data/words.ts';
import { type BenchRow, line, median, quantile, timed } from './measure.ts';

const ROUNDS = 7;
const QUERIES = 200;
const LIMIT = 20;

const MATCH = 'SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rowid LIMIT ?';
const MATCH_WITH_SNIPPETS =
  "SELECT rowid, snippet(fts, 0, '[', ']', '…', 16) FROM fts WHERE fts MATCH ? ORDER BY rowid LIMIT ?";

const KINDS = ['ours', 'snippets', 'match', 'short', 'shortSnippets', 'register'] as const;
type Kind = (typeof KINDS)[number];

const emptyTimes = <T>(): Record<Kind, T[]> => ({
  ours: [],
  snippets: [],
  match: [],
  short: [],
  shortSnippets: [],
  register: [],
});

const matchOf = (text: string): string => `"${foldText(text)}"*`;

export async function benchSearch(): Promise<BenchRow> {
  const file = must(openFile(dataFile('notes100k'), benchOptions(false)));
  const bare = connectSqlite(bareIndex(file.db), { readonly: true });
  const handlers = fileHandlers(() => file);
  const serve = async (method: string, input: unknown) => {
    const startedAt = performance.now();
    const reply = await serveCall(fileApi, handlers, { method, input }, () => undefined, {
      logBug: (_, error) => {
        throw error;
      },
    });
    if (!reply.ok) throw new Error(JSON.stringify(reply));
    return performance.now() - startedAt;
  };
  const match = bare.prepare(MATCH);
  const matchWithSnippets = bare.prepare(MATCH_WITH_SNIPPETS);
  const prefixes = drawPrefixes(QUERIES, 99);
  // The first letters of a word match the most.
  const beginnings = drawPrefixes(QUERIES, 98).map((prefix, index) => prefix.slice(0, 1 + (index % 2)));

  const rounds: Record<Kind, number[][]> = emptyTimes();
  for (let round = -1; round < ROUNDS; round += 1) {
    const times: Record<Kind, number[]> = emptyTimes();
    for (const text of prefixes) {
      const query = matchOf(text);
      times.ours.push(await serve('search.query', { text, limit: LIMIT }));
      times.snippets.push(timed(() => matchWithSnippets.all(query, LIMIT)));
      times.match.push(timed(() => match.all(query, LIMIT)));
    }
    // Apart, for these read so much that they would take the pages of the others out of SQLite's cache.
    for (const text of beginnings) {
      times.short.push(await serve('search.query', { text, limit: LIMIT }));
      times.shortSnippets.push(timed(() => matchWithSnippets.all(matchOf(text), LIMIT)));
    }
    for (const text of prefixes) times.register.push(await serve('search.instruments', { text }));
    if (round >= 0) for (const kind of KINDS) rounds[kind].push(times[kind]);
  }
  bare.close();
  closeFile(file);

  const p50 = (kind: Kind) => rounds[kind].map(median);
  const p95 = (kind: Kind) => rounds[kind].map((values) => quantile(values, 0.95));
  const what = `${LIMIT} hits with excerpts for 3 to 10 letters`;
  const withSnippets = { floor: 'bare FTS5 prefix query with snippets', unit: 'ms' };
  const matchAlone = { floor: 'bare FTS5 prefix query, row numbers alone', unit: 'ms' };
  return {
    title: 'Search as you type: 10,000 instruments and 100,000 notes',
    lines: [
      line(
        { ...withSnippets, what: `${what}, p50`, goals: [{ kind: 'ratio', atMost: 1.5 }] },
        p50('ours'),
        p50('snippets'),
      ),
      line(
        { ...withSnippets, what: `${what}, p95`, goals: [{ kind: 'value', atMost: 10 }] },
        p95('ours'),
        p95('snippets'),
      ),
      line({ ...matchAlone, what: `${what}, p50`, goals: [] }, p50('ours'), p50('match')),
      line({ ...matchAlone, what: `${what}, p95`, goals: [] }, p95('ours'), p95('match')),
      line(
        { ...withSnippets, what: 'the same for 1 or 2 letters, p50', goals: [] },
        p50('short'),
        p50('shortSnippets'),
      ),
      line(
        { ...withSnippets, what: 'the same for 1 or 2 letters, p95', goals: [] },
        p95('short'),
        p95('shortSnippets'),
      ),
      line(
        { ...matchAlone, what: "the register's own search (ids of all matching instruments), p50", goals: [] },
        p50('register'),
        p50('match'),
      ),
      line({ ...matchAlone, what: 'the same, p95', goals: [] }, p95('register'), p95('match')),
    ],
    how: [
      `The request \`search.query\` with limit ${LIMIT} as the database process serves it (words folded, index, ranking by kind, titles and marked excerpts), in Node with the better-sqlite3 of package.json. ${QUERIES} beginnings of words drawn by the law of the texts; ${ROUNDS} rounds after one to warm up, every query of ours followed by the floor's. The goal is for 3 letters and more: with one or two the index alone has to join thousands of words. Notes of 30 to 90 words in Latin, Russian, Kazakh and Urdu letters.`,
      `Floor: an external-content FTS5 table (unicode61) over the same texts in the same folded form, \`${MATCH_WITH_SNIPPETS}\`, prepared once; and the same without the snippets.`,
    ],
  };
}

/** The same texts in a table of their own with an external-content index, as any program would begin. Kept beside the data. */
function bareIndex(source: Database): string {
  const path = dataFile('notes100k').replace(/\.mou$/, '.fts.db');
  if (existsSync(path)) return path;
  const work = mkdtempSync(`${path}-`);
  const db = connectSqlite(join(work, 'fts.db'));
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.exec(`
    CREATE TABLE document (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
    CREATE VIRTUAL TABLE fts USING fts5 (text, content = 'document', content_rowid = 'id', tokenize = 'unicode61');
  `);
  const insert = db.prepare('INSERT INTO document (id, text) VALUES (?, ?)');
  const texts = source
    .prepare(
      `SELECT row, concat_ws(char(10), title, summary, nextStep, sector, number) FROM instrument
       UNION ALL SELECT row, text FROM note ORDER BY 1`,
    )
    .raw();
  db.transaction(() => {
    for (const [row, text] of texts.iterate() as IterableIterator<[number, string]>) insert.run(row, foldText(text));
    db.exec("INSERT INTO fts (fts) VALUES ('rebuild'); INSERT INTO fts (fts) VALUES ('optimize')");
  })();
  db.close();
  renameSync(join(work, 'fts.db'), path);
  rmSync(work, { recursive: true });
  return path;
}
