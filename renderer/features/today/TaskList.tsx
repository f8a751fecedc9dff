/** A short list of instruments under a heading whose number leads to all of them. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstrumentSummary } from '../../../shared/entities/instrument.ts';
import type { RegisterFilter } from '../../../shared/rules/registerFilter.ts';
import { formatNumber } from '../../../shared/text/formatDate.ts';
import { CountLink } from '../../components/CountLink.tsx';
import { useUiStore } from '../../stores/uiStore.ts';
import { langOf } from '../instrument/langOf.ts';
import styles from './TodayPage.module.css';

interface ListHeadProps {
  level: 2 | 3;
  title: string;
  count?: number;
  filter?: RegisterFilter;
}

export function ListHead({ level, title, count, filter }: ListHeadProps) {
  const { t } = useTranslation();
  const { openRegister } = useUiStore.getState();
  const Heading = `h${level}` as const;
  return (
    <Heading className={level === 2 ? styles.head : styles.subhead}>
      <span>{title}</span>
      {count !== undefined && filter !== undefined && (
        <CountLink label={t('today.openCount', { what: title, count })} onOpen={() => openRegister(filter)}>
          <span className={styles.number}>{formatNumber(count, t('locale'))}</span>
        </CountLink>
      )}
    </Heading>
  );
}

interface TaskListProps {
  rows: readonly InstrumentSummary[];
  /** How many rows stand here; the others are behind the heading's number. */
  shown: number;
  /** The telling thing about a row: "12 days late". */
  remark?: (row: InstrumentSummary) => ReactNode;
}

export function TaskList({ rows, shown, remark }: TaskListProps) {
  const { t } = useTranslation();
  const { go } = useUiStore.getState();
  return (
    <ul className={styles.list}>
      {rows.slice(0, shown).map((row) => (
        <li key={row.id} className={styles.task}>
          <span className={styles.taskNumber}>{row.number}</span>
          <CountLink onOpen={() => go({ page: 'instrument', id: row.id })}>
            <span className={styles.taskTitle} title={row.title} dir="auto" lang={langOf(row.title)}>
              {row.title || t('today.untitled')}
            </span>
          </CountLink>
          {remark && <span className={styles.remark}>{remark(row)}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Leads to what did not fit. */
export function ShowAll({ count, shown, filter }: { count: number; shown: number; filter: RegisterFilter }) {
  const { t } = useTranslation();
  const { openRegister } = useUiStore.getState();
  if (count <= shown) return null;
  return (
    <div className={styles.more}>
      <CountLink onOpen={() => openRegister(filter)}>{t('today.all', { count })}</CountLink>
    </div>
  );
}
