/** What a cell of each column shows. Plain elements only: hundreds of them are on the screen and must scroll. */
import type { ReactNode } from 'react';
import { formatDate, formatDateTime, formatDay } from '../../../shared/text/formatDate.ts';
import { healthReasonText } from '../../../shared/text/healthText.ts';
import type { Translate } from '../../../shared/text/translator.ts';
import { ElapsedMark } from '../../components/ElapsedMark.tsx';
import { HealthBadge } from '../../components/HealthBadge.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { StageLabel } from '../../components/StageLabel.tsx';
import styles from './RegisterGrid.module.css';
import type { ColumnId } from './registerColumns.ts';
import type { RegisterRow } from './registerRows.ts';

const empty = (word: string, isFaint = false): ReactNode => (
  <span className={isFaint ? styles.faintWord : styles.emptyWord}>{word}</span>
);

/** Text in whatever script: its own direction decides where it is cut. */
const text = (words: string): ReactNode => (
  <span className={styles.text} dir="auto">
    {words}
  </span>
);

function nameOrAssign(t: Translate, name: string | null | undefined): ReactNode {
  if (name === null) return empty(t('window.assign'));
  return name === undefined ? empty(t('window.removedPerson')) : text(name);
}

function deadlineCell(t: Translate, { instrument, deadline }: RegisterRow): ReactNode {
  if (instrument.deadline === null) return deadline.kind === 'done' ? null : empty(t('register.set'));
  const date = formatDate(instrument.deadline, t('locale'));
  switch (deadline.kind) {
    case 'overdue':
      return (
        <span className={styles.late}>
          <bdi>{t('register.daysLate', { count: deadline.daysLate })}</bdi>
        </span>
      );
    default:
      return (
        <span className={deadline.kind === 'due-soon' ? styles.soon : deadline.kind === 'done' ? 'quiet' : undefined}>
          <bdi>{date}</bdi>
        </span>
      );
  }
}

/** The other half of what the cell says: the day of what is late, the days that are left of what is due soon. */
function deadlineHint(t: Translate, { instrument, deadline }: RegisterRow): string | undefined {
  if (instrument.deadline === null) return undefined;
  const date = formatDate(instrument.deadline, t('locale'));
  if (deadline.kind !== 'due-soon') return date;
  const left = deadline.daysLeft === 0 ? t('register.dueToday') : t('register.daysLeft', { count: deadline.daysLeft });
  return `${date}, ${left}`;
}

export function cellContent(t: Translate, row: RegisterRow, columnId: ColumnId): ReactNode {
  const { instrument } = row;
  const locale = t('locale');
  switch (columnId) {
    case 'select':
      return null;
    case 'number':
      return instrument.number;
    case 'title':
      return (
        <span
          className={`${styles.text} ${styles.title} ${instrument.titleBasis === 'not-listed' ? 'quiet' : ''}`}
          data-opens
          dir="auto"
        >
          {instrument.title}
        </span>
      );
    case 'health':
      return <HealthBadge health={row.verdict.health} />;
    case 'elapsed':
      return <ElapsedMark mark={row.elapsed} />;
    case 'stage':
      return <StageLabel stage={instrument.stage} />;
    case 'pkOwner':
    case 'kzOwner':
      return nameOrAssign(t, row[columnId]);
    case 'pkLeadBody':
    case 'kzLeadBody':
      return row[columnId] === null ? empty(t('register.set'), true) : text(row[columnId] ?? t('window.removedBody'));
    case 'deadline':
      return deadlineCell(t, row);
    case 'progress':
      return row.progress === null ? (
        empty(t('register.report'), true)
      ) : (
        <ProgressBar percent={row.progress} label={t('field.progress')} />
      );
    case 'nextStep':
      return instrument.nextStep === null ? empty(t('register.write'), true) : text(instrument.nextStep);
    case 'kind':
      return (
        <span className={instrument.kind === 'unknown' ? 'quiet' : undefined}>{t(`kind.${instrument.kind}`)}</span>
      );
    case 'sector':
      return instrument.sector === null ? empty(t('register.set'), true) : text(instrument.sector);
    case 'legalStatus':
      return t(`legalStatus.${instrument.legalStatus}`);
    case 'priority':
      return t(`priority.${instrument.priority}`);
    case 'signedOn':
    case 'expiresOn':
      return instrument[columnId] === null ? empty(t('register.set'), true) : formatDate(instrument[columnId], locale);
    case 'originalDeadline':
      return instrument.originalDeadline && formatDate(instrument.originalDeadline, locale);
    case 'slippage':
      return row.slippage ? t('register.slippage', { count: row.slippage }) : null;
    case 'touchedAt':
      return instrument.touchedAt && formatDay(instrument.touchedAt, locale);
  }
}

/** What hovering tells beyond what is seen: the whole of a text that may be cut, the reasons, the exact moment. */
export function cellHint(t: Translate, row: RegisterRow, columnId: ColumnId): string | undefined {
  const { instrument } = row;
  switch (columnId) {
    case 'title':
      return instrument.title;
    case 'health':
      return row.verdict.reasons.map((reason) => healthReasonText(t, reason)).join(' ');
    case 'nextStep':
      return instrument.nextStep ?? undefined;
    case 'sector':
      return instrument.sector ?? undefined;
    case 'pkOwner':
    case 'kzOwner':
    case 'pkLeadBody':
    case 'kzLeadBody':
      return row[columnId] ?? undefined;
    case 'deadline':
      return deadlineHint(t, row);
    case 'touchedAt':
      return instrument.touchedAt === null ? undefined : formatDateTime(instrument.touchedAt, t('locale'));
    default:
      return undefined;
  }
}
