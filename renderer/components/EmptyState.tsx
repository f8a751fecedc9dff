/** What will be here, and the one next step. */
import { Button } from '@mantine/core';
import styles from './EmptyState.module.css';

interface EmptyStateProps {
  text: string;
  action?: { label: string; run: () => void };
}

export function EmptyState({ text, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p className="quiet">{text}</p>
      {action && <Button onClick={action.run}>{action.label}</Button>}
    </div>
  );
}
