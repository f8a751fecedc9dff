/** The backups of the open file: what each holds, what has happened since, and the way back to it. */
import { Button } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupEntry } from '../../../shared/safekeeping.ts';
import { authorName } from '../../../shared/text/conflictText.ts';
import { formatDateTime, formatNumber } from '../../../shared/text/formatDate.ts';
import type { Translate } from '../../../shared/text/translator.ts';
import { fileClient, onChanged, shell } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { When } from '../../components/When.tsx';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { tellWithWayBack } from '../../stores/wayBack.ts';
import { errorText, t as say } from '../../text/i18n.ts';
import styles from './SharingPage.module.css';

const SHOWN = 8;
/** Every backup is opened to be listed: not after each of many edits. */
const SETTLED_MS = 500;

export function Backups({ isReadOnly }: { isReadOnly: boolean }) {
  const { t } = useTranslation();
  const [backups, setBackups] = useState<readonly BackupEntry[] | null>(null);
  const [isAll, setAll] = useState(false);
  const [restoring, setRestoring] = useState<BackupEntry | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(async () => {
    const reply = await fileClient['backup.list']({});
    if (reply.ok) setBackups(reply.value);
    else setProblem(errorText(reply.error));
  }, []);
  useEffect(() => {
    void load();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanged(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), SETTLED_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [load]);

  const make = async () => {
    const reply = await fileClient['backup.make']({});
    setProblem(reply.ok ? null : errorText(reply.error));
    if (!reply.ok) return;
    useUiStore.getState().tell(t('sharing.backedUp'));
    await load();
  };
  const shown = isAll ? (backups ?? []) : (backups ?? []).slice(0, SHOWN);
  return (
    <section className={styles.block} aria-labelledby="sharing-backups">
      <h2 id="sharing-backups">{t('sharing.backups')}</h2>
      <p className={styles.explain}>{t('sharing.backupsText')}</p>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {!isReadOnly && <Button onClick={() => void make()}>{t('sharing.backupNow')}</Button>}
      {backups !== null && backups.length === 0 && <p className={styles.explain}>{t('sharing.backupsNone')}</p>}
      {shown.length > 0 && (
        <table className={`${styles.steps} ${styles.backups}`} aria-labelledby="sharing-backups">
          <thead>
            <tr>
              <th scope="col">{t('sharing.backupWhen')}</th>
              <th scope="col">{t('sharing.backupWhy')}</th>
              <th scope="col">{t('sharing.backupHolds')}</th>
              <th scope="col" className={styles.figure}>
                {t('sharing.backupSize')}
              </th>
              <th scope="col">{t('sharing.backupSince')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('sharing.backupRestore')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((backup) => (
              <BackupRow
                key={backup.id}
                backup={backup}
                isReadOnly={isReadOnly}
                onRestore={() => setRestoring(backup)}
              />
            ))}
          </tbody>
        </table>
      )}
      {backups !== null && backups.length > SHOWN && !isAll && (
        <Button mt="xs" onClick={() => setAll(true)}>
          {t('sharing.backupsMore', { count: backups.length })}
        </Button>
      )}
      {restoring && <RestoreDialog backup={restoring} onClose={() => setRestoring(null)} onRefused={setProblem} />}
    </section>
  );
}

interface BackupRowProps {
  backup: BackupEntry;
  isReadOnly: boolean;
  onRestore: () => void;
}

function BackupRow({ backup, isReadOnly, onRestore }: BackupRowProps) {
  const { t } = useTranslation();
  const when = formatDateTime(backup.at, t('locale'));
  return (
    <tr>
      <td>
        <When atMs={backup.at} />
      </td>
      <td>{t(`sharing.backupReason.${backup.reason}`)}</td>
      <td>
        {backup.counts === null ? (
          <span className={styles.alarm}>{t('sharing.backupUnreadable')}</span>
        ) : (
          t('sharing.partCount', { count: backup.counts.instruments })
        )}
        {backup.isAlarming && <span className={styles.alarm}> {t('sharing.backupAlarm')}</span>}
      </td>
      <td className={styles.figure}>{sizeText(t, backup.sizeBytes)}</td>
      <td>
        <Since backup={backup} />
      </td>
      <td className={styles.action}>
        {!isReadOnly && backup.counts !== null && (
          <Button size="compact-xs" aria-label={t('sharing.backupRestoreThis', { when })} onClick={onRestore}>
            {t('sharing.backupRestore')}
          </Button>
        )}
      </td>
    </tr>
  );
}

function Since({ backup }: { backup: BackupEntry }) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  if (backup.counts === null) return null;
  if (backup.since.length === 0) return <span className="quiet">{t('sharing.backupSame')}</span>;
  const parts = backup.since
    .slice(0, 3)
    .map(({ author, changes }) =>
      t('sharing.backupSinceBy', { count: changes, author: authorName(t, author, ownName) }),
    );
  return <bdi>{parts.join('; ')}</bdi>;
}

/** "1.4 MB". */
function sizeText(t: Translate, bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${formatNumber(Number(value.toPrecision(value < 10 ? 2 : 3)), t('locale'))} ${unit}`;
}

interface RestoreDialogProps {
  backup: BackupEntry;
  onClose: () => void;
  onRefused: (text: string) => void;
}

function RestoreDialog({ backup, onClose, onRefused }: RestoreDialogProps) {
  const { t } = useTranslation();
  const when = formatDateTime(backup.at, t('locale'));
  const changes = backup.since.reduce((sum, share) => sum + share.changes, 0);
  return (
    <ConfirmDialog
      title={t('sharing.restoreTitle', { when })}
      verb={t('sharing.backupRestore')}
      onCancel={onClose}
      onConfirm={async () => {
        const refusal = await restore(backup.id, when);
        onClose();
        if (refusal !== null) onRefused(refusal);
      }}
    >
      <p>{changes === 0 ? t('sharing.restoreTextSame') : t('sharing.restoreText', { count: changes })}</p>
      <p className="quiet">{t('sharing.restoreUndoable')}</p>
    </ConfirmDialog>
  );
}

/** A sentence when it was refused. The file is read anew by the event that says so. */
async function restore(id: string, when: string): Promise<string | null> {
  const reply = await shell['backup.restore']({ id });
  if (!reply.ok) return errorText(reply.error);
  tellWithWayBack(say('sharing.restored', { when }), reply.value.kept);
  return null;
}
