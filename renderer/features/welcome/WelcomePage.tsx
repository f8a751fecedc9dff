/** What one sees while no file is open; before anything else, once, it asks who is writing. */
import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecentFile } from '../../../shared/api.ts';
import { isDamage } from '../../../shared/errors.ts';
import { formatDay } from '../../../shared/text/formatDate.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { errorText } from '../../text/i18n.ts';
import { ProfileForm } from './ProfileForm.tsx';
import styles from './WelcomePage.module.css';

const DamagedFile = lazy(() => import('./DamagedFile.tsx').then((m) => ({ default: m.DamagedFile })));

export function WelcomePage() {
  const { t } = useTranslation();
  const hasProfile = useSessionStore((s) => s.profile !== null);
  const problem = useSessionStore((s) => s.problem);
  const isDamaged = hasProfile && problem !== null && isDamage(problem);
  return (
    <main className={styles.page}>
      <div className={isDamaged ? styles.wide : styles.content}>
        <h1 className={styles.name}>{t('appName')}</h1>
        <p className={styles.lead}>{t('welcome.lead')}</p>
        {problem && (
          <p className={styles.problem} role="alert">
            {errorText(problem)}
          </p>
        )}
        {isDamaged && (
          <Suspense>
            <DamagedFile />
          </Suspense>
        )}
        {hasProfile ? <Choices /> : <AskProfile />}
      </div>
    </main>
  );
}

function AskProfile() {
  const { t } = useTranslation();
  return (
    <section className={styles.profile}>
      <h2>{t('welcome.profileTitle')}</h2>
      <ProfileForm verb={t('welcome.start')} onSaved={() => {}} />
    </section>
  );
}

function Choices() {
  const { t } = useTranslation();
  const recent = useSessionStore((s) => s.recent);
  const { newFile, openFile } = useSessionStore.getState();
  const listRef = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // A file was closed, or the name was given: the keyboard goes on here.
    if (document.activeElement === document.body) listRef.current?.querySelector('button')?.focus();
  }, []);
  return (
    <div className={styles.columns}>
      <section>
        <h2 className={styles.heading}>{t('welcome.begin')}</h2>
        <ul ref={listRef} className={styles.list}>
          <Choice
            label={t('welcome.newRegister')}
            hint={t('welcome.newRegisterHint')}
            run={() => newFile('register')}
          />
          <Choice label={t('welcome.newEmpty')} hint={t('welcome.newEmptyHint')} run={() => newFile('empty')} />
          <Choice label={t('welcome.open')} hint={t('welcome.openHint')} run={openFile} />
        </ul>
      </section>
      <section>
        <h2 className={styles.heading}>{t('welcome.recent')}</h2>
        {recent.length === 0 ? (
          <p className={styles.note}>{t('welcome.noRecent')}</p>
        ) : (
          <ul className={styles.list}>
            {recent.map((file) => (
              <Recent key={file.token} file={file} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Choice({ label, hint, run }: { label: string; hint: string; run: () => void }) {
  const isOpening = useSessionStore((s) => s.isOpening);
  return (
    <li className={styles.entry}>
      <UnstyledButton className={styles.choice} aria-disabled={isOpening} onClick={isOpening ? undefined : run}>
        <span className={styles.label}>{label}</span>
        <span className={styles.hint}>{hint}</span>
      </UnstyledButton>
    </li>
  );
}

function Recent({ file }: { file: RecentFile }) {
  const { t } = useTranslation();
  const isOpening = useSessionStore((s) => s.isOpening);
  const { openRecent, forgetRecent } = useSessionStore.getState();
  const when = t('welcome.openedOn', { when: formatDay(file.openedAt, t('locale')) });
  const forget = t('welcome.forget', { name: file.name });
  return (
    <li className={styles.entry}>
      <UnstyledButton
        className={styles.choice}
        disabled={file.isMissing}
        aria-disabled={isOpening || file.isMissing}
        onClick={isOpening ? undefined : () => openRecent(file.token)}
      >
        <span className={styles.label} dir="auto">
          {file.name}
        </span>
        <span className={styles.hint}>
          <bdi>{file.folder}</bdi> · {file.isMissing ? t('welcome.missing') : when}
        </span>
      </UnstyledButton>
      <Tooltip label={forget}>
        <ActionIcon aria-label={forget} onClick={() => forgetRecent(file.token)}>
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
