/** An input over the cell. Leaving it keeps what was typed, as in Excel; Esc does not. */
import { useRef, useState } from 'react';
import type { Reply } from '../../../shared/rpc/messages.ts';
import { errorText } from '../../text/i18n.ts';
import styles from './CellEditor.module.css';

interface TextCellEditorProps {
  label: string;
  value: string;
  isLong?: boolean;
  /** The edge of the cell from which an editor wider than the cell grows. */
  from: 'start' | 'end';
  onSave: (text: string) => Promise<Reply<unknown>>;
  onLeave: () => void;
}

export function TextCellEditor({ label, value, isLong = false, from, onSave, onLeave }: TextCellEditorProps) {
  const [typed, setTyped] = useState(value);
  const [error, setError] = useState<string | null>(null);
  // Enter and the blur that follows it must not save twice.
  const isDone = useRef(false);

  const save = async () => {
    if (isDone.current) return;
    if (typed.trim() === value.trim()) {
      isDone.current = true;
      return onLeave();
    }
    isDone.current = true;
    const reply = await onSave(typed.trim());
    if (reply.ok) return onLeave();
    isDone.current = false;
    setError(errorText(reply.error));
  };

  return (
    <>
      <input
        className={`${styles.input} ${isLong ? styles.long : ''} ${styles[from]}`}
        aria-label={label}
        aria-invalid={error !== null}
        value={typed}
        dir="auto"
        // biome-ignore lint/a11y/noAutofocus: the editor was asked for
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setTyped(event.target.value);
          setError(null);
        }}
        onBlur={() => {
          if (error === null) void save();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save();
          if (event.key === 'Escape') {
            isDone.current = true;
            onLeave();
          }
          event.stopPropagation();
        }}
      />
      {error !== null && (
        <div role="alert" className={`${styles.error} ${styles[from]}`}>
          {error}
        </div>
      )}
    </>
  );
}
