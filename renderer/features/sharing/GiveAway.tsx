/** The three ways to give the file away. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveCopyOrTell } from '../../stores/copies.ts';
import { EncryptDialog } from './EncryptDialog.tsx';
import { PartDialog } from './PartDialog.tsx';
import styles from './SharingPage.module.css';

export function GiveAway() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'encrypted' | 'part' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    await saveCopyOrTell();
    setBusy(false);
  };
  return (
    <section className={styles.block} aria-labelledby="sharing-give">
      <h2 id="sharing-give">{t('sharing.giveAway')}</h2>
      <p className={styles.explain}>{t('sharing.giveAwayText')}</p>
      <div className={styles.actions}>
        <Button loading={isBusy} onClick={() => void save()}>
          {t('sharing.saveCopy')}
        </Button>
        <Button onClick={() => setOpen('encrypted')}>{t('sharing.saveEncrypted')}</Button>
        <Button onClick={() => setOpen('part')}>{t('sharing.sendPart')}</Button>
      </div>
      {open === 'encrypted' && <EncryptDialog onClose={() => setOpen(null)} />}
      {open === 'part' && <PartDialog onClose={() => setOpen(null)} />}
    </section>
  );
}
