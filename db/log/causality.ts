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

/** What one replica knew of another, as steps: from its own batch `seq` on, the other's batches up to `upTo`. */
interface Step {
  seq: number;
  upTo: number;
}

export class Causality {
  readonly #steps = new Map<number, Map<number, Step[]>>();

  /** Rows may come in any order of replicas, but ascending in `seq` within one replica and other. */
  constructor(seenRows: Iterable<{ replica: number; seq: number; other: number; upTo: number }>) {
    for (const row of seenRows) this.learn(row);
  }

  static load(db: Database): Causality {
    const rows = db.prepare('SELECT replica, seq, other, upTo FROM seen ORDER BY replica, other, seq').all();
    return new Causality(rows as { replica: number; seq: number; other: number; upTo: number }[]);
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

  /** True when whoever wrote `later` knew `earlier`. A batch has not seen itself. */
  hasSeen(later: BatchKey, earlier: BatchKey): boolean {
    return this.seenUpTo(later, earlier.replica) >= earlier.seq;
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
