/** Conflicts in words: where, what, who, when; and how a field of this kind is written. */
import { HEALTHS, KINDS, LEGAL_STATUSES, PRIORITIES, SIDES, STAGES, TITLE_BASES } from '../entities/values.ts';
import type { AuthorShare, Conflict, ConflictVersion, Decision, IncomingStep } from '../sharing.ts';
import { formatDateTime, formatDay } from './formatDate.ts';
import { fieldText, type Translate } from './translator.ts';
import { valueText } from './valueText.ts';

/** How a value of a field is written. `flag` has only the two that stand there. */
export type FieldKind =
  | 'date'
  | 'choice'
  | 'person'
  | 'body'
  | 'number'
  | 'line'
  | 'text'
  | 'flag'
  | 'presence'
  | 'fixed';

const DATES = [
  'signedOn',
  'startOn',
  'deadline',
  'originalDeadline',
  'expiresOn',
  'baselineOn',
  'targetOn',
  'latestOn',
];
const NUMBERS = ['number', 'progress', 'baseline', 'target', 'latest', 'rank'];
const TEXTS = [
  'summary',
  'nextStep',
  'source',
  'text',
  'title',
  'description',
  'basis',
  'deadlineReason',
  'healthOverrideReason',
];
const FLAGS = ['isPinned', 'isHeadline'];
/** Written by the program, or naming the row's own place: one of the versions is right. */
const FIXED = ['instrumentId', 'writtenAt', 'author'];

export const CHOICES: Readonly<Record<string, readonly string[]>> = {
  titleBasis: TITLE_BASES,
  kind: KINDS,
  legalStatus: LEGAL_STATUSES,
  stage: STAGES,
  priority: PRIORITIES,
  side: SIDES,
  healthOverride: HEALTHS.filter((health) => health !== 'not-reported'),
};
/** Choices that may also be none. */
export const OPTIONAL_CHOICES = ['side', 'healthOverride'];

export function kindOfField(field: string): FieldKind {
  if (field === 'deleted') return 'presence';
  if (field === 'pkOwnerId' || field === 'kzOwnerId') return 'person';
  if (field === 'pkLeadBodyId' || field === 'kzLeadBodyId' || field === 'bodyId') return 'body';
  if (DATES.includes(field)) return 'date';
  if (NUMBERS.includes(field)) return 'number';
  if (TEXTS.includes(field)) return 'text';
  if (FLAGS.includes(field)) return 'flag';
  if (FIXED.includes(field)) return 'fixed';
  return Object.hasOwn(CHOICES, field) ? 'choice' : 'line';
}

/** Whether there is another value to write than those that stand there. */
export const canWriteOther = (field: string): boolean => !['flag', 'fixed', 'presence'].includes(kindOfField(field));

export const conflictField = (t: Translate, field: string): string =>
  field === 'deleted' ? t('sharing.deletedField') : fieldText(t, field);

/** What the row is called. A note is called by its instrument, whose label the file gives it. */
export const rowText = (t: Translate, { entity, label }: Pick<Conflict, 'entity' | 'label'>): string => {
  const name = label === '' ? t('sharing.unnamedRow') : label;
  return entity === 'note' ? t('sharing.noteOf', { row: name }) : name;
};

/** Which row a step that came in is about, and of how many more. */
export function stepPlaceText(t: Translate, { rowLabel, rows }: Pick<IncomingStep, 'rowLabel' | 'rows'>): string {
  if (rows === 0) return '';
  const first = rowLabel === '' ? t('sharing.unnamedRow') : rowLabel;
  return rows === 1 ? first : t('sharing.placeAndMore', { first, count: rows - 1 });
}

/** A value in words; texts are given whole. */
export function decisionText(t: Translate, field: string, value: Decision['value'], name: string | null): string {
  if (field === 'deleted') return t(value === 1 ? 'sharing.deleted' : 'sharing.present');
  if (typeof value === 'string' && ['text', 'line'].includes(kindOfField(field))) return value;
  return valueText(t, field, value, name);
}

export const versionText = (t: Translate, field: string, version: ConflictVersion | null): string =>
  decisionText(t, field, version?.value ?? null, version?.name ?? null);

/** "you, 5 Mar 2027"; with the time, too, where the versions are of one day. */
export function whoText(
  t: Translate,
  version: ConflictVersion,
  ownName: string | null,
  { isOfOneDay = false }: { isOfOneDay?: boolean } = {},
): string {
  const write = isOfOneDay ? formatDateTime : formatDay;
  return t('sharing.versionBy', {
    author: authorName(t, version.author, ownName),
    when: write(version.at, t('locale')),
  });
}

/** All versions were written on the same day of this computer's calendar. */
export const isOfOneDay = ({ ours, theirs }: Conflict): boolean =>
  new Set([ours, ...theirs].flatMap((version) => (version ? [formatDay(version.at)] : []))).size === 1;

export const authorName = (t: Translate, author: string | null, ownName: string | null): string =>
  author === null ? t('sharing.nobodyNamed') : author === ownName ? t('sharing.you') : author;

/** Names as a sentence lists them. */
export const listText = (t: Translate, parts: readonly string[]): string =>
  new Intl.ListFormat(t('locale'), { type: 'conjunction' }).format(parts);

export const authorsText = (t: Translate, shares: readonly AuthorShare[], ownName: string | null): string =>
  listText(
    t,
    shares.map(({ author }) => authorName(t, author, ownName)),
  );

/** "3 Mar 2027 – 9 Mar 2027", or the one day. */
export function spanText(t: Translate, from: number, to: number): string {
  const locale = t('locale');
  const days = { from: formatDay(from, locale), to: formatDay(to, locale) };
  return days.from === days.to ? days.from : t('sharing.span', days);
}

export const filesText = (t: Translate, names: readonly string[]): string =>
  listText(
    t,
    names.map((name) => t('sharing.file', { name })),
  );

/** "took theirs: 30 Sep 2027". */
export function outcomeText(t: Translate, conflict: Conflict, value: Decision['value']): string {
  const { field, ours, theirs } = conflict;
  const taken = theirs.find((version) => version.value === value);
  const verb =
    value === (ours?.value ?? null)
      ? t('sharing.reportKept')
      : taken
        ? t('sharing.reportTook')
        : t('sharing.reportOther');
  return `${verb}: ${decisionText(t, field, value, (value === ours?.value ? ours.name : taken?.name) ?? null)}`;
}

const LONG = 48;

/** Long enough that one has to look for what differs. */
export const isLongText = (conflict: Conflict): boolean =>
  kindOfField(conflict.field) === 'text' &&
  [conflict.ours, ...conflict.theirs].some(
    (version) => typeof version?.value === 'string' && (version.value.length > LONG || version.value.includes('\n')),
  );
