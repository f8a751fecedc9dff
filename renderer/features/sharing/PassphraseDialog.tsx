/** Asks for the passphrase of a file that was refused for want of one. A wrong one is told apart from a damaged file. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../api/client.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { errorText } from '../../text/i18n.ts';
import { AskPassphrase } from './AskPassphrase.tsx';

export function PassphraseDialog() {
  const { t } = useTranslation();
  const problem = useSessionStore((s) => s.problem);
  const { setProblem, fileOpened } = useSessionStore.getState();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (problem?.code !== 'file-encrypted') return null;
  const name = problem.details.path.replace(/^.*[\\/]/, '');
  const open = async (passphrase: string) => {
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
  return (
    <AskPassphrase
      verb={t('sharing.open')}
      isBusy={isBusy}
      problem={refusal}
      onGiven={(passphrase) => void open(passphrase)}
      onCancel={() => setProblem(null)}
    >
      <p>
        <bdi>{t('sharing.openText', { name })}</bdi>
      </p>
    </AskPassphrase>
  );
}
