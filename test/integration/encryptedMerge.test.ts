/** Copies that are merged as they came, encrypted: nothing plain is ever written, and what comes is what a plain one brings. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { editInstruments } from '../../db/commands/instrumentCommands.ts';
import { isAgeFile } from '../../db/copy/age.ts';
import { unlock, withDecrypted } from '../../db/copy/encryptedCopy.ts';
import { hostHandlers } from '../../db/handlers.ts';
import { writerRecords } from '../../db/installation.ts';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { Session } from '../../db/session.ts';
import { hostApi } from '../../shared/api.ts';
import { NO_CHOICES } from '../../shared/conflictChoices.ts';
import { ok } from '../../shared/result.ts';
import { createTranslator } from '../../shared/text/translator.ts';
import { spawned } from '../helpers/commandLine.ts';
import { AUTHOR, newFile, openAgain, refusalOf, tempFolder, unwrap } from '../helpers/tempFile.ts';

vi.setConfig({ testTimeout: 90_000 });

const { t } = createTranslator();
const NO_SEND = () => undefined;

/** With a key that is quickly made, so that a test may encrypt many. */
async function encryptTo(path: string, plainPath: string, passphrase: string): Promise<string> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(10);
  writeFileSync(path, await encrypter.encrypt(readFileSync(plainPath)));
  return path;
}

function editIn(path: string, index: number, nextStep: string): void {
  const file = openAgain(path);
  unwrap(editInstruments(file, { ids: [listInstruments(file.db)[index]?.id as never], fields: { nextStep } }));
  closeFile(file);
}

const nextSteps = ({ db }: Pick<OpenFile, 'db'>) => listInstruments(db).map(({ nextStep }) => nextStep);

/** The file of a person, and two copies with work of others in them, encrypted under different passphrases. */
async function copies() {
  const folder = tempFolder();
  const path = (name: string) => join(folder, name);
  closeFile(newFile({ path: path('ours.mou') }));
  for (const name of ['b', 'c']) copyFileSync(path('ours.mou'), path(`${name}.mou`));
  editIn(path('ours.mou'), 0, 'ours');
  editIn(path('b.mou'), 0, 'theirs in plain words');
  editIn(path('b.mou'), 1, 'from b');
  editIn(path('c.mou'), 2, 'from c');
  await encryptTo(path('b.age'), path('b.mou'), 'first');
  await encryptTo(path('c.age'), path('c.mou'), 'second');
  return { folder, path };
}

/** What main calls, on a file that is open. */
function openInProcess(path: string) {
  const session = new Session(writerRecords(join(tempFolder(), 'installation')), AUTHOR, () => undefined);
  unwrap(session.open(path));
  const handlers = hostHandlers(session, t);
  return {
    session,
    keyOf: async (path: string, passphrase: string) =>
      unwrap(await handlers['merge.unlock']({ path, passphrase }, NO_SEND)).key,
    handlers,
  };
}

/** Every file below the folder that begins as a database does, or holds words that are in one. */
const plainFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .filter((name) => {
      const bytes = readFileSync(join(folder, name));
      return bytes.includes('SQLite format 3\0') || bytes.includes('in plain words');
    })
    .sort();

describe('an encrypted copy among those to merge', () => {
  test('brings what the plain one brings, from a preview to the merged file', async () => {
    const { path } = await copies();
    copyFileSync(path('ours.mou'), path('twin.mou'));
    const one = openInProcess(path('ours.mou'));
    const key = await one.keyOf(path('b.age'), 'first');
    const encrypted = { copies: [{ path: path('b.age'), key }] };
    const preview = unwrap(await one.handlers['merge.preview'](encrypted, NO_SEND));
    expect(nextSteps(one.session.file as OpenFile)[1]).toBeNull();
    const report = unwrap(await one.handlers['merge.run']({ ...encrypted, choices: NO_CHOICES }, NO_SEND));
    expect(report).toEqual(preview);

    const twin = openInProcess(path('twin.mou'));
    const plain = { copies: [{ path: path('b.mou'), key: null }], choices: NO_CHOICES };
    const plainReport = unwrap(await twin.handlers['merge.run'](plain, NO_SEND));
    expect(report).toEqual({ ...plainReport, sources: ['b.age'] });
    expect(report.conflicts).toBe(1);
    expect(nextSteps(one.session.file as OpenFile)).toEqual(nextSteps(twin.session.file as OpenFile));
    one.session.close();
    twin.session.close();
  });

  test('may stand beside the same one in plain, and beside others with other passphrases', async () => {
    const { path } = await copies();
    const { session, handlers, keyOf } = openInProcess(path('ours.mou'));
    const paths = [path('b.mou'), path('b.age'), path('c.age')];
    expect(unwrap(await handlers['merge.encrypted']({ paths }, NO_SEND)).paths).toEqual(paths.slice(1));
    const report = unwrap(
      await handlers['merge.run'](
        {
          copies: [
            { path: path('b.mou'), key: null },
            { path: path('b.age'), key: await keyOf(path('b.age'), 'first') },
            { path: path('c.age'), key: await keyOf(path('c.age'), 'second') },
          ],
          choices: NO_CHOICES,
        },
        NO_SEND,
      ),
    );
    expect(report.sources).toEqual(['b.mou', 'b.age', 'c.age']);
    expect(report.steps).toBe(3);
    expect(nextSteps(session.file as OpenFile).slice(1, 3)).toEqual(['from b', 'from c']);
    session.close();
  });

  test('tells a wrong passphrase from damage, in the key, the content and what is in it', async () => {
    const { path } = await copies();
    const whole = readFileSync(path('b.age'));
    expect(refusalOf(await unlock(path('b.age'), 'second')).code).toBe('wrong-passphrase');
    const seal = whole.indexOf('\n--- ') + 8;
    for (const [where, at] of Object.entries({ 'the seal of the header': seal, 'the content': whole.length - 900 })) {
      const bytes = Buffer.from(whole);
      bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41;
      writeFileSync(path('d.age'), bytes);
      expect([where, refusalOf(await unlock(path('d.age'), 'first')).code]).toEqual([where, 'file-damaged']);
    }
    const broken = readFileSync(path('b.mou'));
    broken.fill(0xa5, 3 * 4096, 9 * 4096);
    writeFileSync(path('broken.mou'), broken);
    await encryptTo(path('e.age'), path('broken.mou'), 'first');
    expect(refusalOf(await unlock(path('e.age'), 'first')).code).toBe('file-damaged');
    expect(refusalOf(await unlock(path('b.mou'), 'first')).code).toBe('not-encrypted');
    expect(refusalOf(await unlock(path('none.age'), 'first')).code).toBe('file-missing');
  });

  test('is refused without its key, and with the key of another', async () => {
    const { path } = await copies();
    const { session, handlers, keyOf } = openInProcess(path('ours.mou'));
    const preview = (key: Uint8Array | null) =>
      handlers['merge.preview']({ copies: [{ path: path('b.age'), key }] }, NO_SEND);
    expect(refusalOf(await preview(null))).toEqual({ code: 'file-encrypted', details: { path: path('b.age') } });
    expect(refusalOf(await preview(await keyOf(path('c.age'), 'second')))).toMatchObject({
      code: 'file-damaged',
      details: { path: path('b.age') },
    });
    session.close();
  });

  test('is in memory for as long as it is used, and wiped then, whatever came of it', async () => {
    const { path } = await copies();
    const key = unwrap(await unlock(path('b.age'), 'first'));
    const seen: Buffer[] = [];
    const look = (fails: boolean) =>
      withDecrypted([{ path: path('b.age'), key }], ([copy]) => {
        const image = copy?.image as Buffer;
        expect(image.subarray(0, 15).toString()).toBe('SQLite format 3');
        seen.push(image);
        if (fails) throw new Error('of the one who uses it');
        return ok(null);
      });
    await look(false);
    await expect(look(true)).rejects.toThrow('of the one who uses it');
    expect(seen.map((image) => image.some((byte) => byte !== 0))).toEqual([false, false]);
  });

  test('is a key of sixteen bytes to main, as the contract says it', () => {
    const { input } = hostApi['merge.preview'];
    expect(input.safeParse({ copies: [{ path: 'x', key: new Uint8Array(16) }] }).success).toBe(true);
    expect(input.safeParse({ copies: [{ path: 'x', key: 'horse' }] }).success).toBe(false);
  });
});

describe('merge on the command line', () => {
  async function commandLine() {
    const { folder, path } = await copies();
    // Where temporary files would go.
    vi.stubEnv('TMPDIR', path('tmp'));
    onTestFinished(() => void vi.unstubAllEnvs());
    mkdirSync(path('tmp'));
    writeFileSync(path('first'), 'first\n');
    writeFileSync(path('second'), '\uFEFFsecond\r\nand a note');
    writeFileSync(path('nothing'), '\n');
    const mou = spawned(path('profile'), folder);
    const plainBefore = plainFiles(folder);
    return { folder, path, mou, plainBefore };
  }

  test('takes an encrypted copy with its passphrase, and leaves nothing plain behind', async () => {
    const { folder, mou, plainBefore } = await commandLine();
    const dryRun = await mou('merge', 'ours.mou', 'b.age', '--dry-run', '--json', '--passphrase-file', 'first');
    const merged = await mou('merge', 'ours.mou', 'b.age', '--json', '--passphrase-file', 'first');
    expect([dryRun.status, merged.status]).toEqual([1, 1]);
    expect(JSON.parse(merged.stdout)).toEqual(JSON.parse(dryRun.stdout));
    expect(JSON.parse(merged.stdout)).toMatchObject({ sources: ['b.age'], batches: [{}, {}], conflicts: [{}] });
    const both = await mou('merge', 'ours.mou', 'c.mou', 'c.age', '--passphrase-file', 'second');
    expect(both).toMatchObject({ status: 0, stderr: expect.stringMatching(/Merged: 1 batches/) });
    expect((await mou('check', 'ours.mou')).status).toBe(0);
    // What is new is the backups before the merges; these are the program's own and are of our file.
    const added = plainFiles(folder).filter((name) => !plainBefore.includes(name));
    expect(added.filter((name) => !/profile.backups/.test(name))).toEqual([]);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  test('says what is missing, wrong or damaged, and changes nothing', async () => {
    const { path, mou } = await commandLine();
    const before = readFileSync(path('ours.mou'));
    const damaged = readFileSync(path('b.age'));
    damaged[damaged.length - 1] = (damaged[damaged.length - 1] as number) ^ 1;
    writeFileSync(path('damaged.age'), damaged);
    for (const [args, status, saying] of [
      [['b.age'], 2, /b\.age is encrypted\. .*--passphrase-file/],
      [['c.mou', 'b.age'], 2, /b\.age is encrypted/],
      [['b.age', '--passphrase-file', 'second'], 3, /not the passphrase of .*b\.age/],
      [['b.age', 'c.age', '--passphrase-file', 'first'], 3, /not the passphrase of .*c\.age/],
      [['damaged.age', '--passphrase-file', 'first'], 3, /damaged\.age is damaged/],
      [['b.age', '--passphrase-file', 'nothing'], 2, /Write a passphrase/],
      [['b.age', '--passphrase-file', 'nowhere'], 3, /no file at nowhere/],
      [['b.age', '--passphrase', 'first'], 2, /passphrase/],
    ] as const)
      expect([args, await mou('merge', 'ours.mou', ...args)]).toMatchObject([
        args,
        { status, stdout: '', stderr: expect.stringMatching(saying) },
      ]);
    expect(readFileSync(path('ours.mou'))).toEqual(before);
    expect(isAgeFile(path('ours.mou'))).toBe(false);
  });

  test('needs no passphrase for plain copies', async () => {
    const { mou } = await commandLine();
    expect((await mou('merge', 'ours.mou', 'c.mou')).status).toBe(0);
  });
});
