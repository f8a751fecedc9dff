/** Due within 30 days, soonest first. */
import { useTranslation } from 'react-i18next';
import { deadlineState } from '../../../shared/rules/deadline.ts';
import { useToday } from '../../hooks/useToday.ts';
import { ListHead, ShowAll, TaskList } from './TaskList.tsx';
import styles from './TodayPage.module.css';
import type { TodayLists } from './todayLists.ts';

const SHOWN = 8;

export function DueSoon({ lists: { dueSoon } }: { lists: TodayLists }) {
  const { t } = useTranslation();
  const today = useToday();
  return (
    <section>
      <ListHead level={2} title={t('today.dueSoon')} count={dueSoon.rows.length} filter={dueSoon.filter} />
      {dueSoon.rows.length === 0 && <p className={styles.nothing}>{t('today.dueSoonNothing')}</p>}
      <TaskList
        rows={dueSoon.rows}
        shown={SHOWN}
        remark={(row) => {
          const state = deadlineState(row, today);
          if (state.kind !== 'due-soon') return null;
          return state.daysLeft === 0 ? (
            <strong>{t('register.dueToday')}</strong>
          ) : (
            t('register.daysLeft', { count: state.daysLeft })
          );
        }}
      />
      <ShowAll count={dueSoon.rows.length} shown={SHOWN} filter={dueSoon.filter} />
    </section>
  );
}
