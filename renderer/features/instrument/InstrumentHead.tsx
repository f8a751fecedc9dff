/** Which paper this is: number and title, what the title rests on, and one line of facts. */
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { KINDS, LEGAL_STATUSES, PRIORITIES, STAGES, TITLE_BASES } from '../../../shared/entities/values.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { DateEdit } from '../../components/DateEdit.tsx';
import { InlineEdit } from '../../components/InlineEdit.tsx';
import { refusalText, useRefusal } from '../../hooks/useRefusal.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { Fact, Refusal } from './Fact.tsx';
import { HealthWhy } from './HealthWhy.tsx';
import styles from './InstrumentPage.module.css';
import { langOf } from './langOf.ts';
import { NumberEdit } from './NumberEdit.tsx';
import { useIsReadOnly } from './useInstrument.ts';
import { useSectors } from './useSectors.ts';

export function InstrumentHead({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation();
  const isDisabled = useIsReadOnly();
  const { edit } = useInstrumentDetailStore.getState();
  const { refusal, run } = useRefusal();
  const sectors = useSectors();

  return (
    <header className={styles.head}>
      <div className={styles.titleRow}>
        <NumberEdit instrument={instrument} />
        <h1 className={styles.title} lang={langOf(instrument.title)}>
          <InlineEdit
            label={t('field.title')}
            value={instrument.title}
            emptyText={t('instrument.write')}
            isDisabled={isDisabled}
            onSave={async (title) => refusalText(await edit({ title }))}
          />
        </h1>
      </div>
      <div className={styles.subtitle}>
        <ChoiceField
          label={t('field.kind')}
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          chosen={[instrument.kind]}
          emptyText={t('instrument.choose')}
          isDisabled={isDisabled}
          onPick={(kind) => void run(edit({ kind: kind as Instrument['kind'] }))}
        />
        <ChoiceField
          label={t('field.sector')}
          options={sectors.map((value) => ({ value, label: value }))}
          chosen={instrument.sector === null ? [] : [instrument.sector]}
          emptyText={t('instrument.empty.sector')}
          isDisabled={isDisabled}
          searchLabel={t('instrument.findSector')}
          creating={{
            label: (name) => t('instrument.newSector', { name }),
            run: (sector) => void run(edit({ sector })),
          }}
          onPick={(sector) => void run(edit({ sector: sector === instrument.sector ? null : sector }))}
        />
        <ChoiceField
          label={t('field.titleBasis')}
          options={TITLE_BASES.map((value) => ({ value, label: t(`instrument.basis.${value}`) }))}
          chosen={[instrument.titleBasis]}
          emptyText={t('instrument.choose')}
          isDisabled={isDisabled}
          onPick={(titleBasis) => void run(edit({ titleBasis: titleBasis as Instrument['titleBasis'] }))}
        />
      </div>
      <Refusal text={refusal} />
      <Facts instrument={instrument} isDisabled={isDisabled} />
    </header>
  );
}

function Facts({ instrument, isDisabled }: { instrument: Instrument; isDisabled: boolean }) {
  const { t } = useTranslation();
  const { edit } = useInstrumentDetailStore.getState();
  const stage = useRefusal();
  const legal = useRefusal();
  const priority = useRefusal();
  return (
    <dl className={styles.facts} aria-label={t('instrument.facts')}>
      <Fact name={t('field.health')} shows={{ id: instrument.id, field: 'healthOverride' }}>
        <HealthWhy instrument={instrument} />
      </Fact>
      <Fact name={t('field.stage')} shows={{ id: instrument.id, field: 'stage' }} refusal={stage.refusal}>
        <ChoiceField
          label={t('field.stage')}
          options={STAGES.map((value) => ({ value, label: t(`stage.${value}`) }))}
          chosen={[instrument.stage]}
          emptyText={t('instrument.choose')}
          isDisabled={isDisabled}
          onPick={(value) => void stage.run(edit({ stage: value as Instrument['stage'] }))}
        />
      </Fact>
      <Fact name={t('field.legalStatus')} shows={{ id: instrument.id, field: 'legalStatus' }} refusal={legal.refusal}>
        <ChoiceField
          label={t('field.legalStatus')}
          options={LEGAL_STATUSES.map((value) => ({ value, label: t(`legalStatus.${value}`) }))}
          chosen={[instrument.legalStatus]}
          emptyText={t('instrument.choose')}
          isDisabled={isDisabled}
          onPick={(value) => void legal.run(edit({ legalStatus: value as Instrument['legalStatus'] }))}
        />
      </Fact>
      <Fact name={t('field.signedOn')} shows={{ id: instrument.id, field: 'signedOn' }}>
        <DateEdit
          label={t('field.signedOn')}
          value={instrument.signedOn}
          emptyText={t('instrument.set')}
          isDisabled={isDisabled}
          onSave={async (signedOn) => refusalText(await edit({ signedOn }))}
        />
      </Fact>
      <Fact name={t('field.priority')} shows={{ id: instrument.id, field: 'priority' }} refusal={priority.refusal}>
        <ChoiceField
          label={t('field.priority')}
          options={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
          chosen={[instrument.priority]}
          emptyText={t('instrument.choose')}
          isDisabled={isDisabled}
          onPick={(value) => void priority.run(edit({ priority: value as Instrument['priority'] }))}
        />
      </Fact>
    </dl>
  );
}
