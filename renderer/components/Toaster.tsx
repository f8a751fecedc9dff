/** What just happened, with the way back: short messages at the lower edge that announce themselves. */
import { UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Toaster.module.css';

export interface ToastMessage {
  id: number;
  text: string;
  isProblem: boolean;
  actions: readonly { label: string; run: () => void }[];
}

/** Long enough to read it and to reach for Undo. */
const SHOWN_MS = 8_000;

export function Toaster({ toasts, onClose }: { toasts: readonly ToastMessage[]; onClose: (id: number) => void }) {
  return (
    <div className={styles.toaster} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} onClose={() => onClose(toast.id)} />
      ))}
    </div>
  );
}

function Toast({ toast, onClose }: { toast: ToastMessage; onClose: () => void }) {
  const { t } = useTranslation();
  const [isHeld, setHeld] = useState(false);
  const isTimed = !toast.isProblem && !isHeld;

  // biome-ignore lint/correctness/useExhaustiveDependencies: onClose is new with every drawing, the clock must not start anew
  useEffect(() => {
    if (!isTimed) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isTimed]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing to operate, the clock only stops while it is read
    <div
      className={`${styles.toast} ${toast.isProblem ? styles.problem : ''}`}
      role={toast.isProblem ? 'alert' : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.text}>{toast.text}</span>
      {toast.actions.map((action) => (
        <UnstyledButton
          key={action.label}
          className={styles.action}
          onClick={() => {
            onClose();
            action.run();
          }}
        >
          {action.label}
        </UnstyledButton>
      ))}
      <UnstyledButton className={styles.close} aria-label={t('window.close')} onClick={onClose}>
        <IconX size={16} />
      </UnstyledButton>
    </div>
  );
}
