/** When: start, deadline with the first one agreed and how far it has moved, expiry. */
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { deadlineState, slippageDays } from '../../../shared/rules/deadline.ts';
import { DateEdit } from '../../components/DateEdit.tsx';
import { DateText } from '../../components/When.tsx';
import { refusalText } from '../../hooks/useRefusal.ts';
import { useToday } from '../../hooks/useToday.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { DeadlineEdit } from './DeadlineEdit.tsx';
import { Fact } from './Fact.tsx';
import styles from './InstrumentPage.module.css';
import { useIsReadOnly } from './useInstrument.ts';

export function TimePanel({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation();
  const isDisabled = useIsReadOnly();
  const today = useToday();
  const { edit } = useInstrumentDetailStore.getState();
  const state = deadlineState(instrument, today);
  const hasExpired = instrument.expiresOn !== null && instrument.expiresOn < today;
  return (
    <section className={styles.panel}>
      <h2>{t('instrument.time')}</h2>
      <dl className={styles.rows}>
        <Fact name={t('instrument.start')} shows={{ id: instrument.id, field: 'startOn' }}>
          <DateEdit
            label={t('field.startOn')}
            value={instrument.startOn}
            emptyText={t(isDisabled ? 'instrument.none' : 'instrument.set')}
            isDisabled={isDisabled}
            onSave={async (startOn) => refusalText(await edit({ startOn }))}
          />
        </Fact>
        <Fact name={t('instrument.deadline')} shows={{ id: instrument.id, field: 'deadline' }}>
          <DeadlineEdit instrument={instrument} state={state} isDisabled={isDisabled} />
        </Fact>
        {instrument.originalDeadline !== null && instrument.originalDeadline !== instrument.deadline && (
          <Fact name={t('instrument.original')} shows={{ id: instrument.id, field: 'originalDeadline' }}>
            <DateText date={instrument.originalDeadline} />
          </Fact>
        )}
        {instrument.deadline !== null && instrument.originalDeadline !== null && (
          <Fact name={t('instrument.slippage')}>
            <Slippage instrument={instrument} />
          </Fact>
        )}
        {instrument.deadlineReason !== null && (
          <Fact name={t('instrument.reasonGiven')} shows={{ id: instrument.id, field: 'deadlineReason' }}>
            <span dir="auto">{instrument.deadlineReason}</span>
          </Fact>
        )}
        <Fact name={t('instrument.expires')} shows={{ id: instrument.id, field: 'expiresOn' }}>
          <DateEdit
            label={t('field.expiresOn')}
            value={instrument.expiresOn}
            emptyText={t(isDisabled ? 'instrument.none' : 'instrument.set')}
            isDisabled={isDisabled}
            onSave={async (expiresOn) => refusalText(await edit({ expiresOn }))}
          />
          {hasExpired && <span className={styles.late}> {t('instrument.expired')}</span>}
        </Fact>
      </dl>
    </section>
  );
}

function Slippage({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation();
  const days = slippageDays(instrument) ?? 0;
  if (days === 0) return <span className="quiet">{t('instrument.notMoved')}</span>;
  return (
    <span className="tabular">
      {t(days > 0 ? 'instrument.movedLater' : 'instrument.movedEarlier', { count: Math.abs(days) })}
    </span>
  );
}
