/**
 * A date typed or picked, shown as people write it. What cannot be read stays as it was typed, with a sentence that
 * says how to write it. Empty means none.
 */
import { ActionIcon, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CivilDate } from '../../shared/civilDate.ts';
import { formatDate } from '../../shared/text/formatDate.ts';
import { parseDate } from './parseDate.ts';

// The calendar is heavy and rarely the fastest way: loaded when it is first asked for.
const Calendar = lazy(() => import('./Calendar.tsx'));

interface DateFieldProps {
  label: ReactNode;
  value: CivilDate | null;
  /** Called when a readable date, or none, has been entered: on Enter, on leaving the field, or from the calendar. */
  onChange: (date: CivilDate | null) => void;
  /** Told while typing: whether the text could be taken. Forms use it to hold their button. */
  onValidity?: (isValid: boolean) => void;
  /** A refusal from elsewhere, shown like the field's own. */
  error?: string | null;
  isRequired?: boolean;
  isDisabled?: boolean;
  isAutoFocus?: boolean;
  /** Runs after Enter has taken the date. */
  onEnter?: (date: CivilDate | null) => void;
}

export function DateField(props: DateFieldProps) {
  const { label, value, onChange, onValidity, error, isRequired, isDisabled, isAutoFocus, onEnter } = props;
  const { t } = useTranslation();
  const locale = t('locale');
  const shown = value === null ? '' : formatDate(value, locale);
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [isRefused, setRefused] = useState(false);

  // A new value from outside replaces what is shown, not what somebody is typing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the value counts
  useEffect(() => {
    if (!isRefused) setTyped(null);
  }, [value]);

  const read = (text: string): CivilDate | null | undefined => {
    if (text.trim() === '') return isRequired ? undefined : null;
    if (text === shown && value !== null) return value;
    return parseDate(text) ?? undefined;
  };

  const take = (): CivilDate | null | undefined => {
    if (typed === null) return value;
    const date = read(typed);
    setRefused(date === undefined);
    if (date === undefined) return undefined;
    setTyped(null);
    if (date !== value) onChange(date);
    return date;
  };

  const refusal =
    isRefused && typed !== null
      ? typed.trim() === ''
        ? t('window.dateRequired')
        : t('valueRules.date', { value: typed })
      : null;

  const calendar = (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('window.pickDate')}>
          <ActionIcon
            size={28}
            aria-label={t('window.pickDate')}
            disabled={isDisabled}
            onClick={() => setOpen(!isOpen)}
          >
            <IconCalendar size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense>
          <Calendar
            value={value}
            onPick={(date) => {
              setOpen(false);
              setTyped(null);
              setRefused(false);
              onValidity?.(true);
              onChange(date);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );

  return (
    <TextInput
      label={label}
      value={typed ?? shown}
      placeholder={t('window.datePlaceholder')}
      error={refusal ?? error}
      disabled={isDisabled}
      data-autofocus={isAutoFocus || undefined}
      rightSection={calendar}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        setRefused(false);
        onValidity?.(read(text) !== undefined);
      }}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        const date = take();
        if (date !== undefined) onEnter?.(date);
      }}
    />
  );
}
