/** A name and its value, with the refusal of the last edit below it. A `dl` holds them. */
import type { ReactNode } from 'react';
import styles from './InstrumentPage.module.css';

interface FactProps {
  name: ReactNode;
  children: ReactNode;
  refusal?: string | null;
}

export function Fact({ name, children, refusal = null }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        {children}
        <Refusal text={refusal} />
      </dd>
    </div>
  );
}

export function Refusal({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <div role="alert" className={styles.refusal}>
      {text}
    </div>
  );
}
