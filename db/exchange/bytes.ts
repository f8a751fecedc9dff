/** Whole numbers and texts as few bytes: the columns of an exchange file are made of these. */

/** Thrown while a file is read: what is wrong with it. It is left alone and tried again later. */
export class DamagedExchangeFile extends Error {}

/** One column. Small numbers take one byte, each further 7 bits one more. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** A whole number from 0 to 2^53 - 1. */
  count(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A whole number of either sign, small ones short. Its distance from zero must be under 2^52. */
  signed(value: number): void {
    this.count(value < 0 ? -2 * value - 1 : 2 * value);
  }

  double(value: number): void {
    this.#reserve(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value);
    this.#length += 8;
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  toBytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  count(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new DamagedExchangeFile('a column ends too early');
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new DamagedExchangeFile('a number is too large');
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  /** A count that names one of `size` things. */
  index(size: number): number {
    const value = this.count();
    if (value >= size) throw new DamagedExchangeFile('a number names nothing');
    return value;
  }

  signed(): number {
    const value = this.count();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  double(): number {
    const bytes = this.bytes(8);
    return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0);
  }

  bytes(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new DamagedExchangeFile('a column ends too early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Texts of one kind, one after the other; how long each is stands in a column of its own. */
export class TextWriter {
  readonly #lengths: ByteWriter;
  readonly #texts: ByteWriter;

  constructor(lengths: ByteWriter, texts: ByteWriter) {
    this.#lengths = lengths;
    this.#texts = texts;
  }

  text(value: string): void {
    const bytes = Buffer.from(value, 'utf8');
    this.#lengths.count(bytes.length);
    this.#texts.bytes(bytes);
  }
}

export class TextReader {
  readonly #lengths: ByteReader;
  readonly #texts: ByteReader;

  constructor(lengths: ByteReader, texts: ByteReader) {
    this.#lengths = lengths;
    this.#texts = texts;
  }

  text(): string {
    const length = this.#lengths.count();
    if (length > MOST_TEXT_BYTES) throw new DamagedExchangeFile('a text is too long');
    try {
      return decoder.decode(this.#texts.bytes(length));
    } catch (error) {
      if (error instanceof DamagedExchangeFile) throw error;
      throw new DamagedExchangeFile('a text is none');
    }
  }
}

/** No text of ours comes near. */
const MOST_TEXT_BYTES = 1_000_000;
