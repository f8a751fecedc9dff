/** The open file turned out to be damaged: it has to be closed before something else can take its place. */
import { useTranslation } from 'react-i18next';
import { settle } from '../../api/settle.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';

export function DamagedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const name = useSessionStore((s) => s.file?.name ?? '');
  const leave = async () => {
    onClose();
    // What could not be written stands on the screen with its reason, and stays there.
    if (!(await settle())) return;
    const refusal = await useSessionStore.getState().leaveDamaged();
    if (refusal) useUiStore.getState().tellProblem(errorText(refusal));
  };
  return (
    <ConfirmDialog title={t('damage.atWorkTitle')} verb={t('damage.closeAndSee')} onConfirm={leave} onCancel={onClose}>
      <p>
        <bdi>{t('damage.atWorkText', { name })}</bdi>
      </p>
      <p className="quiet">{t('damage.atWorkClose')}</p>
    </ConfirmDialog>
  );
}
