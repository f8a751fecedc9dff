/** Picks who: type to search, pick somebody, nobody, or a new person by the name just typed. A panel; PersonField shows it. */
import { Popover, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Side } from '../../shared/entities/values.ts';
import { type Option, OptionList } from './OptionList.tsx';
import styles from './PersonPicker.module.css';

export interface PickablePerson {
  id: string;
  name: string;
  post: string | null;
  side: Side | null;
}

/** An existing person, a new one by name, or nobody. */
export type PersonChoice = { personId: string } | { newName: string } | null;

interface PersonPickerProps {
  /** What the person will be: "Owner, Pakistan". */
  label: string;
  persons: readonly PickablePerson[];
  personId: string | null;
  /** Persons of this side come first; those of the other are still offered. */
  side?: Side | null;
  onPick: (choice: PersonChoice) => void;
  onLeave?: () => void;
}

const NOBODY = '';

export function PersonPicker({ label, persons, personId, side = null, onPick, onLeave }: PersonPickerProps) {
  const { t } = useTranslation();
  const distance = (person: PickablePerson) =>
    side === null || person.side === side ? 0 : person.side === null ? 1 : 2;
  const options: Option[] = [...persons]
    .sort((a, b) => distance(a) - distance(b) || a.name.localeCompare(b.name))
    .map((person) => ({
      value: person.id,
      label: person.name,
      hint: [person.post, person.side && person.side !== side ? t(`side.${person.side}`) : null]
        .filter(Boolean)
        .join(', '),
    }));
  if (personId !== null) options.unshift({ value: NOBODY, label: t('window.nobody') });
  return (
    <OptionList
      label={label}
      options={options}
      chosen={personId === null ? [] : [personId]}
      searchLabel={persons.length === 0 ? t('window.newPersonName') : t('window.findPerson')}
      onPick={(value) => onPick(value === NOBODY ? null : { personId: value })}
      onLeave={onLeave}
      creating={{ label: (name) => t('window.newPerson', { name }), run: (newName) => onPick({ newName }) }}
    />
  );
}

interface PersonFieldProps extends Omit<PersonPickerProps, 'onLeave'> {
  /** Shown instead of a name while nobody is chosen. */
  emptyText?: string;
  isDisabled?: boolean;
}

/** A name that can be clicked to pick another. */
export function PersonField({ emptyText, isDisabled = false, ...picker }: PersonFieldProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const person = picker.persons.find(({ id }) => id === picker.personId);
  const removed = picker.personId === null ? null : t('window.removedPerson');
  const text = person?.name ?? removed ?? emptyText ?? t('window.assign');
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.field}
          data-empty={person === undefined || undefined}
          disabled={isDisabled}
          aria-label={`${picker.label}: ${text}`}
          onClick={() => setOpen(!isOpen)}
        >
          <bdi>{text}</bdi>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <PersonPicker
          {...picker}
          onLeave={() => setOpen(false)}
          onPick={(choice) => {
            setOpen(false);
            picker.onPick(choice);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
