/** The status report as one static HTML page for A4: no script, nothing from outside but the fonts below fonts/. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { StatusReport } from '../../shared/report/statusReport.ts';
import { printWords } from './printWords.ts';
import { StatusReportDocument } from './StatusReportDocument.tsx';

export function renderStatusReportHtml(report: StatusReport, { language }: { language: string }): string {
  const words = printWords(language);
  const title = `${report.title}: ${words.t('statusReport.name')}, ${words.day(report.asOf)}`;
  return `<!doctype html>${renderToStaticMarkup(createElement(StatusReportDocument, { report, words, title }))}`;
}
