/** Health as shape, word and colour together, so that none of them has to carry the meaning alone. */
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Health } from '../../shared/entities/values.ts';
import styles from './HealthBadge.module.css';

interface HealthBadgeProps {
  health: Health;
  /** Sentences that say why, shown on hover. */
  reasons?: readonly string[];
}

export function HealthBadge({ health, reasons = [] }: HealthBadgeProps) {
  const { t } = useTranslation();
  const badge = (
    <span className={styles.badge}>
      <HealthShape health={health} />
      <span className={health === 'not-reported' ? styles.quietWord : undefined}>{t(`health.${health}`)}</span>
    </span>
  );
  if (reasons.length === 0) return badge;
  return <Tooltip label={reasons.join(' ')}>{badge}</Tooltip>;
}

/** The shape alone: circle, triangle, square, ring. Only where the word stands nearby. */
export function HealthShape({ health }: { health: Health }) {
  return (
    <svg className={`${styles.shape} ${styles[health]}`} viewBox="0 0 12 12" aria-hidden="true">
      {health === 'on-track' && <circle cx="6" cy="6" r="5" fill="currentColor" />}
      {health === 'at-risk' && <path d="M6 .8 11.6 11H.4Z" fill="currentColor" />}
      {health === 'off-track' && <rect x="1" y="1" width="10" height="10" fill="currentColor" />}
      {health === 'not-reported' && (
        <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      )}
    </svg>
  );
}
