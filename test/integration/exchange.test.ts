/** Files that meet in a folder: what is in it, what it costs, and what goes wrong with folders. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { editInstruments } from '../../db/commands/instrumentCommands.ts';
import { undoLast } from '../../db/commands/undo.ts';
import { saveRestrictedCopy } from '../../db/copy/saveCopy.ts';
import type { LogPiece } from '../../db/exchange/columns.ts';
import { Exchange } from '../../db/exchange/exchange.ts';
import { decodeBody, decodeHead, type ExchangeHead, encodeExchangeFile } from '../../db/exchange/exchangeFile.ts';
import { ExchangeService } from '../../db/exchange/exchangeService.ts';
import { exchangeRecords } from '../../db/exchange/records.ts';
import { rebuildProjection } from '../../db/log/project.ts';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { search } from '../../db/search/searchQuery.ts';
import type { ExchangeStatus } from '../../shared/exchange.ts';
import { clear, filesIn, memoryExchangeRecords, stateOf } from '../helpers/exchangeTeam.ts';
import { writeRecipe } from '../helpers/recipeLog.ts';
import { copyTo, newFile, openAgain, refusalOf, tempFolder, unwrap } from '../helpers/tempFile.ts';

const WORKER = fileURLToPath(new URL('../helpers/exchangeProcess.ts', import.meta.url));

const exchangeOf = (file: OpenFile, folder: string, now = Date.now) =>
  Exchange.start(file, memoryExchangeRecords(), folder, { now });
const sharedFolder = (): string => join(tempFolder(), '');
const thorough = { isThorough: true };
const setStep = (file: OpenFile, index: number, nextStep: string) =>
  unwrap(editInstruments(file, { ids: [listInstruments(file.db)[index]?.id as never], fields: { nextStep } }));
const stepOf = (file: OpenFile, index: number) => listInstruments(file.db)[index]?.nextStep;

/** Two copies of one file, each pointed at the same folder. */
function pair() {
  const one = newFile();
  closeFile(one);
  const other = openAgain(copyTo(one.path, join(tempFolder(), 'b.mou')), {
    author: { name: 'Bolat', post: 'Vice Minister' },
  });
  const first = openAgain(one.path);
  const folder = sharedFolder();
  for (const { db } of [first, other]) db.pragma('synchronous = OFF');
  return { first, other, folder, mine: exchangeOf(first, folder), theirs: exchangeOf(other, folder) };
}

describe('two files and a folder', () => {
  test('what one writes the other has after a round of each, found by search, and no step of Ctrl+Z', async () => {
    const { first, other, mine, theirs } = pair();
    setStep(first, 0, 'Visit to Astana');
    await mine.round();
    setStep(other, 1, 'own step');
    await theirs.round();
    expect(stepOf(other, 0)).toBe('Visit to Astana');
    expect(search(other.db, 'astana', 5).hits).toHaveLength(1);
    unwrap(undoLast(other));
    expect(stepOf(other, 0)).toBe('Visit to Astana');
    expect(stepOf(other, 1)).toBeNull();
    closeFile(other);
    const again = openAgain(other.path);
    expect(again.undoStack.state().undo).not.toBe('merge');
  });

  test('everybody sees who has what, by name', async () => {
    const { first, other, mine, theirs } = pair();
    setStep(first, 0, 'a');
    setStep(other, 1, 'b');
    await mine.round(thorough);
    await theirs.round(thorough);
    setStep(first, 0, 'c');
    await mine.round(thorough);
    const { participants } = mine.status();
    expect(participants.map(({ name, isMe }) => [name, isMe])).toEqual([
      ['Ayesha Siddiqui', true],
      ['Bolat', false],
    ]);
    const bolat = participants[1];
    expect(bolat?.ofMine).toEqual({ has: (bolat?.ofMine.of ?? 0) - 1, of: bolat?.ofMine.of });
    expect(bolat?.ofTheirs).toEqual({ has: 1, of: 1 });
    await theirs.round(thorough);
    await mine.round(thorough);
    const after = mine.status().participants[1];
    expect(after?.ofMine.has).toBe(after?.ofMine.of);
  });

  test('a round that finds nothing new writes nothing', async () => {
    const { first, folder, mine, theirs } = pair();
    setStep(first, 0, 'a');
    for (let round = 0; round < 3; round += 1) {
      await mine.round(thorough);
      await theirs.round(thorough);
    }
    const before = [...filesIn(folder).keys()];
    await mine.round(thorough);
    await theirs.round(thorough);
    expect([...filesIn(folder).keys()]).toEqual(before);
  });

  test('many small edits leave few files', async () => {
    const { first, folder, mine } = pair();
    for (let edit = 0; edit < 120; edit += 1) {
      setStep(first, edit % 5, `step ${edit}`);
      await mine.round();
    }
    expect(readdirSync(folder).length).toBeLessThanOrEqual(3);
  });

  test('a restored backup is not overruled before a person says so', async () => {
    const { first, folder, mine } = pair();
    const before = first.db.serialize();
    setStep(first, 0, 'mistaken');
    await mine.round(thorough);
    closeFile(first);
    writeFileSync(first.path, before);
    const restored = openAgain(first.path);
    const records = memoryExchangeRecords();
    const head = (await decodeHead([...filesIn(folder).values()][0] as Buffer)).head;
    records.put('', {
      family: head.family,
      folder,
      lastFolder: folder,
      id: head.writer,
      next: head.number + 1,
      written: await Promise.all(
        [...filesIn(folder)].map(async ([name, bytes]) => ({
          name,
          hash: (await decodeHead(bytes)).hash,
          isGone: false,
        })),
      ),
      replicas: [...head.own],
    });
    const resumed = Exchange.resume(restored, records) as Exchange;
    await resumed.round();
    expect(stepOf(restored, 0)).toBeNull();
    expect(resumed.status().problems.map(({ code }) => code)).toEqual(['gone-back']);
    await resumed.round(thorough);
    expect(stepOf(restored, 0)).toBe('mistaken');
    expect(resumed.status().problems).toEqual([]);
  });

  test('a copy of some instruments takes part, and what is written there arrives', async () => {
    const { first, folder, mine } = pair();
    const id = listInstruments(first.db)[3]?.id as string;
    const out = join(tempFolder(), 'part.mou');
    unwrap(saveRestrictedCopy(first, out, { by: 'instrument', ids: [id as never] }));
    const part = openAgain(out, { author: { name: 'Part', post: null } });
    unwrap(editInstruments(part, { ids: [id as never], fields: { nextStep: 'from the part' } }));
    setStep(first, 0, 'from the whole');
    const theirs = exchangeOf(part, folder);
    for (let round = 0; round < 3; round += 1) {
      await theirs.round(thorough);
      await mine.round(thorough);
    }
    expect(stepOf(first, 3)).toBe('from the part');
    expect(stateOf(part)).toEqual(stateOf(first));
    expect(checkFile(first)).toEqual([]);
    expect(checkFile(part)).toEqual([]);
  });

  test('somebody may edit between the steps of taking much in', async () => {
    const { first, other, mine, theirs } = pair();
    const ids = listInstruments(first.db).map(({ id }) => id);
    for (let round = 0; round < 150; round += 1)
      unwrap(editInstruments(first, { ids: ids as never, fields: { nextStep: `everywhere ${round}` } }));
    await mine.round(thorough);
    let edits = 0;
    const timer = setInterval(() => {
      setStep(other, 0, `meanwhile ${edits}`);
      edits += 1;
    }, 1);
    await theirs.round(thorough);
    clearInterval(timer);
    expect(edits).toBeGreaterThan(1);
    await theirs.round(thorough);
    await mine.round(thorough);
    expect(stateOf(first)).toEqual(stateOf(other));
    expect(checkFile(other)).toEqual([]);
  });
});

describe('what goes wrong with folders', () => {
  test('a folder that has gone is said; edits go on; when it is back everything follows', async () => {
    const { first, other, folder, mine, theirs } = pair();
    await mine.round();
    renameSync(folder, `${folder}-away`);
    setStep(first, 0, 'meanwhile');
    await mine.round();
    expect(mine.status().problems.map(({ code }) => code)).toEqual(['folder-gone']);
    renameSync(`${folder}-away`, folder);
    await mine.round();
    expect(mine.status().problems).toEqual([]);
    await theirs.round();
    expect(stepOf(other, 0)).toBe('meanwhile');
  });

  test('a folder that somebody emptied is filled again', async () => {
    const { first, other, folder, mine, theirs } = pair();
    setStep(first, 0, 'a');
    await mine.round();
    clear(folder);
    await mine.round();
    await theirs.round();
    expect(stepOf(other, 0)).toBe('a');
  });

  test('a file that arrived in half is said with its writer’s name, left alone, and taken in once it is whole', async () => {
    const { first, other, folder, mine, theirs } = pair();
    await mine.round();
    await theirs.round();
    for (let edit = 0; edit < 600; edit += 1) setStep(first, edit % 5, `step ${edit}`);
    const before = new Set(readdirSync(folder));
    await mine.round();
    const name = readdirSync(folder).find((one) => !before.has(one)) as string;
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, name), bytes.subarray(0, bytes.length - 7));
    await theirs.round();
    const [problem] = theirs.status().problems;
    expect(problem).toMatchObject({ code: 'damaged', file: name });
    expect(readFileSync(join(folder, name))).toHaveLength(bytes.length - 7);
    writeFileSync(join(folder, name), bytes);
    await theirs.round();
    expect(theirs.status().problems).toEqual([]);
    expect(stepOf(other, 4)).toBe('step 599');
  });

  test('a whole file with values that no file may hold is refused, and the open file stays as it was', async () => {
    const { first, other, folder, mine, theirs } = pair();
    setStep(first, 0, 'good');
    await mine.round(thorough);
    const forge = async (spoil: (piece: LogPiece, head: ExchangeHead) => void) => {
      for (const [name, bytes] of filesIn(folder)) {
        const { head } = await decodeHead(bytes);
        const piece = await decodeBody(bytes);
        if (!piece) continue;
        spoil(piece, head);
        writeFileSync(join(folder, name), await encodeExchangeFile(head, piece));
      }
    };
    const before = stateOf(other);
    await forge((piece) => {
      for (const change of piece.changes) change.value = `${change.value}\u0000`;
    });
    await theirs.round();
    expect(theirs.status().problems.map(({ code }) => code)).toContain('refused');
    expect(stateOf(other).log).toEqual(before.log);
    expect(checkFile(other)).toEqual([]);
  });

  test('files of another family, and whatever else lies there, are passed over', async () => {
    const { first, other, folder, mine, theirs } = pair();
    const stranger = newFile({ from: 'empty', title: 'Another committee' });
    const theirExchange = exchangeOf(stranger, folder);
    await theirExchange.round(thorough);
    writeFileSync(join(folder, 'notes.txt'), 'hello');
    mkdirSync(join(folder, 'folder.moux'));
    setStep(first, 0, 'a');
    await mine.round();
    await theirs.round();
    expect(stepOf(other, 0)).toBe('a');
    expect(theirs.status().participants).toHaveLength(2);
  });

  test('a file of a newer version is left alone and said', async () => {
    const { folder, mine } = pair();
    await mine.round();
    const [name] = readdirSync(folder);
    const bytes = readFileSync(join(folder, name as string));
    const { head } = await decodeHead(bytes);
    const newer = await encodeExchangeFile({ ...head, writer: 'newer', number: 9 }, null, 2);
    writeFileSync(join(folder, 'newer.moux'), newer);
    await mine.round();
    expect(mine.status().problems).toMatchObject([{ code: 'newer-version', file: 'newer.moux' }]);
  });

  test('killed at any moment, a writer leaves whole files only, and nothing that it had saved is missing', async () => {
    const root = tempFolder();
    const base = newFile({ path: join(root, 'a.mou') });
    closeFile(base);
    const other = openAgain(copyTo(base.path, join(root, 'b.mou')));
    const folder = join(root, 'shared');
    mkdirSync(folder);
    const installation = join(root, 'installation');
    for (let kill = 0; kill < 20; kill += 1) {
      const worker = spawn(process.execPath, [WORKER, base.path, installation, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise<void>((resolve) => worker.stdout.once('data', () => resolve()));
      await sleep(10 + ((kill * 37) % 90));
      worker.kill('SIGKILL');
      await new Promise((resolve) => worker.once('close', resolve));
      for (const bytes of filesIn(folder).values()) await decodeBody(bytes).then(() => decodeHead(bytes));
    }
    const file = openAgain(base.path);
    const records = exchangeRecords(installation);
    const mine = Exchange.resume(file, records) as Exchange;
    const theirs = exchangeOf(other, folder);
    for (let round = 0; round < 3; round += 1) {
      await mine.round(thorough);
      await theirs.round(thorough);
    }
    expect(stateOf(other)).toEqual(stateOf(file));
    expect(checkFile(other)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('~'))).toEqual([]);
    expect(mine.status().participants.filter(({ isMe }) => isMe)).toHaveLength(1);
    expect(mine.status().participants).toHaveLength(2);
  }, 60_000);
});

describe('bytes in the folder', () => {
  const sizeOf = (folder: string) =>
    readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

  test.each([
    { changes: 1_000, most: 35 },
    { changes: 10_000, most: 30 },
    { changes: 60_000, most: 25 },
  ])(
    '$changes changes with their whole history take at most $most bytes each, and say the same',
    async ({ changes, most }) => {
      const file = newFile({ from: 'empty', title: 'Recipe' });
      const mean = writeRecipe(file.db, changes);
      file.names.reload();
      file.db.transaction(() => rebuildProjection(file.db))();
      const folder = sharedFolder();
      await exchangeOf(file, folder).round(thorough);
      const perChange = sizeOf(folder) / changes;
      console.log(
        `${changes} changes: ${perChange.toFixed(1)} bytes each; the values alone ${mean.toFixed(1)} as JSON`,
      );
      expect(mean).toBeGreaterThan(36.5);
      expect(perChange).toBeLessThanOrEqual(most);
      if (changes > 10_000) return;
      const family = file.db.prepare("SELECT value FROM meta WHERE key = 'family'").pluck().get() as string;
      const empty = newFile({ from: 'empty', title: 'Empty' });
      empty.db.prepare("UPDATE meta SET value = ? WHERE key = 'family'").run(family);
      await exchangeOf(empty, folder).round(thorough);
      const titles = (one: OpenFile) => one.db.prepare('SELECT * FROM instrument ORDER BY id').all().map(withoutRow);
      expect(titles(empty)).toEqual(titles(file));
    },
    60_000,
  );
});

const withoutRow = (row: unknown) => ({ ...(row as object), row: 0 });

describe('the service', () => {
  function service(file: OpenFile) {
    const statuses: ExchangeStatus[] = [];
    const bugs: unknown[] = [];
    let open: OpenFile | null = file;
    const running = new ExchangeService({
      currentFile: () => open,
      records: memoryExchangeRecords(),
      onStatus: (status) => statuses.push(status),
      logBug: (error) => bugs.push(error),
      pollMs: 50,
    });
    onTestFinished(() => {
      running.end();
      expect(bugs).toEqual([]);
    });
    running.start();
    return { running, statuses, close: () => (open = null) };
  }

  test('exchanges by itself, and tells when something has come', async () => {
    const { first, other, folder } = pair();
    const [mine, theirs] = [service(first), service(other)];
    expect(unwrap(mine.running.setFolder(folder)).folder).toBe(folder.split('/').at(-1));
    unwrap(theirs.running.setFolder(folder));
    setStep(first, 0, 'by itself');
    for (let wait = 0; wait < 100 && stepOf(other, 0) === null; wait += 1) await sleep(100);
    expect(stepOf(other, 0)).toBe('by itself');
    expect(theirs.statuses.length).toBeGreaterThan(0);
    expect(mine.running.leave().folder).toBeNull();
    expect(mine.running.status().folder).toBeNull();
  });

  test('writes the last changes before the file is closed', async () => {
    const { first, other, folder, theirs } = pair();
    const mine = service(first);
    unwrap(mine.running.setFolder(folder));
    await mine.running.now();
    setStep(first, 0, 'the last word');
    await mine.running.settle();
    closeFile(first);
    mine.close();
    await theirs.round();
    expect(stepOf(other, 0)).toBe('the last word');
  });

  test('refuses what is no folder', () => {
    const { first, folder } = pair();
    const mine = service(first);
    expect(refusalOf(mine.running.setFolder(join(folder, 'nowhere'))).code).toBe('not-a-folder');
    expect(refusalOf(mine.running.setFolder(first.path)).code).toBe('not-a-folder');
    rmSync(folder, { recursive: true });
  });
});

describe('the records', () => {
  test('remember a file’s folder, and not that of another file at its place', async () => {
    const { first, folder } = pair();
    const records = exchangeRecords(join(tempFolder(), 'profile'));
    expect(Exchange.resume(first, records)).toBeNull();
    const exchange = Exchange.start(first, records, folder);
    await exchange.round();
    const id = records.find(first.path)?.id;
    expect(Exchange.resume(first, records)?.path).toBe(folder);
    exchange.leave();
    expect(Exchange.resume(first, records)).toBeNull();
    Exchange.start(first, records, folder);
    expect(records.find(first.path)?.id).toBe(id);
    Exchange.start(first, records, tempFolder());
    expect(records.find(first.path)?.id).not.toBe(id);
    const stranger = newFile({ from: 'empty' });
    closeFile(first);
    writeFileSync(first.path, stranger.db.serialize());
    expect(Exchange.resume(openAgain(first.path), records)).toBeNull();
  });
});
