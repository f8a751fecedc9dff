/** The instrument's number in the register; two may share one until somebody decides. */
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { InlineEdit } from '../../components/InlineEdit.tsx';
import { refusalText } from '../../hooks/useRefusal.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import styles from './InstrumentPage.module.css';
import { useIsReadOnly } from './useInstrument.ts';

export function NumberEdit({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation();
  const isDisabled = useIsReadOnly();
  const save = async (typed: string): Promise<string | null> => {
    const text = typed.trim();
    const number = text === '' ? null : Number(text);
    if (number !== null && !(Number.isInteger(number) && number >= 1 && number <= 99_999))
      return t('valueRules.number-range', { value: text });
    return refusalText(await useInstrumentDetailStore.getState().edit({ number }));
  };
  return (
    <div className={`${styles.number} tabular`}>
      <InlineEdit
        label={t('field.number')}
        value={instrument.number === null ? '' : String(instrument.number)}
        emptyText={t('instrument.noNumber')}
        isDisabled={isDisabled}
        onSave={save}
      />
    </div>
  );
}
