/**
 * What a person has decided of many conflicts, and what follows from it. Choices are few words ("all of theirs, but for
 * these three"); which value each conflict gets is worked out where the conflicts are. Pure.
 */
import type {
  Choice,
  ChoiceRule,
  Choices,
  Conflict,
  ConflictCell,
  ConflictFilter,
  ConflictVersion,
  Decision,
} from './sharing.ts';

export const NO_CHOICES: Choices = { rules: [], single: {} };
export const NO_FILTER: ConflictFilter = { row: null, field: null, state: 'all' };

export const keyOf = ({ entity, id, field }: ConflictCell): string => `${entity}:${id}:${field}`;

export const rowKeyOf = ({ entity, id }: Pick<ConflictCell, 'entity' | 'id'>): string => `${entity}:${id}`;

/** What shows here, or showed before the merge. */
export const takeOurs = (conflict: Conflict): Choice & { kind: 'ours' } => ({
  kind: 'ours',
  value: conflict.ours?.value ?? null,
});

export const takeTheirs = ({ theirs }: Conflict, index: number): Choice & { kind: 'theirs' } => ({
  kind: 'theirs',
  index,
  value: theirs[index]?.value ?? null,
});

/** What was chosen for a conflict; null while it is to be decided later. */
export function choiceOf(conflict: Conflict, choices: Choices): Exclude<Choice, { kind: 'later' }> | null {
  const single = choices.single[keyOf(conflict)]?.choice;
  const choice = single ?? ruled(conflict, choices.rules);
  return choice === null || choice.kind === 'later' ? null : choice;
}

/** Tells whether somebody has said what is to stand in a cell. Asked of tens of thousands, it makes no text unless it must. */
export function decidedBy({ rules, single }: Choices): (cell: ConflictCell) => boolean {
  const isAnySingle = Object.keys(single).length > 0;
  return (cell) => {
    const own = isAnySingle ? single[keyOf(cell)]?.choice : undefined;
    return own ? own.kind !== 'later' : (sideOf(cell, rules) ?? 'later') !== 'later';
  };
}

/** Says one thing of one conflict; null: later. */
export function withChoice(choices: Choices, conflict: Conflict, choice: Choice | null): Choices {
  const key = keyOf(conflict);
  const { [key]: _, ...single } = choices.single;
  const said = choice ?? (sideOf(conflict, choices.rules) === null ? null : ({ kind: 'later' } as const));
  if (said === null) return { ...choices, single };
  const { entity, id, field } = conflict;
  return { ...choices, single: { ...single, [key]: { entity, id, field, choice: said } } };
}

/** Says one thing of many. What was said of any of them before gives way, unless only the undecided are meant. */
export function withRule({ rules, single }: Choices, rule: ChoiceRule): Choices {
  const { isUndecided } = rule;
  const kept = Object.entries(single).filter(
    ([, { choice, ...cell }]) => !isIn(cell, rule) || (isUndecided && choice.kind !== 'later'),
  );
  const standing = isUndecided ? rules : rules.filter((one) => !covers(rule, one));
  return { rules: [...standing, rule], single: Object.fromEntries(kept) };
}

/** The values to be written. */
export function decisionsOf(conflicts: readonly Conflict[], choices: Choices): Decision[] {
  return conflicts.flatMap((conflict) => {
    const choice = choiceOf(conflict, choices);
    const { entity, id, field } = conflict;
    return choice === null ? [] : [{ entity, id, field, value: choice.value }];
  });
}

/** Values that were chosen one by one. They need no conflict to be told. */
export const singleDecisions = ({ single }: Choices): Decision[] =>
  Object.values(single).flatMap(({ choice, ...cell }) =>
    choice.kind === 'later' ? [] : [{ ...cell, value: choice.value }],
  );

/** Tells the conflicts that a filter shows. */
export function fitting({ row, field, state }: ConflictFilter, choices: Choices): (cell: ConflictCell) => boolean {
  const isDecided = decidedBy(choices);
  return (cell) => isIn(cell, { row, field }) && (state === 'all' || (state === 'decided') === isDecided(cell));
}

/** How many of these have not been decided. */
export function countUndecided(cells: readonly ConflictCell[], choices: Choices): number {
  const isDecided = decidedBy(choices);
  let count = 0;
  for (const cell of cells) if (!isDecided(cell)) count += 1;
  return count;
}

/** The place of the latest of the versions that stand against ours. */
export function latestOf(versions: readonly ConflictVersion[]): number {
  let latest = 0;
  for (const [index, { at }] of versions.entries()) if (at > (versions[latest]?.at ?? -Infinity)) latest = index;
  return latest;
}

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

const isIn = (cell: ConflictCell, { row, field }: Pick<ChoiceRule, 'row' | 'field'>): boolean =>
  (row === null || rowKeyOf(cell) === row) && (field === null || cell.field === field);

/** Everything that the one is about, the other is about, too. */
const covers = (rule: ChoiceRule, other: ChoiceRule): boolean =>
  (rule.row === null || rule.row === other.row) && (rule.field === null || rule.field === other.field);

/** The side that the rules take; null where none is about the cell. */
function sideOf(cell: ConflictCell, rules: readonly ChoiceRule[]): ChoiceRule['side'] | null {
  let side: ChoiceRule['side'] | null = null;
  for (const rule of rules)
    if (isIn(cell, rule) && (!rule.isUndecided || (side ?? 'later') === 'later')) side = rule.side;
  return side;
}

/** Where one side has nothing to say, what the other says stands anyway. */
function ruled(conflict: Conflict, rules: readonly ChoiceRule[]): Choice | null {
  const side = sideOf(conflict, rules);
  if (side === null || side === 'later') return null;
  const { theirs } = conflict;
  return side === 'theirs' && theirs.length > 0 ? takeTheirs(conflict, latestOf(theirs)) : takeOurs(conflict);
}
