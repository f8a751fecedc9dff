/** What the program does today, how its verdicts come about, where the data lies, and what the keyboard can do. */
import { Modal } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ELAPSED_RED, ELAPSED_YELLOW } from '../../shared/rules/deadline.ts';
import type { en } from '../../shared/text/en/index.ts';
import { healthRuleText } from '../../shared/text/healthText.ts';
import { ElapsedMark } from '../components/ElapsedMark.tsx';
import { HealthBadge } from '../components/HealthBadge.tsx';
import { useSessionStore } from '../stores/sessionStore.ts';
import styles from './HelpDialog.module.css';

type KeyName = keyof typeof en.window.key;

const EVERYWHERE: [keys: string, what: KeyName][] = [
  ['Ctrl+K', 'search'],
  ['Ctrl+Z', 'undo'],
  ['Ctrl+Y', 'redo'],
  ['Alt+←', 'back'],
  ['Alt+→', 'forward'],
  ['F1', 'help'],
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
const INSTRUMENT: [keys: string, what: KeyName][] = [
  ['Alt+↑ ↓', 'neighbour'],
  ['Ctrl+Enter', 'keep'],
  ['Esc', 'toRegister'],
];

/** As db/installation.ts and electron/installationFolder.ts place it; no path of this computer reaches the window. */
const BACKUPS: Record<string, string> = {
  win32: '%APPDATA%\\mou-tracker\\backups',
  darwin: '~/Library/Application Support/mou-tracker/backups',
};
const OTHER_BACKUPS = '~/.config/mou-tracker/backups';

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size={680}
      title={t('help.title')}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <div className={styles.help}>
        <Part title={t('help.does.title')}>
          <p>{t('help.does.text')}</p>
        </Part>
        <Part title={t('help.saving.title')}>
          <p>{t('help.saving.text')}</p>
          <p>{t('help.saving.draft')}</p>
        </Part>
        <Part title={t('help.health.title')}>
          <HealthRule />
        </Part>
        <Part title={t('help.elapsed.title')}>
          <p>
            <ElapsedMark mark="yellow" /> <ElapsedMark mark="red" />{' '}
            {t('help.elapsed.text', { half: ELAPSED_YELLOW * 100, most: ELAPSED_RED * 100 })}
          </p>
        </Part>
        <Part title={t('help.data.title')}>
          <Data />
        </Part>
        <Part title={t('help.keys')}>
          <h3>{t('window.keysEverywhere')}</h3>
          <KeyList keys={EVERYWHERE} />
          <h3>{t('window.keysRegister')}</h3>
          <KeyList keys={REGISTER} />
          <h3>{t('window.keysInstrument')}</h3>
          <KeyList keys={INSTRUMENT} />
        </Part>
      </div>
    </Modal>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function HealthRule() {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('help.health.text')}</p>
      <dl className={styles.rule}>
        {healthRuleText(t).map(({ health, meaning }) => (
          <Fragment key={health}>
            <dt>
              <HealthBadge health={health} />
            </dt>
            <dd>{meaning}</dd>
          </Fragment>
        ))}
      </dl>
      <p>
        {t('healthRuleOverride')} {t('help.health.why')}
      </p>
    </>
  );
}

function Data() {
  const { t } = useTranslation();
  const file = useSessionStore((s) => s.file);
  const platform = useSessionStore((s) => s.platform);
  return (
    <>
      <p className={styles.place}>
        {file ? t('help.data.file', { folder: file.folder, name: file.name }) : t('help.data.noFile')}
      </p>
      <p>{t('help.data.copies')}</p>
      <p>{t('help.data.conflicts')}</p>
      <p>{t('help.data.secondCopy')}</p>
      <p>{t('help.data.encrypted')}</p>
      <p className={styles.place}>{t('help.data.backups', { folder: BACKUPS[platform] ?? OTHER_BACKUPS })}</p>
      <p>{t('help.data.damaged')}</p>
      <p>{t('help.data.writer')}</p>
    </>
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
