/** Asks before a person or body leaves the list, says who names it, and offers the way back. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Written } from '../../../shared/api.ts';
import type { Reply } from '../../../shared/rpc/messages.ts';
import { undoBatch } from '../../api/commands.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';

interface DeleteDialogProps {
  title: string;
  name: string;
  children: ReactNode;
  remove: () => Promise<Reply<Written>>;
  onClose: () => void;
}

export function DeleteDialog({ title, name, children, remove, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  const confirm = async () => {
    const { tell, tellProblem } = useUiStore.getState();
    const reply = await remove();
    onClose();
    if (!reply.ok) return tellProblem(errorText(reply.error));
    const { batch } = reply.value;
    if (batch) tell(t('people.deleted', { name }), { label: t('window.undo'), run: () => void undoBatch(batch) });
  };
  return (
    <ConfirmDialog title={title} verb={t('people.delete')} onConfirm={confirm} onCancel={onClose}>
      {children}
    </ConfirmDialog>
  );
}
