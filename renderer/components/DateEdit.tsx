/** A date that is edited where it stands: clicked, it opens a field with a calendar. Enter or the calendar keeps it. */
import { Popover, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CivilDate } from '../../shared/civilDate.ts';
import { formatDate } from '../../shared/text/formatDate.ts';
import styles from './DateEdit.module.css';
import { DateField } from './DateField.tsx';

interface DateEditProps {
  label: string;
  value: CivilDate | null;
  emptyText: string;
  /** Resolves to a sentence when the date was refused, or null. */
  onSave: (date: CivilDate | null) => Promise<string | null>;
  /** Shown instead of the date. */
  children?: ReactNode;
  isDisabled?: boolean;
}

export function DateEdit({ label, value, emptyText, onSave, children, isDisabled = false }: DateEditProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const text = value === null ? emptyText : formatDate(value, t('locale'));
  const save = async (date: CivilDate | null) => {
    const refusal = await onSave(date);
    setError(refusal);
    if (refusal === null) setOpen(false);
  };
  const toggle = (isNowOpen: boolean) => {
    setError(null);
    setOpen(isNowOpen);
  };
  return (
    <Popover opened={isOpen} onChange={toggle} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.field}
          data-empty={value === null || undefined}
          disabled={isDisabled}
          aria-label={`${label}: ${text}`}
          onClick={() => toggle(!isOpen)}
        >
          {children ?? text}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <DateField
          label={label}
          value={value}
          error={error}
          isAutoFocus
          onChange={(date) => void save(date)}
          onEnter={(date) => {
            if (date === value) setOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
