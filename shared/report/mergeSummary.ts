/** What a merge brings, in the few numbers a person asks for first: by whom, since when, and whose clock was wrong. Pure. */
import type { AuthorShare, FastClock, IncomingBatch } from '../sharing.ts';

/** Who wrote most first. */
export function sharesByAuthor(batches: readonly IncomingBatch[]): AuthorShare[] {
  const shares = new Map<string | null, AuthorShare>();
  for (const { author, at, changes } of batches) {
    const share = shares.get(author);
    if (!share) shares.set(author, { author, steps: 1, changes, firstAt: at, lastAt: at });
    else {
      share.steps += 1;
      share.changes += changes;
      share.firstAt = Math.min(share.firstAt, at);
      share.lastAt = Math.max(share.lastAt, at);
    }
  }
  return [...shares.values()].sort((one, other) => other.changes - one.changes || other.steps - one.steps);
}

export function spanOf(batches: readonly IncomingBatch[]): { from: number; to: number } | null {
  const [first] = batches;
  if (!first) return null;
  const span = { from: first.at, to: first.at };
  for (const { at } of batches) {
    span.from = Math.min(span.from, at);
    span.to = Math.max(span.to, at);
  }
  return span;
}

const DAY_MS = 86_400_000;

/** Whose steps are dated more than a day into the future, the worst first. */
export function fastClocks(batches: readonly IncomingBatch[], nowMs: number): FastClock[] {
  const clocks = new Map<string | null, FastClock>();
  for (const { author, at } of batches) {
    const aheadMs = at - nowMs;
    if (aheadMs <= DAY_MS) continue;
    const clock = clocks.get(author) ?? { author, aheadMs: 0, steps: 0 };
    clocks.set(author, { author, aheadMs: Math.max(clock.aheadMs, aheadMs), steps: clock.steps + 1 });
  }
  return [...clocks.values()].sort((one, other) => other.aheadMs - one.aheadMs);
}

/** In the largest unit of which there are two: "3 days", "2 months", "26 months" is "2 years". */
export function aheadUnit(aheadMs: number): { unit: 'days' | 'months' | 'years'; count: number } {
  const days = Math.round(aheadMs / DAY_MS);
  if (days < 61) return { unit: 'days', count: Math.max(1, days) };
  if (days < 730) return { unit: 'months', count: Math.round(days / 30.44) };
  return { unit: 'years', count: Math.round(days / 365.25) };
}

/** Newest first, as history is read. */
export const newestFirst = <T extends IncomingBatch>(batches: readonly T[]): T[] =>
  batches.toSorted((one, other) => other.at - one.at || other.seq - one.seq);
