/** Rounds, medians and ratios. Every number of ours stands beside a floor that was measured in turns with it. */

export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** One line of the table: something of ours, or of another program, against the floor. */
export interface Measured {
  /** What was measured, and how much of it. */
  what: string;
  unit: string;
  value: Spread;
  /** Null for what has no floor: its goals are values. */
  against: Floor | null;
  goals: Goal[];
}

export interface Floor {
  name: string;
  value: Spread;
  /** The median of the ratios of the single rounds, which take a busy machine out of both sides. */
  ratio: Spread;
}

/** A line that could not be measured here, and why. */
export interface NotMeasured {
  what: string;
  why: string;
}

/** At most so many times the floor, or at most so much. */
export type Goal = { kind: 'ratio'; atMost: number } | { kind: 'value'; atMost: number };

/** One row of the bench: a subject with its lines and how they were come by. */
export interface BenchRow {
  title: string;
  lines: (Measured | NotMeasured)[];
  /** Sentences for docs/benchmarks.md. */
  how: string[];
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('no values');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

export const median = (values: readonly number[]): number =>
  (quantile(values, 0.5) + quantile(values, (values.length - 1) / 2 / values.length)) / 2;

/** The mean of the middle half: as steady as the median, and finer than the steps of a window's clock. */
export function midMean(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / 4);
  const middle = sorted.slice(cut, sorted.length - cut);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
});

interface About {
  what: string;
  unit: string;
  goals: Goal[];
}

/** One line from the values of each round, ours and the floor's in the same order. */
export function line(
  { floor: name, ...about }: About & { floor: string },
  values: readonly number[],
  floor: readonly number[],
): Measured {
  const ratio = spreadOf(values.map((value, round) => value / (floor[round] as number)));
  return { ...about, value: spreadOf(values), against: { name, value: spreadOf(floor), ratio } };
}

/** One line that stands for itself. */
export const valueLine = (about: About, values: readonly number[]): Measured => ({
  ...about,
  value: spreadOf(values),
  against: null,
});

/** Milliseconds that a call takes. */
export function timed(call: () => void): number {
  const startedAt = performance.now();
  call();
  return performance.now() - startedAt;
}

/** How far a line is from a goal, as a part of the goal: 0.1 is a tenth too much, -0.1 a tenth to spare. */
export function distance({ value, against }: Measured, goal: Goal): number {
  if (goal.kind === 'value') return value.median / goal.atMost - 1;
  if (!against) throw new RangeError('a ratio to no floor');
  return against.ratio.median / goal.atMost - 1;
}
