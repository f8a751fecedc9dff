/** The other end of finishPdf.ts: packs one PDF and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type PdfMeta, packPdf } from './packPdf.ts';

const { bytes, meta } = workerData as { bytes: Uint8Array<ArrayBuffer>; meta: PdfMeta };
const packed = await packPdf(bytes, meta);
// A copy whose buffer is its own, for it is handed over and not copied again.
const own = packed.slice();
parentPort?.postMessage(own, [own.buffer]);
