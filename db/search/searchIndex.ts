/** The full-text index: which rows have a document, what it says, and how it follows the projection. */
import type { CellValue, EntityName } from '../../shared/entities/index.ts';
import { foldText } from '../../shared/text/searchText.ts';
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
const INDEX_VERSION = '2';

export class SearchIndex {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** True when what a row's document says follows from one of these fields. */
  concerns(entity: EntityName, changed: ReadonlyMap<string, CellValue>): entity is SearchedEntity {
    return isSearched(entity) && (changed.has('deleted') || SEARCHED[entity].some((field) => changed.has(field)));
  }

  /** Brings the document of one row up to date, if a searched field is among the changed ones. */
  update(entity: EntityName, row: number, changed: ReadonlyMap<string, CellValue>): void {
    if (!this.concerns(entity, changed)) return;
    const fields = SEARCHED[entity];
    const select = prepared(this.#db, `SELECT ${fields.join()}, deleted FROM ${entity} WHERE row = ?`);
    const values = select.get(row) as Record<string, CellValue> | undefined;
    const rowid = documentRow(entity, row);
    if (!values || values.deleted === 1) prepared(this.#db, 'DELETE FROM search WHERE rowid = ?').run(rowid);
    else
      prepared(this.#db, 'INSERT OR REPLACE INTO search (rowid, text) VALUES (?, ?)').run(
        rowid,
        documentOf(values, fields),
      );
  }

  /** Builds the whole index from the projection. Inside the caller's transaction. */
  rebuild(): void {
    this.#db.exec("INSERT INTO search (search) VALUES ('delete-all')");
    const insert = this.#db.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)');
    // Upwards: FTS5 writes a segment whenever a document comes before the last one.
    for (const entity of KINDS) {
      const fields = SEARCHED[entity];
      const rows = this.#db.prepare(`SELECT row, ${fields.join()} FROM ${entity} WHERE deleted = 0 ORDER BY row`);
      for (const row of rows.all() as (Record<string, CellValue> & { row: number })[])
        insert.run(documentRow(entity, row.row), documentOf(row, fields));
    }
    this.#db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('searchVersion', ?)").run(INDEX_VERSION);
  }

  get isCurrent(): boolean {
    return this.#db.prepare("SELECT value FROM meta WHERE key = 'searchVersion'").pluck().get() === INDEX_VERSION;
  }
}

const documentOf = (values: Record<string, CellValue>, fields: readonly string[]): string =>
  foldText(fields.map((field) => values[field] ?? '').join('\n'));
