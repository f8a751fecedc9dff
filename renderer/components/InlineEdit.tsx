/**
 * Text that is edited where it stands: click, Enter or F2 opens it, Enter keeps, Esc gives up. A refusal stands below,
 * and what was typed stays.
 */
import { UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import styles from './InlineEdit.module.css';

interface InlineEditProps {
  /** Which value this is, for those who cannot see where it stands. */
  label: string;
  value: string;
  emptyText: string;
  /** Resolves to a sentence when the text was refused, or null. */
  onSave: (text: string) => Promise<string | null>;
  /** Several lines: Enter breaks the line, Ctrl+Enter keeps. */
  isMultiline?: boolean;
  isDisabled?: boolean;
}

export function InlineEdit({
  label,
  value,
  emptyText,
  onSave,
  isMultiline = false,
  isDisabled = false,
}: InlineEditProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const errorId = useId();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const isLeaving = useRef(false);

  const leave = (shouldFocus: boolean) => {
    isLeaving.current = true;
    setTyped(null);
    setError(null);
    if (shouldFocus) requestAnimationFrame(() => buttonRef.current?.focus());
  };

  const save = async (shouldFocus: boolean) => {
    if (typed === null || isLeaving.current) return;
    if (typed.trim() === value.trim()) return leave(shouldFocus);
    const refusal = await onSave(typed);
    if (refusal === null) leave(shouldFocus);
    else setError(refusal);
  };

  if (typed === null)
    return (
      <UnstyledButton
        ref={buttonRef}
        className={styles.text}
        data-empty={value === '' || undefined}
        disabled={isDisabled}
        aria-label={`${label}: ${value || emptyText}`}
        onClick={() => {
          isLeaving.current = false;
          setTyped(value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'F2') return;
          isLeaving.current = false;
          setTyped(value);
        }}
        dir="auto"
      >
        {value || emptyText}
      </UnstyledButton>
    );

  const field = {
    className: styles.input,
    'aria-label': label,
    'aria-invalid': error !== null,
    'aria-describedby': error === null ? undefined : errorId,
    value: typed,
    dir: 'auto',
    autoFocus: true,
    onBlur: () => void save(false),
    onChange: (event: { target: { value: string } }) => setTyped(event.target.value),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        leave(true);
      } else if (event.key === 'Enter' && (!isMultiline || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        void save(true);
      }
    },
  };
  return (
    <>
      {isMultiline ? <textarea {...field} rows={2} /> : <input {...field} />}
      {error !== null && (
        <div id={errorId} role="alert" className={styles.error}>
          {error}
        </div>
      )}
    </>
  );
}
