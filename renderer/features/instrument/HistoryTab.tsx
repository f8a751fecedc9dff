/** The history of one instrument, read like minutes: when, who, and what they did, in sentences. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../../../shared/api.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { When } from '../../components/When.tsx';
import { errorText } from '../../text/i18n.ts';
import { authorText } from '../activity/changeText.ts';
import { minutesText } from '../activity/minutes.ts';
import { useHistory } from '../activity/useHistory.ts';
import styles from './HistoryTab.module.css';

const PAGE_SIZE = 30;
const ALL = '';
/** What people ask the history about, most asked first. */
const FIELDS = [
  'deadline',
  'pkOwnerId',
  'kzOwnerId',
  'stage',
  'progress',
  'nextStep',
  'healthOverride',
  'legalStatus',
  'title',
  'titleBasis',
  'number',
  'kind',
  'sector',
  'priority',
  'signedOn',
  'startOn',
  'expiresOn',
  'pkLeadBodyId',
  'kzLeadBodyId',
  'summary',
  'source',
] as const;

export function HistoryTab({ instrumentId }: { instrumentId: string }) {
  const { t } = useTranslation();
  const [field, setField] = useState(ALL);
  const history = useHistory({ instrumentId, field: field === ALL ? undefined : field, pageSize: PAGE_SIZE });
  return (
    <div className={styles.history}>
      <div className={styles.filter}>
        <span className="quiet" aria-hidden="true">
          {t('instrument.historyField')}
        </span>
        <ChoiceField
          label={t('instrument.historyField')}
          options={[
            { value: ALL, label: t('instrument.historyAll') },
            ...FIELDS.map((value) => ({ value, label: t(`field.${value}`) })),
          ]}
          chosen={[field]}
          emptyText={t('instrument.historyAll')}
          onPick={setField}
        />
      </div>
      {history.problem && <p role="alert">{errorText(history.problem)}</p>}
      {history.isLoaded && history.entries.length === 0 && <p className="quiet">{t('instrument.historyEmpty')}</p>}
      <ol className={styles.entries}>
        {history.entries.map((entry) => (
          <li key={`${entry.batch.replica}:${entry.batch.seq}`} className={styles.entry}>
            <span className={styles.when}>
              <When atMs={entry.at} />
            </span>
            <Sentence entry={entry} />
          </li>
        ))}
      </ol>
      {history.hasMore && <Button onClick={() => void history.loadMore()}>{t('instrument.historyEarlier')}</Button>}
    </div>
  );
}

/** "A. Khan moved the deadline from … to …", with the name set off; each language puts it where it belongs. */
function Sentence({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation();
  const slot = '\u0000';
  const [start = '', end = ''] = t('activity.minutes.sentence', { author: slot, what: minutesText(t, entry) }).split(
    slot,
  );
  return (
    <p className={styles.sentence} data-undone={entry.isUndone || undefined}>
      {start}
      <bdi className={styles.author}>{authorText(t, entry)}</bdi>
      {end}.{entry.isUndone && <span className={styles.tag}>{t('activity.isUndone')}</span>}
    </p>
  );
}
