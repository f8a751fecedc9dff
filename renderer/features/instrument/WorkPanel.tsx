/** How much is done, as a person reports it: a slider for the hand, a number for the keyboard. */
import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { isDone } from '../../../shared/rules/deadline.ts';
import { useRefusal } from '../../hooks/useRefusal.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { FieldConflict } from '../sharing/FieldConflict.tsx';
import { Refusal } from './Fact.tsx';
import styles from './InstrumentPage.module.css';
import { useIsReadOnly } from './useInstrument.ts';

const STEP = 5;

export function WorkPanel({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation();
  const isDisabled = useIsReadOnly();
  const { refusal, setRefusal, run } = useRefusal();
  const { progress } = instrument;
  const shown = progress === null ? '' : String(progress);
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);

  const save = (value: number | null) => {
    if (value !== progress) void run(useInstrumentDetailStore.getState().edit({ progress: value }));
    else setRefusal(null);
  };
  const take = () => {
    const text = typed.trim().replace(/%$/, '').trim();
    if (text === '') return save(null);
    const value = Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= 100) return save(value);
    setRefusal(t('valueRules.percent', { value: text }));
  };
  const slid = Number(typed);
  return (
    <section className={styles.panel}>
      <h2>
        {t('instrument.progress')}
        <FieldConflict id={instrument.id} field="progress" />
      </h2>
      <div className={styles.progress}>
        <input
          type="range"
          className={styles.slider}
          aria-label={t('instrument.progressPercent')}
          aria-valuetext={progress === null ? t('instrument.progressUnknown') : `${typed}%`}
          min={0}
          max={100}
          step={STEP}
          disabled={isDisabled}
          data-empty={typed === '' || undefined}
          value={Number.isFinite(slid) ? slid : 0}
          onChange={(event) => setTyped(event.target.value)}
          onPointerUp={(event) => save(Number(event.currentTarget.value))}
          onKeyUp={(event) => {
            if (event.key.startsWith('Arrow') || ['Home', 'End', 'PageUp', 'PageDown'].includes(event.key))
              save(Number(event.currentTarget.value));
          }}
        />
        <span className={styles.percent}>
          <input
            className={styles.percentInput}
            aria-label={t('instrument.progress')}
            inputMode="numeric"
            placeholder="–"
            disabled={isDisabled}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={take}
            onKeyDown={(event) => {
              if (event.key === 'Enter') take();
            }}
          />
          {t('instrument.percent')}
        </span>
      </div>
      <Refusal text={refusal} />
      {progress === null && <p className={styles.hint}>{t('instrument.progressUnknown')}</p>}
      {progress !== null && isDone(instrument.stage) && progress < 100 && (
        <p className={styles.hint}>{t('instrument.progressDone', { percent: progress })}</p>
      )}
      {progress !== null && !isDisabled && (
        <UnstyledButton className={styles.textButton} onClick={() => save(null)}>
          {t('instrument.progressClear')}
        </UnstyledButton>
      )}
    </section>
  );
}
