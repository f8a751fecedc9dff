/** A value that can be clicked to choose another: the list opens below it. With several, it stays open until it is left. */
import { Popover, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import styles from './ChoiceField.module.css';
import { type Option, OptionList } from './OptionList.tsx';

interface ChoiceFieldProps {
  /** Which value this is, for those who cannot see where it stands. */
  label: string;
  options: readonly Option[];
  chosen: readonly string[];
  onPick: (value: string) => void;
  /** Says that nothing is chosen yet; shown quietly. */
  emptyText: string;
  /** Shown instead of the chosen options' labels. */
  children?: ReactNode;
  isMultiple?: boolean;
  isDisabled?: boolean;
  searchLabel?: string;
  /** Told what is typed, where the options are not all that there are. */
  onType?: (text: string) => void;
  creating?: { label: (text: string) => string; run: (text: string) => void };
}

export function ChoiceField(props: ChoiceFieldProps) {
  const { label, options, chosen, onPick, emptyText, children, isMultiple = false, isDisabled = false } = props;
  const [isOpen, setOpen] = useState(false);
  const words = options.filter(({ value }) => chosen.includes(value)).map((option) => option.label);
  const text = words.length > 0 ? words.join(', ') : emptyText;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.field}
          data-empty={words.length === 0 || undefined}
          disabled={isDisabled}
          aria-label={`${label}: ${text}`}
          onClick={() => {
            // What was typed the last time is gone.
            if (!isOpen) props.onType?.('');
            setOpen(!isOpen);
          }}
        >
          {children ?? <bdi>{text}</bdi>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <OptionList
          label={label}
          options={options}
          chosen={chosen}
          isMultiple={isMultiple}
          searchLabel={props.searchLabel}
          onType={props.onType}
          creating={
            props.creating && {
              label: props.creating.label,
              run: (typed) => {
                setOpen(false);
                props.creating?.run(typed);
              },
            }
          }
          onLeave={() => setOpen(false)}
          onPick={(value) => {
            if (!isMultiple) setOpen(false);
            onPick(value);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
