/** What a change of the history says, in words: dates as people write them, choices by their names, never an id. */
import type { HistoryChange, HistoryEntry } from '../../../shared/api.ts';
import { type CivilDate, isCivilDate } from '../../../shared/civilDate.ts';
import { formatDate, formatDateTime, formatNumber } from '../../../shared/text/formatDate.ts';
import type { Translate } from '../../../shared/text/translator.ts';
import { batchText } from '../../api/commands.ts';

type Value = HistoryChange['before'];

/** Fields whose value is a code of the catalogue, and the part of it that holds their words. */
const CHOICES: Readonly<Record<string, string>> = {
  titleBasis: 'titleBasis',
  kind: 'kind',
  legalStatus: 'legalStatus',
  stage: 'stage',
  priority: 'priority',
  side: 'side',
  healthOverride: 'health',
};
const REFERENCES = ['pkLeadBodyId', 'kzLeadBodyId', 'pkOwnerId', 'kzOwnerId', 'bodyId', 'instrumentId'];
const FLAGS = ['isPinned', 'isHeadline'];
/** Long enough to recognise a text by, short enough for a line. */
const SHOWN_CHARACTERS = 160;

/** One value in words. `name` is what a reference is called; null where the row it named is gone. */
export function valueText(t: Translate, field: string, value: Value, name: string | null): string {
  const locale = t('locale');
  if (value === null) return t('activity.nothing');
  if (REFERENCES.includes(field)) return name ?? t('activity.removed');
  if (FLAGS.includes(field)) return value === 1 ? t('activity.yes') : t('activity.no');
  if (field === 'progress') return `${value}%`;
  if (field === 'writtenAt') return formatDateTime(Number(value), locale);
  if (field === 'number') return String(value);
  if (typeof value === 'number') return formatNumber(value, locale);
  const words = CHOICES[field];
  if (words) return t(`${words}.${value}` as 'stage.closed', { defaultValue: value });
  if (isCivilDate(value)) return formatDate(value as CivilDate, locale);
  return clipped(value);
}

export const beforeText = (t: Translate, change: HistoryChange): string =>
  valueText(t, change.field, change.before, change.beforeName);
export const afterText = (t: Translate, change: HistoryChange): string =>
  valueText(t, change.field, change.after, change.afterName);

/** The opening of a long text, cut between words. */
export function clipped(text: string, limit = SHOWN_CHARACTERS): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), limit - 30)).trimEnd()}…`;
}

/** All that a batch did to one row. */
export interface RowStory {
  entity: string;
  entityId: string;
  label: string;
  kind: 'added' | 'deleted' | 'restored' | 'changed';
  /** What is worth reading; the bookkeeping that goes along with it is left out. */
  changes: HistoryChange[];
}

/** Fields that follow from another one of the same batch, or that say what the row itself says. */
const BOOKKEEPING: Readonly<Record<string, readonly string[]>> = {
  note: ['instrumentId', 'author', 'writtenAt', 'isPinned'],
  support: ['instrumentId'],
  person: ['name'],
  body: ['name'],
  instrument: ['title', 'number', 'titleBasis'],
};

function kindOf(changes: readonly HistoryChange[]): RowStory['kind'] {
  const deleted = changes.find(({ field }) => field === 'deleted');
  if (!deleted) return 'changed';
  if (deleted.after === 1) return 'deleted';
  return deleted.before === null ? 'added' : 'restored';
}

/** A batch's changes by row, in their order, without bookkeeping. */
export function storiesOf(entry: Pick<HistoryEntry, 'changes'>): RowStory[] {
  const byRow = new Map<string, HistoryChange[]>();
  for (const change of entry.changes) {
    const key = `${change.entity}:${change.entityId}`;
    byRow.set(key, [...(byRow.get(key) ?? []), change]);
  }
  return [...byRow.values()].map((changes) => {
    const [first] = changes as [HistoryChange];
    const kind = kindOf(changes);
    const hasDeadline = changes.some(({ field }) => field === 'deadline');
    const isWorthReading = ({ entity, field, before, after }: HistoryChange) =>
      field !== 'deleted' &&
      field !== 'rank' &&
      before !== after &&
      !(field === 'originalDeadline' && hasDeadline) &&
      // The first values of a new row: only those that say something.
      !(kind === 'added' && (after === null || BOOKKEEPING[entity]?.includes(field)));
    return {
      entity: first.entity,
      entityId: first.entityId,
      label: first.entityLabel,
      kind,
      changes: changes.filter(isWorthReading),
    };
  });
}

/** What the batch did, as its own heading: "Moved the deadline", "Took back: Moved the deadline". */
export function entryText(t: Translate, entry: Pick<HistoryEntry, 'kind' | 'label'>): string {
  const what = batchText(entry.label);
  if (entry.kind === 'undo') return t('activity.tookBack', { what });
  if (entry.kind === 'redo') return t('activity.didAgain', { what });
  return what;
}

/** Who signed it; the register of public sources is nobody's. */
export const authorText = (t: Translate, { author, kind }: Pick<HistoryEntry, 'author' | 'kind'>): string =>
  author ?? (kind === 'seed' ? t('activity.register') : t('activity.unknownAuthor'));
