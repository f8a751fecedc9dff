/** What the keyboard can do. */
import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { en } from '../../shared/text/en/index.ts';
import styles from './KeysDialog.module.css';

type KeyName = keyof typeof en.window.key;

const EVERYWHERE: [keys: string, what: KeyName][] = [
  ['Ctrl+K', 'search'],
  ['Ctrl+Z', 'undo'],
  ['Ctrl+Y', 'redo'],
  ['Alt+←', 'back'],
  ['Alt+→', 'forward'],
];
const REGISTER: [keys: string, what: KeyName][] = [
  ['← ↑ → ↓', 'arrows'],
  ['Enter', 'enter'],
  ['F2', 'f2'],
  ['Space', 'space'],
  ['Shift+↑ ↓', 'extend'],
  ['Ctrl+A', 'all'],
  ['Home End', 'ends'],
  ['Ctrl+F', 'find'],
  ['Delete', 'delete'],
  ['Esc', 'escape'],
];

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('window.keysTitle')}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <h2>{t('window.keysEverywhere')}</h2>
      <KeyList keys={EVERYWHERE} />
      <h2>{t('window.keysRegister')}</h2>
      <KeyList keys={REGISTER} />
    </Modal>
  );
}

function KeyList({ keys }: { keys: [keys: string, what: KeyName][] }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.keys}>
      {keys.map(([name, what]) => (
        <Fragment key={what}>
          <dt>
            <kbd dir="ltr">{name}</kbd>
          </dt>
          <dd>{t(`window.key.${what}`)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
