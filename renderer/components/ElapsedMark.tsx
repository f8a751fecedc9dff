/**
 * The delivery unit's mark of elapsed time: a glass half full from half of the time, full from nine tenths. A shape of
 * its own, for health uses the same two colours and asks another question.
 */
import { useTranslation } from 'react-i18next';
import type { ElapsedMark as Mark } from '../../shared/rules/deadline.ts';
import styles from './ElapsedMark.module.css';

interface ElapsedMarkProps {
  mark: Mark;
  /** Share of the time that has passed, 0 to 1 and beyond; said on hover. */
  share?: number | null;
}

export function ElapsedMark({ mark, share = null }: ElapsedMarkProps) {
  const { t } = useTranslation();
  if (mark === 'none') return null;
  const words = t(`elapsed.${mark}`);
  const label = share === null ? words : t('window.elapsedShare', { words, percent: Math.round(share * 100) });
  return <span role="img" aria-label={words} title={label} className={`${styles.mark} ${styles[mark]}`} />;
}
