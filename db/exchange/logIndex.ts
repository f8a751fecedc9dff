/** What an open file holds, by names that no fork changes; and pieces of its log for others to read. */
import type { CellValue } from '../../shared/entities/index.ts';
import type { Database } from '../sqlite.ts';
import type { LogPiece, PieceBatch } from './columns.ts';
import { Coverage, type SessionKey, sessionKey } from './coverage.ts';

interface Session {
  key: SessionKey;
  replica: number;
  seq: number;
}

/** Names one batch for ever. */
export type BatchPlace = readonly [session: SessionKey, place: number];

export const partKey = ([session, place]: BatchPlace): string => `${session}#${place}`;

/** As the file was when this was made. */
export class LogIndex {
  /** Batches that are here with all their changes. */
  readonly whole = new Coverage();
  /** How many changes are here of batches that are here in part, by partKey. */
  readonly parts = new Map<string, { place: BatchPlace; held: number }>();
  readonly #byReplica = new Map<number, Session[]>();
  readonly #byKey = new Map<SessionKey, Session>();
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
    const sessions = db
      .prepare(
        `SELECT s.replica, r.key, s.seq, s.token FROM session s JOIN replica r ON r.id = s.replica
         ORDER BY s.replica, s.seq`,
      )
      .all() as { replica: number; key: string; seq: number; token: number }[];
    for (const { replica, key, seq, token } of sessions) {
      const session = { key: sessionKey(key, token, seq), replica, seq };
      const ofReplica = this.#byReplica.get(replica) ?? [];
      this.#byReplica.set(replica, ofReplica);
      ofReplica.push(session);
      this.#byKey.set(session.key, session);
    }
    this.#addWhole();
    const inPart = db.prepare('SELECT replica, seq, held FROM batch WHERE held < changes').all();
    for (const { replica, seq, held } of inPart as { replica: number; seq: number; held: number }[]) {
      const place = this.placeOf(replica, seq);
      if (place) this.parts.set(partKey(place), { place, held });
    }
  }

  #addWhole(): void {
    const counts = this.#db
      .prepare(
        `SELECT replica, count(*) AS present, max(seq) AS last,
           EXISTS (SELECT 1 FROM batch p WHERE p.held < p.changes AND p.replica = batch.replica) AS isInPart
         FROM batch GROUP BY replica`,
      )
      .all() as { replica: number; present: number; last: number; isInPart: number }[];
    const wholeSeqs = this.#db.prepare('SELECT seq FROM batch WHERE replica = ? AND held = changes ORDER BY seq');
    for (const { replica, present, last, isInPart } of counts) {
      if (present === last && isInPart === 0) this.#addRange(replica, 1, last);
      else for (const seq of wholeSeqs.pluck().all(replica) as number[]) this.#addRange(replica, seq, seq);
    }
  }

  #addRange(replica: number, from: number, to: number): void {
    const sessions = this.#byReplica.get(replica) ?? [];
    for (const [index, { key, seq }] of sessions.entries()) {
      const end = (sessions[index + 1]?.seq ?? Number.MAX_SAFE_INTEGER) - 1;
      const first = Math.max(from, seq);
      const last = Math.min(to, end);
      if (first <= last) this.whole.add(key, first - seq, last - seq);
    }
  }

  /** True when at least a part of the batch is here. */
  has(place: BatchPlace): boolean {
    return this.whole.has(...place) || this.parts.has(partKey(place));
  }

  placeOf(replica: number, seq: number): BatchPlace | null {
    const sessions = this.#byReplica.get(replica) ?? [];
    for (let index = sessions.length - 1; index >= 0; index -= 1) {
      const session = sessions[index] as Session;
      if (session.seq <= seq) return [session.key, seq - session.seq];
    }
    return null;
  }

  /** The batch just before a session's first one; null where the history begins. */
  before(session: SessionKey): BatchPlace | null {
    const found = this.#byKey.get(session);
    return found && found.seq > 1 ? this.placeOf(found.replica, found.seq - 1) : null;
  }

  /** Local numbers of the batches at these places, in the order in which they came into this file. */
  batchesAt(wanted: Coverage): { id: number; held: number }[] {
    const select = this.#db.prepare('SELECT id, held FROM batch WHERE replica = ? AND seq BETWEEN ? AND ?');
    const batches: { id: number; held: number }[] = [];
    for (const [key, ranges] of wanted.sessions()) {
      const session = this.#byKey.get(key);
      if (!session) continue;
      for (const { from, to } of ranges)
        for (const batch of select.all(session.replica, session.seq + from, session.seq + to))
          batches.push(batch as { id: number; held: number });
    }
    return batches.sort((one, other) => one.id - other.id);
  }
}

/** Batches read between two looks at whoever waits for the database. */
const BATCHES_PER_STEP = 500;

/** A merge has given a part of the log other names while it was being read: what was read is of no use. */
export class Renamed extends Error {}

interface BatchRow {
  id: number;
  replica: number;
  seq: number;
  at: number;
  author: number | null;
  kind: number;
  label: number;
  revertsReplica: number | null;
  revertsSeq: number | null;
  changes: number;
}

/** The piece of the log that consists of these batches. `pause` lets others go first. Throws Renamed. */
export async function readPiece(db: Database, ids: readonly number[], pause: () => Promise<void>): Promise<LogPiece> {
  const found = new PieceNames(db);
  const namesBefore = sessionNames(db);
  const piece: Pick<LogPiece, 'batches' | 'changes' | 'seen'> = { batches: [], changes: [], seen: [] };
  const selectBatch = db.prepare('SELECT * FROM batch WHERE id = ?');
  const ofBatch = db.prepare('SELECT row, field, value FROM change WHERE batch = ? ORDER BY row, field').raw();
  const seenBy = seenReader(db, found);
  for (const [index, id] of ids.entries()) {
    if (index > 0 && index % BATCHES_PER_STEP === 0) await pause();
    const rows = ofBatch.all(id) as [number, number, CellValue][];
    for (const [row, field, value] of rows)
      piece.changes.push({ row: found.rows.number(row), field: found.fields.number(field), value });
    const batch = selectBatch.get(id) as BatchRow;
    piece.batches.push(pieceBatch(found, batch, rows.length));
    piece.seen.push(...seenBy(batch, index));
  }
  // New sessions may have come; none that was there may have gone.
  const namesNow = sessionNames(db);
  for (const name of namesBefore) if (!namesNow.has(name)) throw new Renamed();
  const supersedes = readSuperseded(db, found, ids);
  return { ...found.lists(), ...piece, supersedes };
}

const sessionNames = (db: Database): Set<string> =>
  new Set(db.prepare("SELECT replica || ':' || seq || ':' || token FROM session").pluck().all() as string[]);

function pieceBatch(found: PieceNames, row: BatchRow, held: number): PieceBatch {
  const { revertsReplica, revertsSeq } = row;
  return {
    replica: found.replicas.number(row.replica),
    seq: row.seq,
    at: row.at,
    author: row.author === null ? null : found.authors.number(row.author),
    kind: row.kind,
    label: found.labels.number(row.label),
    reverts:
      revertsReplica === null || revertsSeq === null
        ? null
        : { replica: found.replicas.number(revertsReplica), seq: revertsSeq },
    changes: row.changes,
    held,
  };
}

/** What a batch's author had newly seen; and what was learned in earlier batches that this file itself does not hold. */
function seenReader(db: Database, found: PieceNames): (batch: BatchRow, position: number) => LogPiece['seen'] {
  const previous = db.prepare('SELECT coalesce(max(seq), 0) FROM batch WHERE replica = ? AND seq < ?').pluck();
  const select = db.prepare('SELECT seq, other, upTo FROM seen WHERE replica = ? AND seq > ? AND seq <= ?');
  return ({ replica, seq }, position) => {
    const learned = select.all(replica, previous.get(replica, seq), seq) as {
      seq: number;
      other: number;
      upTo: number;
    }[];
    return learned.map((step) => ({
      batch: position,
      seq: step.seq,
      other: found.replicas.number(step.other),
      upTo: step.upTo,
    }));
  };
}

function readSuperseded(db: Database, found: PieceNames, ids: readonly number[]): LogPiece['supersedes'] {
  const all = db.prepare('SELECT batch, row, field, other, otherSeq FROM supersedes').all() as {
    batch: number;
    row: number;
    field: number;
    other: number;
    otherSeq: number;
  }[];
  if (all.length === 0) return [];
  const positions = new Map(ids.map((id, index) => [id, index]));
  return all.flatMap(({ batch, row, field, other, otherSeq }) => {
    const position = positions.get(batch);
    if (position === undefined) return [];
    return [
      {
        batch: position,
        row: found.rows.number(row),
        field: found.fields.number(field),
        other: found.replicas.number(other),
        otherSeq,
      },
    ];
  });
}

/** From the file's numbers to positions in the piece's lists, in the order of their first mention. */
class Numbering {
  readonly ids: number[] = [];
  readonly #numbers = new Map<number, number>();

  number(id: number): number {
    let number = this.#numbers.get(id);
    if (number === undefined) {
      number = this.ids.length;
      this.#numbers.set(id, number);
      this.ids.push(id);
    }
    return number;
  }
}

class PieceNames {
  readonly #db: Database;
  readonly replicas = new Numbering();
  readonly authors = new Numbering();
  readonly labels = new Numbering();
  readonly fields = new Numbering();
  readonly rows = new Numbering();

  constructor(db: Database) {
    this.#db = db;
  }

  lists(): Pick<LogPiece, 'replicas' | 'sessions' | 'authors' | 'labels' | 'entities' | 'fields' | 'rows'> {
    const entities = new Numbering();
    const each = <T>(numbering: Numbering, sql: string): T[] => {
      const select = this.#db.prepare(sql);
      return numbering.ids.map((id) => select.get(id) as T);
    };
    const named = ({ entity, ...rest }: { entity: number; name: string; key: string }) => ({
      ...rest,
      entity: entities.number(entity),
    });
    const fields = each<Parameters<typeof named>[0]>(this.fields, 'SELECT entity, name FROM field WHERE id = ?');
    const rows = each<Parameters<typeof named>[0]>(this.rows, 'SELECT entity, key FROM entity_row WHERE id = ?');
    const sessions = this.#db.prepare('SELECT seq, token FROM session WHERE replica = ? ORDER BY seq');
    return {
      replicas: each<{ key: string }>(this.replicas, 'SELECT key FROM replica WHERE id = ?').map(({ key }) => key),
      sessions: this.replicas.ids.flatMap((id, replica) =>
        (sessions.all(id) as { seq: number; token: number }[]).map(({ seq, token }) => ({ replica, seq, token })),
      ),
      authors: each(this.authors, 'SELECT name, post FROM author WHERE id = ?'),
      labels: each<{ code: string }>(this.labels, 'SELECT code FROM label WHERE id = ?').map(({ code }) => code),
      fields: fields.map(named),
      rows: rows.map(named),
      entities: each<{ name: string }>(entities, 'SELECT name FROM entity WHERE id = ?').map(({ name }) => name),
    };
  }
}
