/** Asks for the passphrase of a copy that is to be merged, by its name: there may be several, each with its own. */
import { useTranslation } from 'react-i18next';
import type { LockedCopy } from '../../../shared/api.ts';
import { useMergeStore } from '../../stores/mergeStore.ts';
import { errorText } from '../../text/i18n.ts';
import { AskPassphrase } from './AskPassphrase.tsx';

export function UnlockDialog({ copy, isTrying }: { copy: LockedCopy; isTrying: boolean }) {
  const { t } = useTranslation();
  const { unlock, skip, leave } = useMergeStore.getState();
  const { name, folder, number, count, canSkip, problem } = copy;
  return (
    <AskPassphrase
      verb={t('sharing.unlock')}
      isBusy={isTrying}
      problem={problem && errorText(problem)}
      onGiven={(passphrase) => void unlock(passphrase)}
      onCancel={leave}
      onSkip={canSkip ? () => void skip() : undefined}
    >
      <p>
        <bdi>
          {t('sharing.openText', { name })}
          {count > 1 && <span className="quiet"> {t('sharing.lockedOf', { number, count })}</span>}
        </bdi>
      </p>
      <p className="quiet">
        <bdi>{folder}</bdi>
      </p>
      <p className="quiet">{t('sharing.unlockText')}</p>
    </AskPassphrase>
  );
}
