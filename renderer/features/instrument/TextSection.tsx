/** One of the instrument's texts under its heading. */
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { InlineEdit } from '../../components/InlineEdit.tsx';
import { refusalText } from '../../hooks/useRefusal.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { FieldConflict } from '../sharing/FieldConflict.tsx';
import styles from './InstrumentPage.module.css';
import { langOf } from './langOf.ts';
import { useIsReadOnly } from './useInstrument.ts';

interface TextSectionProps {
  field: 'nextStep' | 'summary' | 'source';
  instrument: Instrument;
}

export function TextSection({ field, instrument }: TextSectionProps) {
  const { t } = useTranslation();
  const isDisabled = useIsReadOnly();
  const value = instrument[field] ?? '';
  const { edit } = useInstrumentDetailStore.getState();
  return (
    <section className={`${styles.section} ${styles[field]}`}>
      <h2>
        {t(`instrument.${field}`)}
        <FieldConflict id={instrument.id} field={field} />
      </h2>
      <div className={styles.text} lang={langOf(value)}>
        <InlineEdit
          label={t(`instrument.${field}`)}
          value={value}
          emptyText={isDisabled ? t('instrument.none') : t(`instrument.${field}Empty`)}
          isMultiline
          isDisabled={isDisabled}
          onSave={async (text) => refusalText(await edit({ [field]: text.trim() === '' ? null : text }))}
        />
      </div>
    </section>
  );
}
