/** Backups as a list: when, why, what each holds, how large it is, and what has been changed beyond it. */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupEntry } from '../../../shared/safekeeping.ts';
import { authorName } from '../../../shared/text/conflictText.ts';
import { formatDateTime, formatNumber } from '../../../shared/text/formatDate.ts';
import type { Translate } from '../../../shared/text/translator.ts';
import { When } from '../../components/When.tsx';
import { useSessionStore } from '../../stores/sessionStore.ts';
import styles from './SharingPage.module.css';

const SHOWN = 8;

interface BackupTableProps {
  backups: readonly BackupEntry[];
  labelledBy: string;
  sinceTitle: string;
  since: (backup: BackupEntry) => ReactNode;
  /** Null where nothing can be restored. */
  onRestore: ((backup: BackupEntry) => void) | null;
}

export function BackupTable({ backups, labelledBy, sinceTitle, since, onRestore }: BackupTableProps) {
  const { t } = useTranslation();
  const [isAll, setAll] = useState(false);
  if (backups.length === 0) return null;
  return (
    <>
      <table className={`${styles.steps} ${styles.backups}`} aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">{t('sharing.backupWhen')}</th>
            <th scope="col">{t('sharing.backupWhy')}</th>
            <th scope="col">{t('sharing.backupHolds')}</th>
            <th scope="col" className={styles.figure}>
              {t('sharing.backupSize')}
            </th>
            <th scope="col">{sinceTitle}</th>
            <th scope="col">
              <span className="visually-hidden">{t('sharing.backupRestore')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {(isAll ? backups : backups.slice(0, SHOWN)).map((backup) => (
            <BackupRow key={backup.id} backup={backup} since={since} onRestore={onRestore} />
          ))}
        </tbody>
      </table>
      {backups.length > SHOWN && !isAll && (
        <Button mt="xs" onClick={() => setAll(true)}>
          {t('sharing.backupsMore', { count: backups.length })}
        </Button>
      )}
    </>
  );
}

type BackupRowProps = Pick<BackupTableProps, 'since' | 'onRestore'> & { backup: BackupEntry };

function BackupRow({ backup, since, onRestore }: BackupRowProps) {
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
      <td>{backup.counts !== null && since(backup)}</td>
      <td className={styles.action}>
        {onRestore && backup.counts !== null && (
          <Button
            size="compact-xs"
            aria-label={t('sharing.backupRestoreThis', { when })}
            onClick={() => onRestore(backup)}
          >
            {t('sharing.backupRestore')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** "3 changes by you; 1 change by B. Serik", or the word for none. */
export function ChangesBy({ shares, none }: { shares: BackupEntry['since']; none: string }) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  if (shares.length === 0) return <span className="quiet">{none}</span>;
  const parts = shares
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
