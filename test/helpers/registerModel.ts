/**
 * A slow, obviously right register: maps of cells, without a log, without SQL. Each cell's state is a node of its own, so
 * that "nobody has written since" is "the very same node", and taking back is going to the node before.
 */
import type { CellValue, EntityName } from '../../shared/entities/index.ts';

interface Node {
  value: CellValue;
}

/** What one batch did to one cell. `isBirth`: the row came into being with it. */
interface Step {
  cell: string;
  from: Node | undefined;
  to: Node;
  isBirth: boolean;
}

export interface ModelBatch {
  kind: 'edit' | 'undo' | 'redo';
  at: number;
  steps: Step[];
  /** Tables that a revert needs no answer for: see `revert`. */
  reverts: ModelBatch | null;
}

const cellOf = (entity: EntityName, id: string, field: string): string => `${entity}|${id}|${field}`;

export class RegisterModel {
  #cells = new Map<string, Node>();
  /** Rows in order of creation, by entity. */
  #rows = new Map<EntityName, Set<string>>();
  readonly #touchedAt = new Map<string, number>();
  readonly batches: ModelBatch[] = [];
  #undo: ModelBatch[] = [];
  #redo: ModelBatch[] = [];

  /** Rows that were there before anything was done. */
  seed(entity: EntityName, rows: readonly Record<string, unknown>[]): void {
    for (const { row: _, id, touchedAt, ...fields } of rows) {
      this.#rowsOf(entity).add(String(id));
      for (const [field, value] of Object.entries(fields))
        this.#cells.set(cellOf(entity, String(id), field), { value: value as CellValue });
      if (typeof touchedAt === 'number') this.#touchedAt.set(String(id), touchedAt);
    }
  }

  #rowsOf(entity: EntityName): Set<string> {
    const rows = this.#rows.get(entity) ?? new Set();
    this.#rows.set(entity, rows);
    return rows;
  }

  get(entity: EntityName, id: string, field: string): CellValue {
    return this.#cells.get(cellOf(entity, id, field))?.value ?? null;
  }

  has(entity: EntityName, id: string): boolean {
    return this.#rowsOf(entity).has(id) && this.get(entity, id, 'deleted') === 0;
  }

  ids(entity: EntityName): string[] {
    return [...this.#rowsOf(entity)].filter((id) => this.get(entity, id, 'deleted') === 0).sort();
  }

  /** One user action. Values that are there already are not written; without any there is no batch. */
  write(at: number, writes: readonly [EntityName, string, Record<string, CellValue>][]): ModelBatch | null {
    const steps: Step[] = [];
    for (const [entity, id, fields] of writes) {
      const isNew = !this.#rowsOf(entity).has(id);
      for (const [field, given] of Object.entries(fields)) {
        const cell = cellOf(entity, id, field);
        const value = given === 0 ? 0 : given; // also minus zero
        const from = this.#cells.get(cell);
        if (!isNew && (from?.value ?? null) === value) continue;
        const isBirth = isNew && field === 'deleted';
        // Going back before its birth, a row is not forgotten but deleted.
        steps.push({ cell, from: isBirth ? { value: 1 } : from, to: { value }, isBirth });
      }
    }
    return steps.length === 0 ? null : this.#apply({ kind: 'edit', at, steps, reverts: null });
  }

  /** Takes the top step back; null when there is none. */
  undoLast(at: number): ModelBatch | null {
    const top = this.#undo.at(-1);
    return top ? this.revert(top, at, 'undo').batch : null;
  }

  redoLast(at: number): ModelBatch | null {
    const top = this.#redo.at(-1);
    return top ? this.revert(top, at, 'redo').batch : null;
  }

  /** Cells of `target` that stand as it left them go to where they were before it. A born row is deleted again. */
  revert(target: ModelBatch, at: number, kind: 'undo' | 'redo'): { batch: ModelBatch | null; kept: number } {
    const born = new Set(target.steps.filter(({ isBirth }) => isBirth).map(({ cell }) => rowOf(cell)));
    const wanted = target.steps.filter(({ cell, isBirth }) => isBirth || !born.has(rowOf(cell)));
    const standing = wanted.filter(({ cell, to }) => this.#cells.get(cell) === to);
    const kept = wanted.length - standing.length;
    if (standing.length === 0) return { batch: null, kept };
    const steps = standing.map(
      ({ cell, from, to }): Step => ({ cell, from: to, to: from ?? { value: null }, isBirth: false }),
    );
    return { batch: this.#apply({ kind, at, steps, reverts: target }), kept };
  }

  #apply(batch: ModelBatch): ModelBatch {
    for (const { cell, to } of batch.steps) {
      const [entity, id] = cell.split('|') as [EntityName, string];
      this.#rowsOf(entity).add(id);
      this.#cells.set(cell, to);
    }
    for (const { cell } of batch.steps) {
      const [entity, id] = cell.split('|') as [EntityName, string];
      if (entity === 'instrument') this.#touch(id, batch.at);
      if (entity === 'note' || entity === 'support')
        this.#touch(String(this.get(entity, id, 'instrumentId')), batch.at);
    }
    this.batches.push(batch);
    this.#stack(batch);
    return batch;
  }

  #touch(id: string, at: number): void {
    this.#touchedAt.set(id, Math.max(this.#touchedAt.get(id) ?? at, at));
  }

  /** Ctrl+Z goes down the own actions; taking something back from the history is an action of its own. */
  #stack(batch: ModelBatch): void {
    if (batch.kind === 'undo' && batch.reverts === this.#undo.at(-1)) {
      this.#undo.pop();
      this.#redo.push(batch);
    } else if (batch.kind === 'redo') {
      this.#redo.pop();
      this.#undo.push(batch);
    } else {
      this.#undo.push(batch);
      this.#redo = [];
    }
  }

  get depth(): { undo: number; redo: number } {
    return { undo: this.#undo.length, redo: this.#redo.length };
  }

  /** A new name has been minted: there is nothing of its own to take back yet. */
  forgetSteps(): void {
    this.#undo = [];
    this.#redo = [];
  }

  /** What everybody can see: the rows that are not deleted, by id, in the order of the given fields. */
  visible(entity: EntityName, fields: readonly string[]): Record<string, unknown>[] {
    return this.ids(entity).map((id) => ({
      id,
      ...Object.fromEntries(fields.map((field) => [field, this.get(entity, id, field)])),
      ...(entity === 'instrument' ? { touchedAt: this.#touchedAt.get(id) ?? null } : {}),
    }));
  }
}

const rowOf = (cell: string): string => cell.slice(0, cell.lastIndexOf('|'));
