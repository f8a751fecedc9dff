/** Who carries it on both sides, facing each other: owners, lead bodies, and the bodies that support. */
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { SIDES } from '../../../shared/entities/values.ts';
import { FieldConflict } from '../sharing/FieldConflict.tsx';
import { BodyField } from './BodyField.tsx';
import styles from './InstrumentPage.module.css';
import { OwnerField } from './OwnerField.tsx';
import { SupportingBodies } from './SupportingBodies.tsx';

export function SidesPanel({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('instrument.sides')}>
      <div className={styles.sides}>
        {SIDES.map((side) => (
          <div key={side} className={styles.sideColumn}>
            <h2>{t(`side.${side}`)}</h2>
            <dl className={styles.stacked}>
              <div>
                <dt>
                  {t('instrument.owner')}
                  <FieldConflict id={instrument.id} field={`${side}OwnerId`} />
                </dt>
                <dd>
                  <OwnerField instrument={instrument} side={side} />
                </dd>
              </div>
              <div>
                <dt>
                  {t('instrument.leadBody')}
                  <FieldConflict id={instrument.id} field={`${side}LeadBodyId`} />
                </dt>
                <dd>
                  <BodyField instrument={instrument} side={side} />
                </dd>
              </div>
            </dl>
          </div>
        ))}
      </div>
      <SupportingBodies instrumentId={instrument.id} />
    </section>
  );
}
