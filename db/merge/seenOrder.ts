/**
 * Whether what the log says of who had seen what can have happened at all. In a circle of claims every change would
 * silence the others; no honest log has one, so the file that brings one is refused.
 */
import type { Database } from '../sqlite.ts';

interface Step {
  seq: number;
  claims: { other: number; upTo: number }[];
}

/** True when all steps of all replicas can be put in one order that no claim contradicts. */
export function isSeenInOrder(db: Database): boolean {
  const steps = stepsByReplica(db);
  const done = new Map<number, number>();
  const waiting = new Map<number, Set<number>>();
  const ready = [...steps.keys()];
  let left = [...steps.values()].reduce((sum, { length }) => sum + length, 0);
  for (let replica = ready.pop(); replica !== undefined; replica = ready.pop()) {
    const own = steps.get(replica) ?? [];
    const start = done.get(replica) ?? 0;
    let next = start;
    for (; next < own.length; next += 1) {
      const blocker = own[next]?.claims.find(({ other, upTo }) => !hasReached(other, upTo));
      if (!blocker) continue;
      const others = waiting.get(blocker.other) ?? new Set();
      waiting.set(blocker.other, others.add(replica));
      break;
    }
    if (next === start) continue;
    done.set(replica, next);
    left -= next - start;
    for (const other of waiting.get(replica) ?? []) ready.push(other);
    waiting.delete(replica);
  }
  return left === 0;

  /** All that `other` had learned by its batch `upTo` has its place already. */
  function hasReached(other: number, upTo: number): boolean {
    const next = steps.get(other)?.[done.get(other) ?? 0];
    return next === undefined || next.seq > upTo;
  }
}

function stepsByReplica(db: Database): Map<number, Step[]> {
  const steps = new Map<number, Step[]>();
  const rows = db.prepare('SELECT replica, seq, other, upTo FROM seen ORDER BY replica, seq').raw().all() as number[][];
  for (const [replica = 0, seq = 0, other = 0, upTo = 0] of rows) {
    const own = steps.get(replica) ?? [];
    steps.set(replica, own);
    const last = own.at(-1);
    if (last?.seq === seq) last.claims.push({ other, upTo });
    else own.push({ seq, claims: [{ other, upTo }] });
  }
  return steps;
}
