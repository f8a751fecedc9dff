/** Health and the answer to "why?": the reasons, the rule, the time passed, which is another matter, and the override. */
import { Popover, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { elapsedMark, elapsedShare, isDone } from '../../../shared/rules/deadline.ts';
import { healthOf } from '../../../shared/rules/health.ts';
import { formatDate } from '../../../shared/text/formatDate.ts';
import { healthReasonText, healthRuleText } from '../../../shared/text/healthText.ts';
import { ElapsedMark } from '../../components/ElapsedMark.tsx';
import { HealthBadge } from '../../components/HealthBadge.tsx';
import { useToday } from '../../hooks/useToday.ts';
import { HealthOverride } from './HealthOverride.tsx';
import styles from './HealthWhy.module.css';
import { useIsReadOnly } from './useInstrument.ts';

export function HealthWhy({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isReadOnly = useIsReadOnly();
  const titleId = useId();
  const today = useToday();
  const verdict = healthOf(instrument, today);
  const word = t(`health.${verdict.health}`);
  return (
    <span className={styles.line}>
      <HealthBadge health={verdict.health} />
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus width={420}>
        <Popover.Target>
          <UnstyledButton
            className={styles.why}
            aria-label={t('instrument.whyTitle', { health: word })}
            onClick={() => setOpen(!isOpen)}
          >
            {t('instrument.why')}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className={styles.panel} aria-labelledby={titleId}>
          <h2 id={titleId}>{t('instrument.whyTitle', { health: word })}</h2>
          <ul className={styles.reasons} tabIndex={-1} data-autofocus>
            {verdict.reasons.map((reason) => (
              <li key={reason.code} dir="auto">
                {healthReasonText(t, reason)}
              </li>
            ))}
          </ul>
          {verdict.computed !== verdict.health && (
            <p className={styles.computed}>
              {t('instrument.computed')} <HealthBadge health={verdict.computed} />
            </p>
          )}
          <Rule />
          <Elapsed instrument={instrument} />
          {!isReadOnly && <HealthOverride instrument={instrument} onDone={() => setOpen(false)} />}
        </Popover.Dropdown>
      </Popover>
    </span>
  );
}

function Rule() {
  const { t } = useTranslation();
  return (
    <details className={styles.rule}>
      <summary>{t('instrument.rule')}</summary>
      <dl>
        {healthRuleText(t).map(({ health, meaning }) => (
          <div key={health}>
            <dt>
              <HealthBadge health={health} />
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>{t('healthRuleOverride')}</p>
    </details>
  );
}

function Elapsed({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation();
  const today = useToday();
  const share = elapsedShare(instrument, today);
  const from = instrument.startOn ?? instrument.signedOn;
  const locale = t('locale');
  return (
    <section className={styles.part}>
      <h3>
        {t('instrument.elapsedTitle')} <ElapsedMark mark={elapsedMark(instrument, today)} />
      </h3>
      <p>
        {isDone(instrument.stage)
          ? t('instrument.elapsedDone')
          : share === null || from === null || instrument.deadline === null
            ? t('instrument.elapsedUnknown')
            : t('instrument.elapsedShare', {
                percent: Math.round(share * 100),
                from: formatDate(from, locale),
                to: formatDate(instrument.deadline, locale),
              })}
      </p>
      <p className="quiet">{t('instrument.elapsedMeaning')}</p>
    </section>
  );
}
