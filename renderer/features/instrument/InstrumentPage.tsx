/** Everything about one instrument, edited where it stands. Every value is saved at once; the frame says when. */
import { Button, Tabs } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';
import { useRegister } from '../register/useRegister.ts';
import { InstrumentConflicts } from '../sharing/FieldConflict.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { InstrumentBar } from './InstrumentBar.tsx';
import { InstrumentHead } from './InstrumentHead.tsx';
import styles from './InstrumentPage.module.css';
import { NoteList } from './NoteList.tsx';
import { neighboursOf } from './neighbours.ts';
import { SidesPanel } from './SidesPanel.tsx';
import { TextSection } from './TextSection.tsx';
import { TimePanel } from './TimePanel.tsx';
import { useInstrument } from './useInstrument.ts';
import { useInstrumentKeys } from './useInstrumentKeys.ts';
import { WorkPanel } from './WorkPanel.tsx';

export function InstrumentPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const instrument = useInstrument(id);
  const problem = useInstrumentDetailStore((s) => (s.id === id ? s.problem : null));
  const whole = useInstrumentsStore((s) => s.order);
  const { shownIds } = useRegister();
  const go = useUiStore((s) => s.go);
  const neighbours = useMemo(() => neighboursOf(id, shownIds, whole), [id, shownIds, whole]);
  useInstrumentKeys(neighbours);

  if (instrument === null)
    return (
      <div className={styles.gone}>
        <p>{t('instrument.gone')}</p>
        <Button onClick={() => go({ page: 'register' })}>{t('instrument.openRegister')}</Button>
      </div>
    );
  if (instrument === undefined) return problem && <p role="alert">{errorText(problem)}</p>;

  return (
    <div className={styles.page}>
      <InstrumentBar instrument={instrument} neighbours={neighbours} />
      <InstrumentHead instrument={instrument} />
      <InstrumentConflicts id={id} />
      <div className={styles.columns}>
        <Tabs
          defaultValue="overview"
          keepMounted={false}
          className={styles.main}
          classNames={{ list: styles.tabs, tab: styles.tab }}
        >
          <Tabs.List>
            <Tabs.Tab value="overview">{t('instrument.overview')}</Tabs.Tab>
            <Tabs.Tab value="history">{t('instrument.history')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="overview">
            <TextSection field="nextStep" instrument={instrument} />
            <TextSection field="summary" instrument={instrument} />
            <TextSection field="source" instrument={instrument} />
            <NoteList instrumentId={id} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <HistoryTab instrumentId={id} />
          </Tabs.Panel>
        </Tabs>
        <aside className={styles.side}>
          <SidesPanel instrument={instrument} />
          <TimePanel instrument={instrument} />
          <WorkPanel instrument={instrument} />
        </aside>
      </div>
      {problem && <p role="alert">{errorText(problem)}</p>}
    </div>
  );
}
