/** The lead body of one side: one of the file's, or a new one by name. */
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import type { Side } from '../../../shared/entities/values.ts';
import { fileClient } from '../../api/client.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { useRefusal } from '../../hooks/useRefusal.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { write } from '../../stores/write.ts';
import { bodyOptions } from './bodyOptions.ts';
import { Refusal } from './Fact.tsx';
import { useIsReadOnly } from './useInstrument.ts';

const NOBODY = '';

export function BodyField({ instrument, side }: { instrument: Instrument; side: Side }) {
  const { t } = useTranslation();
  const isReadOnly = useIsReadOnly();
  const bodies = usePeopleStore((s) => s.bodies);
  const { refusal, setRefusal, run } = useRefusal();
  const { edit } = useInstrumentDetailStore.getState();
  const field = side === 'pk' ? 'pkLeadBodyId' : 'kzLeadBodyId';
  const bodyId = instrument[field];
  const body = bodies.find(({ id }) => id === bodyId);
  const options = bodyOptions(t, bodies, side);
  if (bodyId !== null) options.unshift({ value: NOBODY, label: t('instrument.nobody') });

  const create = async (name: string) => {
    const created = await write(() => fileClient['body.create']({ name, shortName: null, side }));
    if (!created.ok) return void (await run(Promise.resolve(created)));
    setRefusal(null);
    await usePeopleStore.getState().load();
    await run(edit({ [field]: created.value.id }));
  };
  return (
    <>
      <ChoiceField
        label={t(`field.${field}`)}
        options={options}
        chosen={bodyId === null ? [] : [bodyId]}
        emptyText={bodyId === null ? t(isReadOnly ? 'instrument.none' : 'instrument.choose') : t('window.removedBody')}
        isDisabled={isReadOnly}
        searchLabel={t('instrument.findBody')}
        creating={{ label: (name) => t('instrument.newBody', { name }), run: (name) => void create(name) }}
        onPick={(value) => void run(edit({ [field]: value === NOBODY ? null : value }))}
      >
        {body && <bdi>{body.name}</bdi>}
      </ChoiceField>
      <Refusal text={refusal} />
    </>
  );
}
