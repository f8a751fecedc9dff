/** A number, or the words around it, that leads to exactly what it speaks of. */
import type { ReactNode } from 'react';
import styles from './CountLink.module.css';

interface CountLinkProps {
  children: ReactNode;
  onOpen: () => void;
  /** What will be shown, when the words themselves do not say it. */
  label?: string;
  /** As part of a line of text, underlined; otherwise it shows itself as a link when pointed at. */
  isInText?: boolean;
}

export function CountLink({ children, onOpen, label, isInText = false }: CountLinkProps) {
  return (
    <a
      className={isInText ? `${styles.link} ${styles.inText}` : styles.link}
      href="#/register"
      draggable={false}
      aria-label={label}
      onClick={(event) => {
        // The page is opened with its filter, which the address does not carry.
        event.preventDefault();
        onOpen();
      }}
    >
      {children}
    </a>
  );
}
