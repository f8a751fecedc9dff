/**
 * The part of a log that concerns some rows, as a database of its own: written into fresh tables made by the
 * migrations, never cut out of a copy, so that not one byte of the rest can be in it.
 *
 * What it keeps, exactly (merging relies on it):
 *   change      every change of the kept rows, old and new, of fields known here or not; no change of any other row.
 *   batch       the batches of those changes, with replica, seq, at, author, kind, label, token and `changes` as they
 *               were; `held` is how many changes are here. Batches without a kept change are absent. The order of arrival
 *               (`id`) is kept, the numbers are new.
 *   seen        rows of a kept replica about a kept replica, up to the replica's last kept batch; `upTo` as it was, even
 *               where it lies beyond what is held. A replica is kept when one of its batches is, or when a kept
 *               batch reverts one of its batches.
 *   session     every row of every replica, also of those of which no batch is here: who keeps which name after a fork can
 *               only be told from all of them (docs/merge.md, M6). They hold random numbers and counts, nothing else.
 *   supersedes  those of kept changes about kept replicas.
 *   names       replica, author, label, entity, field, entity_row: only those that the above uses, numbered anew.
 *   meta        the family, and the mark `restricted` (restriction.ts). Nothing else.
 * All changes that the source holds of a kept cell are kept, and of every batch all changes of the kept rows. So the
 * cells of kept rows have the same heads here as in the source.
 */
import type { Restriction } from '../../shared/copyScope.ts';
import type { CellValue } from '../../shared/entities/index.ts';
import { Names } from '../log/names.ts';
import { rebuildProjection } from '../log/project.ts';
import { migrate } from '../migrations/index.ts';
import { familyId } from '../repositories/fileRepository.ts';
import { SearchIndex } from '../search/searchIndex.ts';
import { bound, connectSqlite, type Database } from '../sqlite.ts';
import { markRestricted } from './restriction.ts';

/** Makes the database in memory; the caller closes it. `source` is only read. */
export function restrictLog(source: Database, rows: readonly number[], restriction: Restriction): Database {
  const target = connectSqlite(':memory:');
  try {
    target.pragma('temp_store = MEMORY');
    migrate(target);
    const fill = target.transaction(() => {
      target.prepare("INSERT INTO meta (key, value) VALUES ('family', ?)").run(familyId({ db: source }));
      markRestricted(target, restriction);
      copyLog(source, target, JSON.stringify(rows));
      rebuildProjection(target);
      new SearchIndex(target).rebuild();
    });
    // One state of the source, whoever may be writing it.
    source.transaction(fill)();
    return target;
  } catch (error) {
    target.close();
    throw error;
  }
}

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
  token: number;
  changes: number;
}

const IN_LIST = 'IN (SELECT value FROM json_each(?))';

function copyLog(source: Database, target: Database, rowList: string): void {
  const mapping = new Mapping(source, target);
  const batches = source
    .prepare(`SELECT * FROM batch WHERE id IN (SELECT batch FROM change WHERE row ${IN_LIST}) ORDER BY id`)
    .all(rowList) as BatchRow[];
  const insertBatch = target.prepare(
    `INSERT INTO batch (id, replica, seq, at, author, kind, label, revertsReplica, revertsSeq, token, changes, held)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  );
  const numbers = new Map<number, number>();
  const lastKept = new Map<number, number>();
  for (const batch of batches) {
    numbers.set(batch.id, numbers.size + 1);
    lastKept.set(batch.replica, Math.max(lastKept.get(batch.replica) ?? 0, batch.seq));
    insertBatch.run(
      numbers.size,
      mapping.replica(batch.replica),
      batch.seq,
      batch.at,
      mapping.author(batch.author),
      batch.kind,
      mapping.label(batch.label),
      batch.revertsReplica === null ? null : mapping.replica(batch.revertsReplica),
      batch.revertsSeq,
      batch.token,
      batch.changes,
    );
  }

  const insertChange = target.prepare('INSERT INTO change (row, field, batch, value) VALUES (?, ?, ?, ?)');
  const changes = source
    .prepare(`SELECT row, field, batch, value FROM change WHERE row ${IN_LIST} ORDER BY row, field, batch`)
    .raw()
    .all(rowList) as [number, number, number, CellValue][];
  for (const [row, field, batch, value] of changes)
    insertChange.run(mapping.row(row), mapping.field(field), numbers.get(batch), bound(value));
  target.exec('UPDATE batch SET held = (SELECT count(*) FROM change WHERE batch = batch.id)');

  copySessions(source, target, mapping);
  copySeen(source, target, mapping, lastKept);
  const superseding = source
    .prepare(`SELECT row, field, batch, other, otherSeq FROM supersedes WHERE row ${IN_LIST}`)
    .raw()
    .all(rowList) as [number, number, number, number, number][];
  const insertSuperseded = target.prepare(
    'INSERT INTO supersedes (row, field, batch, other, otherSeq) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [row, field, batch, other, otherSeq] of superseding) {
    const number = numbers.get(batch);
    const replica = mapping.keptReplica(other);
    if (number !== undefined && replica !== undefined)
      insertSuperseded.run(mapping.row(row), mapping.field(field), number, replica, otherSeq);
  }
}

function copySeen(source: Database, target: Database, mapping: Mapping, lastKept: ReadonlyMap<number, number>): void {
  const insert = target.prepare('INSERT INTO seen (replica, seq, other, upTo) VALUES (?, ?, ?, ?)');
  const steps = source.prepare('SELECT replica, seq, other, upTo FROM seen').raw().all() as [
    number,
    number,
    number,
    number,
  ][];
  for (const [replica, seq, other, upTo] of steps) {
    const by = mapping.keptReplica(replica);
    const of = mapping.keptReplica(other);
    if (by !== undefined && of !== undefined && seq <= (lastKept.get(replica) ?? 0)) insert.run(by, seq, of, upTo);
  }
}

/** All of them: by these, merging tells a part of a history from a fork of it. */
function copySessions(source: Database, target: Database, mapping: Mapping): void {
  const insert = target.prepare('INSERT INTO session (replica, seq, token) VALUES (?, ?, ?)');
  const sessions = source.prepare('SELECT replica, seq, token FROM session').raw().all() as [number, number, number][];
  for (const [replica, seq, token] of sessions) insert.run(mapping.replica(replica), seq, token);
}

/** From the source's numbers to the target's; a name is written when it is first needed. */
class Mapping {
  readonly #source: Database;
  readonly #sourceNames: Names;
  readonly #names: Names;
  readonly #replicas = new Map<number, number>();
  readonly #authors = new Map<number, number>();
  readonly #labels = new Map<number, number>();
  readonly #rows = new Map<number, number>();
  readonly #fields = new Map<number, number>();

  constructor(source: Database, target: Database) {
    this.#source = source;
    this.#sourceNames = new Names(source);
    this.#names = new Names(target);
  }

  replica(id: number): number {
    return remembered(this.#replicas, id, () =>
      this.#names.replica(this.#source.prepare('SELECT key FROM replica WHERE id = ?').pluck().get(id) as string),
    );
  }

  keptReplica(id: number): number | undefined {
    return this.#replicas.get(id);
  }

  author(id: number | null): number | null {
    if (id === null) return null;
    return remembered(this.#authors, id, () => {
      const select = this.#source.prepare('SELECT name, post FROM author WHERE id = ?');
      const { name, post } = select.get(id) as { name: string; post: string };
      return this.#names.author(name, post);
    });
  }

  label(id: number): number {
    return remembered(this.#labels, id, () =>
      this.#names.label(this.#source.prepare('SELECT code FROM label WHERE id = ?').pluck().get(id) as string),
    );
  }

  row(id: number): number {
    return remembered(this.#rows, id, () => {
      const name = this.#sourceNames.rowName(id);
      if (!name) throw new RangeError(`the log names row ${id}, which the file does not list`);
      return this.#names.row(name.entity, name.key);
    });
  }

  field(id: number): number {
    return remembered(this.#fields, id, () => {
      const { entity, name } = this.#sourceNames.fieldById(id);
      return this.#names.field(entity, name);
    });
  }
}

function remembered(known: Map<number, number>, id: number, make: () => number): number {
  const present = known.get(id);
  if (present !== undefined) return present;
  const made = make();
  known.set(id, made);
  return made;
}
