/** What two copies made together although each was right by itself, each with the ways out of it. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletedReference, Inconsistency } from '../../../shared/inconsistency.ts';
import { inconsistencyKey } from '../../../shared/inconsistencyKey.ts';
import { inconsistencyText } from '../../../shared/text/inconsistencyText.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { CountLink } from '../../components/CountLink.tsx';
import { useInconsistenciesStore } from '../../stores/inconsistenciesStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { langOf } from '../instrument/langOf.ts';
import styles from './Inconsistencies.module.css';

type SameNumber = Extract<Inconsistency, { kind: 'same-number' }>;
type Named = SameNumber['instruments'][number];

/** So many are shown at first: a merge of two long lists may bring hundreds. */
const SHOWN = 20;

export function Inconsistencies({ isReadOnly }: { isReadOnly: boolean }) {
  const { t } = useTranslation();
  const all = useInconsistenciesStore((s) => s.inconsistencies);
  const [isAllShown, setAllShown] = useState(false);
  const shown = isAllShown ? all : all.slice(0, SHOWN);
  return (
    <>
      <ul className={styles.list}>
        {shown.map((one) => (
          <li key={inconsistencyKey(one)} className={styles.item}>
            {one.kind === 'same-number' ? (
              <NumberGivenTwice one={one} isReadOnly={isReadOnly} />
            ) : (
              <ReferenceToDeleted reference={one} isReadOnly={isReadOnly} />
            )}
          </li>
        ))}
      </ul>
      {shown.length < all.length && (
        <Button onClick={() => setAllShown(true)}>{t('sharing.settleAll', { count: all.length })}</Button>
      )}
    </>
  );
}

function NumberGivenTwice({ one, isReadOnly }: { one: SameNumber; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const { instruments } = one;
  const [kept, setKept] = useState<Named | null>(null);
  const { renumber, join } = useInconsistenciesStore.getState();
  const others = instruments.filter(({ id }) => id !== kept?.id);
  return (
    <>
      <p>{t('sharing.sameNumberOf', { number: one.number, count: instruments.length })}</p>
      <ul className={styles.rows}>
        {instruments.map((instrument) => (
          <li key={instrument.id} className={styles.row}>
            <InstrumentLink id={instrument.id} label={instrument.label} />
            {!isReadOnly && (
              <span className={styles.ways}>
                <Button size="compact-sm" onClick={() => void renumber(instrument.id)}>
                  {t('sharing.renumber')}
                </Button>
                <Button size="compact-sm" onClick={() => setKept(instrument)}>
                  {t('sharing.join')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {kept && (
        <ConfirmDialog
          title={t('sharing.joinTitle')}
          verb={t('sharing.joinVerb')}
          onConfirm={async () => {
            await join(
              kept.id,
              others.map(({ id }) => id),
            );
            setKept(null);
          }}
          onCancel={() => setKept(null)}
        >
          <p>
            {t('sharing.joinText', { kept: kept.label, others: others.map(({ label }) => `“${label}”`).join(', ') })}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function ReferenceToDeleted({ reference, isReadOnly }: { reference: DeletedReference; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const { entity, target } = reference;
  const { restore, remove } = useInconsistenciesStore.getState();
  const isOfInstrument = entity === 'instrument';
  return (
    <div className={styles.row}>
      <span>{inconsistencyText(t, reference)}</span>
      {!isReadOnly && (
        <span className={styles.ways}>
          <Button size="compact-sm" onClick={() => void restore(target)}>
            {t('sharing.bringBack', { target: t(`entity.${target.entity}`).toLocaleLowerCase() })}
          </Button>
          {isOfInstrument && (
            <Button
              size="compact-sm"
              onClick={() => useUiStore.getState().go({ page: 'instrument', id: reference.id })}
            >
              {t('sharing.chooseAnother')}
            </Button>
          )}
          <Button size="compact-sm" onClick={() => void remove(reference)}>
            {t(entity === 'note' ? 'sharing.removeNote' : 'sharing.removeReference')}
          </Button>
        </span>
      )}
    </div>
  );
}

function InstrumentLink({ id, label }: Named) {
  const { t } = useTranslation();
  return (
    <CountLink isInText onOpen={() => useUiStore.getState().go({ page: 'instrument', id })}>
      <span dir="auto" lang={langOf(label)}>
        {label || t('sharing.unnamedRow')}
      </span>
    </CountLink>
  );
}
