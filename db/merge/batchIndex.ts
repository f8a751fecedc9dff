/** What is asked of batches while cells are folded: who wrote them, in which order, when. Kept in memory for one merge. */
import type { CellValue } from '../../shared/entities/index.ts';
import type { ChangeRow } from '../log/project.ts';
import type { Database, Statement } from '../sqlite.ts';
import type { IncomingBatchRow } from './bringIn.ts';

const COLUMNS = 'id, replica, seq, at, kind, coalesce(author, 0)';

/** From so many batches asked for on, all that were here before are read at once. */
const READ_ALL_FROM = 500;

/** Numbers by the batch's own: of a hundred thousand batches as many objects would cost more than the merge. */
export class BatchIndex {
  readonly #db: Database;
  readonly #replicas: ReadonlyMap<number, string>;
  readonly #authors: ReadonlyMap<number, string>;
  readonly #select: Statement;
  /** 0: not read yet. */
  readonly #replica: Int32Array;
  readonly #seq: Float64Array;
  readonly #at: Float64Array;
  readonly #kind: Int32Array;
  readonly #author: Int32Array;
  readonly #firstNew: number;
  #read = 0;

  /** `arrived` are not read again; they include all batches from `firstNew` on. */
  constructor(db: Database, arrived: Iterable<IncomingBatchRow>, firstNew: number) {
    this.#firstNew = firstNew;
    this.#db = db;
    const texts = (sql: string) => new Map(db.prepare(sql).raw().all() as [number, string][]);
    this.#replicas = texts('SELECT id, key FROM replica');
    this.#authors = texts('SELECT id, name FROM author');
    this.#select = db.prepare(`SELECT ${COLUMNS} FROM batch WHERE id = ?`).raw();
    const size = (db.prepare('SELECT coalesce(max(id), 0) FROM batch').pluck().get() as number) + 1;
    this.#replica = new Int32Array(size);
    this.#seq = new Float64Array(size);
    this.#at = new Float64Array(size);
    this.#kind = new Int32Array(size);
    this.#author = new Int32Array(size);
    for (const { id, replica, seq, at, kind, author } of arrived) this.#take([id, replica, seq, at, kind, author ?? 0]);
  }

  /** A change of this file's log with what its batch says. */
  change(row: number, field: number, batch: number, value: CellValue): ChangeRow {
    this.#ensure(batch);
    const replica = this.#replica[batch] as number;
    return {
      row,
      field,
      batch,
      value,
      replica,
      replicaKey: this.#replicas.get(replica) ?? '',
      seq: this.#seq[batch] as number,
      at: this.#at[batch] as number,
      kind: this.#kind[batch] as number,
    };
  }

  at(batch: number): number {
    this.#ensure(batch);
    return this.#at[batch] as number;
  }

  kind(batch: number): number {
    this.#ensure(batch);
    return this.#kind[batch] as number;
  }

  author(batch: number): string | null {
    this.#ensure(batch);
    return this.#authors.get(this.#author[batch] as number) ?? null;
  }

  #ensure(batch: number): void {
    if (this.#replica[batch] !== 0) return;
    if (this.#read < READ_ALL_FROM) {
      this.#take(this.#select.get(batch) as number[]);
      this.#read += 1;
      return;
    }
    const all = this.#db.prepare(`SELECT ${COLUMNS} FROM batch WHERE id < ?`).raw().all(this.#firstNew) as number[][];
    for (const row of all) this.#take(row);
  }

  #take([id = 0, replica = 0, seq = 0, at = 0, kind = 0, author = 0]: readonly number[]): void {
    this.#replica[id] = replica;
    this.#seq[id] = seq;
    this.#at[id] = at;
    this.#kind[id] = kind;
    this.#author[id] = author;
  }
}
