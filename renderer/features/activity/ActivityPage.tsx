/** Who did what, newest first, day by day, each change with the way back. */
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../../../shared/api.ts';
import { addDays, type CivilDate, civilDateOf } from '../../../shared/civilDate.ts';
import { formatDate } from '../../../shared/text/formatDate.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useToday } from '../../hooks/useToday.ts';
import { useActivityStore } from '../../stores/activityStore.ts';
import { errorText } from '../../text/i18n.ts';
import styles from './ActivityPage.module.css';
import { EntryRow } from './EntryRow.tsx';
import { TakeBackDialog } from './TakeBackDialog.tsx';
import { useFilteredHistory } from './useFilteredHistory.ts';
import { useHistory } from './useHistory.ts';

const PAGE_SIZE = 50;
const ALL = '';
/** Named here again, for the contract's own list would bring its schemas along. */
const KINDS = ['edit', 'undo', 'redo', 'seed', 'import', 'merge'] as const satisfies readonly HistoryEntry['kind'][];

export function ActivityPage() {
  const { t } = useTranslation();
  const history = useHistory({ pageSize: PAGE_SIZE });
  const { author, kind, filter } = useActivityStore();
  const shown = useFilteredHistory(history, { author, kind });
  const [takingBack, setTakingBack] = useState<HistoryEntry | null>(null);
  const days = useMemo(() => byDay(shown), [shown]);
  const authors = useMemo(() => authorsOf(history.entries, author), [history.entries, author]);
  const isFiltered = author !== null || kind !== null;

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{t('activity.title')}</h1>
        <FilterField
          label={t('activity.person')}
          options={[
            { value: ALL, label: t('activity.everyone') },
            ...authors.map((name) => ({ value: name, label: name })),
          ]}
          value={author ?? ALL}
          onPick={(value) => filter({ author: value === ALL ? null : value })}
        />
        <FilterField
          label={t('activity.kind')}
          options={[
            { value: ALL, label: t('activity.everything') },
            ...KINDS.map((value) => ({ value, label: t(`activity.kinds.${value}`) })),
          ]}
          value={kind ?? ALL}
          onPick={(value) => filter({ kind: value === ALL ? null : (value as HistoryEntry['kind']) })}
        />
      </header>

      {history.problem && (
        <p role="alert" className={styles.problem}>
          {errorText(history.problem)}
        </p>
      )}
      {history.isLoaded && history.entries.length === 0 && !history.problem && (
        <EmptyState text={t('activity.empty')} />
      )}
      {history.isLoaded && isFiltered && shown.length === 0 && history.entries.length > 0 && (
        <EmptyState
          text={`${t('activity.noMatch')} ${t('activity.searched', { count: history.entries.length })}`}
          action={{ label: t('activity.showAll'), run: () => filter({ author: null, kind: null }) }}
        />
      )}

      {days.map(({ day, entries }) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className={styles.day}>
            <DayText day={day} />
          </h2>
          <ol className={styles.entries}>
            {entries.map((entry) => (
              <EntryRow
                key={`${entry.batch.replica}:${entry.batch.seq}`}
                entry={entry}
                onTakeBack={() => setTakingBack(entry)}
              />
            ))}
          </ol>
        </section>
      ))}

      {history.hasMore && (
        <Button className={styles.more} onClick={() => void history.loadMore()}>
          {t('activity.earlier')}
        </Button>
      )}
      {takingBack && <TakeBackDialog entry={takingBack} onClose={() => setTakingBack(null)} />}
    </div>
  );
}

interface FilterFieldProps {
  label: string;
  options: { value: string; label: string }[];
  value: string;
  onPick: (value: string) => void;
}

function FilterField({ label, options, value, onPick }: FilterFieldProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.filter}>
      <span className="quiet" aria-hidden="true">
        {label}
      </span>
      <ChoiceField
        label={label}
        options={options}
        chosen={[value]}
        onPick={onPick}
        emptyText={t('activity.everything')}
      />
    </div>
  );
}

function DayText({ day }: { day: CivilDate }) {
  const { t } = useTranslation();
  const today = useToday();
  if (day === today) return t('activity.today');
  if (day === addDays(today, -1)) return t('activity.yesterday');
  return formatDate(day, t('locale'));
}

/** Neighbours of one day together. The order is the file's own, so a PC with a wrong clock makes a day of its own. */
function byDay(entries: readonly HistoryEntry[]): { day: CivilDate; entries: HistoryEntry[] }[] {
  const days: { day: CivilDate; entries: HistoryEntry[] }[] = [];
  for (const entry of entries) {
    const day = civilDateOf(entry.at);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

/** Everybody seen so far, and whoever is filtered by. */
function authorsOf(entries: readonly HistoryEntry[], chosen: string | null): string[] {
  const names = new Set(entries.map((entry) => entry.author).filter((name) => name !== null));
  if (chosen !== null) names.add(chosen);
  return [...names].sort((a, b) => a.localeCompare(b));
}
