import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { editInstruments } from '../../db/commands/instrumentCommands.ts';
import { writerRecords } from '../../db/installation.ts';
import { SCHEMA_VERSION } from '../../db/migrations/index.ts';
import { closeFile, openFile } from '../../db/open.ts';
import { fileDetails } from '../../db/repositories/fileRepository.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { Session } from '../../db/session.ts';
import { connectSqlite } from '../../db/sqlite.ts';
import {
  AUTHOR,
  crash,
  memoryRecords,
  newFile,
  openAgain,
  optionsOf,
  refusalOf,
  tempFolder,
  unwrap,
} from '../helpers/tempFile.ts';

const refused = (path: string) => refusalOf(openFile(path, optionsOf()));

/** A closed file of the register. */
function closedFile(): string {
  const file = newFile();
  closeFile(file);
  return file.path;
}

/** Opens what may not be changed, and holds that nothing about it has been. */
function refusedUntouched(path: string) {
  const before = readFileSync(path);
  const error = refused(path);
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(existsSync(`${path}-journal`)).toBe(false);
  return error;
}

describe('what cannot be opened is refused with its reason, and nothing is changed', () => {
  test('a file that is not there', () => {
    const path = join(tempFolder(), 'missing.mou');
    expect(refused(path)).toEqual({ code: 'file-missing', details: { path } });
    expect(existsSync(path)).toBe(false);
  });

  test('a path through something that is no folder', () => {
    const path = closedFile();
    expect(refused(join(path, 'x.mou')).code).toBe('file-missing');
  });

  test('a directory', () => {
    expect(refused(tempFolder()).code).toBe('file-is-directory');
  });

  test.skipIf(process.platform === 'win32')('a pipe and a device, without waiting for them', () => {
    const pipe = join(tempFolder(), 'pipe.mou');
    execFileSync('mkfifo', [pipe]);
    expect(refused(pipe).code).toBe('not-a-tracker-file');
    expect(refused('/dev/null').code).toBe('not-a-tracker-file');
    expect(refused('/dev/zero').code).toBe('not-a-tracker-file');
  });

  test.each([
    ['an empty file', ''],
    ['a text file', 'number;title\n1;Railways\n'],
    ['the beginning of a database', 'SQLite format 3\0'],
    ['a long text file', 'x'.repeat(100_000)],
  ])('%s', (_, content) => {
    const path = join(tempFolder(), 'a.mou');
    writeFileSync(path, content);
    expect(refusedUntouched(path).code).toBe('not-a-tracker-file');
  });

  test('another program’s database', () => {
    const path = join(tempFolder(), 'foreign.mou');
    const db = connectSqlite(path);
    db.exec('CREATE TABLE instrument (id INTEGER PRIMARY KEY, title TEXT)');
    db.close();
    expect(refusedUntouched(path).code).toBe('not-a-tracker-file');
  });

  test('a truncated copy, wherever it was cut', () => {
    const path = closedFile();
    const size = readFileSync(path).length;
    for (const length of [100, 4_096, 10_000, Math.floor(size / 2), size - 1]) {
      const cut = join(tempFolder(), 'cut.mou');
      copyFileSync(path, cut);
      truncateSync(cut, length);
      expect(refusedUntouched(cut), `${length} bytes`).toEqual({
        code: 'file-damaged',
        details: { path: cut, problem: 'truncated' },
      });
    }
  });

  test('a file whose first page was overwritten behind the header', () => {
    const path = closedFile();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 100, 4_096);
    writeFileSync(path, bytes);
    expect(refusedUntouched(path).code).toBe('file-damaged');
  });

  test('a file that another program keeps to itself', () => {
    const path = closedFile();
    const other = connectSqlite(path);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    expect(refused(path)).toEqual({ code: 'file-busy', details: { path } });
    other.close();
    const file = openAgain(path);
    unwrap(editInstruments(file, { ids: [listInstruments(file.db)[0]?.id as string], fields: { nextStep: 'x' } }));
    closeFile(file);
    expect(listInstruments(openAgain(file.path).db)[0]?.nextStep).toBe('x');
  });
});

describe('what may only be read opens for reading', () => {
  const editOf = (path: string) => {
    const file = openAgain(path);
    const [instrument] = listInstruments(file.db);
    return { file, reply: editInstruments(file, { ids: [instrument?.id as string], fields: { nextStep: 'x' } }) };
  };

  test('a file without any write bit: edits are refused, bytes stay', () => {
    const path = closedFile();
    chmodSync(path, 0o444);
    const before = readFileSync(path);
    const { file, reply } = editOf(path);
    expect(refusalOf(reply)).toEqual({ code: 'file-read-only', details: { path, reason: 'permission' } });
    expect(fileDetails(file)).toMatchObject({ isReadOnly: true, readOnlyReason: 'permission' });
    expect(checkFile(file)).toEqual([]);
    closeFile(file);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a file that a newer version wrote', () => {
    const path = closedFile();
    const db = connectSqlite(path);
    db.exec('ALTER TABLE instrument ADD COLUMN mood TEXT; CREATE TABLE milestone (row INTEGER PRIMARY KEY, id TEXT)');
    db.pragma(`user_version = ${SCHEMA_VERSION + 10}`);
    db.close();
    const before = readFileSync(path);
    const { file, reply } = editOf(path);
    expect(refusalOf(reply)).toMatchObject({ code: 'file-read-only', details: { reason: 'newer-version' } });
    expect(listInstruments(file.db)).toHaveLength(37);
    closeFile(file);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('two readers share a file that may only be read', () => {
    const path = closedFile();
    chmodSync(path, 0o444);
    const [one, two] = [openAgain(path), openAgain(path)];
    expect(listInstruments(one.db)).toEqual(listInstruments(two.db));
  });

  // root passes over permissions, so the folder is looked at by another account.
  test.skipIf(process.platform === 'win32' || process.getuid?.() !== 0)(
    'a folder in which nothing can be written',
    () => {
      const folder = tempFolder();
      chmodSync(folder, 0o755);
      const path = join(folder, 'a.mou');
      copyFileSync(closedFile(), path);
      chmodSync(path, 0o666);
      const script = `
      process.setgid(65534); process.setuid(65534);
      const { openFile } = await import('./db/open.ts');
      const opened = openFile(process.argv[1], { records: { find: () => null, put() {}, remove() {} }, author: null, isExclusive: true });
      console.log(opened.ok ? opened.value.readOnlyReason : opened.error.code);`;
      const ran = spawnSync('node', ['--input-type=module', '-e', script, path], { encoding: 'utf8' });
      expect(ran.stdout.trim(), ran.stderr).toBe('permission');
    },
  );
});

describe('opening', () => {
  test.each([true, false])(
    'what a killed program left half-written is rolled back, for a writer: %s',
    (isExclusive) => {
      const file = newFile();
      const before = listInstruments(file.db);
      closeFile(file);
      // A transaction that has spilled to the file and was killed: its journal is still there.
      const db = connectSqlite(file.path);
      db.pragma('cache_size = 2');
      db.pragma('cache_spill = 1');
      db.exec('BEGIN IMMEDIATE');
      db.exec("UPDATE instrument SET title = 'half', summary = hex(randomblob(2000))");
      const folder = tempFolder();
      const path = join(folder, 'killed.mou');
      copyFileSync(file.path, path);
      copyFileSync(`${file.path}-journal`, `${path}-journal`);
      db.exec('ROLLBACK');
      db.close();
      const raw = readFileSync(path);
      expect(raw.includes('half'), 'the spilled page is in the file').toBe(true);

      const opened = openAgain(path, { isExclusive });
      expect(listInstruments(opened.db)).toEqual(before);
      expect(checkFile(opened)).toEqual([]);
      closeFile(opened);
      const journal = `${path}-journal`;
      expect(existsSync(journal) && statSync(journal).size).toBeFalsy();
    },
  );

  test('after closing there is one file and nothing beside it', () => {
    const file = newFile();
    unwrap(editInstruments(file, { ids: [listInstruments(file.db)[0]?.id as string], fields: { nextStep: 'x' } }));
    closeFile(file);
    for (const suffix of ['-journal', '-wal', '-shm']) expect(existsSync(file.path + suffix)).toBe(false);
  });

  test('a write-ahead log that another tool has switched on is switched off again', () => {
    const path = closedFile();
    const db = connectSqlite(path);
    db.pragma('journal_mode = WAL');
    db.close();
    const file = openAgain(path);
    expect(file.db.pragma('journal_mode', { simple: true })).toBe('truncate');
    closeFile(file);
    expect(readFileSync(path).subarray(18, 20)).toEqual(Buffer.from([1, 1]));
  });

  test('a file is found by a symbolic link, and its records by the file behind it', () => {
    const folder = tempFolder();
    const records = writerRecords(join(folder, 'installation'));
    const file = newFile({ records });
    const key = file.replica.key;
    closeFile(file);
    const link = join(folder, 'link.mou');
    symlinkSync(file.path, link);
    expect(openAgain(link, { records }).replica.key).toBe(key);
  });

  test('a session that is refused another file keeps its own', () => {
    const folder = tempFolder();
    const path = closedFile();
    const session = new Session(memoryRecords(), AUTHOR, () => undefined);
    unwrap(session.open(path));
    expect(refusalOf(session.open(join(folder, 'missing.mou'))).code).toBe('file-missing');
    expect(session.file?.path).toBe(path);
    expect(unwrap(session.open(path)).title).toBe(session.file && fileDetails(session.file).title);
    session.close();
    expect(session.file).toBeNull();
  });

  test('creating a file over the open one is refused, as over any other', () => {
    const session = new Session(memoryRecords(), AUTHOR, () => undefined);
    const path = closedFile();
    unwrap(session.open(path));
    expect(refusalOf(session.create(path, { from: 'empty', title: 'x' })).code).toBe('file-exists');
    session.close();
  });
});

describe('the name under which an installation writes', () => {
  const writeAs = (path: string, records = memoryRecords(), nextStep = 'x') => {
    const file = openAgain(path, { records });
    const [instrument] = listInstruments(file.db);
    const { batch } = unwrap(editInstruments(file, { ids: [instrument?.id as string], fields: { nextStep } }));
    return { file, batch };
  };

  test('is not used again after a killed session and a restored copy', () => {
    const records = memoryRecords();
    const path = closedFile();
    const first = writeAs(path, records, 'a');
    closeFile(first.file);
    const backup = readFileSync(path);
    crash(writeAs(path, records, 'b').file);
    writeFileSync(path, backup);
    const after = writeAs(path, records, 'c');
    expect(after.batch?.replica).not.toBe(first.batch?.replica);
  });

  test('is kept while the file is as this installation left it', () => {
    const records = memoryRecords();
    const path = closedFile();
    const first = writeAs(path, records, 'a');
    closeFile(first.file);
    expect(writeAs(path, records, 'b').batch).toEqual({ replica: first.batch?.replica, seq: 2 });
  });

  test('an edit is saved though the records cannot be written, at the price of a new name', () => {
    const folder = tempFolder();
    const installation = join(folder, 'installation');
    const records = writerRecords(installation);
    const path = closedFile();
    const first = writeAs(path, records, 'a');
    closeFile(first.file);
    // A folder where the record was: it can be neither taken away nor written, not even by root.
    const [name] = readdirSync(join(installation, 'writers'));
    const record = join(installation, 'writers', name as string);
    rmSync(record);
    mkdirSync(join(record, 'in the way'), { recursive: true });
    const second = writeAs(path, records, 'b');
    expect(second.batch?.replica).not.toBe(first.batch?.replica);
    closeFile(second.file);
    expect(second.file.db.open).toBe(false);
    expect(records.find(path)).toBeNull();
    expect(listInstruments(openAgain(path).db)[0]?.nextStep).toBe('b');
  });

  test('records that are damaged or of another computer are passed over', () => {
    const folder = tempFolder();
    const records = writerRecords(folder);
    const path = closedFile();
    records.put(path, { replica: 'r', seq: 3, token: 5 });
    expect(records.find(path)).toEqual({ replica: 'r', seq: 3, token: 5 });
    const [name] = readdirSync(join(folder, 'writers'));
    const store = join(folder, 'writers', name as string);
    writeFileSync(store, readFileSync(store, 'utf8').replace(/"machine":"[^"]*"/, '"machine":"elsewhere"'));
    expect(records.find(path)).toBeNull();
    writeFileSync(store, '{"not');
    expect(records.find(path)).toBeNull();
    records.remove(path);
    records.put(path, { replica: 'r', seq: 4, token: 5 });
    expect(records.find(path)).toEqual({ replica: 'r', seq: 4, token: 5 });
  });
});
