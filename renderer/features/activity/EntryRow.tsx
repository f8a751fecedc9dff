/** One batch: when, who, what, and what each value was before. */
import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../../../shared/api.ts';
import { formatDateTime } from '../../../shared/text/formatDate.ts';
import { timeOfDay } from '../../components/When.tsx';
import { useSessionStore } from '../../stores/sessionStore.ts';
import styles from './ActivityPage.module.css';
import { authorText, entryText, storiesOf } from './changeText.ts';
import { StoryLines } from './StoryLines.tsx';

/** An edit of many rows is mostly the same edit: two of them tell what it was. */
const ROWS_SHOWN = 2;

interface EntryRowProps {
  entry: HistoryEntry;
  onTakeBack: () => void;
}

export function EntryRow({ entry, onTakeBack }: EntryRowProps) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? true);
  const locale = t('locale');
  const what = entryText(t, entry);
  // The first register is one batch of hundreds of values that nobody typed: naming it is enough.
  const stories = entry.kind === 'seed' ? [] : storiesOf(entry);
  const shown = isWhole ? stories : stories.slice(0, stories.length === ROWS_SHOWN + 1 ? ROWS_SHOWN + 1 : ROWS_SHOWN);
  const hiddenRows = stories.length - shown.length;
  const unlisted = entry.kind === 'seed' ? 0 : entry.changeCount - entry.changes.length;
  const canTakeBack = !isReadOnly && !entry.isUndone && entry.kind !== 'seed' && entry.kind !== 'merge';
  const exactly = formatDateTime(entry.at, locale);

  return (
    <li className={styles.entry} data-undone={entry.isUndone || undefined}>
      <time className={styles.time} dateTime={new Date(entry.at).toISOString()} title={exactly}>
        {timeOfDay(entry.at, locale)}
      </time>
      <div className={styles.author} title={entry.authorPost ?? undefined}>
        <bdi>{authorText(t, entry)}</bdi>
      </div>
      <div className={styles.story}>
        <div className={styles.what}>
          <span className={styles.whatText}>{what}</span>
          {entry.isUndone && <span className={styles.tag}>{t('activity.isUndone')}</span>}
        </div>
        {shown.map((story) => (
          <StoryLines key={story.entityId} story={story} />
        ))}
        {hiddenRows > 0 && (
          <UnstyledButton className={styles.moreRows} onClick={() => setWhole(true)}>
            {t('activity.moreRows', { count: hiddenRows })}
          </UnstyledButton>
        )}
        {hiddenRows === 0 && unlisted > 0 && (
          <div className={styles.quiet}>{t('activity.more', { count: unlisted })}</div>
        )}
      </div>
      <div className={styles.action}>
        {canTakeBack && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="accent"
            aria-label={t('activity.takeBackThis', { what, when: exactly })}
            onClick={onTakeBack}
          >
            {t('activity.takeBack')}
          </Button>
        )}
      </div>
    </li>
  );
}
