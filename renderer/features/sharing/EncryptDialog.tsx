/** The whole file under a passphrase. */
import { Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyFooter } from './CopyFooter.tsx';
import { PassphraseFields } from './PassphraseFields.tsx';
import { useCopy } from './useCopy.ts';

export function EncryptDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const { isBusy, problem, save } = useCopy(onClose);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('sharing.encryptTitle')}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (passphrase !== null) void save({ scope: null, passphrase });
        }}
      >
        <Stack gap="md">
          <p className="quiet">{t('sharing.encryptText')}</p>
          <PassphraseFields onChange={setPassphrase} />
          <CopyFooter
            verb={t('sharing.saveIt')}
            isBusy={isBusy}
            isDisabled={passphrase === null}
            problem={problem}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
