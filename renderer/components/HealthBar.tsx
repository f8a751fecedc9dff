/**
 * How many of a group have which health, as one stacked bar. Each part carries the shape of its health, so that it can be
 * told in black and white; the same is said in words for those who cannot see it.
 */
import { useTranslation } from 'react-i18next';
import { HEALTHS, type Health } from '../../shared/entities/values.ts';
import { HealthShape } from './HealthBadge.tsx';
import styles from './HealthBar.module.css';

interface HealthBarProps {
  counts: Readonly<Record<Health, number>>;
  /** The longest bar's total: all bars of a list share one scale. */
  scale: number;
}

/** Worst first: what needs somebody stands at the start of every bar. */
export const WORST_FIRST = ['off-track', 'at-risk', 'not-reported', 'on-track'] as const satisfies readonly Health[];

export function HealthBar({ counts, scale }: HealthBarProps) {
  const { t } = useTranslation();
  const total = HEALTHS.reduce((sum, health) => sum + counts[health], 0);
  const parts = WORST_FIRST.filter((health) => counts[health] > 0);
  const words = parts.map((health) =>
    t('statusReport.barPart', { count: counts[health], health: t(`health.${health}`) }),
  );
  return (
    <span className={styles.track}>
      <span
        className={styles.bar}
        role="img"
        aria-label={words.join(', ')}
        title={words.join(', ')}
        style={{ inlineSize: `${(100 * total) / Math.max(1, scale)}%` }}
      >
        {parts.map((health) => (
          <span key={health} className={`${styles.part} ${styles[health]}`} style={{ flexGrow: counts[health] }}>
            <HealthShape health={health} />
          </span>
        ))}
      </span>
    </span>
  );
}
