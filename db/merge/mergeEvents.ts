/** What this file remembers of the merges into it: for history, and for taking one back as one step. Never merged itself. */
import { basename } from 'node:path';
import type { OpenFile } from '../openFile.ts';
import type { Database } from '../sqlite.ts';
import type { IncomingChange } from './bringIn.ts';

export interface MergeEvent {
  id: number;
  at: number;
  author: string | null;
  post: string | null;
  sources: string[];
  /** Local numbers of the batches that came in; none if first is the greater. */
  firstBatch: number;
  /** The file's last batch when the merge was done. */
  lastBatch: number;
  changes: number;
  undoneBy: number | null;
}

export interface MergeToRecord {
  paths: readonly string[];
  firstBatch: number;
  changes: number;
  completing: readonly IncomingChange[];
}

/** Inside the merge's transaction, when everything is in. Returns the event's number. */
export function recordMerge(file: OpenFile, { paths, firstBatch, changes, completing }: MergeToRecord): number {
  const { db, names, author } = file;
  const insert = db.prepare(
    `INSERT INTO merge_event (at, author, sources, firstBatch, lastBatch, changes)
     VALUES (?, ?, ?, ?, (SELECT max(id) FROM batch), ?)`,
  );
  const sources = JSON.stringify(paths.map((path) => basename(path)));
  const authorId = author ? names.author(author.name, author.post ?? '') : null;
  const event = Number(insert.run(file.now(), authorId, sources, firstBatch, changes).lastInsertRowid);
  const insertLate = db.prepare('INSERT INTO merged_change (row, field, batch, event) VALUES (?, ?, ?, ?)');
  for (const { row, field, batch } of completing) insertLate.run(row, field, batch, event);
  return event;
}

const SELECT = `
  SELECT m.id, m.at, a.name AS author, nullif(a.post, '') AS post, m.sources, m.firstBatch, m.lastBatch, m.changes, m.undoneBy
  FROM merge_event m LEFT JOIN author a ON a.id = m.author`;

export function findMergeEvent(db: Database, id: number): MergeEvent | undefined {
  return mergeEvents(db, 'm.id = ?', id)[0];
}

/** Merges after which this was the file's last batch, newest first. */
export const mergeEventsAfter = (db: Database, batch: number): MergeEvent[] =>
  mergeEvents(db, 'm.lastBatch = ?', batch);

function mergeEvents(db: Database, where: string, ...values: number[]): MergeEvent[] {
  const rows = db.prepare(`${SELECT} WHERE ${where} ORDER BY m.id DESC`).all(...values);
  return (rows as (Omit<MergeEvent, 'sources'> & { sources: string })[]).map((row) => ({
    ...row,
    sources: JSON.parse(row.sources) as string[],
  }));
}
