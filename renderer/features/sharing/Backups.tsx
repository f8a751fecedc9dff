/** The backups of the open file: what each holds, what has happened since, and the way back to it. */
import { Button } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupEntry } from '../../../shared/safekeeping.ts';
import { formatDateTime } from '../../../shared/text/formatDate.ts';
import { fileClient, onChanged, shell } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { tellWithWayBack } from '../../stores/wayBack.ts';
import { errorText, t as say } from '../../text/i18n.ts';
import { BackupTable, ChangesBy } from './BackupTable.tsx';
import styles from './SharingPage.module.css';

/** Every backup is opened to be listed: not after each of many edits. */
const SETTLED_MS = 500;

export function Backups({ isReadOnly }: { isReadOnly: boolean }) {
  const { t } = useTranslation();
  const [backups, setBackups] = useState<readonly BackupEntry[] | null>(null);
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
      {backups !== null && (
        <BackupTable
          backups={backups}
          labelledBy="sharing-backups"
          sinceTitle={t('sharing.backupSince')}
          since={(backup) => <ChangesBy shares={backup.since} none={t('sharing.backupSame')} />}
          onRestore={isReadOnly ? null : setRestoring}
        />
      )}
      {restoring && <RestoreDialog backup={restoring} onClose={() => setRestoring(null)} onRefused={setProblem} />}
    </section>
  );
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
  // What cannot be read cannot be backed up first: it has to be left before something else can take its place.
  if (!reply.ok && reply.error.code === 'file-damaged') useSessionStore.getState().fileDamaged(reply.error);
  if (!reply.ok) return errorText(reply.error);
  tellWithWayBack(say('sharing.restored', { when }), reply.value.kept);
  return null;
}
