import type { Migration } from './index.ts';

/**
 * The change log: the truth of the file. Append-only.
 *
 * Names (replica, author, label, entity, field, row) are small integers through name tables, local to this file and
 * mapped on import: half the time to merge and a third fewer bytes than text keys. `batch.id` is the order of arrival in
 * this file and means nothing elsewhere; (replica, seq) names a batch for ever.
 *
 * `change` is clustered by cell, so that a cell's whole history is one short range: it is its own history index.
 */
export const createLog: Migration = {
  version: 10,
  up: (db) =>
    db.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

      CREATE TABLE replica (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
      CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL, post TEXT NOT NULL, UNIQUE (name, post));
      CREATE TABLE label (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
      CREATE TABLE entity (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
      CREATE TABLE field (
        id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (entity, name));
      CREATE TABLE entity_row (
        id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, key TEXT NOT NULL, UNIQUE (key, entity));

      CREATE TABLE batch (
        id INTEGER PRIMARY KEY,
        replica INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        author INTEGER,
        kind INTEGER NOT NULL,
        label INTEGER NOT NULL,
        revertsReplica INTEGER,
        revertsSeq INTEGER,
        -- Random: two batches of one name and different tokens come from a file that was copied with its writer's name.
        token INTEGER NOT NULL DEFAULT 0,
        -- How many changes the batch was written with, and how many of them this file holds: a copy restricted to some
        -- rows holds fewer, until it meets a fuller one.
        changes INTEGER NOT NULL DEFAULT 0,
        held INTEGER NOT NULL DEFAULT 0,
        UNIQUE (replica, seq));
      CREATE INDEX batch_in_part ON batch (replica, seq) WHERE held < changes;

      CREATE TABLE change (
        row INTEGER NOT NULL,
        field INTEGER NOT NULL,
        batch INTEGER NOT NULL,
        value,
        PRIMARY KEY (row, field, batch)) WITHOUT ROWID;
      CREATE INDEX change_by_batch ON change (batch);

      -- From its batch seq on, replica has seen the batches of other up to upTo. Written only where it grew.
      CREATE TABLE seen (
        replica INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        other INTEGER NOT NULL,
        upTo INTEGER NOT NULL,
        PRIMARY KEY (replica, seq, other)) WITHOUT ROWID;

      -- What a vector cannot say: in this cell the change of batch has seen the one of (other, otherSeq), although its
      -- author did not hold everything of other up to there. Only copies restricted to some rows write these.
      CREATE TABLE supersedes (
        row INTEGER NOT NULL,
        field INTEGER NOT NULL,
        batch INTEGER NOT NULL,
        other INTEGER NOT NULL,
        otherSeq INTEGER NOT NULL,
        PRIMARY KEY (row, field, batch, other)) WITHOUT ROWID;
    `),
};
