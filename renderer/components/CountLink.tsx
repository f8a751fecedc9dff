/** A number, or the words around it, that leads to exactly the rows it counts. */
import { UnstyledButton } from '@mantine/core';
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
    <UnstyledButton
      className={isInText ? `${styles.link} ${styles.inText}` : styles.link}
      role="link"
      aria-label={label}
      onClick={onOpen}
    >
      {children}
    </UnstyledButton>
  );
}
