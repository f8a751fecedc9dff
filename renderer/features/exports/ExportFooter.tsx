/** The lower end of an export dialog: what went wrong, how far it is, and the buttons. */
import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ExportFooter.module.css';
import type { RunningExport } from './useExport.ts';

interface ExportFooterProps {
  running: RunningExport;
  isDisabled?: boolean;
  onCancel: () => void;
}

export function ExportFooter({ running, isDisabled = false, onCancel }: ExportFooterProps) {
  const { t } = useTranslation();
  const { isRunning, progress, error, stop } = running;
  const startRef = useRef<HTMLButtonElement>(null);
  const stopRef = useRef<HTMLButtonElement>(null);
  const wasRunning = useRef(false);
  // A button that cannot be pressed any more loses the focus: the other one takes it.
  useEffect(() => {
    if (isRunning !== wasRunning.current && document.activeElement === document.body)
      (isRunning ? stopRef : startRef).current?.focus();
    wasRunning.current = isRunning;
  }, [isRunning]);
  const percent = progress && progress.total > 0 ? Math.round((progress.done / progress.total) * 100) : 0;
  return (
    <Stack gap="sm">
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      {isRunning && (
        <div className={styles.progress} role="status">
          <progress value={percent} max={100} aria-label={t('exports.working')} />
          <span className="tabular quiet">
            {progress ? t('exports.progress', { done: progress.done, total: progress.total }) : t('exports.working')}
          </span>
        </div>
      )}
      <Group justify="flex-end" gap="xs">
        <Button ref={stopRef} type="button" onClick={isRunning ? stop : onCancel}>
          {t(isRunning ? 'exports.stop' : 'window.cancel')}
        </Button>
        <Button ref={startRef} type="submit" variant="filled" disabled={isRunning || isDisabled}>
          {t('exports.export')}
        </Button>
      </Group>
    </Stack>
  );
}
