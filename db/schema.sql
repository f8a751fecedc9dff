-- Schema 50, generated from db/migrations by scripts/writeSchema.mjs. Do not edit.

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

CREATE TABLE seen (
  replica INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  other INTEGER NOT NULL,
  upTo INTEGER NOT NULL,
  PRIMARY KEY (replica, seq, other)) WITHOUT ROWID;

CREATE TABLE supersedes (
  row INTEGER NOT NULL,
  field INTEGER NOT NULL,
  batch INTEGER NOT NULL,
  other INTEGER NOT NULL,
  otherSeq INTEGER NOT NULL,
  PRIMARY KEY (row, field, batch, other)) WITHOUT ROWID;

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

CREATE TABLE conflict (row INTEGER NOT NULL, field INTEGER NOT NULL, PRIMARY KEY (row, field)) WITHOUT ROWID;

CREATE TABLE session (
  replica INTEGER NOT NULL,
  -- The first batch of the session.
  seq INTEGER NOT NULL,
  -- Random; every batch of the session carries it.
  token INTEGER NOT NULL,
  PRIMARY KEY (replica, seq)) WITHOUT ROWID;

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

CREATE TABLE merged_change (
  row INTEGER NOT NULL,
  field INTEGER NOT NULL,
  batch INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (row, field, batch)) WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'ascii');
