/**
 * Documents to PDF: static HTML in a hidden window that can do nothing but be printed. No scripts, a session of its own
 * in memory, no network; the document and its fonts are all that its address space holds.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { BrowserWindow, session } from 'electron';
import type { AppError } from '../shared/errors.ts';
import type { StatusReport } from '../shared/report/statusReport.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import { formatDate, formatDay } from '../shared/text/formatDate.ts';
import { logBug } from './log.ts';
import type { MergeRecord } from './merging.ts';
import { finishPdf } from './print/finishPdf.ts';
import { PRINT_FONTS } from './print/printFonts.ts';
import { renderMergeReportHtml } from './print/renderMergeReport.ts';
import { renderStatusReportHtml } from './print/renderStatusReport.ts';
import { answer, notFound, PRINT_SCHEME } from './protocol.ts';
import { t } from './text.ts';

const PRINT_HOST = 'document';
/** Nothing but its own styles and fonts; pictures are drawn in place (SVG) or travel inside the document. */
const PRINT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

const documents = new Map<string, string>();

/** The report as a finished PDF. `step` counts to 3: document made, printed, packed. */
export const printStatusReport = (report: StatusReport, signal: AbortSignal, step: (done: number) => void) =>
  printDocument(signal, step, () => ({
    html: renderStatusReportHtml(report, { language: LANGUAGE }),
    title: t('printed.reportTitle', { title: report.title, date: formatDate(report.asOf, LANGUAGE) }),
    author: report.preparedBy?.name ?? null,
  }));

/** What a merge brought and what was decided in it, for the minutes. */
export const printMergeReport = (record: MergeRecord, signal: AbortSignal) =>
  printDocument(
    signal,
    () => undefined,
    () => ({
      html: renderMergeReportHtml(record, { language: LANGUAGE }),
      title: t('printed.mergeTitle', { title: record.title, date: formatDay(record.at, LANGUAGE) }),
      author: record.author?.name ?? null,
    }),
  );

const LANGUAGE = 'en';

interface PrintedDocument {
  html: string;
  title: string;
  author: string | null;
}

async function printDocument(
  signal: AbortSignal,
  step: (done: number) => void,
  make: () => PrintedDocument,
): Promise<Reply<Uint8Array>> {
  try {
    const { html, title, author } = make();
    step(1);
    const printed = await printHtml(html, title, signal);
    step(2);
    const finished = await finishPdf(printed, { title, author, language: LANGUAGE });
    signal.throwIfAborted();
    step(3);
    return ok(finished);
  } catch (error) {
    if (signal.aborted) throw error;
    logBug('printing', error);
    const problem = error instanceof Error ? error.message : String(error);
    return err<AppError>({ code: 'print-failed', details: { problem } });
  }
}

/** Prints a whole HTML document: A4 as its own style sheet says, tagged, with bookmarks from its headings. */
async function printHtml(html: string, title: string, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted();
  const id = randomUUID();
  documents.set(id, html);
  const window = hiddenWindow();
  const stop = () => window.destroy();
  signal.addEventListener('abort', stop);
  try {
    const ended = new Promise<never>((_, reject) => {
      window.webContents.once('render-process-gone', (__, { reason }) =>
        reject(new Error(`the printer's page: ${reason}`)),
      );
      window.once('closed', () => reject(new Error('stopped')));
    });
    ended.catch(() => undefined);
    await Promise.race([window.loadURL(`${PRINT_SCHEME}://${PRINT_HOST}/${id}/`), ended]);
    return await Promise.race([
      window.webContents.printToPDF({
        pageSize: 'A4',
        preferCSSPageSize: true,
        printBackground: true,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
        displayHeaderFooter: true,
        headerTemplate: runningLine(escapeHtml(title)),
        footerTemplate: runningLine(pageNumber()),
      }),
      ended,
    ]);
  } finally {
    signal.removeEventListener('abort', stop);
    documents.delete(id);
    if (!window.isDestroyed()) window.destroy();
  }
}

const hiddenWindow = (): BrowserWindow =>
  new BrowserWindow({
    show: false,
    webPreferences: {
      session: printSession(),
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      devTools: false,
      spellcheck: false,
      backgroundThrottling: false,
    },
  });

/** Without "persist:" a partition lives in memory. One for all prints: Electron keeps each for the life of the program. */
function printSession() {
  const own = session.fromPartition('print');
  if (!own.protocol.isProtocolHandled(PRINT_SCHEME)) own.protocol.handle(PRINT_SCHEME, serveDocument);
  return own;
}

async function serveDocument({ url }: Request): Promise<Response> {
  const { host, pathname } = new URL(url);
  const [, id = '', ...rest] = pathname.split('/');
  const html = documents.get(id);
  if (host !== PRINT_HOST || html === undefined) return notFound(url);
  const name = rest.join('/');
  if (name === '') return answer(html, 'document.html', PRINT_POLICY);
  const font = fontFile(name);
  return font ? answer(await readFile(font), font) : notFound(url);
}

/** The file of `fonts/NAME`, from a fixed list: no name of a document's becomes a path. */
function fontFile(name: string): string | null {
  const fonts: Readonly<Record<string, string>> = PRINT_FONTS;
  const font = /^fonts\/([\w.-]+)$/.exec(name)?.[1];
  return font && Object.hasOwn(fonts, font) ? (fonts[font] as string) : null;
}

const pageNumber = (): string =>
  t('printed.page', { page: '<span class="pageNumber"></span>', pages: '<span class="totalPages"></span>' });

/**
 * The line above or below every page. Chromium sets both in pages of their own, which draw before any font they would
 * have to load (even one inside the template: the text stays invisible), so the system's own letters are used for these few.
 */
const runningLine = (html: string): string => {
  const font = "7.5pt 'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
  return `<div style="inline-size:100%;margin-inline:15mm;text-align:end;color:#5b6068;font:${font}">${html}</div>`;
};

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The title is a person's text, and this template is no React. */
const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
