/** The register's filter as people build it: parts with values to choose from, shown as chips. Pure. */
import type { Body, Person } from '../../../shared/entities/person.ts';
import { HEALTHS, KINDS, LEGAL_STATUSES, PRIORITIES, STAGES } from '../../../shared/entities/values.ts';
import type { RegisterFilter } from '../../../shared/rules/registerFilter.ts';
import type { Translate } from '../../../shared/text/translator.ts';

/** In the order in which they are offered. "owner" covers both the persons and "nobody". */
export const FILTER_PARTS = [
  'healths',
  'stages',
  'deadline',
  'owner',
  'sectors',
  'kinds',
  'legalStatuses',
  'priorities',
  'bodyIds',
  'elapsed',
  'isOpen',
  'conflict',
] as const;
export type FilterPart = (typeof FILTER_PARTS)[number];

const DEADLINES = ['overdue', 'due-7', 'due-30', 'due-60', 'due-90', 'none', 'moved'] as const;
const ELAPSED = ['yellow', 'red'] as const;
const OWNER = ['none', 'some'] as const;
const OPEN = ['open', 'done'] as const;
const CONFLICT = ['open', 'none'] as const;

/** Parts that hold one value: choosing another replaces it. */
const SINGLE: readonly FilterPart[] = ['deadline', 'elapsed', 'isOpen', 'conflict'];
export const isSingle = (part: FilterPart): boolean => SINGLE.includes(part);

/** "No sector" among the values, which are texts. */
const NO_SECTOR = '';

export interface FilterChoices {
  sectors: readonly (string | null)[];
  persons: readonly Pick<Person, 'id' | 'name'>[];
  bodies: readonly Pick<Body, 'id' | 'name'>[];
}

/** What a part can be narrowed to, with its words. */
export function optionsOf(t: Translate, part: FilterPart, choices: FilterChoices): { value: string; label: string }[] {
  switch (part) {
    case 'healths':
      return HEALTHS.map((value) => ({ value, label: t(`health.${value}`) }));
    case 'stages':
      return STAGES.map((value) => ({ value, label: t(`stage.${value}`) }));
    case 'kinds':
      return KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
    case 'legalStatuses':
      return LEGAL_STATUSES.map((value) => ({ value, label: t(`legalStatus.${value}`) }));
    case 'priorities':
      return PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }));
    case 'deadline':
      return DEADLINES.map((value) => ({ value, label: t(`register.filterDeadline.${value}`) }));
    case 'elapsed':
      return ELAPSED.map((value) => ({ value, label: t(`register.filterElapsed.${value}`) }));
    case 'isOpen':
      return OPEN.map((value) => ({ value, label: t(`register.filterOpen.${value}`) }));
    case 'conflict':
      return CONFLICT.map((value) => ({ value, label: t(`register.filterConflict.${value}`) }));
    case 'sectors':
      return choices.sectors.map((sector) => ({ value: sector ?? NO_SECTOR, label: sector ?? t('noSector') }));
    case 'bodyIds':
      return choices.bodies.map(({ id, name }) => ({ value: id, label: name }));
    case 'owner':
      return [
        ...OWNER.map((value) => ({ value: value as string, label: t(`register.filterOwner.${value}`) })),
        ...choices.persons.map(({ id, name }) => ({ value: id as string, label: name })),
      ];
  }
}

/** The values that a part is narrowed to now. */
export function chosenIn(filter: RegisterFilter, part: FilterPart): string[] {
  switch (part) {
    case 'sectors':
      return (filter.sectors ?? []).map((sector) => sector ?? NO_SECTOR);
    case 'owner':
      return [...(filter.owner ? [filter.owner] : []), ...(filter.ownerIds ?? [])];
    case 'deadline':
    case 'elapsed':
    case 'conflict':
      return filter[part] ? [filter[part]] : [];
    case 'isOpen':
      return filter.isOpen === undefined ? [] : [filter.isOpen ? 'open' : 'done'];
    default:
      return [...(filter[part] ?? [])];
  }
}

/** The filter with one value of a part taken in, or out when it was in. A part without values is gone. */
export function toggleValue(filter: RegisterFilter, part: FilterPart, value: string): RegisterFilter {
  const chosen = chosenIn(filter, part);
  const rest = without(filter, part);
  if (part === 'owner') {
    // "Nobody" and "somebody" stand alone: together with a name they could only contradict it.
    if (OWNER.some((kind) => kind === value))
      return chosen.includes(value) ? rest : { ...rest, owner: value as RegisterFilter['owner'] };
    const ownerIds = toggled(filter.ownerIds ?? [], value);
    return ownerIds.length === 0 ? rest : { ...rest, ownerIds };
  }
  if (isSingle(part)) {
    if (chosen.includes(value)) return rest;
    return { ...rest, [part]: part === 'isOpen' ? value === 'open' : value };
  }
  const values = toggled(chosen, value);
  if (values.length === 0) return rest;
  return { ...rest, [part]: part === 'sectors' ? values.map((sector) => sector || null) : values };
}

const toggled = (values: readonly string[], value: string): string[] =>
  values.includes(value) ? values.filter((other) => other !== value) : [...values, value];

export function without(filter: RegisterFilter, part: FilterPart): RegisterFilter {
  const { [part]: _, ...rest } = filter;
  if (part !== 'owner') return rest;
  const { ownerIds: __, ...withoutOwners } = rest as RegisterFilter;
  return withoutOwners;
}

/** "Health: At risk or Off track". A value that no longer exists keeps its place without a name. */
export function chipText(t: Translate, filter: RegisterFilter, part: FilterPart, choices: FilterChoices): string {
  const options = optionsOf(t, part, choices);
  const labels = chosenIn(filter, part).map(
    (value) => options.find((option) => option.value === value)?.label ?? t('window.removedPerson'),
  );
  return `${t(`register.filterBy.${part}`)}: ${labels.join(t('register.or'))}`;
}

export const activeParts = (filter: RegisterFilter): FilterPart[] =>
  FILTER_PARTS.filter((part) => chosenIn(filter, part).length > 0);
