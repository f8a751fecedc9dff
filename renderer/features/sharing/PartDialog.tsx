/** A part of the file: by instruments, sectors, or who leads and owns; under a passphrase if wanted. */
import { Checkbox, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CopyScope } from '../../../shared/copyScope.ts';
import { foldedWords, foldText, hasWords } from '../../../shared/text/searchText.ts';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { CopyFooter } from './CopyFooter.tsx';
import { PassphraseFields } from './PassphraseFields.tsx';
import { chosenCount, type PartBy, partOptions, scopeOf } from './part.ts';
import styles from './SharingPage.module.css';
import { useCopy } from './useCopy.ts';

const WAYS = ['instrument', 'sector', 'body'] as const satisfies readonly PartBy[];
const FOUND_FROM = 9;

export function PartDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const byId = useInstrumentsStore((s) => s.byId);
  const order = useInstrumentsStore((s) => s.order);
  const personById = usePeopleStore((s) => s.personById);
  const bodyById = usePeopleStore((s) => s.bodyById);
  const [by, setBy] = useState<PartBy>('instrument');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [sought, setSought] = useState('');
  const [isEncrypted, setEncrypted] = useState(false);
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const { isBusy, problem, save } = useCopy(onClose);

  const rows = { instruments: order.flatMap((id) => byId[id] ?? []), personById, bodyById };
  const options = partOptions(by, rows);
  const words = foldedWords(sought);
  const shown = options.filter(({ label }) => hasWords(foldText(label), words));
  const count = chosenCount(by, chosen, rows);
  const toggle = (value: string) => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    setChosen(next);
  };
  const isReady = count > 0 && (!isEncrypted || passphrase !== null);
  return (
    <Modal
      opened
      size={620}
      onClose={onClose}
      title={t('sharing.partTitle')}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const scope: CopyScope | null = scopeOf(by, chosen);
          if (scope !== null && isReady) void save({ scope, passphrase: isEncrypted ? passphrase : null });
        }}
      >
        <Stack gap="md">
          <p className="quiet">{t('sharing.partText')}</p>
          <Radio.Group
            label={t('sharing.partBy')}
            value={by}
            onChange={(value) => {
              setBy(value as PartBy);
              setChosen(new Set());
              setSought('');
            }}
          >
            <div className={styles.ways}>
              {WAYS.map((way) => (
                <Radio key={way} value={way} label={t(`sharing.partsBy.${way}`)} />
              ))}
            </div>
          </Radio.Group>
          {options.length >= FOUND_FROM && (
            <TextInput
              type="search"
              aria-label={t('sharing.partFind')}
              placeholder={t('sharing.partFind')}
              value={sought}
              dir="auto"
              onChange={(event) => setSought(event.currentTarget.value)}
            />
          )}
          <fieldset className={styles.choices}>
            <legend className="visually-hidden">{t('sharing.partChoice')}</legend>
            {options.length === 0 && <p className="quiet">{t('sharing.partEmpty')}</p>}
            {shown.map(({ value, label, mark }) => (
              <label key={value} className={styles.choice}>
                <input type="checkbox" checked={chosen.has(value)} onChange={() => toggle(value)} />
                {mark !== null && <span className={`${styles.number} tabular`}>{mark}</span>}
                <bdi>{label}</bdi>
              </label>
            ))}
          </fieldset>
          <p role="status" className="tabular">
            {count === 0 ? t('sharing.partNothing') : t('sharing.partCount', { count })}
          </p>
          <Checkbox
            label={t('sharing.encryptToo')}
            checked={isEncrypted}
            onChange={(event) => setEncrypted(event.currentTarget.checked)}
          />
          {isEncrypted && <PassphraseFields onChange={setPassphrase} />}
          <CopyFooter
            verb={t('sharing.saveIt')}
            isBusy={isBusy}
            isDisabled={!isReady}
            problem={problem}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
