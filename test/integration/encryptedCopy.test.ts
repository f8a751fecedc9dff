/** Copies under a passphrase: both ways, with nothing plain on the disk, and with the age tool where it is installed. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { editInstruments } from '../../db/commands/instrumentCommands.ts';
import { encrypt } from '../../db/copy/age.ts';
import { openEncrypted, openEncryptedFile, saveDecryptedCopy, saveEncryptedCopy } from '../../db/copy/encryptedCopy.ts';
import { saveCopy } from '../../db/copy/saveCopy.ts';
import { mergeOpenFiles } from '../../db/merge/merge.ts';
import { migrate } from '../../db/migrations/index.ts';
import { closeFile, openFile } from '../../db/open.ts';
import { fileDetails } from '../../db/repositories/fileRepository.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { connectSqlite } from '../../db/sqlite.ts';
import { newFile, openAgain, optionsOf, refusalOf, tempFolder, unwrap } from '../helpers/tempFile.ts';

// Making a key out of a passphrase is slow on purpose: a second or more each time.
vi.setConfig({ testTimeout: 90_000 });

const PASSPHRASE = 'Көлік және логистика 2026';
const hasAge = spawnSync('age', ['--version']).status === 0;
const hasScript = spawnSync('script', ['--version']).status === 0;

async function encryptedFile(passphrase = PASSPHRASE) {
  const file = newFile();
  unwrap(
    editInstruments(file, { ids: [listInstruments(file.db)[0]?.id as never], fields: { nextStep: 'plain words' } }),
  );
  const path = join(tempFolder(), 'a.mou.age');
  const saved = unwrap(await saveEncryptedCopy(file, path, { passphrase }));
  return { file, path, saved };
}

/** The age tool asks for passphrases at a terminal only: one of its own, which types what it is told. */
function ageAtTerminal(command: string, typed: string) {
  const result = spawnSync('script', ['-qec', command, '/dev/null'], {
    input: typed,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status: result.status, output: result.stdout };
}

describe('an encrypted copy', () => {
  test('holds everything, is opened in memory, and nothing plain is left anywhere', async () => {
    const { file, path, saved } = await encryptedFile();
    expect(saved.sizeBytes).toBe(readFileSync(path).length);
    expect(readFileSync(path).includes('plain words')).toBe(false);
    const opened = unwrap(await openEncryptedFile(path, PASSPHRASE, optionsOf()));
    expect(fileDetails(opened)).toMatchObject({ readOnlyReason: 'encrypted', counts: fileDetails(file).counts });
    expect(checkFile(opened)).toEqual([]);
    expect(
      refusalOf(
        editInstruments(opened, { ids: [listInstruments(opened.db)[0]?.id as never], fields: { nextStep: 'x' } }),
      ).code,
    ).toBe('file-read-only');
    closeFile(opened);
    expect(readdirSync(dirname(path))).toEqual(['a.mou.age']);
    const out = join(dirname(path), 'b.mou');
    unwrap(await saveDecryptedCopy(path, out, { passphrase: PASSPHRASE }));
    expect(checkFile(openAgain(out))).toEqual([]);
  });

  test('tells a wrong passphrase from damage', async () => {
    const { path } = await encryptedFile();
    const wrong = refusalOf(await openEncrypted(path, 'not it'));
    expect(wrong).toEqual({ code: 'wrong-passphrase', details: { path } });
    expect(refusalOf(await openEncrypted(path, '')).code).toBe('passphrase-required');
    const bytes = readFileSync(path);
    for (const damage of [
      () => bytes.subarray(0, bytes.length - 1_000),
      () => bytes.subarray(0, 60),
      () => {
        const flipped = Buffer.from(bytes);
        flipped[bytes.length - 5_000] = (flipped[bytes.length - 5_000] as number) ^ 1;
        return flipped;
      },
    ]) {
      writeFileSync(path, damage());
      expect(refusalOf(await openEncrypted(path, PASSPHRASE)).code).toBe('file-damaged');
    }
  });

  test('is known for what it is where a plain file was expected, and the other way round', async () => {
    const { file, path } = await encryptedFile();
    expect(refusalOf(openFile(path, optionsOf())).code).toBe('file-encrypted');
    expect(refusalOf(await openEncrypted(file.path, PASSPHRASE)).code).toBe('not-encrypted');
  });

  test('whose content is not ours is refused as any stranger’s file', async () => {
    const { Encrypter } = await import('age-encryption');
    const encrypter = new Encrypter();
    encrypter.setPassphrase('x');
    encrypter.setScryptWorkFactor(10);
    const path = join(tempFolder(), 'x.age');
    writeFileSync(path, await encrypter.encrypt('no database'));
    expect(refusalOf(await openEncrypted(path, 'x')).code).toBe('not-a-tracker-file');
  });

  test('of a part holds the part', async () => {
    const { file } = await encryptedFile();
    const path = join(tempFolder(), 'part.age');
    unwrap(await saveEncryptedCopy(file, path, { passphrase: 'x', scope: { by: 'number', numbers: [4] } }));
    const db = unwrap(await openEncrypted(path, 'x'));
    expect(listInstruments(db).map(({ number }) => number)).toEqual([4]);
    db.close();
  });

  test('of an older version is shown as it would be after its update', async () => {
    const folder = tempFolder();
    const old = join(folder, 'old.mou');
    const db = connectSqlite(old);
    migrate(db, 30);
    db.close();
    const encrypted = unwrap(await encrypt(readFileSync(old), PASSPHRASE));
    writeFileSync(join(folder, 'old.age'), encrypted);
    const opened = unwrap(await openEncryptedFile(join(folder, 'old.age'), PASSPHRASE, optionsOf()));
    expect(listInstruments(opened.db)).toEqual([]);
    expect(() => opened.db.exec('DELETE FROM batch')).toThrow('readonly');
    closeFile(opened);
  });

  test('merges from memory', async () => {
    const { file, path } = await encryptedFile();
    const other = openAgain(unwrap(saveCopy(file, join(tempFolder(), 'b.mou'))).path);
    unwrap(editInstruments(file, { ids: [listInstruments(file.db)[1]?.id as never], fields: { nextStep: 'newer' } }));
    unwrap(await saveEncryptedCopy(file, path, { passphrase: 'x', mayReplace: true }));
    const db = unwrap(await openEncrypted(path, 'x'));
    expect(unwrap(mergeOpenFiles(other, [{ path, db }], { isDryRun: false })).batches).toHaveLength(1);
    db.close();
    expect(listInstruments(other.db)[1]?.nextStep).toBe('newer');
  });
});

describe.skipIf(!hasAge)('the age tool', () => {
  test.skipIf(!hasScript)('opens ours with the passphrase', async () => {
    const { file, path } = await encryptedFile('correct horse');
    const out = join(dirname(path), 'by-age.mou');
    const { status, output } = ageAtTerminal(`age --decrypt -o '${out}' '${path}'`, 'correct horse\n');
    expect([status, output]).toEqual([0, expect.any(String)]);
    const opened = openAgain(out);
    expect(fileDetails(opened).counts).toEqual(fileDetails(file).counts);
    expect(ageAtTerminal(`age --decrypt -o /dev/null '${path}'`, 'wrong horse\n').status).not.toBe(0);
  });

  test.skipIf(!hasScript)('writes what we open, plain and armored', async () => {
    const { file } = await encryptedFile();
    for (const [name, option] of [
      ['binary.age', ''],
      ['armored.age', '--armor'],
    ]) {
      const path = join(tempFolder(), name as string);
      const { status } = ageAtTerminal(
        `age --encrypt --passphrase ${option} -o '${path}' '${unwrap(saveCopy(file, `${path}.mou`)).path}'`,
        'correct horse\ncorrect horse\n',
      );
      expect(status).toBe(0);
      const opened = unwrap(await openEncryptedFile(path, 'correct horse', optionsOf()));
      expect(fileDetails(opened).counts).toEqual(fileDetails(file).counts);
      closeFile(opened);
    }
  });

  test('for the holder of a key is told from one with a passphrase', async () => {
    const { file } = await encryptedFile();
    const folder = tempFolder();
    spawnSync('age-keygen', ['-o', join(folder, 'key')]);
    const recipient = /age1\w+/.exec(readFileSync(join(folder, 'key'), 'utf8'))?.[0] as string;
    spawnSync('age', ['-r', recipient, '-o', join(folder, 'k.age'), file.path]);
    expect(refusalOf(await openEncrypted(join(folder, 'k.age'), 'x')).code).toBe('encrypted-for-keys');
  });
});
