/**
 * The only writer: one user action becomes one batch, its changes and their projection in one transaction, or nothing.
 * Edits, undo, import and the seed all pass through here; merging will append foreign batches beside it.
 */
import type { BatchRef } from '../../shared/api.ts';
import { type CellValue, checkValue, type EntityName } from '../../shared/entities/index.ts';
import { type AppError, AppErrorException } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { OpenFile, Touched } from '../openFile.ts';
import { bound, type Database, type Statement, sqliteCode } from '../sqlite.ts';
import { openError } from '../sqliteErrors.ts';
import { type BatchKind, batchKindNumber } from './batchKinds.ts';
import { Causality, type ChangeKey } from './causality.ts';
import { changesOfCell, DELETED, quoted, RowInserter, TOUCHING_ENTITIES } from './project.ts';

export interface BatchOptions {
  /** Code of the catalogue (`batch.*`): what the user did. */
  label: string;
  kind?: BatchKind;
  /** The batch that this one takes back or brings back. */
  reverts?: { replica: number; seq: number };
  /** The merge that this batch takes back. */
  revertsMerge?: number;
}

export interface WrittenBatch extends BatchRef {
  /** Local numbers of the batch and of its replica. */
  id: number;
  replicaId: number;
}

/** What a command sees of a batch under way. */
export interface Batch {
  /**
   * Sets fields of a row; each value is checked and normalised by its schema. Cells that hold the value already are
   * left alone, unless they are in conflict: then writing is deciding. Throws AppErrorException for a refused value.
   */
  set: (entity: EntityName, id: string, fields: Readonly<Record<string, unknown>>) => void;
  /** Adds a row, or brings a deleted one back with these fields. */
  create: (entity: EntityName, id: string, fields: Readonly<Record<string, unknown>>) => void;
  /** True for a row that this batch adds or brings back. */
  creates: (id: string) => boolean;
  /** Soft: the row stays in the log for ever and can be brought back. */
  remove: (entity: EntityName, id: string) => void;
}

interface PendingRow {
  row: number;
  isNew: boolean;
  current: Record<string, CellValue>;
  /** Numbers of the fields whose cells are in conflict. */
  conflicts: ReadonlySet<number>;
  cells: Map<string, CellValue>;
}

/**
 * Runs `compose` and commits what it set as one batch. The batch is null when nothing had to change.
 * A refusal that `compose` returns, or throws as AppErrorException, leaves the file as it was.
 */
export function writeBatch<T = undefined>(
  file: OpenFile,
  options: BatchOptions,
  compose: (batch: Batch) => Result<T, AppError>,
): Result<{ batch: WrittenBatch | null; value: T }, AppError> {
  if (file.readOnlyReason)
    return err({ code: 'file-read-only', details: { path: file.path, reason: file.readOnlyReason } });
  const touched: Touched = { instrumentIds: new Set(), entities: new Set() };
  let written: { batch: WrittenBatch | null; value: T };
  try {
    written = statementsOf(file.db).inTransaction(() => {
      const pending = new PendingBatch(file);
      const composed = compose(pending);
      if (!composed.ok) throw new AppErrorException(composed.error);
      const batch = pending.hasChanges ? pending.commit(options, touched) : null;
      return { batch, value: composed.value };
    });
  } catch (error) {
    // The transaction is gone, and with it every name and replica it had added.
    file.names.reload();
    file.replica.rolledBack();
    if (error instanceof AppErrorException) return err(error.appError);
    if (sqliteCode(error)) return err(openError(file.path, error));
    throw error;
  }
  // Saved. Whatever listeners do with that, it stays saved.
  if (written.batch) {
    file.replica.committed();
    const { id, replicaId, seq } = written.batch;
    file.undoStack.push({
      id,
      replica: replicaId,
      seq,
      kind: options.kind ?? 'edit',
      reverts: options.reverts ?? null,
      label: options.label,
      ...(options.revertsMerge !== undefined && { merge: options.revertsMerge }),
    });
    file.onCommit(touched, file.undoStack.state());
  }
  return ok(written);
}

class PendingBatch implements Batch {
  readonly #file: OpenFile;
  readonly #statements: WriteStatements;
  readonly #created = new Set<string>();
  readonly #rows = new Map<string, PendingRow & { entity: EntityName; id: string }>();

  constructor(file: OpenFile) {
    this.#file = file;
    this.#statements = statementsOf(file.db);
  }

  get hasChanges(): boolean {
    for (const { cells } of this.#rows.values()) if (cells.size > 0) return true;
    return false;
  }

  set(entity: EntityName, id: string, fields: Readonly<Record<string, unknown>>): void {
    const pending = this.#pendingRow(entity, id);
    if (pending.isNew) throw new AppErrorException({ code: 'not-found', details: { entity, id } });
    this.#setCells(pending, fields);
  }

  creates(id: string): boolean {
    return this.#created.has(id);
  }

  create(entity: EntityName, id: string, fields: Readonly<Record<string, unknown>>): void {
    this.#created.add(id);
    this.#setCells(this.#pendingRow(entity, id), entity === 'file' ? fields : { ...fields, deleted: 0 });
  }

  remove(entity: EntityName, id: string): void {
    this.set(entity, id, { deleted: 1 });
  }

  #pendingRow(entity: EntityName, id: string): PendingRow & { entity: EntityName; id: string } {
    const key = `${entity}:${id}`;
    let pending = this.#rows.get(key);
    if (!pending) {
      const current = this.#statements.read(entity).get(id) as
        | (Record<string, CellValue> & { row: number })
        | undefined;
      const row = current?.row ?? this.#file.names.row(entity, id);
      const conflicts = new Set(this.#statements.conflicts.all(row) as number[]);
      pending = { entity, id, row, isNew: !current, current: current ?? {}, conflicts, cells: new Map() };
      this.#rows.set(key, pending);
    }
    return pending;
  }

  #setCells(pending: PendingRow & { entity: EntityName }, fields: Readonly<Record<string, unknown>>): void {
    for (const [field, raw] of Object.entries(fields)) {
      if (raw === undefined) continue;
      const value = checkValue(pending.entity, field, raw);
      const isSame = !pending.isNew && pending.current[field] === value && !this.#isInConflict(pending, field);
      if (isSame) pending.cells.delete(field);
      else pending.cells.set(field, value);
    }
  }

  #isInConflict(pending: PendingRow & { entity: EntityName }, field: string): boolean {
    const fieldId = this.#file.names.knownField(pending.entity, field);
    return fieldId !== undefined && pending.conflicts.has(fieldId);
  }

  /** Writes batch, changes and projection. */
  commit(options: BatchOptions, touched: Touched): WrittenBatch {
    const { names, author, search } = this.#file;
    const kind = options.kind ?? 'edit';
    const at = this.#file.now();
    const { id: replica, key, seq, token } = this.#file.replica.next();
    const changeCount = [...this.#rows.values()].reduce((count, { cells }) => count + cells.size, 0);
    const authorId = author ? names.author(author.name, author.post ?? '') : null;
    const statements = this.#statements;
    const inserted = statements.batch.run(
      replica,
      seq,
      at,
      authorId,
      batchKindNumber(kind),
      names.label(options.label),
      options.reverts?.replica ?? null,
      options.reverts?.seq ?? null,
      token,
      changeCount,
      changeCount,
    );
    const batch = Number(inserted.lastInsertRowid);
    if (options.revertsMerge !== undefined) statements.undoMerge.run(batch, options.revertsMerge);
    const touchedAt = kind === 'seed' ? null : at;
    // Read after `next`, which has recorded what this batch can claim in general.
    const causality = this.#file.replica.isFileComplete ? null : Causality.load(this.#file.db);
    for (const pending of this.#rows.values()) {
      if (pending.cells.size === 0) continue;
      const { entity, row } = pending;
      for (const [field, value] of pending.cells) {
        const fieldId = names.field(entity, field);
        if (causality) nameSuperseded(this.#file, causality, { row, field: fieldId, batch, replica, seq });
        statements.change.run(row, fieldId, batch, bound(value));
        if (pending.conflicts.has(fieldId)) statements.clearConflict.run(row, fieldId);
      }
      statements.project(pending, touchedAt);
      search.changed(entity, row, pending.cells);
      touched.entities.add(entity);
      if (entity === 'instrument') touched.instrumentIds.add(pending.id);
      const instrumentId = pending.cells.get('instrumentId') ?? pending.current.instrumentId;
      if (TOUCHING_ENTITIES.includes(entity) && typeof instrumentId === 'string') {
        touched.instrumentIds.add(instrumentId);
        if (touchedAt !== null) statements.touch.run({ at: touchedAt, id: instrumentId });
      }
    }
    return { id: batch, replicaId: replica, replica: key, seq };
  }
}

/**
 * In a copy that lacks something: which changes this one has seen beyond what its vector can claim. Those of its own cell;
 * whether the row was deleted; and whoever deletes a row has seen all of it (rule M5).
 */
function nameSuperseded({ db, names }: OpenFile, causality: Causality, own: ChangeKey): void {
  const { entity, name } = names.fieldById(own.field);
  const deleted = names.knownField(entity, DELETED) ?? own.field;
  const fields = db.prepare('SELECT DISTINCT field FROM change WHERE row = ?').pluck().all(own.row) as number[];
  const upTo = new Map<number, number>();
  for (const field of fields.filter((one) => name === DELETED || one === own.field || one === deleted))
    for (const change of changesOfCell(db, { row: own.row, field })) {
      if (change.batch === own.batch || causality.hasSeen(own, change)) continue;
      upTo.set(change.replica, Math.max(change.seq, upTo.get(change.replica) ?? 0));
    }
  const insert = db.prepare('INSERT INTO supersedes (row, field, batch, other, otherSeq) VALUES (?, ?, ?, ?, ?)');
  for (const [replica, seq] of upTo) insert.run(own.row, own.field, own.batch, replica, seq);
}

/** Prepared once a connection: preparing costs more than most of these take to run. */
class WriteStatements {
  readonly #db: Database;
  readonly #inserter: RowInserter;
  readonly #reads = new Map<EntityName, Statement>();
  readonly #updates = new Map<string, Statement>();
  readonly inTransaction: <T>(run: () => T) => T;
  readonly batch: Statement;
  readonly change: Statement;
  readonly clearConflict: Statement;
  readonly conflicts: Statement;
  readonly touch: Statement;
  readonly undoMerge: Statement;

  constructor(db: Database) {
    this.#db = db;
    this.#inserter = new RowInserter(db);
    this.inTransaction = db.transaction((run: () => unknown) => run()).immediate as <T>(run: () => T) => T;
    this.batch = db.prepare(
      'INSERT INTO batch (replica, seq, at, author, kind, label, revertsReplica, revertsSeq, token, changes, held) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.change = db.prepare('INSERT INTO change (row, field, batch, value) VALUES (?, ?, ?, ?)');
    this.clearConflict = db.prepare('DELETE FROM conflict WHERE row = ? AND field = ?');
    this.conflicts = db.prepare('SELECT field FROM conflict WHERE row = ?').pluck();
    this.undoMerge = db.prepare('UPDATE merge_event SET undoneBy = ? WHERE id = ?');
    this.touch = db.prepare('UPDATE instrument SET touchedAt = max(coalesce(touchedAt, @at), @at) WHERE id = @id');
  }

  read(entity: EntityName): Statement {
    let statement = this.#reads.get(entity);
    if (!statement) {
      statement = this.#db.prepare(`SELECT * FROM ${entity} WHERE id = ?`);
      this.#reads.set(entity, statement);
    }
    return statement;
  }

  /** A local change has seen every other change of its cell, so it simply becomes the cell. */
  project(pending: PendingRow & { entity: EntityName; id: string }, touchedAt: number | null): void {
    const { entity, id, row, cells } = pending;
    if (pending.isNew) {
      this.#inserter.run(entity, { row, id, values: cells, touchedAt });
      return;
    }
    const isTouched = entity === 'instrument' && touchedAt !== null;
    const key = `${entity}:${[...cells.keys()].join()}:${isTouched}`;
    let statement = this.#updates.get(key);
    if (!statement) {
      const sets = [...cells.keys()].map((field) => `${quoted(field)} = ?`);
      // Never taken for later than it is: a clock may stand before 1970 as well.
      if (isTouched) sets.push('touchedAt = max(coalesce(touchedAt, ?), ?)');
      statement = this.#db.prepare(`UPDATE ${entity} SET ${sets.join()} WHERE row = ?`);
      this.#updates.set(key, statement);
    }
    statement.run([...cells.values(), ...(isTouched ? [touchedAt, touchedAt] : []), row]);
  }
}

const statementsByDb = new WeakMap<Database, WriteStatements>();

function statementsOf(db: Database): WriteStatements {
  let statements = statementsByDb.get(db);
  if (!statements) {
    statements = new WriteStatements(db);
    statementsByDb.set(db, statements);
  }
  return statements;
}
