/** The log's name tables: texts that repeat become small integers of this file, and back. Read once, kept in memory. */
import { type EntityName, isEntityName } from '../../shared/entities/index.ts';
import { type Database, prepared, type Statement } from '../sqlite.ts';

export interface FieldName {
  id: number;
  entityId: number;
  entity: string;
  name: string;
}

/** Which entity a row belongs to, and the identity that files share. */
export interface RowName {
  entity: string;
  key: string;
}

export class Names {
  readonly #db: Database;
  readonly #rowNames = new Map<number, RowName>();
  readonly #entities = new Map<string, number>();
  readonly #fields = new Map<string, number>();
  readonly #fieldsById = new Map<number, FieldName>();
  readonly #labels = new Map<string, number>();
  readonly #authors = new Map<string, number>();
  /** Numbers of all rows, where many are asked for. */
  #allRows: Map<string, number> | null = null;
  readonly #rowOf: Statement;
  readonly #insertRow: Statement;

  constructor(db: Database) {
    this.#db = db;
    this.#rowOf = db.prepare('SELECT id FROM entity_row WHERE key = ? AND entity = ?').pluck();
    this.#insertRow = db.prepare('INSERT INTO entity_row (entity, key) VALUES (?, ?)');
    this.reload();
  }

  /** Forgets what a rolled-back transaction has named and reads the tables again. */
  reload(): void {
    this.#rowNames.clear();
    this.#allRows = null;
    this.#entities.clear();
    this.#fields.clear();
    this.#fieldsById.clear();
    this.#labels.clear();
    this.#authors.clear();
    const entityNames = new Map<number, string>();
    for (const { id, name } of this.#db.prepare('SELECT id, name FROM entity').all() as {
      id: number;
      name: string;
    }[]) {
      this.#entities.set(name, id);
      entityNames.set(id, name);
    }
    const fields = this.#db.prepare('SELECT id, entity, name FROM field').all();
    for (const field of fields as { id: number; entity: number; name: string }[])
      this.#remember({
        id: field.id,
        entityId: field.entity,
        entity: entityNames.get(field.entity) ?? '',
        name: field.name,
      });
    for (const { id, code } of this.#db.prepare('SELECT id, code FROM label').all() as { id: number; code: string }[])
      this.#labels.set(code, id);
  }

  entity(name: string): number {
    const known = this.#entities.get(name);
    if (known !== undefined) return known;
    const id = Number(this.#db.prepare('INSERT INTO entity (name) VALUES (?)').run(name).lastInsertRowid);
    this.#entities.set(name, id);
    return id;
  }

  field(entity: string, name: string): number {
    const known = this.#fields.get(`${entity}.${name}`);
    if (known !== undefined) return known;
    const entityId = this.entity(entity);
    const insert = this.#db.prepare('INSERT INTO field (entity, name) VALUES (?, ?)');
    const id = Number(insert.run(entityId, name).lastInsertRowid);
    this.#remember({ id, entityId, entity, name });
    return id;
  }

  fieldById(id: number): FieldName {
    const field = this.#fieldsById.get(id);
    if (!field) throw new RangeError(`the log names field ${id}, which the file does not list`);
    return field;
  }

  /** The number of a field if the log has ever used it. */
  knownField(entity: string, name: string): number | undefined {
    return this.#fields.get(`${entity}.${name}`);
  }

  label(code: string): number {
    const known = this.#labels.get(code);
    if (known !== undefined) return known;
    const id = Number(this.#db.prepare('INSERT INTO label (code) VALUES (?)').run(code).lastInsertRowid);
    this.#labels.set(code, id);
    return id;
  }

  author(name: string, post: string): number {
    const person = JSON.stringify([name, post]);
    const known = this.#authors.get(person);
    if (known !== undefined) return known;
    this.#db.prepare('INSERT INTO author (name, post) VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, post);
    const select = 'SELECT id FROM author WHERE name = ? AND post = ?';
    const id = this.#db.prepare(select).pluck().get(name, post) as number;
    this.#authors.set(person, id);
    return id;
  }

  replica(key: string): number {
    this.#db.prepare('INSERT INTO replica (key) VALUES (?) ON CONFLICT DO NOTHING').run(key);
    return this.#db.prepare('SELECT id FROM replica WHERE key = ?').pluck().get(key) as number;
  }

  /** The number of a row in this file; undefined when the log has never named it. */
  knownRow(entity: string, key: string): number | undefined {
    const entityId = this.#entities.get(entity);
    if (entityId === undefined) return undefined;
    return this.#allRows
      ? this.#allRows.get(`${entityId} ${key}`)
      : (this.#rowOf.get(key, entityId) as number | undefined);
  }

  /** Reads the names of all rows at once, for whoever is about to ask for most of them. */
  readAllRows(): void {
    const rows = this.#db.prepare('SELECT id, entity, key FROM entity_row').raw().all() as [number, number, string][];
    this.#allRows = new Map(rows.map(([id, entityId, key]) => [`${entityId} ${key}`, id]));
  }

  row(entity: string, key: string): number {
    const known = this.knownRow(entity, key);
    const entityId = this.entity(entity);
    const row = known ?? Number(this.#insertRow.run(entityId, key).lastInsertRowid);
    if (known === undefined) this.#allRows?.set(`${entityId} ${key}`, row);
    this.#rowNames.set(row, { entity, key });
    return row;
  }

  /** Which entity a row belongs to, and the identity that files share; undefined for an unknown row. */
  rowName(row: number): RowName | undefined {
    let name = this.#rowNames.get(row);
    if (!name) {
      const select =
        'SELECT e.name AS entity, r.key AS key FROM entity_row r JOIN entity e ON e.id = r.entity WHERE r.id = ?';
      name = prepared(this.#db, select).get(row) as RowName | undefined;
      if (name) this.#rowNames.set(row, name);
    }
    return name;
  }

  #remember(field: FieldName): void {
    this.#fields.set(`${field.entity}.${field.name}`, field.id);
    this.#fieldsById.set(field.id, field);
  }
}

/** Entities of newer versions stay in the log and have no table here. */
export const hasTable = (entity: string): entity is EntityName => isEntityName(entity);
