/** Asks before instruments leave the register, and offers the way back afterwards. */
import { useTranslation } from 'react-i18next';
import { undoBatch } from '../../api/commands.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';
import styles from './DeleteDialog.module.css';

/** As many as a person can take in before deciding. */
const NAMED = 5;

export function DeleteDialog({ ids, onClose }: { ids: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const byId = useInstrumentsStore((s) => s.byId);
  const named = ids.slice(0, NAMED).flatMap((id) => byId[id] ?? []);

  const remove = async () => {
    const reply = await useInstrumentsStore.getState().remove(ids);
    const { select, tell, tellProblem, go, route } = useUiStore.getState();
    onClose();
    if (!reply.ok) return tellProblem(errorText(reply.error));
    select(new Set());
    if (route.page === 'instrument') go({ page: 'register' });
    const { batch } = reply.value;
    const undo = { label: t('window.undo'), run: () => void (batch && undoBatch(batch)) };
    tell(t('register.deleted', { count: ids.length }), ...(batch ? [undo] : []));
  };

  return (
    <ConfirmDialog
      title={t('register.deleteTitle', { count: ids.length })}
      verb={t('register.delete')}
      onConfirm={remove}
      onCancel={onClose}
    >
      <ul className={styles.names}>
        {named.map((row) => (
          <li key={row.id}>
            <bdi>
              {row.number} {row.title}
            </bdi>
          </li>
        ))}
        {ids.length > NAMED && <li>…</li>}
      </ul>
      <p className="quiet">{t('register.deleteText')}</p>
    </ConfirmDialog>
  );
}
