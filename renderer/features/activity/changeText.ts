/** What a change of the history says, in words: dates as people write them, choices by their names, never an id. */
import type { HistoryChange, HistoryEntry } from '../../../shared/api.ts';
import type { Translate } from '../../../shared/text/translator.ts';
import { valueText } from '../../../shared/text/valueText.ts';
import { batchText } from '../../api/commands.ts';

export const beforeText = (t: Translate, change: HistoryChange): string =>
  valueText(t, change.field, change.before, change.beforeName);
export const afterText = (t: Translate, change: HistoryChange): string =>
  valueText(t, change.field, change.after, change.afterName);

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
