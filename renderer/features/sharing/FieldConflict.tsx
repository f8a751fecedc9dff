/** At a field of an instrument: the quiet word that copies differ here, and the same choice in place. */
import { Button, Popover, UnstyledButton } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf, NO_CHOICES, withChoice } from '../../../shared/conflictChoices.ts';
import type { Conflict } from '../../../shared/sharing.ts';
import { conflictField } from '../../../shared/text/conflictText.ts';
import { refusalText } from '../../hooks/useRefusal.ts';
import { conflictOfCell, useConflictsStore } from '../../stores/conflictsStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { type Chosen, ConflictChooser } from './ConflictChooser.tsx';
import styles from './FieldConflict.module.css';

interface FieldConflictProps {
  entity?: string;
  id: string;
  field: string;
}

/** Nothing while the field is not in conflict. */
export function FieldConflict({ entity = 'instrument', id, field }: FieldConflictProps) {
  const { t } = useTranslation();
  const conflict = useConflictsStore(conflictOfCell({ entity, id, field }));
  if (!conflict) return null;
  const versions = t('sharing.versions', { count: 1 + conflict.theirs.length });
  return (
    <ConflictButton conflict={conflict} label={`${conflictField(t, field)}: ${versions}`}>
      {versions}
    </ConflictButton>
  );
}

/** All that is in conflict about an instrument, in one line: also what its page has no place for. */
export function InstrumentConflicts({ id }: { id: string }) {
  const { t } = useTranslation();
  const conflicts = useConflictsStore((s) => s.details);
  useEffect(() => void useConflictsStore.getState().show(id), [id]);
  if (conflicts.length === 0) return null;
  return (
    <section className={styles.line} aria-label={t('sharing.inConflict')}>
      <span>{t('sharing.inConflictHere')}</span>
      {conflicts.map((conflict) => (
        <NamedConflict key={keyOf(conflict)} conflict={conflict} />
      ))}
    </section>
  );
}

function NamedConflict({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation();
  const field = conflict.entity === 'note' ? t('entity.note') : conflictField(t, conflict.field);
  return (
    <ConflictButton conflict={conflict} label={t('sharing.inConflictField', { field })}>
      {field}
    </ConflictButton>
  );
}

interface ConflictButtonProps {
  conflict: Conflict;
  /** Holds what is seen, and says what it is about. */
  label: string;
  children: string;
}

function ConflictButton({ conflict, label, children }: ConflictButtonProps) {
  const { t } = useTranslation();
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? true);
  const [isOpen, setOpen] = useState(false);
  const [choice, setChoice] = useState<Chosen | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const field = conflictField(t, conflict.field);
  const toggle = (open: boolean) => {
    setOpen(open);
    setChoice(null);
    setRefusal(null);
  };
  const decide = async () => {
    const text = refusalText(await useConflictsStore.getState().decide(withChoice(NO_CHOICES, conflict, choice)));
    setRefusal(text);
    if (text === null) setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={toggle} position="bottom-start" width={720} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.mark}
          aria-label={label}
          title={t('sharing.decideField', { field })}
          onClick={() => toggle(!isOpen)}
        >
          <IconArrowsSplit2 size={14} className="flip" aria-hidden="true" />
          {children}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.panel}>
        <h2>{field}</h2>
        <ConflictChooser
          conflict={conflict}
          choice={choice}
          onChoose={(_, chosen) => setChoice(chosen)}
          isMerge={false}
          isDisabled={isReadOnly}
          isBare
        />
        {refusal && (
          <p role="alert" className={styles.refusal}>
            {refusal}
          </p>
        )}
        {!isReadOnly && (
          <div className={styles.foot}>
            <Button variant="filled" disabled={choice === null} onClick={() => void decide()}>
              {t('sharing.decideOne')}
            </Button>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
