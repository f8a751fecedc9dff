/** Says which values will come back before anything does, and what came of it afterwards. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../../../shared/api.ts';
import { fieldText } from '../../../shared/text/translator.ts';
import { fileClient } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useUiStore } from '../../stores/uiStore.ts';
import { write } from '../../stores/write.ts';
import { errorText } from '../../text/i18n.ts';
import styles from './ActivityPage.module.css';
import { afterText, beforeText, entryText, storiesOf } from './changeText.ts';

const LINES_SHOWN = 8;

export function TakeBackDialog({ entry, onClose }: { entry: HistoryEntry; onClose: () => void }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const { tell } = useUiStore.getState();
  const what = entryText(t, entry);

  const takeBack = async () => {
    const reply = await write(() => fileClient['undo.batch'](entry.batch));
    if (!reply.ok) return setProblem(errorText(reply.error));
    const { kept } = reply.value;
    const done = t('activity.tookBackDone', { what });
    tell(kept === 0 ? done : `${done} ${t('window.kept', { count: kept })}`);
    onClose();
  };

  const stories = storiesOf(entry);
  const lines = stories.flatMap((story) =>
    story.kind === 'changed' || story.kind === 'restored'
      ? story.changes.map((change) => ({
          key: `${story.entityId}:${change.field}`,
          name: story.label,
          field: fieldText(t, change.field),
          from: afterText(t, change),
          to: beforeText(t, change),
        }))
      : [],
  );
  const rows = stories.filter(({ kind }) => kind !== 'changed');
  const unlisted = lines.length - LINES_SHOWN + (entry.changeCount - entry.changes.length);
  const hasOneRow = new Set(lines.map(({ name }) => name)).size === 1;

  return (
    <ConfirmDialog
      title={t('activity.takeBackTitle')}
      verb={t('activity.takeBack')}
      onConfirm={takeBack}
      onCancel={onClose}
    >
      <p className={styles.dialogWhat}>{what}</p>
      {rows.slice(0, LINES_SHOWN).map((row) => (
        <p key={row.entityId}>
          {t(row.kind === 'deleted' ? 'activity.takeBackDeleted' : 'activity.takeBackAdded', { what: row.label })}
        </p>
      ))}
      {lines.length > 0 && (
        <>
          <p>{t('activity.takeBackText')}</p>
          {hasOneRow && (
            <p className={styles.dialogRow}>
              <bdi>{lines[0]?.name}</bdi>
            </p>
          )}
          <dl className={styles.changes}>
            {lines.slice(0, LINES_SHOWN).map((line) => (
              <div key={line.key} className={styles.change}>
                <dt>
                  {!hasOneRow && <bdi>{line.name}, </bdi>}
                  {line.field}
                </dt>
                <dd>
                  <bdi className={styles.before}>{line.from}</bdi>
                  <span className={`${styles.arrow} flip`} role="img" aria-label={t('activity.arrow')}>
                    →
                  </span>
                  <bdi>{line.to}</bdi>
                </dd>
              </div>
            ))}
          </dl>
          {unlisted > 0 && <p className="quiet">{t('activity.more', { count: unlisted })}</p>}
        </>
      )}
      <p className={styles.dialogHint}>{t('activity.takeBackKept')}</p>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </ConfirmDialog>
  );
}
