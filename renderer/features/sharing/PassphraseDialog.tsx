/** Asks for the passphrase of a file that was refused for want of one. A wrong one is told apart from a damaged file. */
import { Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../api/client.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { errorText } from '../../text/i18n.ts';
import { CopyFooter } from './CopyFooter.tsx';

export function PassphraseDialog() {
  const { t } = useTranslation();
  const problem = useSessionStore((s) => s.problem);
  const { setProblem, fileOpened } = useSessionStore.getState();
  const [passphrase, setPassphrase] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (problem?.code !== 'file-encrypted') return null;
  const name = problem.details.path.replace(/^.*[\\/]/, '');
  const open = async () => {
    setBusy(true);
    setRefusal(null);
    const reply = await shell['file.openEncrypted']({ passphrase });
    setBusy(false);
    if (!reply.ok) setRefusal(errorText(reply.error));
    else if (reply.value.file) {
      setProblem(null);
      fileOpened(reply.value.file);
    }
  };
  const leave = () => setProblem(null);
  return (
    <Modal opened onClose={leave} title={t('sharing.openTitle')} closeButtonProps={{ 'aria-label': t('window.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <Stack gap="md">
          <p>
            <bdi>{t('sharing.openText', { name })}</bdi>
          </p>
          <TextInput
            label={t('sharing.passphrase')}
            type="password"
            value={passphrase}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          <CopyFooter
            verb={t('sharing.open')}
            isBusy={isBusy}
            isDisabled={passphrase === ''}
            problem={refusal}
            onCancel={leave}
          />
        </Stack>
      </form>
    </Modal>
  );
}
