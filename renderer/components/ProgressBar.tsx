/** Percent done as a bar and a number. */
import styles from './ProgressBar.module.css';

interface ProgressBarProps {
  percent: number;
  /** What is progressing, for those who cannot see where it stands. */
  label?: string;
}

export function ProgressBar({ percent, label }: ProgressBarProps) {
  return (
    <span className={styles.progress}>
      <span
        className={styles.track}
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span className={styles.bar} style={{ inlineSize: `${percent}%` }} />
      </span>
      <span className={styles.number}>{percent}%</span>
    </span>
  );
}
