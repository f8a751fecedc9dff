/**
 * Copies under a passphrase. The plain database is only ever in memory on both ways, so that no unencrypted temporary
 * can be left behind, not even by a power cut.
 */
import { readFileSync } from 'node:fs';
import type { PlacedCopy } from '../../shared/api.ts';
import type { CopyScope } from '../../shared/copyScope.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SavedCopy } from '../../shared/safekeeping.ts';
import { type CopySource, openOtherImage } from '../merge/otherFile.ts';
import { assemble, type OpenOptions } from '../open.ts';
import type { OpenFile } from '../openFile.ts';
import { type Database, imageOf, sqliteCode } from '../sqlite.ts';
import { fsError, openError } from '../sqliteErrors.ts';
import { decrypt, encrypt, type FileKey, unwrapKey } from './age.ts';
import { deliver, hashOf, hashOfBytes, writeDurably } from './deliver.ts';
import { type CopyOptions, copyProblem, countsOf, restrictedDatabase, vacuumInto } from './saveCopy.ts';

export interface EncryptedCopyOptions extends CopyOptions {
  passphrase: string;
  /** Only this part of the file. */
  scope?: CopyScope;
}

export async function saveEncryptedCopy(
  file: OpenFile,
  out: string,
  { passphrase, scope, mayReplace }: EncryptedCopyOptions,
): Promise<Result<SavedCopy, AppError>> {
  const image = checkedImage(file, scope);
  if (!image.ok) return image;
  const encrypted = await encrypt(image.value, passphrase);
  image.value.fill(0);
  if (!encrypted.ok) return encrypted;
  const expected = hashOfBytes(encrypted.value);
  return deliver(out, {
    mayReplace,
    openPath: file.path,
    write: (temporary) => writeDurably(temporary, encrypted.value),
    problem: (temporary) => (hashOf(temporary).sha256 === expected ? null : 'other bytes than were written'),
  });
}

/** The bytes of a database with everything, or with a part; checked before anything is done with them. */
function checkedImage(file: OpenFile, scope: CopyScope | undefined): Result<Buffer, AppError> {
  if (scope === undefined) return checked(file.db, file.path);
  const part = restrictedDatabase(file, scope);
  if (!part.ok) return part;
  try {
    return checked(part.value, file.path);
  } finally {
    part.value.close();
  }
}

function checked(db: Database, path: string): Result<Buffer, AppError> {
  try {
    const image = imageOf(db);
    const problem = copyProblem(image, countsOf(db));
    return problem === null ? ok(image) : err({ code: 'file-damaged', details: { path, problem } });
  } catch (error) {
    if (sqliteCode(error)) return err(openError(path, error));
    throw error;
  }
}

/** Decrypts a copy into memory and holds it against what we write, as any stranger's file; the caller closes it. */
export async function openEncrypted(path: string, passphrase: string): Promise<Result<Database, AppError>> {
  const opened = await unlockAndOpen(path, passphrase);
  if (!opened.ok) return opened;
  opened.value.key.fill(0);
  return ok(opened.value.db);
}

/**
 * The key of a copy that a passphrase opens, for whoever needs the copy more than once and should not keep the passphrase.
 * The whole of it is looked through: damage is told now, while somebody can still leave the file out.
 */
export async function unlock(path: string, passphrase: string): Promise<Result<FileKey, AppError>> {
  const opened = await unlockAndOpen(path, passphrase);
  if (!opened.ok) return opened;
  opened.value.db.close();
  return ok(opened.value.key);
}

async function unlockAndOpen(
  path: string,
  passphrase: string,
): Promise<Result<{ db: Database; key: FileKey }, AppError>> {
  const encrypted = readEncrypted(path);
  if (!encrypted.ok) return encrypted;
  const key = await unwrapKey(path, encrypted.value, passphrase);
  if (!key.ok) return key;
  const image = await decrypt(path, encrypted.value, key.value);
  if (!image.ok) return image;
  const db = openOtherImage(path, image.value);
  image.value.fill(0);
  return db.ok ? ok({ db: db.value, key: key.value }) : db;
}

function readEncrypted(path: string): Result<Buffer, AppError> {
  try {
    return ok(readFileSync(path));
  } catch (error) {
    return err(fsError(path, error));
  }
}

/** Decrypts those that lie encrypted, for as long as `use` runs; what was plain for it is wiped afterwards. */
export async function withDecrypted<T>(
  copies: readonly PlacedCopy[],
  use: (copies: readonly CopySource[]) => Result<T, AppError> | Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  const sources: { path: string; image?: Buffer }[] = [];
  try {
    for (const { path, key } of copies) {
      if (key === null) {
        sources.push({ path });
        continue;
      }
      const encrypted = readEncrypted(path);
      if (!encrypted.ok) return encrypted;
      const image = await decrypt(path, encrypted.value, key);
      if (!image.ok) return image;
      sources.push({ path, image: image.value });
    }
    return await use(sources);
  } finally {
    for (const { image } of sources) image?.fill(0);
  }
}

/** Opens an encrypted copy for looking, in memory: nothing is written anywhere. */
export async function openEncryptedFile(
  path: string,
  passphrase: string,
  options: OpenOptions,
): Promise<Result<OpenFile, AppError>> {
  const opened = await openEncrypted(path, passphrase);
  if (!opened.ok) return opened;
  const file = assemble(opened.value, path, 'encrypted', options);
  // Only now: a copy of an older version has been given its search index.
  opened.value.pragma('query_only = ON');
  return ok(file);
}

/** Writes the plain database of an encrypted copy to a place that a person chose for it. */
export async function saveDecryptedCopy(
  path: string,
  out: string,
  { passphrase, mayReplace }: EncryptedCopyOptions,
): Promise<Result<SavedCopy, AppError>> {
  const opened = await openEncrypted(path, passphrase);
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const counts = countsOf(db);
    return deliver(out, {
      mayReplace,
      openPath: path,
      write: (temporary) => vacuumInto(db, temporary),
      problem: (temporary) => copyProblem(temporary, counts),
    });
  } catch (error) {
    if (sqliteCode(error)) return err(openError(path, error));
    throw error;
  } finally {
    db.close();
  }
}
