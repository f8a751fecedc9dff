/** Asks for the passphrase that a copy was made with. */
import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyFooter } from './CopyFooter.tsx';

interface AskPassphraseProps {
  /** What is to be opened, and what comes of it. */
  children: ReactNode;
  verb: string;
  isBusy: boolean;
  problem: string | null;
  onGiven: (passphrase: string) => void;
  onCancel: () => void;
  /** Where the file can be left out. */
  onSkip?: (() => void) | undefined;
}

export function AskPassphrase({ children, verb, isBusy, problem, onGiven, onCancel, onSkip }: AskPassphraseProps) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  return (
    <Modal
      opened
      onClose={onCancel}
      title={t('sharing.openTitle')}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onGiven(passphrase);
        }}
      >
        <Stack gap="md">
          <div>{children}</div>
          <TextInput
            label={t('sharing.passphrase')}
            type="password"
            value={passphrase}
            autoComplete="off"
            dir="auto"
            data-autofocus
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          <CopyFooter verb={verb} isBusy={isBusy} isDisabled={passphrase === ''} problem={problem} onCancel={onCancel}>
            {onSkip && (
              <Button type="button" disabled={isBusy} onClick={onSkip}>
                {t('sharing.skip')}
              </Button>
            )}
          </CopyFooter>
        </Stack>
      </form>
    </Modal>
  );
}
