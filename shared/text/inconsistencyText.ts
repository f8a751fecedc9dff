/** What copies made together, in a sentence: for the window, the record of a merge and the command line alike. */
import type { Inconsistency } from '../inconsistency.ts';
import type { MergeSummary } from '../sharing.ts';
import { fieldText, type Translate } from './translator.ts';

export function inconsistencyText(t: Translate, one: Inconsistency): string {
  if (one.kind === 'same-number')
    return t('sharing.sameNumber', {
      number: one.number,
      instruments: one.instruments.map(({ label }) => `“${label}”`).join(', '),
    });
  const { entity, field, label, target } = one;
  // The rest of such a row is about the instrument, and has no other name.
  return field === 'instrumentId'
    ? t(`sharing.deletedUnder.${entity === 'note' ? 'note' : 'support'}`, { target: target.label })
    : t('sharing.deletedReference', { row: label, field: fieldText(t, field), target: target.label });
}

interface ToSettle {
  lead: string;
  named: string[];
  /** Counts what is not named. */
  more: string | null;
}

/** What a merge leaves to be settled, up to `most` of it by name; null when there is nothing. */
export function toSettleText(
  t: Translate,
  { count, first }: MergeSummary['inconsistencies'],
  most: number,
): ToSettle | null {
  if (count === 0) return null;
  const named = first.slice(0, most).map((one) => inconsistencyText(t, one));
  const left = count - named.length;
  return {
    lead: t('sharing.toSettle', { count }),
    named,
    more: left === 0 ? null : t('sharing.settleMore', { count: left }),
  };
}
