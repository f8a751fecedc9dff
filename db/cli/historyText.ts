/** History as lines that read like minutes, one a change. */
import type { HistoryChange, HistoryEntry } from '../../shared/api.ts';
import { en } from '../../shared/text/en/index.ts';
import { fieldText, type Translate } from '../../shared/text/translator.ts';

type BatchLabel = keyof typeof en.batch;

/** What a batch did in words; a label of a newer version is shown as it is. */
export const batchText = (t: Translate, label: string): string =>
  Object.hasOwn(en.batch, label) ? t(`batch.${label as BatchLabel}`) : label;

export function historyLines(t: Translate, entries: readonly HistoryEntry[]): string[] {
  return entries.flatMap((entry) => {
    const when = new Date(entry.at).toISOString().slice(0, 16).replace('T', ' ');
    const what =
      entry.kind === 'undo' || entry.kind === 'redo'
        ? `${entry.kind}: ${batchText(t, entry.label)}`
        : batchText(t, entry.label);
    const head = `${when}  ${entry.author ?? '-'}  ${what}`;
    // Thousands of seeded values are no minutes.
    if (entry.kind === 'seed') return [head];
    return [
      head,
      ...entry.changes.filter(({ field }) => field !== 'deleted').map((change) => `    ${changeText(t, change)}`),
    ];
  });
}

const changeText = (t: Translate, change: HistoryChange): string =>
  `${change.entityLabel}: ${fieldText(t, change.field)}: ${change.beforeName ?? change.before ?? '-'} -> ${change.afterName ?? change.after ?? '-'}`;
