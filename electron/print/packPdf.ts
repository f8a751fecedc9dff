/**
 * The last hand on a printed PDF: its title, author and language, and the thousands of small objects of a tagged file
 * packed into compressed streams (a third of the size or less). Tags, bookmarks and pages stay as they were printed.
 */
import { PDFDocument } from '@cantoo/pdf-lib';

export interface PdfMeta {
  title: string;
  author: string | null;
  /** BCP 47; a reader's voice needs it. */
  language: string;
}

export async function packPdf(bytes: Uint8Array, { title, author, language }: PdfMeta): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  document.setTitle(title, { showInWindowTitleBar: true });
  if (author !== null) document.setAuthor(author);
  document.setLanguage(language);
  document.setCreator('MoU Tracker');
  document.setProducer('MoU Tracker');
  return document.save({ useObjectStreams: true, addDefaultPage: false });
}
