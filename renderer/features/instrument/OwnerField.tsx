/** The owner of one side: assigned from the people of the file or by a new name, with post, e-mail and phone at hand. */
import { Popover, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import type { Side } from '../../../shared/entities/values.ts';
import { PersonField } from '../../components/PersonPicker.tsx';
import { useRefusal } from '../../hooks/useRefusal.ts';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { Refusal } from './Fact.tsx';
import styles from './InstrumentPage.module.css';
import { PersonCard } from './PersonCard.tsx';
import { useIsReadOnly } from './useInstrument.ts';

export function OwnerField({ instrument, side }: { instrument: Instrument; side: Side }) {
  const { t } = useTranslation();
  const isReadOnly = useIsReadOnly();
  const { refusal, run } = useRefusal();
  const persons = usePeopleStore((s) => s.persons);
  const field = side === 'pk' ? 'pkOwnerId' : 'kzOwnerId';
  const personId = instrument[field];
  const person = usePeopleStore((s) => (personId === null ? undefined : s.personById[personId]));
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PersonField
        label={t(`field.${field}`)}
        persons={persons}
        personId={personId}
        side={side}
        emptyText={isReadOnly ? t('instrument.none') : undefined}
        isDisabled={isReadOnly}
        onPick={(choice) => void run(useInstrumentsStore.getState().assignOwner([instrument.id], side, choice))}
      />
      <Refusal text={refusal} />
      {person && (
        <div className={styles.ownerNotes}>
          {person.post && (
            <div className="quiet">
              <bdi>{person.post}</bdi>
            </div>
          )}
          <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus width={320}>
            <Popover.Target>
              <UnstyledButton
                className={styles.textButton}
                aria-label={t('instrument.detailsOf', { name: person.name })}
                onClick={() => setOpen(!isOpen)}
              >
                {t('instrument.details')}
              </UnstyledButton>
            </Popover.Target>
            <Popover.Dropdown>
              <PersonCard person={person} isReadOnly={isReadOnly} />
            </Popover.Dropdown>
          </Popover>
        </div>
      )}
    </>
  );
}
