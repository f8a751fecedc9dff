/**
 * Under which name this installation writes this copy of the file. Files get copied, and two people must never write
 * under one name; so the current name is kept outside the file, by the installation, and only trusted while the file is
 * exactly as this installation left it at this place. Otherwise a new name is minted before the first write.
 */
import { randomBytes, randomInt } from 'node:crypto';
import type { Database } from '../sqlite.ts';
import { Causality } from './causality.ts';
import { heldOf, heldPrefixes, isComplete } from './held.ts';

/** What an installation remembers of a file it closed. */
export interface WriterRecord {
  replica: string;
  /** Its last batch in the file at that time. */
  seq: number;
  /** Of the session that wrote it: another branch of a forked history may have a batch of the same name and number. */
  token: number;
}

/** Where the records live, by the file's real path. See db/installation.ts. */
export interface WriterRecords {
  find: (path: string) => WriterRecord | null;
  put: (path: string, record: WriterRecord) => void;
  /** Durable when it returns: a record that came back after a crash could give one name to two histories. */
  remove: (path: string) => void;
}

/** A writer's name in this file (`id` here, `key` everywhere) and the number of a batch. */
interface Position {
  id: number;
  key: string;
  seq: number;
}

export interface NextBatch extends Position {
  /** Of the session: random, 48 bits. Tells this batch from one that a copied writer gives the same name and number. */
  token: number;
}

const TOKEN_LIMIT = 2 ** 48 - 1;

export class ReplicaIdentity {
  readonly #db: Database;
  readonly #records: WriterRecords;
  readonly #path: string;
  /** Our last batch in the file, once we know under which name we write. */
  #last: Position | null;
  #uncommitted: NextBatch | null = null;
  /** Of the session under way; null before its first batch. */
  #token: number | null = null;
  #hasWritten = false;
  /** What this session has recorded as seen is all there is: nothing of others has come in since. */
  #isVectorRecorded = false;
  #isFileComplete = true;

  constructor(db: Database, records: WriterRecords, path: string) {
    this.#db = db;
    this.#records = records;
    this.#path = path;
    this.#last = resumable(db, records.find(path));
  }

  /** The name under which this session goes on from an earlier one, or has written; null before a new name is minted. */
  get key(): string | null {
    return this.#last?.key ?? null;
  }

  /** The name and number for the batch being written. Call inside its transaction; `committed` or `rolledBack` follows. */
  next(): NextBatch {
    if (!this.#hasWritten) this.#removeRecord();
    const last = this.#last ?? mint(this.#db);
    const seq = last.seq + 1;
    const token = this.#token ?? startSession(this.#db, { replica: last.id, seq, token: randomInt(1, TOKEN_LIMIT) });
    this.#uncommitted = { ...last, seq, token };
    if (!this.#isVectorRecorded) {
      recordWhatWasSeen(this.#db, this.#uncommitted);
      this.#isFileComplete = isComplete(this.#db);
    }
    return this.#uncommitted;
  }

  /** Where the record cannot be removed, its name is given up: then it is true for ever and may stay. */
  #removeRecord(): void {
    try {
      this.#records.remove(this.#path);
    } catch {
      this.#last = null;
    }
  }

  /** False for a copy restricted to some rows: there a change has to name what it supersedes. */
  get isFileComplete(): boolean {
    return this.#isFileComplete;
  }

  committed(): void {
    if (this.#uncommitted) {
      this.#last = this.#uncommitted;
      this.#token = this.#uncommitted.token;
    }
    this.#uncommitted = null;
    this.#hasWritten = true;
    this.#isVectorRecorded = true;
  }

  /**
   * Batches of others may have come into the file: the next own batch has seen them. When somebody else turns out to write
   * under this session's name, or that name was cut, the next batch gets a new one.
   */
  learned(cutReplicas: ReadonlySet<string>): void {
    this.#isVectorRecorded = false;
    if (this.#last && (cutReplicas.has(this.#last.key) || !isLast(this.#db, this.#last))) this.forget();
  }

  forget(): void {
    this.#last = null;
    this.#token = null;
    this.#isVectorRecorded = false;
  }

  /** A name minted in a transaction that failed was never written anywhere: it is dropped. */
  rolledBack(): void {
    this.#uncommitted = null;
  }

  /** Leaves the record by which the next session may go on under the same name. */
  close(): void {
    if (!this.#last || this.#token === null) return;
    this.#records.put(this.#path, { replica: this.#last.key, seq: this.#last.seq, token: this.#token });
  }
}

/**
 * The name of last time, if nothing has happened to the file since: its last batch of all is the very one that we left. A
 * restored backup has an earlier one, another person's work a later one, a moved or copied file no record, a crash leaves
 * none either. Each of them costs one new name and nothing else.
 */
function resumable(db: Database, record: WriterRecord | null): Position | null {
  if (!record) return null;
  const last = db
    .prepare(
      `SELECT r.id AS id, r.key AS key, b.seq AS seq, b.token AS token
       FROM batch b JOIN replica r ON r.id = b.replica ORDER BY b.id DESC LIMIT 1`,
    )
    .get() as NextBatch | undefined;
  const isOurs = last?.key === record.replica && last.seq === record.seq && last.token === record.token;
  // A name has seen all that was written under it: a part of the file that holds only some of that cannot go on under it.
  return last && isOurs && isLast(db, last) && heldOf(db, last.id).isUnbroken ? last : null;
}

/** Nothing is known of this name beyond this batch: no batch, no session, nor that anybody claims to have seen one. */
function isLast(db: Database, { id, seq }: Position): boolean {
  const furthest = `SELECT max(upTo) FROM (
    SELECT max(seq) AS upTo FROM batch WHERE replica = @id UNION ALL SELECT max(seq) FROM session WHERE replica = @id
    UNION ALL SELECT max(upTo) FROM seen WHERE other = @id
    UNION ALL SELECT max(otherSeq) FROM supersedes WHERE other = @id)`;
  return (db.prepare(furthest).pluck().get({ id }) as number) <= seq;
}

/** A replica's history can fork only where a session begins; so that is written down, with what tells it apart. */
export function startSession(db: Database, session: { replica: number; seq: number; token: number }): number {
  db.prepare('INSERT INTO session (replica, seq, token) VALUES (@replica, @seq, @token)').run(session);
  return session.token;
}

function mint(db: Database): Position {
  const key = randomBytes(12).toString('base64url');
  const id = Number(db.prepare('INSERT INTO replica (key) VALUES (?)').run(key).lastInsertRowid);
  return { id, key, seq: 0 };
}

/** What the file holds has been seen by whoever writes in it; recorded only where it grew since the last record. */
function recordWhatWasSeen(db: Database, next: Position): void {
  const recorded = Causality.load(db).vectorAt(next.id, next.seq);
  const insert = db.prepare('INSERT INTO seen (replica, seq, other, upTo) VALUES (?, ?, ?, ?)');
  for (const [replica, upTo] of heldPrefixes(db))
    if (replica !== next.id && upTo > (recorded.get(replica) ?? 0)) insert.run(next.id, next.seq, replica, upTo);
}
