/**
 * From the other file's small integers to ours. Everything that has a name is checked here when it is first met: names
 * come from a file that a stranger may have made.
 */
import { Author } from '../../shared/api.ts';
import { ENTITY_ID } from '../../shared/entities/fields.ts';
import { isEntityName } from '../../shared/entities/index.ts';
import type { Names } from '../log/names.ts';
import type { Database, Statement } from '../sqlite.ts';
import type { Segment } from './alignment.ts';
import { OtherFileError } from './otherFile.ts';

export interface OtherField {
  /** The field's number here. */
  id: number;
  entity: string;
  name: string;
}

export interface OtherRow {
  id: number;
  entity: string;
}

/** As identifiers of the schema are spelled. */
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const LABEL = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** Keys of entities that this version does not know. */
const KEY = /^[\w.:-]{1,100}$/;

/** More fields than any version will ever have: a row and a field fit into one whole number. */
export const MOST_FIELDS = 2 ** 20;

export class OtherNames {
  readonly #names: Names;
  readonly #segments = new Map<number, Segment[]>();
  readonly #fields = new Map<unknown, OtherField>();
  readonly #rows = new Map<unknown, OtherRow>();
  readonly #authors = new Map<unknown, number>();
  readonly #labels = new Map<unknown, number>();
  readonly #selectField: Statement;
  readonly #selectRow: Statement;
  readonly #selectAllRows: Statement;
  #allRows: Map<unknown, [unknown, unknown]> | null = null;
  readonly #selectAuthor: Statement;
  readonly #selectLabel: Statement;

  constructor(other: Database, names: Names, segments: readonly Segment[]) {
    this.#names = names;
    for (const segment of segments) {
      const ofReplica = this.#segments.get(segment.otherReplica) ?? [];
      this.#segments.set(segment.otherReplica, ofReplica);
      ofReplica.push(segment);
    }
    this.#selectField = other.prepare(
      'SELECT e.name, f.name FROM field f JOIN entity e ON e.id = f.entity WHERE f.id = ?',
    );
    this.#selectRow = other.prepare(
      'SELECT e.name, r.key FROM entity_row r JOIN entity e ON e.id = r.entity WHERE r.id = ?',
    );
    this.#selectAllRows = other
      .prepare('SELECT r.id, e.name, r.key FROM entity_row r JOIN entity e ON e.id = r.entity')
      .raw();
    this.#selectAuthor = other.prepare('SELECT name, post FROM author WHERE id = ?');
    this.#selectLabel = other.prepare('SELECT code FROM label WHERE id = ?');
  }

  /** Where a batch of the other file stands here. */
  position(otherReplica: number, seq: number): { replica: number; seq: number } {
    for (const { from, to, replica, offset } of this.segmentsOf(otherReplica))
      if (from <= seq && seq <= to) return { replica, seq: seq - offset };
    throw new OtherFileError(`a batch of replica ${otherReplica} cannot be placed`);
  }

  segmentsOf(otherReplica: number): readonly Segment[] {
    const segments = this.#segments.get(otherReplica);
    if (!segments) throw new OtherFileError(`replica ${otherReplica} is not listed`);
    return segments;
  }

  /** What a claim "seen up to" of the other file says here: one for each part of the history it speaks of. */
  claims(otherReplica: number, upTo: number): { replica: number; upTo: number }[] {
    return this.segmentsOf(otherReplica)
      .filter(({ from }) => from <= upTo)
      .map(({ replica, to, offset }) => ({ replica, upTo: Math.min(upTo, to) - offset }));
  }

  field(id: unknown): OtherField {
    return remembered(this.#fields, id, () => {
      const [entity, name] = rawOf(this.#selectField, id, 'field');
      if (!isText(entity, IDENTIFIER) || !isText(name, IDENTIFIER)) throw new OtherFileError(`field ${id} has no name`);
      const known = this.#names.field(entity, name);
      if (known >= MOST_FIELDS) throw new OtherFileError('there are too many fields');
      return { id: known, entity, name };
    });
  }

  /** Reads the names of all rows, there and here, for whoever is about to ask for most of them. */
  readAllRows(): void {
    const rows = this.#selectAllRows.all() as [unknown, unknown, unknown][];
    this.#allRows = new Map(rows.map(([id, entity, key]) => [id, [entity, key]]));
    this.#names.readAllRows();
  }

  row(id: unknown): OtherRow {
    return remembered(this.#rows, id, () => {
      const [entity, key] = this.#allRows?.get(id) ?? rawOf(this.#selectRow, id, 'row');
      if (!isText(entity, IDENTIFIER)) throw new OtherFileError(`row ${id} is of no entity`);
      const isKey = isText(key, isEntityName(entity) ? ENTITY_ID : KEY);
      if (!isKey) throw new OtherFileError(`row ${id} has no identity`);
      return { id: this.#names.row(entity, key as string), entity };
    });
  }

  author(id: unknown): number | null {
    if (id === null) return null;
    return remembered(this.#authors, id, () => {
      const [name, post] = rawOf(this.#selectAuthor, id, 'author');
      const checked = Author.safeParse({ name, post });
      const isAsWritten = checked.success && checked.data.name === name && checked.data.post === post;
      if (!isAsWritten || `${name}${post}`.includes('\u0000'))
        throw new OtherFileError(`author ${id} has no proper name`);
      return this.#names.author(name as string, post as string);
    });
  }

  label(id: unknown): number {
    return remembered(this.#labels, id, () => {
      const [code] = rawOf(this.#selectLabel, id, 'label');
      if (!isText(code, LABEL)) throw new OtherFileError(`label ${id} is no code`);
      return this.#names.label(code);
    });
  }
}

const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);

function rawOf(select: Statement, id: unknown, what: string): unknown[] {
  // A number from a column that may hold anything in a foreign file.
  const found = typeof id === 'number' ? select.raw().get(id) : undefined;
  if (!found) throw new OtherFileError(`${what} ${String(id).slice(0, 40)} is not listed`);
  return found as unknown[];
}

function remembered<T>(known: Map<unknown, T>, id: unknown, make: () => T): T {
  let value = known.get(id);
  if (value === undefined) {
    value = make();
    known.set(id, value);
  }
  return value;
}
