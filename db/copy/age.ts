/**
 * Encryption under a passphrase in the standard age format (age-encryption.org/v1): whoever has the age tool can open
 * what we write, and we open what it wrote. The library is loaded when first needed.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

const BINARY = 'age-encryption.org/v1\n';
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';

/** What the first bytes of a file say; enough of them to hold the armor's first line. */
export const isAge = (start: Buffer): boolean =>
  [BINARY, ARMOR].some((magic) => start.toString('latin1', 0, magic.length) === magic);

/** The same of a file; whatever cannot be read is said by whoever opens it. */
export function isAgeFile(path: string): boolean {
  try {
    const file = openSync(path, 'r');
    try {
      const start = Buffer.alloc(64);
      readSync(file, start, 0, start.length, 0);
      return isAge(start);
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

/** One spelling of what looks the same, whatever keyboard it was typed on. */
const normal = (passphrase: string): string => passphrase.normalize('NFC');

export async function encrypt(plain: Uint8Array, passphrase: string): Promise<Result<Uint8Array, AppError>> {
  if (passphrase === '') return err({ code: 'passphrase-required', details: {} });
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setPassphrase(normal(passphrase));
  return ok(await encrypter.encrypt(plain));
}

/** What opens this one file and no other: random bytes made for it, which its passphrase only wraps. */
export type FileKey = Uint8Array;

/**
 * The key of a file, by its passphrase. A passphrase that does not open it is the wrong one. (Damage to the few bytes that
 * hold the key itself cannot be told from a wrong passphrase.)
 */
export async function unwrapKey(
  path: string,
  encrypted: Buffer,
  passphrase: string,
): Promise<Result<FileKey, AppError>> {
  if (!isAge(encrypted)) return err({ code: 'not-encrypted', details: { path } });
  if (passphrase === '') return err({ code: 'passphrase-required', details: {} });
  const { Decrypter } = await import('age-encryption');
  try {
    const binary = await binaryOf(encrypted);
    const recipient = /^age-encryption\.org\/v1\n-> (\S+)/.exec(
      Buffer.from(binary.subarray(0, 200)).toString('latin1'),
    );
    if (recipient && recipient[1] !== 'scrypt') return err({ code: 'encrypted-for-keys', details: { path } });
    const decrypter = new Decrypter();
    decrypter.addPassphrase(normal(passphrase));
    return ok(await decrypter.decryptHeader(binary));
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('no identity matched'))
      return err({ code: 'wrong-passphrase', details: { path } });
    return damaged(path, error);
  }
}

/** The content of a file whose key is known. What does not agree with its seals is damage, or another file by now. */
export async function decrypt(path: string, encrypted: Buffer, key: FileKey): Promise<Result<Buffer, AppError>> {
  if (!isAge(encrypted)) return err({ code: 'not-encrypted', details: { path } });
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: () => key });
  try {
    const plain = await decrypter.decrypt(await binaryOf(encrypted));
    return ok(Buffer.from(plain.buffer, plain.byteOffset, plain.length));
  } catch (error) {
    return damaged(path, error);
  }
}

/** Without the armor that lets a file travel as text. */
async function binaryOf(encrypted: Buffer): Promise<Uint8Array> {
  if (startsWith(encrypted, BINARY)) return encrypted;
  const { armor } = await import('age-encryption');
  return armor.decode(encrypted.toString('latin1'));
}

const damaged = (path: string, error: unknown) =>
  err<AppError>({
    code: 'file-damaged',
    details: { path, problem: error instanceof Error ? error.message : String(error) },
  });

const startsWith = (bytes: Buffer, text: string): boolean => bytes.toString('latin1', 0, text.length) === text;
