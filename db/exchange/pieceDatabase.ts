/**
 * A piece of a log as a database in memory, of the very schema that files have: so whatever comes out of an exchange folder
 * goes through the same door as a copy that somebody brought on a stick, with the same checks.
 */
import { markIncomplete } from '../copy/restriction.ts';
import { migrate } from '../migrations/index.ts';
import { connectSqlite, type Database, type Statement } from '../sqlite.ts';
import { DamagedExchangeFile } from './bytes.ts';
import type { LogPiece, PieceBatch } from './columns.ts';
import { sessionKey } from './coverage.ts';
import type { BatchPlace } from './logIndex.ts';

/** Where each batch of a piece stands in its session. */
export const placesOf = (piece: LogPiece): BatchPlace[] =>
  sessionsOf(piece).map(({ key, seq, token }, position) => [
    sessionKey(key, token, seq),
    (piece.batches[position]?.seq ?? 0) - seq,
  ]);

/** The session of each batch. */
function sessionsOf(piece: LogPiece): { key: string; seq: number; token: number }[] {
  const byReplica = piece.replicas.map(() => [] as LogPiece['sessions']);
  for (const session of piece.sessions) byReplica[session.replica]?.push(session);
  return piece.batches.map(({ replica, seq }) => {
    const sessions = byReplica[replica] ?? [];
    let [low, high] = [0, sessions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sessions[middle]?.seq ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    const session = sessions[low - 1];
    if (!session) throw new DamagedExchangeFile('a batch is of no session');
    return { key: piece.replicas[replica] as string, seq: session.seq, token: session.token };
  });
}

/** Made anew each time: an image of it could be handed out only in ways that end an Electron process. */
function emptyDatabase(): Database {
  const fresh = connectSqlite(':memory:');
  migrate(fresh);
  return fresh;
}

/** Makes databases of parts of a piece. */
export class PieceReader {
  readonly places: readonly BatchPlace[];
  readonly #family: string;
  readonly #piece: LogPiece;
  readonly #tokens: readonly number[];
  /** Where each batch's changes begin. */
  readonly #starts: readonly number[];

  constructor(family: string, piece: LogPiece) {
    this.#family = family;
    this.#piece = piece;
    this.places = placesOf(piece);
    this.#tokens = sessionsOf(piece).map(({ token }) => token);
    let start = 0;
    this.#starts = piece.batches.map(({ held }) => {
      start += held;
      return start - held;
    });
  }

  /** Holds these batches (by position, ascending). The caller closes it. */
  database(positions: readonly number[]): Database {
    const db = emptyDatabase();
    try {
      db.transaction(() => {
        db.prepare("INSERT INTO meta (key, value) VALUES ('family', ?)").run(this.#family);
        // It is a part, whatever it looks like: the file that takes it in is not made complete by it.
        markIncomplete(db);
        new PieceWriter(db, this.#piece).write(positions, this.#tokens, this.#starts);
      })();
      return db;
    } catch (error) {
      db.close();
      throw new DamagedExchangeFile(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Numbers of names in the database: their position in the piece, counted from 1. */
const idOf = (position: number): number => position + 1;

class PieceWriter {
  readonly #db: Database;
  readonly #piece: LogPiece;
  readonly #rows = new Set<number>();
  readonly #inserts = new Map<string, Statement>();

  constructor(db: Database, piece: LogPiece) {
    this.#db = db;
    this.#piece = piece;
  }

  write(positions: readonly number[], tokens: readonly number[], starts: readonly number[]): void {
    const piece = this.#piece;
    this.#insertAll('replica (id, key)', piece.replicas, (key, index) => [idOf(index), key]);
    this.#insertAll('session (replica, seq, token)', piece.sessions, ({ replica, seq, token }) => [
      idOf(replica),
      seq,
      token,
    ]);
    this.#insertAll('author (id, name, post)', piece.authors, ({ name, post }, index) => [idOf(index), name, post]);
    this.#insertAll('label (id, code)', piece.labels, (code, index) => [idOf(index), code]);
    this.#insertAll('entity (id, name)', piece.entities, (name, index) => [idOf(index), name]);
    this.#insertAll('field (id, entity, name)', piece.fields, ({ entity, name }, index) => [
      idOf(index),
      idOf(entity),
      name,
    ]);
    const insertBatch = this.#insert(
      'batch (id, replica, seq, at, author, kind, label, revertsReplica, revertsSeq, token, changes, held)',
    );
    const insertChange = this.#insert('change (row, field, batch, value)');
    for (const position of positions) {
      const batch = piece.batches[position] as PieceBatch;
      insertBatch.run(
        idOf(position),
        idOf(batch.replica),
        batch.seq,
        batch.at,
        batch.author === null ? null : idOf(batch.author),
        batch.kind,
        idOf(batch.label),
        batch.reverts ? idOf(batch.reverts.replica) : null,
        batch.reverts?.seq ?? null,
        tokens[position],
        batch.changes,
        batch.held,
      );
      const start = starts[position] as number;
      for (const { row, field, value } of piece.changes.slice(start, start + batch.held)) {
        this.#mention(row);
        insertChange.run(idOf(row), idOf(field), idOf(position), value);
      }
    }
    this.#writeClaims(new Set(positions));
  }

  #writeClaims(positions: ReadonlySet<number>): void {
    const learn = this.#db.prepare(
      `INSERT INTO seen (replica, seq, other, upTo) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET upTo = max(upTo, excluded.upTo)`,
    );
    for (const { batch, seq, other, upTo } of this.#piece.seen)
      if (positions.has(batch)) learn.run(idOf(this.#piece.batches[batch]?.replica ?? 0), seq, idOf(other), upTo);
    const insert = this.#insert('supersedes (row, field, batch, other, otherSeq)');
    for (const { batch, row, field, other, otherSeq } of this.#piece.supersedes)
      if (positions.has(batch)) insert.run(idOf(row), idOf(field), idOf(batch), idOf(other), otherSeq);
  }

  #mention(row: number): void {
    if (this.#rows.has(row)) return;
    this.#rows.add(row);
    const { entity, key } = this.#piece.rows[row] as LogPiece['rows'][number];
    this.#insert('entity_row (id, entity, key)').run(idOf(row), idOf(entity), key);
  }

  #insert(into: string): Statement {
    let statement = this.#inserts.get(into);
    if (!statement) {
      const columns = into.split(',').map(() => '?');
      statement = this.#db.prepare(`INSERT INTO ${into} VALUES (${columns.join()})`);
      this.#inserts.set(into, statement);
    }
    return statement;
  }

  #insertAll<T>(into: string, items: readonly T[], valuesOf: (item: T, index: number) => unknown[]): void {
    const insert = this.#insert(into);
    for (const [index, item] of items.entries()) insert.run(...valuesOf(item, index));
  }
}
