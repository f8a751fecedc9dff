/**
 * Encryption under a passphrase in the standard age format (age-encryption.org/v1): whoever has the age tool can open
 * what we write, and we open what it wrote. The library is loaded when first needed.
 */
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

const BINARY = 'age-encryption.org/v1\n';
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';

/** What the first bytes of a file say; enough of them to hold the armor's first line. */
export const isAge = (start: Buffer): boolean =>
  [BINARY, ARMOR].some((magic) => start.toString('latin1', 0, magic.length) === magic);

/** One spelling of what looks the same, whatever keyboard it was typed on. */
const normal = (passphrase: string): string => passphrase.normalize('NFC');

export async function encrypt(plain: Uint8Array, passphrase: string): Promise<Result<Uint8Array, AppError>> {
  if (passphrase === '') return err({ code: 'passphrase-required', details: {} });
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setPassphrase(normal(passphrase));
  return ok(await encrypter.encrypt(plain));
}

/**
 * A passphrase that does not open the file's key is the wrong one; a key that opens and a content that does not agree
 * with its seals is damage. (Damage to the few bytes that hold the key itself cannot be told from a wrong passphrase.)
 */
export async function decrypt(
  path: string,
  encrypted: Buffer,
  passphrase: string,
): Promise<Result<Uint8Array, AppError>> {
  if (!isAge(encrypted)) return err({ code: 'not-encrypted', details: { path } });
  if (passphrase === '') return err({ code: 'passphrase-required', details: {} });
  const { armor, Decrypter } = await import('age-encryption');
  const damaged = (error: unknown) =>
    err({ code: 'file-damaged', details: { path, problem: error instanceof Error ? error.message : String(error) } });
  let binary: Uint8Array = encrypted;
  if (!startsWith(encrypted, BINARY)) {
    try {
      binary = armor.decode(encrypted.toString('latin1'));
    } catch (error) {
      return damaged(error);
    }
  }
  const recipient = /^age-encryption\.org\/v1\n-> (\S+)/.exec(Buffer.from(binary.subarray(0, 200)).toString('latin1'));
  if (recipient && recipient[1] !== 'scrypt') return err({ code: 'encrypted-for-keys', details: { path } });
  const decrypter = new Decrypter();
  decrypter.addPassphrase(normal(passphrase));
  try {
    return ok(await decrypter.decrypt(binary));
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('no identity matched'))
      return err({ code: 'wrong-passphrase', details: { path } });
    return damaged(error);
  }
}

const startsWith = (bytes: Buffer, text: string): boolean => bytes.toString('latin1', 0, text.length) === text;
