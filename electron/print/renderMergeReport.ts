/** The record of a merge as one static HTML page for A4, as renderStatusReport.ts does it for the status report. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { MergeRecord } from '../merging.ts';
import { MergeReportDocument } from './MergeReportDocument.tsx';
import { printWords } from './printWords.ts';

export function renderMergeReportHtml(record: MergeRecord, { language }: { language: string }): string {
  const words = printWords(language);
  const title = words.t('printed.mergeTitle', { title: record.title, date: words.dayOf(record.at) });
  return `<!doctype html>${renderToStaticMarkup(createElement(MergeReportDocument, { record, words, title }))}`;
}
