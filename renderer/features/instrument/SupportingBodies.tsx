/** Bodies that support the instrument beside the two that lead it. */
import { useTranslation } from 'react-i18next';
import { fileClient } from '../../api/client.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { useRefusal } from '../../hooks/useRefusal.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { write } from '../../stores/write.ts';
import { bodyOptions } from './bodyOptions.ts';
import { Refusal } from './Fact.tsx';
import styles from './InstrumentPage.module.css';
import { useIsReadOnly } from './useInstrument.ts';

const NONE: readonly string[] = [];

export function SupportingBodies({ instrumentId }: { instrumentId: string }) {
  const { t } = useTranslation();
  const isReadOnly = useIsReadOnly();
  const bodies = usePeopleStore((s) => s.bodies);
  const bodyById = usePeopleStore((s) => s.bodyById);
  const chosen = useInstrumentDetailStore((s) =>
    s.id === instrumentId ? (s.detail?.supportingBodyIds ?? NONE) : NONE,
  );
  const { setSupportingBodies } = useInstrumentDetailStore.getState();
  const { refusal, setRefusal, run } = useRefusal();

  // One that has been removed is still named here, so that it can be taken off.
  const removed = chosen.filter((id) => bodyById[id] === undefined);
  const options = [
    ...bodyOptions(t, bodies, null),
    ...removed.map((value) => ({ value, label: t('window.removedBody') })),
  ];

  const toggle = (id: string) =>
    run(setSupportingBodies(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]));
  const create = async (name: string) => {
    const created = await write(() => fileClient['body.create']({ name, shortName: null, side: null }));
    if (!created.ok) return void (await run(Promise.resolve(created)));
    setRefusal(null);
    await usePeopleStore.getState().load();
    await run(setSupportingBodies([...chosen, created.value.id]));
  };
  return (
    <dl className={styles.stacked}>
      <div>
        <dt>{t('instrument.supporting')}</dt>
        <dd>
          <ChoiceField
            label={t('instrument.supporting')}
            options={options}
            chosen={chosen}
            emptyText={t('instrument.supportingEmpty')}
            isMultiple
            isDisabled={isReadOnly}
            searchLabel={t('instrument.findBody')}
            creating={{ label: (name) => t('instrument.newBody', { name }), run: (name) => void create(name) }}
            onPick={(id) => void toggle(id)}
          />
          <Refusal text={refusal} />
        </dd>
      </div>
    </dl>
  );
}
