/**
 * Version vectors: for each replica, up to which sequence number its batches are known. Order between changes comes
 * from these alone, never from a clock (Parker et al. 1983, "Detection of mutual inconsistency in distributed systems").
 * A missing replica counts as 0; sequence numbers start at 1.
 */
export type VersionVector<R extends PropertyKey = string> = ReadonlyMap<R, number>;

export const seenUpTo = <R extends PropertyKey>(vector: VersionVector<R>, replica: R): number =>
  vector.get(replica) ?? 0;

/** True when `vector` has seen everything that `other` has. */
export function dominates<R extends PropertyKey>(vector: VersionVector<R>, other: VersionVector<R>): boolean {
  for (const [replica, seq] of other) if (seenUpTo(vector, replica) < seq) return false;
  return true;
}

/** Least vector that has seen everything either has. Commutative, associative, idempotent. */
export function join<R extends PropertyKey>(left: VersionVector<R>, right: VersionVector<R>): VersionVector<R> {
  const joined = new Map(left);
  for (const [replica, seq] of right) if (seq > seenUpTo(joined, replica)) joined.set(replica, seq);
  return joined;
}

/** The entries in which `vector` is ahead of `base`: what a log has to record when a replica learns. */
export function grownSince<R extends PropertyKey>(vector: VersionVector<R>, base: VersionVector<R>): VersionVector<R> {
  return new Map([...vector].filter(([replica, seq]) => seq > seenUpTo(base, replica)));
}

export type CausalOrder = 'equal' | 'before' | 'after' | 'concurrent';

export function compare<R extends PropertyKey>(left: VersionVector<R>, right: VersionVector<R>): CausalOrder {
  const isLeftAhead = dominates(left, right);
  const isRightAhead = dominates(right, left);
  if (isLeftAhead && isRightAhead) return 'equal';
  if (isLeftAhead) return 'after';
  return isRightAhead ? 'before' : 'concurrent';
}
