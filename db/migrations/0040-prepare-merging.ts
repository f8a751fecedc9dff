import type { Migration } from './index.ts';

/**
 * What merging needs beyond the log.
 *
 * `session` travels with the log and is kept whole by every copy, also by one restricted to some rows: it says which
 * stretch of a replica's history was written in one go. A replica's history can only fork where a session begins, so two
 * files that hold different batches of a replica can still tell whether they speak of the same history.
 *
 * `merge_event` and `merged_change` are this file's own memory of what came into it when, for history and for taking a
 * merge back. They are never merged and never given away with a part.
 */
export const prepareMerging: Migration = {
  version: 40,
  up: (db) =>
    db.exec(`
      CREATE TABLE session (
        replica INTEGER NOT NULL,
        -- The first batch of the session.
        seq INTEGER NOT NULL,
        -- Random; every batch of the session carries it.
        token INTEGER NOT NULL,
        PRIMARY KEY (replica, seq)) WITHOUT ROWID;
      INSERT INTO session (replica, seq, token) SELECT replica, seq, token FROM batch;

      CREATE TABLE merge_event (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        author INTEGER,
        -- Names of the merged files without their folders, as a JSON array.
        sources TEXT NOT NULL,
        -- The batches that came in have the local numbers from firstBatch to lastBatch; none came if it is the greater.
        firstBatch INTEGER NOT NULL,
        lastBatch INTEGER NOT NULL,
        changes INTEGER NOT NULL,
        -- The batch that took the merge back.
        undoneBy INTEGER);

      -- Changes that completed batches which were here in part.
      CREATE TABLE merged_change (
        row INTEGER NOT NULL,
        field INTEGER NOT NULL,
        batch INTEGER NOT NULL,
        event INTEGER NOT NULL,
        PRIMARY KEY (row, field, batch)) WITHOUT ROWID;
    `),
};
