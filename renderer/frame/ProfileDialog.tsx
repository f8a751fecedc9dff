/** Name, post and side of whoever writes, to be changed later. */
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProfileForm } from '../features/welcome/ProfileForm.tsx';

export function ProfileDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('welcome.profileTitle')}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <ProfileForm verb={t('window.save')} onSaved={onClose} />
    </Modal>
  );
}
