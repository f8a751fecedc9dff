/**
 * Which changes of one cell stand. A multi-value register: siblings stay until a person decides (DeCandia et al. 2007,
 * "Dynamo", section 4.4). Pure, and a function of the set of changes: the order in which they arrived has no influence.
 */
import type { CellValue } from '../../shared/entities/index.ts';
import type { Causality, ChangeKey } from './causality.ts';

/** One change of a cell with what it takes to order it. */
export interface CellChange extends ChangeKey {
  /** The author's wall clock, ms. Breaks ties between truly concurrent changes only. */
  at: number;
  /** The replica's name that all files share: the last tie-break. */
  replicaKey: string;
  value: CellValue;
}

/** The changes that no other change of the cell has seen. Never empty for a non-empty input. */
export function headsOf<C extends CellChange>(changes: readonly C[], causality: Causality): C[] {
  // A replica's later change has seen its earlier ones, so only its last can be a head.
  const lastByReplica = new Map<number, C>();
  for (const change of changes) {
    const last = lastByReplica.get(change.replica);
    if (!last || change.seq > last.seq) lastByReplica.set(change.replica, change);
  }
  const candidates = [...lastByReplica.values()];
  if (candidates.length === 1) return candidates;
  const heads = candidates.filter((one) => !candidates.some((other) => other !== one && causality.hasSeen(other, one)));
  // Changes that claim to have seen each other in a circle come from no honest log: none of them is silenced.
  return heads.length === 0 ? candidates : heads;
}

/** The head that shows while nobody has decided: the latest by (at, replica's name). */
export function winnerOf<C extends CellChange>(heads: readonly C[]): C {
  const [first, ...rest] = heads;
  if (!first) throw new RangeError('a cell without changes has no winner');
  return rest.reduce((best, head) => (isLater(head, best) ? head : best), first);
}

const isLater = (one: CellChange, other: CellChange): boolean =>
  one.at === other.at ? one.replicaKey > other.replicaKey : one.at > other.at;

/** True when the heads disagree. Equal values written on both sides are no conflict. */
export const isConflict = (heads: readonly CellChange[]): boolean =>
  heads.some((head) => head.value !== heads[0]?.value);
