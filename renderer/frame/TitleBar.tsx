/** One line: the file, whether it is saved, the search, and the way back. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { batchText, runCommand } from '../api/commands.ts';
import { timeOfDay } from '../components/When.tsx';
import { useSessionStore } from '../stores/sessionStore.ts';
import { SearchBox } from './SearchBox.tsx';
import styles from './TitleBar.module.css';

export const TitleBar = memo(function TitleBar() {
  const file = useSessionStore((s) => s.file);
  return (
    <header className={styles.bar}>
      <bdi className={styles.file} title={file ? `${file.folder} · ${file.name}` : undefined}>
        {file?.name.replace(/\.mou$/i, '')}
      </bdi>
      <SavedText />
      <span className={styles.space} />
      <SearchBox />
      <div className={styles.buttons}>
        <TakeBackButton which="undo" />
        <TakeBackButton which="redo" />
      </div>
    </header>
  );
});

function SavedText() {
  const { t } = useTranslation();
  const saved = useSessionStore((s) => s.saved);
  const text =
    saved.kind === 'saved'
      ? t('window.saved', { time: timeOfDay(saved.at, t('locale')) })
      : saved.kind === 'saving'
        ? t('window.saving')
        : saved.kind === 'failed'
          ? t('window.notSaved')
          : '';
  return (
    <span className={`${styles.saved} ${saved.kind === 'failed' ? styles.failed : ''}`} role="status">
      {text}
    </span>
  );
}

function TakeBackButton({ which }: { which: 'undo' | 'redo' }) {
  const { t } = useTranslation();
  const label = useSessionStore((s) => s.undo[which]);
  const tooltip =
    label === null
      ? t(which === 'undo' ? 'window.nothingToUndo' : 'window.nothingToRedo')
      : t(`window.${which}What`, { what: batchText(label) });
  const Icon = which === 'undo' ? IconArrowBackUp : IconArrowForwardUp;
  return (
    <Tooltip label={tooltip}>
      <ActionIcon
        aria-label={label === null ? t(`window.${which}`) : tooltip}
        // Not `disabled`: a disabled button could not say why.
        aria-disabled={label === null}
        className={label === null ? styles.idle : undefined}
        onClick={() => runCommand(which)}
      >
        <Icon className="flip" size={20} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
