/** Present only while there is something to say about the file as a whole. */
import { useTranslation } from 'react-i18next';
import { useMergeStore } from '../stores/mergeStore.ts';
import { useSessionStore } from '../stores/sessionStore.ts';
import styles from './StatusBar.module.css';

export function StatusBar() {
  const { t } = useTranslation();
  const isLost = useSessionStore((s) => s.isDatabaseLost);
  // Ended on purpose then, to stop a merge.
  const isStopping = useMergeStore((s) => s.isStopping);
  const reason = useSessionStore((s) => (s.file?.info.isReadOnly ? s.file.info.readOnlyReason : null));
  if (isLost && !isStopping)
    return (
      <div className={`${styles.bar} ${styles.lost}`} role="alert">
        {t('window.databaseLost')}
      </div>
    );
  if (reason === null) return null;
  return (
    <div className={styles.bar} role="status">
      {t('window.readOnly', { reason: t(`readOnlyReasons.${reason}`) })}
    </div>
  );
}
