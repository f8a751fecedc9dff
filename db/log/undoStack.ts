/**
 * What Ctrl+Z takes back next, derived from the log: undo and redo are batches like any other, so the two stacks are a
 * replay of this replica's own batches and survive a restart.
 */
import type { UndoState } from '../../shared/api.ts';
import type { Database } from '../sqlite.ts';
import { type BatchKind, batchKindName } from './batchKinds.ts';
import type { BatchKey } from './causality.ts';

export interface StackEntry {
  /** Local number of the batch. */
  id: number;
  replica: number;
  seq: number;
  kind: BatchKind;
  reverts: BatchKey | null;
  /** Code of the catalogue: what the step did. */
  label: string;
  /** The step is a merge: its number. Or, for an undo: the merge that it took back. */
  merge?: number;
}

/** How far back Ctrl+Z reaches; older steps can still be taken back from the history, one by one. */
const DEPTH = 500;

export class UndoStack {
  readonly #db: Database;
  #undo: StackEntry[] = [];
  #redo: StackEntry[] = [];

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Replays all batches of a replica, for any of them may take back any earlier one. Call when a session goes on under
   * the name of the one before.
   */
  load(replicaKey: string): void {
    this.clear();
    const rows = this.#db
      .prepare(
        `SELECT b.id, b.replica, b.seq, b.kind, b.revertsReplica, b.revertsSeq, l.code AS label
         FROM batch b JOIN replica r ON r.id = b.replica JOIN label l ON l.id = b.label WHERE r.key = ? ORDER BY b.seq`,
      )
      .all(replicaKey) as (BatchKey & {
      id: number;
      kind: number;
      revertsReplica: number | null;
      revertsSeq: number | null;
      label: string;
    })[];
    const merges = this.#mergesSince(rows[0]?.id ?? Number.MAX_SAFE_INTEGER);
    const undoneMerges = new Map(merges.map((merge) => [merge.undoneBy, merge.id]));
    for (const { id, replica, seq, kind, revertsReplica, revertsSeq, label } of rows) {
      while ((merges[0]?.lastBatch ?? id) < id) this.pushMerge(merges.shift()?.id as number);
      const reverts =
        revertsReplica === null || revertsSeq === null ? null : { replica: revertsReplica, seq: revertsSeq };
      const merge = undoneMerges.get(id);
      this.push({ id, replica, seq, kind: batchKindName(kind), reverts, label, ...(merge !== undefined && { merge }) });
    }
  }

  #mergesSince(batch: number): { id: number; lastBatch: number; undoneBy: number | null }[] {
    // What came in by itself, from an exchange folder, is nobody's step.
    const select = `SELECT id, lastBatch, undoneBy FROM merge_event
      WHERE lastBatch >= ? AND sources NOT LIKE '%.moux"]' ORDER BY id`;
    return this.#db.prepare(select).all(batch) as { id: number; lastBatch: number; undoneBy: number | null }[];
  }

  /** Forgets all steps: their batches go by other names now. */
  clear(): void {
    this.#undo = [];
    this.#redo = [];
  }

  /** A merge is one step, though its batches are other people's. */
  pushMerge(merge: number): void {
    this.push({ id: 0, replica: 0, seq: 0, kind: 'merge', reverts: null, label: 'merge', merge });
  }

  push(entry: StackEntry): void {
    if (entry.kind === 'seed') return;
    const top = this.#undo.at(-1);
    const redoTop = this.#redo.at(-1);
    if (entry.kind === 'undo' && top && takesBack(entry, top)) {
      this.#undo.pop();
      this.#redo.push(entry);
    } else if (entry.kind === 'redo' && redoTop && isSame(redoTop, entry.reverts)) {
      this.#redo.pop();
      this.#undo.push(entry);
    } else {
      // Taking back something further down, from the history, is an action of its own. What it took back keeps its
      // place: once that action is taken back in turn, the step is there again.
      this.#undo.push(entry);
      this.#redo = [];
    }
    if (this.#undo.length > DEPTH) this.#undo.shift();
  }

  get nextUndo(): StackEntry | undefined {
    return this.#undo.at(-1);
  }

  get nextRedo(): StackEntry | undefined {
    return this.#redo.at(-1);
  }

  /** Gives up a step that cannot be taken back any more, so that the one below it can. */
  dropUndo(): void {
    this.#undo.pop();
  }

  dropRedo(): void {
    this.#redo.pop();
  }

  state(): UndoState {
    return { undo: this.nextUndo?.label ?? null, redo: this.nextRedo?.label ?? null };
  }
}

const takesBack = (entry: StackEntry, step: StackEntry): boolean =>
  step.kind === 'merge' ? step.merge === entry.merge : isSame(step, entry.reverts);

const isSame = (one: BatchKey, other: BatchKey | null): boolean =>
  one.replica === other?.replica && one.seq === other.seq;
