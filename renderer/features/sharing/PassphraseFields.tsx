/** A new passphrase, twice, with a hint of how good it is; or, once, the one that a copy was made with. */
import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { strengthOf } from './passphrase.ts';

interface PassphraseFieldsProps {
  /** Null while it is missing, or the two differ. */
  onChange: (passphrase: string | null) => void;
}

export function PassphraseFields({ onChange }: PassphraseFieldsProps) {
  const { t } = useTranslation();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [isShown, setShown] = useState(false);
  const differs = second !== '' && first !== second;
  const change = (one: string, other: string) => {
    setFirst(one);
    setSecond(other);
    onChange(one !== '' && one === other ? one : null);
  };
  const type = isShown ? 'text' : 'password';
  return (
    <Stack gap="sm">
      <TextInput
        label={t('sharing.passphrase')}
        type={type}
        value={first}
        autoComplete="off"
        dir="auto"
        data-autofocus
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description={<span role="status">{first === '' ? '' : t(`sharing.strength.${strengthOf(first)}`)}</span>}
        onChange={(event) => change(event.currentTarget.value, second)}
      />
      <TextInput
        label={t('sharing.passphraseAgain')}
        type={type}
        value={second}
        autoComplete="off"
        dir="auto"
        error={differs ? t('sharing.passphraseDiffers') : null}
        onChange={(event) => change(first, event.currentTarget.value)}
      />
      <Checkbox
        label={t('sharing.passphraseShow')}
        checked={isShown}
        onChange={(event) => setShown(event.currentTarget.checked)}
      />
      <p className="quiet">{t('sharing.encryptWarning')}</p>
    </Stack>
  );
}
