/** A name and its value, with the refusal of the last edit below it. A `dl` holds them. */
import type { ReactNode } from 'react';
import { FieldConflict } from '../sharing/FieldConflict.tsx';
import styles from './InstrumentPage.module.css';

interface FactProps {
  name: ReactNode;
  children: ReactNode;
  refusal?: string | null;
  /** The field of the instrument that it shows: copies may say different things about it. */
  shows?: { id: string; field: string };
}

export function Fact({ name, children, refusal = null, shows }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>
        {name}
        {shows && <FieldConflict {...shows} />}
      </dt>
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
