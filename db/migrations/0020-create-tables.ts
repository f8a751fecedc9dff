import type { Migration } from './index.ts';

/**
 * The projection: what the screens query, a pure function of the log. `row` is the row's number in the log, `id` the
 * identity that files share. Rows may arrive one cell at a time, so every column allows null or carries a default.
 * No foreign keys and no unique number: two sides may give one number, or delete what the other still names, and both
 * are tasks for people rather than reasons to refuse a merge.
 */
export const createTables: Migration = {
  version: 20,
  up: (db) =>
    db.exec(`
      CREATE TABLE file (row INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL DEFAULT '');

      CREATE TABLE instrument (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        number INTEGER,
        title TEXT NOT NULL DEFAULT '',
        titleBasis TEXT NOT NULL DEFAULT 'not-listed',
        kind TEXT NOT NULL DEFAULT 'unknown',
        sector TEXT,
        summary TEXT,
        source TEXT,
        signedOn TEXT,
        legalStatus TEXT NOT NULL DEFAULT 'signed',
        stage TEXT NOT NULL DEFAULT 'not-started',
        priority TEXT NOT NULL DEFAULT 'normal',
        pkLeadBodyId TEXT,
        kzLeadBodyId TEXT,
        pkOwnerId TEXT,
        kzOwnerId TEXT,
        startOn TEXT,
        deadline TEXT,
        originalDeadline TEXT,
        deadlineReason TEXT,
        progress INTEGER,
        healthOverride TEXT,
        healthOverrideReason TEXT,
        nextStep TEXT,
        expiresOn TEXT,
        deleted INTEGER NOT NULL DEFAULT 0,
        touchedAt INTEGER);
      CREATE INDEX instrument_by_number ON instrument (number, id);

      CREATE TABLE person (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL DEFAULT '',
        post TEXT,
        bodyId TEXT,
        side TEXT,
        email TEXT,
        phone TEXT,
        deleted INTEGER NOT NULL DEFAULT 0);

      CREATE TABLE body (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL DEFAULT '',
        shortName TEXT,
        side TEXT,
        deleted INTEGER NOT NULL DEFAULT 0);

      CREATE TABLE support (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        instrumentId TEXT NOT NULL DEFAULT '',
        bodyId TEXT NOT NULL DEFAULT '',
        deleted INTEGER NOT NULL DEFAULT 0);
      CREATE INDEX support_by_instrument ON support (instrumentId);

      CREATE TABLE note (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        instrumentId TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL DEFAULT '',
        author TEXT,
        writtenAt INTEGER NOT NULL DEFAULT 0,
        isPinned INTEGER NOT NULL DEFAULT 0,
        deleted INTEGER NOT NULL DEFAULT 0);
      CREATE INDEX note_by_instrument ON note (instrumentId, writtenAt);

      CREATE TABLE target (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL DEFAULT '',
        baseline REAL,
        baselineOn TEXT,
        target REAL,
        unit TEXT,
        targetOn TEXT,
        latest REAL,
        latestOn TEXT,
        basis TEXT,
        source TEXT,
        isHeadline INTEGER NOT NULL DEFAULT 0,
        rank REAL NOT NULL DEFAULT 0,
        deleted INTEGER NOT NULL DEFAULT 0);

      CREATE TABLE risk (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL DEFAULT '',
        description TEXT,
        category TEXT,
        source TEXT,
        rank REAL NOT NULL DEFAULT 0,
        deleted INTEGER NOT NULL DEFAULT 0);

      -- Cells with several heads of different values, until a person writes a change that has seen them all.
      CREATE TABLE conflict (row INTEGER NOT NULL, field INTEGER NOT NULL, PRIMARY KEY (row, field)) WITHOUT ROWID;
    `),
};
