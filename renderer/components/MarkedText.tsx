/** A passage with the words that were searched for marked in it. */
import { Fragment, type ReactNode } from 'react';

interface MarkedTextProps {
  text: string;
  /** Spans in UTF-16 units, in order, not overlapping. */
  marks: readonly { start: number; end: number }[];
}

export function MarkedText({ text, marks }: MarkedTextProps) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of marks) {
    parts.push(
      <Fragment key={at}>{text.slice(at, start)}</Fragment>,
      <mark key={`m${start}`}>{text.slice(start, end)}</mark>,
    );
    at = end;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
