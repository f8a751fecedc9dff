/** A date that is edited where it stands: clicked, it opens a field with a calendar. Enter or the calendar keeps it. */
import { UnstyledButton } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CivilDate } from '../../shared/civilDate.ts';
import { formatDate } from '../../shared/text/formatDate.ts';
import styles from './DateEdit.module.css';
import { DateField } from './DateField.tsx';
import { EditorPopover } from './EditorPopover.tsx';

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
  const isReadable = useRef(true);
  const isSaving = useRef(false);
  const text = value === null ? emptyText : formatDate(value, t('locale'));
  const save = async (date: CivilDate | null) => {
    isSaving.current = true;
    const refusal = await onSave(date);
    isSaving.current = false;
    setError(refusal);
    if (refusal === null) setOpen(false);
  };
  const toggle = (isNowOpen: boolean) => {
    setError(null);
    isReadable.current = true;
    setOpen(isNowOpen);
  };
  return (
    <EditorPopover
      isOpen={isOpen}
      position="bottom-start"
      returnFocus
      onLeave={() => toggle(false)}
      onAway={() => {
        // What is being saved closes the panel itself, or shows why it was refused.
        if (isReadable.current && !isSaving.current && error === null) toggle(false);
      }}
      target={
        <UnstyledButton
          className={styles.field}
          data-empty={value === null || undefined}
          disabled={isDisabled}
          aria-label={`${label}: ${text}`}
          onClick={() => toggle(!isOpen)}
        >
          {children ?? text}
        </UnstyledButton>
      }
    >
      <DateField
        label={label}
        value={value}
        error={error}
        isAutoFocus
        onChange={(date) => void save(date)}
        onValidity={(isValid) => {
          isReadable.current = isValid;
        }}
        onEnter={(date) => {
          if (date === value) setOpen(false);
        }}
      />
    </EditorPopover>
  );
}
