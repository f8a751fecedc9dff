/** What a person has decided in a review so far, and what follows from it. Pure. */
import type { Conflict, ConflictVersion, Decision } from '../../shared/sharing.ts';

/** Absent: to be decided later. */
export type Choice =
  | { kind: 'ours' }
  /** One of the versions that stand against ours, by its place. */
  | { kind: 'theirs'; index: number }
  | { kind: 'other'; value: Decision['value'] };
export type Choices = Readonly<Record<string, Choice>>;

export const keyOf = ({ entity, id, field }: Pick<Conflict, 'entity' | 'id' | 'field'>): string =>
  `${entity}:${id}:${field}`;

/** What a choice comes to; undefined while it is none. */
export function chosenValue(conflict: Conflict, choice: Choice | undefined): Decision['value'] | undefined {
  switch (choice?.kind) {
    case 'ours':
      return conflict.ours?.value ?? null;
    case 'theirs':
      return conflict.theirs[choice.index]?.value;
    case 'other':
      return choice.value;
    case undefined:
      return undefined;
  }
}

/** Somebody has said which version is to stand. */
export const isDecided = (conflict: Conflict, choices: Choices): boolean =>
  chosenValue(conflict, choices[keyOf(conflict)]) !== undefined;

export function decisionsOf(conflicts: readonly Conflict[], choices: Choices): Decision[] {
  return conflicts.flatMap((conflict) => {
    const value = chosenValue(conflict, choices[keyOf(conflict)]);
    const { entity, id, field } = conflict;
    return value === undefined ? [] : [{ entity, id, field, value }];
  });
}

/** The place of the latest of the versions that stand against ours. */
export function latestOf(versions: readonly ConflictVersion[]): number {
  let latest = 0;
  for (const [index, { at }] of versions.entries()) if (at > (versions[latest]?.at ?? -Infinity)) latest = index;
  return latest;
}

/** All of one side; where one side has nothing to say, what the other says stands anyway. */
export function chooseAll(
  choices: Choices,
  conflicts: readonly Conflict[],
  side: 'ours' | 'theirs' | 'later',
): Choices {
  const next: Record<string, Choice> = { ...choices };
  for (const conflict of conflicts) {
    const key = keyOf(conflict);
    if (side === 'later') delete next[key];
    else if (side === 'theirs' && conflict.theirs.length > 0)
      next[key] = { kind: 'theirs', index: latestOf(conflict.theirs) };
    else next[key] = { kind: 'ours' };
  }
  return next;
}

export interface ConflictFilter {
  isUndecided: boolean;
  /** "entity:id" of a row, or null for all. */
  row: string | null;
  field: string | null;
}
export const NO_FILTER: ConflictFilter = { isUndecided: false, row: null, field: null };

export const rowKeyOf = ({ entity, id }: Pick<Conflict, 'entity' | 'id'>): string => `${entity}:${id}`;

/** `decidedBefore`: when the filter was set. A conflict must not vanish under the hand that decides it. */
export const filterConflicts = (
  conflicts: readonly Conflict[],
  { isUndecided, row, field }: ConflictFilter,
  decidedBefore: ReadonlySet<string>,
): Conflict[] =>
  conflicts.filter(
    (conflict) =>
      (row === null || rowKeyOf(conflict) === row) &&
      (field === null || conflict.field === field) &&
      (!isUndecided || !decidedBefore.has(keyOf(conflict))),
  );

export interface RowConflicts {
  key: string;
  conflicts: Conflict[];
}

/** By row, in the order in which they come. */
export function groupByRow(conflicts: readonly Conflict[]): RowConflicts[] {
  const groups = new Map<string, RowConflicts>();
  for (const conflict of conflicts) {
    const key = rowKeyOf(conflict);
    const group = groups.get(key);
    if (group) group.conflicts.push(conflict);
    else groups.set(key, { key, conflicts: [conflict] });
  }
  return [...groups.values()];
}
