/** Late, longest first; then what has used up nine tenths of its time. */
import { useTranslation } from 'react-i18next';
import { deadlineState, elapsedShare } from '../../../shared/rules/deadline.ts';
import { useToday } from '../../hooks/useToday.ts';
import { ListHead, ShowAll, TaskList } from './TaskList.tsx';
import styles from './TodayPage.module.css';
import type { TodayLists } from './todayLists.ts';

const SHOWN = 6;
const RED_SHOWN = 3;

export function ActNow({ lists: { overdue, elapsedRed } }: { lists: TodayLists }) {
  const { t } = useTranslation();
  const today = useToday();
  const hasNothing = overdue.rows.length === 0 && elapsedRed.rows.length === 0;
  return (
    <section>
      <ListHead level={2} title={t('today.actNow')} />
      {hasNothing && <p className={styles.nothing}>{t('today.actNowNothing')}</p>}
      {overdue.rows.length > 0 && (
        <>
          <ListHead level={3} title={t('today.late')} count={overdue.rows.length} filter={overdue.filter} />
          <TaskList
            rows={overdue.rows}
            shown={SHOWN}
            remark={(row) => {
              const state = deadlineState(row, today);
              return (
                <span className={styles.late}>
                  {state.kind === 'overdue' && t('register.daysLate', { count: state.daysLate })}
                </span>
              );
            }}
          />
          <ShowAll count={overdue.rows.length} shown={SHOWN} filter={overdue.filter} />
        </>
      )}
      {elapsedRed.rows.length > 0 && (
        <>
          <ListHead level={3} title={t('today.elapsedRed')} count={elapsedRed.count} filter={elapsedRed.filter} />
          <TaskList
            rows={elapsedRed.rows}
            shown={RED_SHOWN}
            remark={(row) => t('today.percent', { percent: Math.round((elapsedShare(row, today) ?? 0) * 100) })}
          />
        </>
      )}
    </section>
  );
}
