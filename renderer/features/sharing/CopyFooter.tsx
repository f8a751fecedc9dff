/** The lower end of a dialog that writes or opens a copy: what went wrong, whether it is at work, and the buttons. */
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './SharingPage.module.css';

interface CopyFooterProps {
  verb: string;
  isBusy: boolean;
  isDisabled: boolean;
  problem: string | null;
  onCancel: () => void;
  /** Another way on, between the two. */
  children?: ReactNode;
}

export function CopyFooter({ verb, isBusy, isDisabled, problem, onCancel, children }: CopyFooterProps) {
  const { t } = useTranslation();
  return (
    <>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <Group justify="flex-end" gap="xs">
        <Button type="button" onClick={onCancel}>
          {t('window.cancel')}
        </Button>
        {children}
        <Button type="submit" variant="filled" loading={isBusy} disabled={isDisabled}>
          {verb}
        </Button>
      </Group>
    </>
  );
}
