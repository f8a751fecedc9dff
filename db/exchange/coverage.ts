/**
 * Which batches something holds, by names that no fork changes.
 *
 * A replica's history is a chain of sessions, each with a random token; where a file was copied together with its writer's
 * name, one chain may go on twice, and merging then renames one of the two (docs/merge.md). What never changes is the
 * session a batch was written in and its place there. So a published file says what it holds by (session, place), and no
 * renaming, here or elsewhere, makes one batch pass for another.
 */

/** Places in one session, counted from 0; both ends included. */
export interface Range {
  from: number;
  to: number;
}

/** Names a session for ever: the replica's name before any fork, and the session's token. */
export type SessionKey = string;

/** Only the register's own session has no token; there the first number tells sessions apart. */
export const sessionKey = (replicaKey: string, token: number, firstSeq: number): SessionKey =>
  `${rootOf(replicaKey)}:${token === 0 ? `@${firstSeq}` : token}`;

export const rootOf = (replicaKey: string): string => replicaKey.split('~')[0] as string;

/** A set of batches. */
export class Coverage {
  /** Ascending, disjoint, with a gap between any two. */
  readonly #ranges = new Map<SessionKey, Range[]>();

  add(session: SessionKey, from: number, to: number): void {
    const old = this.#ranges.get(session);
    if (!old) {
      this.#ranges.set(session, [{ from, to }]);
      return;
    }
    const merged = { from, to };
    const rest = old.filter((range) => {
      const isApart = range.to + 1 < from || range.from > to + 1;
      if (!isApart) {
        merged.from = Math.min(merged.from, range.from);
        merged.to = Math.max(merged.to, range.to);
      }
      return isApart;
    });
    rest.push(merged);
    this.#ranges.set(
      session,
      rest.sort((one, other) => one.from - other.from),
    );
  }

  addAll(other: Coverage): void {
    for (const [session, ranges] of other.sessions()) for (const { from, to } of ranges) this.add(session, from, to);
  }

  has(session: SessionKey, place: number): boolean {
    return this.#ranges.get(session)?.some(({ from, to }) => from <= place && place <= to) ?? false;
  }

  /** True when everything of `other` is here. */
  includes(other: Coverage): boolean {
    for (const [session, ranges] of other.sessions())
      for (const { from, to } of ranges)
        if (!this.#ranges.get(session)?.some((range) => range.from <= from && to <= range.to)) return false;
    return true;
  }

  /** What is here and not in `other`. */
  without(other: Coverage): Coverage {
    const left = new Coverage();
    for (const [session, ranges] of this.sessions()) {
      const taken = other.#ranges.get(session) ?? [];
      for (const { from, to } of ranges) {
        let start = from;
        for (const range of taken) {
          if (range.to < start) continue;
          if (range.from > to) break;
          if (range.from > start) left.add(session, start, range.from - 1);
          start = range.to + 1;
        }
        if (start <= to) left.add(session, start, to);
      }
    }
    return left;
  }

  sessions(): IterableIterator<[SessionKey, readonly Range[]]> {
    return this.#ranges.entries();
  }

  get size(): number {
    let size = 0;
    for (const ranges of this.#ranges.values()) for (const { from, to } of ranges) size += to - from + 1;
    return size;
  }

  get isEmpty(): boolean {
    return this.#ranges.size === 0;
  }
}
