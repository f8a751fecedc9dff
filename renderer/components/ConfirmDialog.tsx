/** Asks before something is destroyed. The safe answer has the focus, so that Enter alone destroys nothing. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../hooks/useFocusBack.ts';

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** The verb of what will happen: "Delete". */
  verb: string;
  onConfirm: () => void | Promise<void>;
  onCancel: () => void;
}

export function ConfirmDialog({ title, children, verb, onConfirm, onCancel }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  useFocusBack();
  const confirm = async () => {
    setBusy(true);
    await onConfirm();
    setBusy(false);
  };
  return (
    <Modal opened onClose={onCancel} title={title} closeButtonProps={{ 'aria-label': t('window.close') }}>
      <Stack gap="md">
        <div>{children}</div>
        <Group justify="flex-end" gap="xs">
          <Button onClick={onCancel} data-autofocus>
            {t('window.cancel')}
          </Button>
          <Button variant="filled" loading={isBusy} onClick={confirm}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
