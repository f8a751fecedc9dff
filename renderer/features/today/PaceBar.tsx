/** How far a target has come (filled) and how far an even pace would be (tick). */
import styles from './Targets.module.css';
import type { TargetPace } from './targetPace.ts';

export function PaceBar({ pace, label }: { pace: TargetPace; label: string }) {
  const width = Math.min(1, Math.max(0, pace.actualShare));
  return (
    <div className={styles.track} role="img" aria-label={label} title={label}>
      <span className={styles.bar} data-state={pace.state} style={{ inlineSize: `${100 * width}%` }} />
      <span className={styles.tick} style={{ insetInlineStart: `${100 * pace.expectedShare}%` }} />
    </div>
  );
}
