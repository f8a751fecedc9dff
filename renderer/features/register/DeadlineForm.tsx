/** Moves the deadline of one or several instruments. A reason is offered, not demanded. */
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CivilDate } from '../../../shared/civilDate.ts';
import { DateField } from '../../components/DateField.tsx';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { errorText } from '../../text/i18n.ts';

interface DeadlineFormProps {
  ids: string[];
  /** The deadline now; of several instruments, null. */
  deadline: CivilDate | null;
  onDone: (isChanged: boolean) => void;
}

export function DeadlineForm({ ids, deadline, onDone }: DeadlineFormProps) {
  const { t } = useTranslation();
  const [date, setDate] = useState(deadline);
  const [reason, setReason] = useState('');
  const [isReadable, setReadable] = useState(true);
  const [error, setError] = useState<string | null>(null);

  const save = async (next: CivilDate | null) => {
    if (next === deadline && ids.length === 1) return onDone(false);
    const reply = await useInstrumentsStore.getState().moveDeadline(ids, next, reason.trim() || null);
    if (reply.ok) onDone(true);
    else setError(errorText(reply.error));
  };
  const take = (next: CivilDate | null) => {
    setError(null);
    setDate(next);
  };

  return (
    <Stack
      component="form"
      gap="xs"
      w={280}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (isReadable) void save(date);
      }}
    >
      <DateField
        label={t('field.deadline')}
        value={date}
        error={error}
        isAutoFocus
        onChange={take}
        onValidity={setReadable}
      />
      <TextInput
        label={t('register.reason')}
        placeholder={t('register.reasonHint')}
        value={reason}
        dir="auto"
        maxLength={1000}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap="xs" justify="space-between">
        <Button variant="subtle" onClick={() => void save(null)}>
          {t('register.noDeadline')}
        </Button>
        <Button type="submit" variant="filled" disabled={!isReadable}>
          {t('window.save')}
        </Button>
      </Group>
    </Stack>
  );
}
