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
    // biome-ignore lint/a11y/useValidAnchor: it does lead to another page, only the address cannot carry the page's filter
    <a
      className={isInText ? `${styles.link} ${styles.inText}` : styles.link}
      href="#/register"
      draggable={false}
      aria-label={label}
      onClick={(event) => {
        event.preventDefault();
        onOpen();
      }}
    >
      {children}
    </a>
  );
}
