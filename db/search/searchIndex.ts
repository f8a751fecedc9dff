/**
 * The full-text index: which rows have a document, what it says, and how it follows the projection. It follows at a
 * distance: whoever writes only notes which documents are behind, a quiet moment brings them up to date, and a search
 * reads the rows of those that still are.
 */
import type { CellValue, EntityName } from '../../shared/entities/index.ts';
import { foldedDocument } from '../../shared/text/searchText.ts';
import { type Database, prepared } from '../sqlite.ts';

/** Fields whose words are found, by entity. Entities not named here are not searched. */
const SEARCHED = {
  note: ['text'],
  body: ['name', 'shortName'],
  person: ['name', 'post'],
  instrument: ['title', 'summary', 'nextStep', 'sector', 'number'],
} as const satisfies Partial<Record<EntityName, readonly string[]>>;

const isSearched = (entity: EntityName): entity is SearchedEntity => Object.hasOwn(SEARCHED, entity);

/**
 * The row of a document carries its kind above the row number of the log, so that the index itself, read downwards, gives
 * hits in the order of showing: instruments, persons, bodies, notes, each newest first. Nothing has to be looked up to rank.
 */
const KIND_STEP = 2 ** 40;
const KINDS = ['note', 'body', 'person', 'instrument'] as const;
export type SearchedEntity = (typeof KINDS)[number];

export const documentRow = (entity: SearchedEntity, row: number): number => KINDS.indexOf(entity) * KIND_STEP + row;

export const documentOwner = (rowid: number): { entity: SearchedEntity; row: number } => ({
  entity: KINDS[Math.floor(rowid / KIND_STEP)] ?? 'note',
  row: rowid % KIND_STEP,
});

/** Raised whenever folding, the fields or the rows' numbers change: older indexes are then built anew on opening. */
const INDEX_VERSION = '3';

/** From this share of all documents on the index is built anew: little slower, and it leaves no emptied pieces behind. */
const REBUILD_SHARE = 0.2;
/** Building takes about 15 ms per thousand documents, and nothing is answered meanwhile. */
const MOST_REBUILT = 20_000;

export class SearchIndex {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Notes which document is behind, when one of these fields is part of it. Inside the caller's transaction. */
  changed(entity: EntityName, row: number, fields: ReadonlyMap<string, CellValue>): void {
    if (!isSearched(entity)) return;
    if (!fields.has('deleted') && !SEARCHED[entity].some((field) => fields.has(field))) return;
    prepared(this.#db, 'INSERT OR IGNORE INTO search_pending (document) VALUES (?)').run(documentRow(entity, row));
  }

  /** How many documents are behind. */
  get pending(): number {
    return prepared(this.#db, 'SELECT count(*) FROM search_pending').pluck().get() as number;
  }

  /** Brings documents up to date, `most` of them or all by building anew. Inside the caller's transaction. */
  catchUp(most: number): void {
    const { pending } = this;
    if (pending === 0) return;
    const total = prepared(this.#db, 'SELECT count(*) FROM entity_row').pluck().get() as number;
    if (pending > total * REBUILD_SHARE && total <= MOST_REBUILT) {
      this.rebuild();
      return;
    }
    const select = prepared(this.#db, 'SELECT document FROM search_pending ORDER BY document LIMIT ?').pluck();
    const documents = select.all(most) as number[];
    for (const document of documents) this.#update(document);
    prepared(this.#db, 'DELETE FROM search_pending WHERE document <= ?').run(documents.at(-1));
  }

  #update(document: number): void {
    const text = documentText(this.#db, document);
    if (text === null) prepared(this.#db, 'DELETE FROM search WHERE rowid = ?').run(document);
    else prepared(this.#db, 'INSERT OR REPLACE INTO search (rowid, text) VALUES (?, ?)').run(document, text);
  }

  /** Builds the whole index from the projection. Inside the caller's transaction. */
  rebuild(): void {
    this.#db.exec("INSERT INTO search (search) VALUES ('delete-all'); DELETE FROM search_pending");
    const insert = this.#db.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)');
    // Upwards: FTS5 writes a segment whenever a document comes before the last one.
    for (const entity of KINDS) {
      const columns = SEARCHED[entity].join();
      const rows = this.#db.prepare(`SELECT row, ${columns} FROM ${entity} WHERE deleted = 0 ORDER BY row`).raw();
      for (const [row, ...values] of rows.all() as [number, ...CellValue[]][])
        insert.run(documentRow(entity, row), textOf(values));
    }
    this.#db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('searchVersion', ?)").run(INDEX_VERSION);
  }

  get isCurrent(): boolean {
    return this.#db.prepare("SELECT value FROM meta WHERE key = 'searchVersion'").pluck().get() === INDEX_VERSION;
  }
}

/** What the document of a row has to say now: folded words with blanks between them; null when there is none. */
export function documentText(db: Database, document: number): string | null {
  const { entity, row } = documentOwner(document);
  const select = prepared(db, `SELECT ${SEARCHED[entity].join()} FROM ${entity} WHERE row = ? AND deleted = 0`).raw();
  const values = select.get(row) as CellValue[] | undefined;
  return values ? textOf(values) : null;
}

const textOf = (values: readonly CellValue[]): string => foldedDocument(values.map((value) => value ?? '').join('\n'));
