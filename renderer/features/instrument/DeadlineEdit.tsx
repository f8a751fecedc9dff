/** The deadline and moving it: the new day, and why, which is kept with the change. */
import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CivilDate } from '../../../shared/civilDate.ts';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { type DeadlineState, elapsedMark, elapsedShare } from '../../../shared/rules/deadline.ts';
import { formatDate } from '../../../shared/text/formatDate.ts';
import { DateField } from '../../components/DateField.tsx';
import { EditorPopover } from '../../components/EditorPopover.tsx';
import { ElapsedMark } from '../../components/ElapsedMark.tsx';
import { refusalText } from '../../hooks/useRefusal.ts';
import { useToday } from '../../hooks/useToday.ts';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import styles from './InstrumentPage.module.css';

interface DeadlineEditProps {
  instrument: Instrument;
  state: DeadlineState;
  isDisabled: boolean;
}

export function DeadlineEdit({ instrument, state, isDisabled }: DeadlineEditProps) {
  const { t } = useTranslation();
  const today = useToday();
  const [isOpen, setOpen] = useState(false);
  const { deadline } = instrument;
  const text =
    deadline === null ? t(isDisabled ? 'instrument.none' : 'instrument.set') : formatDate(deadline, t('locale'));
  return (
    <>
      <EditorPopover
        isOpen={isOpen}
        position="bottom-end"
        returnFocus
        width={300}
        onLeave={() => setOpen(false)}
        target={
          <UnstyledButton
            className={styles.value}
            data-empty={deadline === null || undefined}
            disabled={isDisabled}
            aria-label={`${t('field.deadline')}: ${text}`}
            onClick={() => setOpen(!isOpen)}
          >
            {text}
          </UnstyledButton>
        }
      >
        <MoveForm instrument={instrument} onDone={() => setOpen(false)} />
      </EditorPopover>{' '}
      <ElapsedMark mark={elapsedMark(instrument, today)} share={elapsedShare(instrument, today)} />
      <StateText state={state} />
    </>
  );
}

function StateText({ state }: { state: DeadlineState }) {
  const { t } = useTranslation();
  if (state.kind === 'overdue')
    return <div className={styles.late}>{t('register.daysLate', { count: state.daysLate })}</div>;
  if (state.kind !== 'due-soon' && state.kind !== 'ahead') return null;
  return (
    <div className="quiet">
      {state.daysLeft === 0 ? t('register.dueToday') : t('register.daysLeft', { count: state.daysLeft })}
    </div>
  );
}

function MoveForm({ instrument, onDone }: { instrument: Instrument; onDone: () => void }) {
  const { t } = useTranslation();
  const [deadline, setDeadline] = useState<CivilDate | null>(instrument.deadline);
  const [reason, setReason] = useState('');
  const [isValid, setValid] = useState(true);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isMove = instrument.deadline !== null;

  const save = async (to: CivilDate | null) => {
    if (to === instrument.deadline && reason.trim() === '') return onDone();
    const { moveDeadline } = useInstrumentsStore.getState();
    const reply = await moveDeadline([instrument.id], to, reason.trim() === '' ? undefined : reason);
    setRefusal(refusalText(reply));
    if (reply.ok) onDone();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) void save(deadline);
      }}
    >
      <DateField
        label={t('field.deadline')}
        value={deadline}
        isAutoFocus
        error={refusal}
        onValidity={setValid}
        onChange={(date) => {
          setDeadline(date);
          setRefusal(null);
        }}
      />
      <TextInput
        label={t('instrument.moveReason')}
        description={t('instrument.moveReasonHint')}
        value={reason}
        dir="auto"
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={styles.formFoot}>
        {isMove && (
          <Button variant="subtle" color="accent" onClick={() => void save(null)}>
            {t('instrument.removeDeadline')}
          </Button>
        )}
        <Button type="submit" variant="filled" disabled={!isValid}>
          {t(isMove ? 'instrument.move' : 'instrument.setIt')}
        </Button>
      </div>
    </form>
  );
}
