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

/** What a merge leaves to be settled, as sentences; the last one counts what is not named. */
export function toSettleTexts(t: Translate, { count, first }: MergeSummary['inconsistencies']): string[] {
  const named = first.map((one) => `${inconsistencyText(t, one)} ${t('sharing.settleAfterwards')}`);
  return count > first.length ? [...named, t('sharing.settleMore', { count: count - first.length })] : named;
}
