/**
 * One file of an exchange folder: whole in itself, checksummed, and never changed once it has its name.
 *
 *   "MOUX"  version  0 0 0  length of the head  length of the body  SHA-256 of all the rest, 16 bytes   (32 bytes)
 *   head    brotli of JSON: whose file it is, which batches it holds, what its writer holds
 *   body    brotli of a piece of the log in columns (columns.ts); empty where there is nothing but news of the writer
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { z } from 'zod';
import { DamagedExchangeFile } from './bytes.ts';
import { decodePiece, encodePiece, type LogPiece } from './columns.ts';
import { Coverage } from './coverage.ts';

export const EXCHANGE_ENDING = '.moux';
const MAGIC = 'MOUX';
export const EXCHANGE_VERSION = 1;
const FIXED_BYTES = 32;
const HASH_BYTES = 16;
/** Larger ones are not of this program: it cuts its log into pieces far below. */
export const MOST_FILE_BYTES = 64 << 20;
const MOST_HEAD_BYTES = 16 << 20;
const MOST_BODY_BYTES = 512 << 20;

const count = z.int().min(0);
const text = z.string().max(300);

export const ExchangeHead = z.object({
  family: text,
  /** The installation that wrote it, by its name in this folder, and its running number there. */
  writer: z.string().regex(/^[\w-]{1,40}$/),
  number: count,
  /** By the writer's clock, ms. */
  at: z.number(),
  author: z.object({ name: text, post: text.nullable() }).nullable(),
  /** Names under which this installation has written the file. */
  own: z.array(text),
  /** What the writer's file holds: of each replica the last batch of its unbroken beginning. */
  holds: z.array(z.tuple([text, count])),
  /** The batches in here, whole ones: session, first and last place; and which batch comes just before, if it is of another session. */
  runs: z.array(z.tuple([text, count, count, z.tuple([text, count]).nullable()])),
  /** Batches that are here in part: session, place, how many of their changes. */
  parts: z.array(z.tuple([text, count, count])),
  changes: count,
});
export type ExchangeHead = z.infer<typeof ExchangeHead>;

/** A newer program wrote it: nothing is wrong with it. */
export class NewerExchangeFile extends Error {}

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** From here on the last percents cost seconds. */
const LARGE_BYTES = 512 << 10;

const packed = (bytes: Uint8Array): Promise<Buffer> =>
  compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: bytes.length > LARGE_BYTES ? 9 : 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

export async function encodeExchangeFile(
  head: ExchangeHead,
  piece: LogPiece | null,
  version = EXCHANGE_VERSION,
): Promise<Buffer> {
  const headBytes = await packed(Buffer.from(JSON.stringify(head), 'utf8'));
  const bodyBytes = piece ? await packed(encodePiece(piece)) : Buffer.alloc(0);
  const fixed = Buffer.alloc(FIXED_BYTES);
  fixed.write(MAGIC, 0, 'latin1');
  fixed.writeUInt8(version, 4);
  fixed.writeUInt32BE(headBytes.length, 8);
  fixed.writeUInt32BE(bodyBytes.length, 12);
  hashOf(fixed, headBytes, bodyBytes).copy(fixed, FIXED_BYTES - HASH_BYTES);
  return Buffer.concat([fixed, headBytes, bodyBytes]);
}

const hashOf = (fixed: Uint8Array, ...rest: Uint8Array[]): Buffer => {
  const hash = createHash('sha256').update(fixed.subarray(0, FIXED_BYTES - HASH_BYTES));
  for (const part of rest) hash.update(part);
  return hash.digest().subarray(0, HASH_BYTES);
};

/** Checks the whole of it, reads the head. Throws DamagedExchangeFile or NewerExchangeFile. */
export async function decodeHead(bytes: Buffer): Promise<{ head: ExchangeHead; hash: string }> {
  const { head, hash } = sections(bytes);
  try {
    const json = await decompress(head, { maxOutputLength: MOST_HEAD_BYTES });
    return { head: ExchangeHead.parse(JSON.parse(json.toString('utf8'))), hash };
  } catch (error) {
    throw new DamagedExchangeFile(`its head cannot be read: ${messageOf(error)}`);
  }
}

/** Null: there is nothing but news of its writer in it. */
export async function decodeBody(bytes: Buffer): Promise<LogPiece | null> {
  const { body } = sections(bytes);
  if (body.length === 0) return null;
  let columns: Buffer;
  try {
    columns = await decompress(body, { maxOutputLength: MOST_BODY_BYTES });
  } catch (error) {
    throw new DamagedExchangeFile(`its body cannot be read: ${messageOf(error)}`);
  }
  return decodePiece(columns);
}

function sections(bytes: Buffer): { head: Buffer; body: Buffer; hash: string } {
  if (bytes.length < FIXED_BYTES || bytes.toString('latin1', 0, 4) !== MAGIC)
    throw new DamagedExchangeFile(bytes.length < FIXED_BYTES ? 'it is cut off' : 'it is no exchange file');
  const headLength = bytes.readUInt32BE(8);
  const bodyLength = bytes.readUInt32BE(12);
  if (bytes.length !== FIXED_BYTES + headLength + bodyLength) throw new DamagedExchangeFile('it is cut off');
  const head = bytes.subarray(FIXED_BYTES, FIXED_BYTES + headLength);
  const body = bytes.subarray(FIXED_BYTES + headLength);
  const stored = bytes.subarray(FIXED_BYTES - HASH_BYTES, FIXED_BYTES);
  if (!hashOf(bytes.subarray(0, FIXED_BYTES), head, body).equals(stored))
    throw new DamagedExchangeFile('its checksum is wrong');
  if (bytes.readUInt8(4) > EXCHANGE_VERSION) throw new NewerExchangeFile('a newer version wrote it');
  return { head, body, hash: stored.toString('hex') };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 200) : String(error));

export function coverageOf(head: ExchangeHead): Coverage {
  const coverage = new Coverage();
  for (const [session, from, to] of head.runs) coverage.add(session, from, to);
  return coverage;
}
