/** Health set by a person: it needs a reason, which is shown in place of the rule's, and can be taken off again. */
import { Button, Textarea } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { isDone } from '../../../shared/rules/deadline.ts';
import { fileClient } from '../../api/client.ts';
import { HealthBadge } from '../../components/HealthBadge.tsx';
import { refusalText } from '../../hooks/useRefusal.ts';
import { write } from '../../stores/write.ts';
import { Refusal } from './Fact.tsx';
import styles from './HealthWhy.module.css';

const CHOICES = ['on-track', 'at-risk', 'off-track'] as const;

interface HealthOverrideProps {
  instrument: Instrument;
  onDone: () => void;
}

export function HealthOverride({ instrument, onDone }: HealthOverrideProps) {
  const { t } = useTranslation();
  const [health, setHealth] = useState(instrument.healthOverride);
  const [reason, setReason] = useState(instrument.healthOverrideReason ?? '');
  const [refusal, setRefusal] = useState<string | null>(null);
  const name = useId();
  const isSet = instrument.healthOverride !== null;

  const save = async (wanted: Instrument['healthOverride'], why: string | null) => {
    const reply = await write(() =>
      fileClient['instrument.overrideHealth']({ id: instrument.id, health: wanted, reason: why }),
    );
    setRefusal(refusalText(reply));
    if (reply.ok) onDone();
  };
  const submit = () => {
    if (health === null) return setRefusal(t('instrument.overrideChoose'));
    if (reason.trim() === '') return setRefusal(t('instrument.overrideNeedsReason'));
    return save(health, reason);
  };

  if (isDone(instrument.stage) && !isSet)
    return (
      <section className={styles.part}>
        <h3>{t('instrument.overrideTitle')}</h3>
        <p className="quiet">{t('instrument.overrideDone')}</p>
      </section>
    );
  return (
    <form
      className={styles.part}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset className={styles.choices}>
        <legend>{t('instrument.overrideTitle')}</legend>
        {CHOICES.map((value) => (
          <label key={value} className={styles.choice}>
            <input type="radio" name={name} checked={health === value} onChange={() => setHealth(value)} />
            <HealthBadge health={value} />
          </label>
        ))}
      </fieldset>
      <Textarea
        label={t('instrument.overrideReason')}
        description={t('instrument.overrideHint')}
        value={reason}
        dir="auto"
        rows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Refusal text={refusal} />
      <div className={styles.buttons}>
        {isSet && <Button onClick={() => void save(null, null)}>{t('instrument.overrideRemove')}</Button>}
        <Button type="submit" variant="filled">
          {t(isSet ? 'instrument.overrideChange' : 'instrument.overrideSet')}
        </Button>
      </div>
    </form>
  );
}
