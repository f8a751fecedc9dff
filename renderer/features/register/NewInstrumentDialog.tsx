/** Adds an instrument: a title is enough, everything else can follow where it stands. */
import { Button, Group, Modal, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KINDS, type Kind } from '../../../shared/entities/values.ts';
import { fileClient } from '../../api/client.ts';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { write } from '../../stores/write.ts';
import { errorText } from '../../text/i18n.ts';

export function NewInstrumentDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const byId = useInstrumentsStore((s) => s.byId);
  const [title, setTitle] = useState('');
  const [kind, setKind] = useState<Kind>('mou');
  const [sector, setSector] = useState('');
  const [error, setError] = useState<string | null>(null);
  const sectors = [...new Set(Object.values(byId).map((row) => row.sector ?? ''))].filter(Boolean).sort();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fields = { title, kind, sector: sector.trim() === '' ? null : sector };
    const reply = await write(() => fileClient['instrument.create'](fields));
    if (!reply.ok) return setError(errorText(reply.error));
    const { tell, go } = useUiStore.getState();
    const { id } = reply.value;
    onClose();
    tell(t('register.created', { title: title.trim() }), {
      label: t('register.openIt'),
      run: () => go({ page: 'instrument', id }),
    });
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('register.newTitle')}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Textarea
            label={t('field.title')}
            description={t('register.newHint')}
            value={title}
            error={error}
            rows={2}
            dir="auto"
            data-autofocus
            onChange={(event) => {
              setTitle(event.currentTarget.value);
              setError(null);
            }}
            onKeyDown={(event) => {
              // A title is one line, however long; Enter means done.
              if (event.key === 'Enter') {
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }
            }}
          />
          <NativeSelect
            label={t('field.kind')}
            value={kind}
            data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={(event) => setKind(event.currentTarget.value as Kind)}
          />
          <TextInput
            label={t('field.sector')}
            value={sector}
            list="known-sectors"
            dir="auto"
            onChange={(event) => setSector(event.currentTarget.value)}
          />
          <datalist id="known-sectors">
            {sectors.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <Group justify="flex-end" gap="xs">
            <Button onClick={onClose}>{t('window.cancel')}</Button>
            <Button type="submit" variant="filled">
              {t('register.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
