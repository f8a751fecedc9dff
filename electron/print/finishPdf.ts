/// <reference types="electron-vite/node" />
/**
 * Finishes a printed PDF in a thread of its own: packing takes a tenth of a second and more, in which main could move no
 * window. In pieces on main's own thread it still held it for 60 to 230 ms at a time.
 */
import { once } from 'node:events';
import type { PdfMeta } from './packPdf.ts';
import startPacking from './packPdfWorker.ts?nodeWorker';

export async function finishPdf(bytes: Uint8Array, meta: PdfMeta): Promise<Uint8Array> {
  const worker = startPacking({ workerData: { bytes, meta } });
  try {
    // Rejects with the worker's own error, should it throw.
    const [packed] = (await once(worker, 'message')) as [Uint8Array];
    return packed;
  } finally {
    void worker.terminate();
  }
}
