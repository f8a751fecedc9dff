/** Seeded chance: the same words, dates and identities on every machine and in every run. */

export type Random = () => number;

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, uniform in [0, 1). */
export function mulberry32(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `from` to `to`, both included. */
export const whole = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

export const pick = <T>(random: Random, items: readonly T[]): T => items[whole(random, 0, items.length - 1)] as T;

/** Most of the registers' optional fields are empty now and then. */
export const maybe = <T>(random: Random, share: number, value: T): T | null => (random() < share ? value : null);

/** A civil date within `days` from the first day of 2026. */
export function civilDate(random: Random, days: number): string {
  const dayMs = 86_400_000;
  return new Date(Date.UTC(2026, 0, 1) + whole(random, 0, days) * dayMs).toISOString().slice(0, 10);
}

/** Version 7 in form: time first, so that rows written later sort later, as those of the program do. */
export function uuid(random: Random, atMs: number): string {
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const time = atMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${pick(random, ['8', '9', 'a', 'b'])}${hex(3)}-${hex(6)}${hex(6)}`;
}
