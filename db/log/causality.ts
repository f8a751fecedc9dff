/**
 * Who had seen what when writing: the order of changes, from sequence numbers and the `seen` rows alone.
 * Clocks have no say here: those of offline PCs are wrong by years.
 */
import type { Database } from '../sqlite.ts';

/** Names a batch inside one file: the replica's number in that file and its running number. */
export interface BatchKey {
  replica: number;
  seq: number;
}

/** One change as far as order is concerned: its batch and, inside this file, its cell. */
export interface ChangeKey extends BatchKey {
  row: number;
  field: number;
  /** Local number of the batch. */
  batch: number;
}

/** What one replica knew of another, as steps: from its own batch `seq` on, the other's batches up to `upTo`. */
interface Step {
  seq: number;
  upTo: number;
}

export class Causality {
  readonly #steps = new Map<number, Map<number, Step[]>>();
  /** Exceptions by cell and batch: up to where of the others that one change has seen in its cell. */
  readonly #superseded = new Map<string, Map<number, number>>();

  /** Rows may come in any order of replicas, but ascending in `seq` within one replica and other. */
  constructor(seenRows: Iterable<{ replica: number; seq: number; other: number; upTo: number }>) {
    for (const row of seenRows) this.learn(row);
  }

  static load(db: Database): Causality {
    const rows = db.prepare('SELECT replica, seq, other, upTo FROM seen ORDER BY replica, other, seq').all();
    const causality = new Causality(rows as { replica: number; seq: number; other: number; upTo: number }[]);
    const exceptions = db.prepare('SELECT row, field, batch, other, otherSeq FROM supersedes').all();
    for (const exception of exceptions as {
      row: number;
      field: number;
      batch: number;
      other: number;
      otherSeq: number;
    }[])
      causality.supersede(exception);
    return causality;
  }

  supersede(exception: { row: number; field: number; batch: number; other: number; otherSeq: number }): void {
    const key = cellKey(exception);
    const others = this.#superseded.get(key) ?? new Map<number, number>();
    this.#superseded.set(key, others);
    others.set(exception.other, exception.otherSeq);
  }

  learn({ replica, seq, other, upTo }: { replica: number; seq: number; other: number; upTo: number }): void {
    const others = this.#steps.get(replica) ?? new Map<number, Step[]>();
    this.#steps.set(replica, others);
    const steps = others.get(other) ?? [];
    others.set(other, steps);
    steps.push({ seq, upTo });
  }

  /** Up to which batch of `other` the author of `batch` had seen when writing it. */
  seenUpTo(batch: BatchKey, other: number): number {
    if (other === batch.replica) return batch.seq - 1;
    const steps = this.#steps.get(batch.replica)?.get(other);
    if (!steps) return 0;
    // Few steps per pair (one a merge), newest asked most: walking from the end beats a binary search.
    for (let i = steps.length - 1; i >= 0; i -= 1) {
      const step = steps[i] as Step;
      if (step.seq <= batch.seq) return step.upTo;
    }
    return 0;
  }

  /** True when whoever wrote `later` knew `earlier`, a change of the same cell. A change has not seen itself. */
  hasSeen(later: ChangeKey, earlier: ChangeKey): boolean {
    if (this.seenUpTo(later, earlier.replica) >= earlier.seq) return true;
    if (this.#superseded.size === 0) return false;
    return (this.#superseded.get(cellKey(later))?.get(earlier.replica) ?? 0) >= earlier.seq;
  }

  /** Everything `replica` had recorded as seen when it wrote `seq`, without its own entry. */
  vectorAt(replica: number, seq: number): Map<number, number> {
    const vector = new Map<number, number>();
    for (const other of this.#steps.get(replica)?.keys() ?? []) {
      const upTo = this.seenUpTo({ replica, seq }, other);
      if (upTo > 0) vector.set(other, upTo);
    }
    return vector;
  }
}

const cellKey = ({ row, field, batch }: { row: number; field: number; batch: number }): string =>
  `${row}:${field}:${batch}`;
