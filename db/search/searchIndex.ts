/** The full-text index: which rows have a document, what it says, and how it follows the projection. */
import type { CellValue, EntityName } from '../../shared/entities/index.ts';
import { foldText } from '../../shared/text/searchText.ts';
import type { Database, Statement } from '../sqlite.ts';

/** Fields whose words are found, by entity. Entities not named here are not searched. */
const SEARCHED: Partial<Record<EntityName, readonly string[]>> = {
  instrument: ['title', 'summary', 'nextStep', 'sector', 'number'],
  note: ['text'],
  person: ['name', 'post'],
  body: ['name', 'shortName'],
};

/** Raised whenever folding or the fields change: older indexes are then built anew on opening. */
const INDEX_VERSION = '1';

export class SearchIndex {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Brings the document of one row up to date, if a searched field is among the changed ones. */
  update(entity: EntityName, row: number, changed: ReadonlyMap<string, CellValue>): void {
    const fields = SEARCHED[entity];
    if (!fields || !(changed.has('deleted') || fields.some((field) => changed.has(field)))) return;
    const select = this.#prepare(`SELECT ${fields.join()}, deleted FROM ${entity} WHERE row = ?`);
    this.#write(row, select.get(row) as Record<string, CellValue> | undefined, fields);
  }

  /** Builds the whole index from the projection. Inside the caller's transaction. */
  rebuild(): void {
    this.#db.exec("INSERT INTO search (search) VALUES ('delete-all')");
    for (const [entity, fields] of Object.entries(SEARCHED)) {
      const rows = this.#db.prepare(`SELECT row, ${fields.join()}, deleted FROM ${entity} WHERE deleted = 0`);
      for (const row of rows.all() as (Record<string, CellValue> & { row: number })[])
        this.#prepare('INSERT INTO search (rowid, text) VALUES (?, ?)').run(row.row, documentOf(row, fields));
    }
    this.#db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('searchVersion', ?)").run(INDEX_VERSION);
  }

  get isCurrent(): boolean {
    return this.#db.prepare("SELECT value FROM meta WHERE key = 'searchVersion'").pluck().get() === INDEX_VERSION;
  }

  #write(row: number, values: Record<string, CellValue> | undefined, fields: readonly string[]): void {
    if (!values || values.deleted === 1) this.#prepare('DELETE FROM search WHERE rowid = ?').run(row);
    else
      this.#prepare('INSERT OR REPLACE INTO search (rowid, text) VALUES (?, ?)').run(row, documentOf(values, fields));
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

const documentOf = (values: Record<string, CellValue>, fields: readonly string[]): string =>
  foldText(fields.map((field) => values[field] ?? '').join('\n'));
