/** The deadlines after the next 30 days, soonest first. */
import { useTranslation } from 'react-i18next';
import type { InstrumentSummary } from '../../../shared/entities/instrument.ts';
import { DateText } from '../../components/When.tsx';
import { ListHead, TaskList } from './TaskList.tsx';
import styles from './TodayPage.module.css';

const SHOWN = 8;

export function Upcoming({ rows }: { rows: readonly InstrumentSummary[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <ListHead level={2} title={t('today.upcoming')} />
      {rows.length === 0 && <p className={styles.nothing}>{t('today.upcomingNothing')}</p>}
      <TaskList rows={rows} shown={SHOWN} remark={({ deadline }) => deadline && <DateText date={deadline} />} />
    </section>
  );
}
