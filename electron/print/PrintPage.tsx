/** The whole page around a printed document. The style sheet is our own constant; what people typed is escaped by React. */
import type { ReactNode } from 'react';
import { PRINT_STYLES } from './printStyles.ts';
import { directionOf, type PrintWords } from './printWords.ts';

export function PrintPage({ words, title, children }: { words: PrintWords; title: string; children: ReactNode }) {
  return (
    <html lang={words.locale} dir={directionOf(words.locale)}>
      <head>
        <meta charSet="utf-8" />
        <title>{title}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours; React would escape its quotes */}
        <style dangerouslySetInnerHTML={{ __html: PRINT_STYLES }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
