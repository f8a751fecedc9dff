/** A second copy of the open file: how the two relate, looking at it, and putting it in the file's place. */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Backups } from '../../db/backup/backups.ts';
import { listBackups } from '../../db/backup/listBackups.ts';
import { checkFile } from '../../db/check.ts';
import { createInstrument, editInstruments } from '../../db/commands/instrumentCommands.ts';
import { addNote } from '../../db/commands/noteCommands.ts';
import { compareCopy, countLacking } from '../../db/copy/compareCopy.ts';
import { hashOf } from '../../db/copy/deliver.ts';
import { saveCopy, saveRestrictedCopy } from '../../db/copy/saveCopy.ts';
import { Exchange } from '../../db/exchange/exchange.ts';
import { writerRecords } from '../../db/installation.ts';
import { lockPathOf } from '../../db/lock/lockFile.ts';
import type { WriterRecord, WriterRecords } from '../../db/log/replica.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import { migrate } from '../../db/migrations/index.ts';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { fileInfo } from '../../db/repositories/fileRepository.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { search } from '../../db/search/searchQuery.ts';
import { Session } from '../../db/session.ts';
import { connectSqlite } from '../../db/sqlite.ts';
import { memoryExchangeRecords } from '../helpers/exchangeTeam.ts';
import { HOSTILE_FILES, writeOfEveryKind } from '../helpers/hostileFiles.ts';
import { runs } from '../helpers/propertyRuns.ts';
import { MOMENTS } from '../helpers/replaceMoments.ts';
import {
  AUTHOR,
  copyTo,
  newFile,
  openAgain,
  refusalOf,
  tempFolder,
  unwrap,
  withTempFolder,
} from '../helpers/tempFile.ts';

const THEIRS = { name: 'B. Serik', post: null };

const idAt = (file: OpenFile, index: number) => listInstruments(file.db)[index]?.id as never;
const edit = (file: OpenFile, nextStep: string, index = 0) =>
  unwrap(editInstruments(file, { ids: [idAt(file, index)], fields: { nextStep } }));
const nextStepOf = (file: OpenFile, index = 0) => listInstruments(file.db)[index]?.nextStep;

/** What lies in a folder, byte for byte, but for the locks of open files. */
const bytesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => lstatSync(join(folder, name)).isFile() && !name.endsWith('.lock'))
      .map((name) => [name, hashOf(join(folder, name)).sha256]),
  );

/** Lets somebody else go on in a copy. */
function goOn(path: string, write: (file: OpenFile) => void): string {
  const file = openAgain(path, { author: THEIRS });
  write(file);
  closeFile(file);
  return path;
}

/** A file that is open, as the program has it, and a copy in which somebody has gone on. */
function twoCopies() {
  const folder = tempFolder();
  const installation = join(folder, 'installation');
  const records = writerRecords(installation);
  const changed: number[] = [];
  const session = new Session(
    records,
    AUTHOR,
    ({ instrumentIds }) => changed.push(instrumentIds.size),
    new Backups(installation),
  );
  onTestFinished(() => session.close());
  const path = join(folder, 'mine.mou');
  unwrap(session.create(path, { from: 'register', title: 'Committee' }));
  const file = () => session.file as OpenFile;
  edit(file(), 'before');
  // In a folder of its own, so that whatever is written beside it is seen.
  const there = join(folder, 'there');
  mkdirSync(there);
  const copy = unwrap(saveCopy(file(), join(there, 'copy.mou'))).path;
  edit(file(), 'mine');
  goOn(copy, (theirs) => {
    edit(theirs, 'theirs');
    edit(theirs, 'theirs too', 1);
  });
  return { folder, there, installation, session, file, path, copy, changed };
}

describe('how two copies relate', () => {
  test('each direction is counted by itself', () => {
    const { file, copy } = twoCopies();
    expect(unwrap(compareCopy(file(), copy))).toEqual({ lacking: 1, restriction: null });
    expect(unwrap(mergeFiles(file(), [copy], { isDryRun: true })).changes).toBe(2);
  });

  test('an older copy brings nothing, and the same one lacks nothing either', () => {
    const { file, there } = twoCopies();
    const older = unwrap(saveCopy(file(), join(there, 'older.mou'))).path;
    expect(unwrap(compareCopy(file(), older)).lacking).toBe(0);
    edit(file(), 'mine again');
    unwrap(addNote(file(), { instrumentId: idAt(file(), 3), text: 'one' }));
    const { lacking } = unwrap(compareCopy(file(), older));
    expect(unwrap(mergeFiles(file(), [older], { isDryRun: true })).changes).toBe(0);
    expect(lacking).toBe(unwrap(mergeFiles(openAgain(older), [file().path], { isDryRun: true })).changes);
  });

  test('a part says so, and lacks everything that was left out of it', () => {
    const { file, there } = twoCopies();
    const part = unwrap(saveRestrictedCopy(file(), join(there, 'part.mou'), { by: 'number', numbers: [4] })).path;
    const compared = unwrap(compareCopy(file(), part));
    expect(compared.restriction).toMatchObject({ by: 'number', of: ['4'], instruments: 1 });
    expect(compared.lacking).toBe(unwrap(mergeFiles(openAgain(part), [file().path], { isDryRun: true })).changes);
  });

  test('branches of a writer that was copied with its file are told apart, whatever a merge has named them', () => {
    const folder = tempFolder();
    let left: WriterRecord | null = null;
    const recording: WriterRecords = { find: () => null, put: (_, record) => (left = record), remove: () => undefined };
    const base = newFile({ path: join(folder, 'base.mou'), records: recording });
    edit(base, 'before');
    closeFile(base);
    const cloned: WriterRecords = { find: () => left, put: () => undefined, remove: () => undefined };
    const [one, two] = ['one', 'two'].map((name) => {
      const file = openAgain(copyTo(base.path, join(folder, `${name}.mou`)), { records: cloned });
      edit(file, name);
      unwrap(addNote(file, { instrumentId: idAt(file, 2), text: name }));
      return file;
    }) as [OpenFile, OpenFile];
    expect(one.replica.key).toBe(two.replica.key);
    const expectCounts = () => {
      for (const [own, copy] of [
        [one, two],
        [two, one],
      ] as const)
        expect(unwrap(compareCopy(own, copy.path)).lacking).toBe(
          unwrap(mergeFiles(copy, [own.path], { isDryRun: true })).changes,
        );
    };
    expectCounts();
    expect(unwrap(mergeFiles(one, [two.path], { isDryRun: false })).forks).toHaveLength(1);
    edit(one, 'after the merge', 4);
    expectCounts();
  });

  test('reading it changes neither, and leaves nothing beside it', () => {
    const { file, folder, copy } = twoCopies();
    const before = bytesIn(folder);
    unwrap(compareCopy(file(), copy));
    expect(bytesIn(folder)).toEqual(before);
  });

  test('the count is what a merge the other way round would bring, whatever was edited, merged and cut to a part', () => {
    const step = fc.record({
      by: fc.nat(2),
      do: fc.constantFrom('edit', 'note', 'merge', 'part'),
      on: fc.nat(5),
      other: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) =>
        withTempFolder((folder) => {
          const base = newFile({ from: 'empty', path: join(folder, '0.mou') });
          for (let number = 0; number < 6; number += 1) unwrap(createInstrument(base, { title: `T${number}` }));
          closeFile(base);
          for (const name of ['1.mou', '2.mou']) copyTo(base.path, join(folder, name));
          const files = ['0.mou', '1.mou', '2.mou'].map((name) => openAgain(join(folder, name)));
          for (const { by, do: what, on, other } of steps) {
            const file = files[by] as OpenFile;
            const index = on % Math.max(1, listInstruments(file.db).length);
            if (what === 'edit') edit(file, `${by} ${on}`, index);
            else if (what === 'note') unwrap(addNote(file, { instrumentId: idAt(file, index), text: `${by}` }));
            else if (what === 'merge') unwrap(mergeFiles(file, [(files[other] as OpenFile).path], { isDryRun: false }));
            else {
              const part = join(folder, 'part.mou');
              const id = idAt(file, index);
              unwrap(saveRestrictedCopy(file, part, { by: 'instrument', ids: [id] }, { mayReplace: true }));
              closeFile(file);
              files[by] = openAgain(copyTo(part, file.path));
            }
          }
          for (const own of files)
            for (const copy of files) {
              const { changes } = unwrap(mergeFiles(copy, [own.path], { isDryRun: true }));
              expect(countLacking(own.db, copy.db)).toBe(changes);
            }
          for (const file of files) closeFile(file);
        }),
      ),
      runs(40),
    );
  });
});

describe('only looking', () => {
  test('shows the copy, refuses every edit, and writes nothing to it or beside it', () => {
    const { session, file, there, copy, path } = twoCopies();
    const before = bytesIn(there);
    const names = readdirSync(there);
    expect(unwrap(session.look(copy))).toMatchObject({ isReadOnly: true, readOnlyReason: 'looking', lockedBy: null });
    expect(nextStepOf(file())).toBe('theirs');
    expect(search(file().db, 'theirs too', 10).hits).toHaveLength(1);
    expect(refusalOf(editInstruments(file(), { ids: [idAt(file(), 0)], fields: { nextStep: 'x' } }))).toEqual({
      code: 'file-read-only',
      details: { path: copy, reason: 'looking' },
    });
    expect(refusalOf(session.replaceByCopy(path)).code).toBe('file-read-only');
    session.close();
    expect(readdirSync(there)).toEqual(names);
    expect(bytesIn(there)).toEqual(before);
  });

  test('lets its writer go on writing, and is not asked who that is', () => {
    const { session, copy, there } = twoCopies();
    const writer = openAgain(copy, { author: THEIRS });
    expect(existsSync(lockPathOf(copy))).toBe(true);
    const names = readdirSync(there).filter((name) => !name.endsWith('-journal'));
    expect(unwrap(session.look(copy)).lockedBy).toBeNull();
    edit(writer, 'and on');
    expect(nextStepOf(session.file as OpenFile)).toBe('and on');
    expect(readdirSync(there).filter((name) => !name.endsWith('-journal'))).toEqual(names);
  });

  test('ends with opening the file that was open before, or the copy itself to write in it', () => {
    const { session, copy, path, file } = twoCopies();
    unwrap(session.look(copy));
    expect(unwrap(session.open(copy)).isReadOnly).toBe(false);
    edit(file(), 'on purpose');
    unwrap(session.look(path));
    expect(unwrap(session.open(path)).readOnlyReason).toBeNull();
    expect(nextStepOf(file())).toBe('mine');
  });

  test('shows a copy of an older version as it would be after its update', () => {
    const { session, folder, file } = twoCopies();
    const old = join(folder, 'old.mou');
    const db = connectSqlite(old);
    migrate(db, 30);
    db.close();
    const bytes = readFileSync(old);
    expect(unwrap(session.look(old)).readOnlyReason).toBe('looking');
    expect(listInstruments(file().db)).toEqual([]);
    session.close();
    expect(readFileSync(old)).toEqual(bytes);
  });

  test('of what is no sound file is refused, and the open file stays open', () => {
    const { session, file, folder } = twoCopies();
    const noise = join(folder, 'noise.mou');
    writeFileSync(noise, 'noise');
    expect(refusalOf(session.look(noise)).code).toBe('not-a-tracker-file');
    edit(file(), 'still writing');
  });
});

describe('replacing the file by a copy', () => {
  test('puts the content of the copy in its place, keeps what was there, and can be taken back', () => {
    const { session, file, copy, path, there, changed } = twoCopies();
    const before = bytesIn(there);
    const { info, kept } = unwrap(session.replaceByCopy(copy));
    expect(info).toEqual(fileInfo(file()));
    expect([file().path, nextStepOf(file()), nextStepOf(file(), 1)]).toEqual([path, 'theirs', 'theirs too']);
    expect(checkFile(file())).toEqual([]);
    expect(changed.at(-1)).toBe(37);
    expect(listBackups(file())[0]).toMatchObject({ id: kept.id, reason: 'before-replace', onlyHere: { changes: 1 } });
    expect(bytesIn(there)).toEqual(before);
    expect(unwrap(mergeFiles(file(), [copy], { isDryRun: true })).changes).toBe(0);
    expect(unwrap(compareCopy(file(), copy)).lacking).toBe(0);

    unwrap(session.restore(kept.id));
    expect([nextStepOf(file()), nextStepOf(file(), 1)]).toEqual(['mine', null]);
    expect(checkFile(file())).toEqual([]);
  });

  test('makes the next edit one of a new writer, so that all three histories can be merged', () => {
    const { session, file, copy, there } = twoCopies();
    const writer = file().replica.key;
    const mine = unwrap(saveCopy(file(), join(there, 'mine before.mou'))).path;
    unwrap(session.replaceByCopy(copy));
    expect(file().replica.key).toBeNull();
    edit(file(), 'after');
    expect(file().replica.key).not.toBe(writer);
    goOn(copy, (theirs) => edit(theirs, 'and they went on'));
    const merged = unwrap(mergeFiles(file(), [copy, mine], { isDryRun: false }));
    expect(merged.forks).toEqual([]);
    expect(merged.conflicts).toHaveLength(1);
    expect(checkFile(file())).toEqual([]);
  });

  test('by the very file that this installation wrote before, a new writer all the same', () => {
    const { session, file, path, there } = twoCopies();
    const key = file().replica.key;
    session.close();
    const raw = copyTo(path, join(there, 'raw.mou'));
    unwrap(session.open(path));
    edit(file(), 'one more');
    expect(file().replica.key).toBe(key);
    unwrap(session.replaceByCopy(raw));
    edit(file(), 'after');
    expect(file().replica.key).not.toBe(key);
    session.close();
    unwrap(session.open(path));
    edit(file(), 'and after the next start');
    expect(checkFile(file())).toEqual([]);
  });

  test('by an older copy is not overruled by the exchange folder before a person says so', async () => {
    const { session, file, there, folder } = twoCopies();
    const older = unwrap(saveCopy(file(), join(there, 'older.mou'))).path;
    const shared = join(folder, 'shared');
    mkdirSync(shared);
    edit(file(), 'mistaken');
    const records = memoryExchangeRecords();
    await Exchange.start(file(), records, shared).round({ isThorough: true });
    unwrap(session.replaceByCopy(older));
    const resumed = Exchange.resume(file(), records) as Exchange;
    await resumed.round();
    expect([nextStepOf(file()), resumed.status().problems[0]?.code]).toEqual(['mine', 'gone-back']);
    await resumed.round({ isThorough: true });
    expect(nextStepOf(file())).toBe('mistaken');
  });

  test('by a part leaves a part that says so, and the rest in the backup', () => {
    const { session, file, there } = twoCopies();
    const part = unwrap(saveRestrictedCopy(file(), join(there, 'part.mou'), { by: 'number', numbers: [4, 5] })).path;
    const { info, kept } = unwrap(session.replaceByCopy(part));
    expect(info.restriction).toMatchObject({ instruments: 2 });
    expect(listInstruments(file().db)).toHaveLength(2);
    unwrap(session.restore(kept.id));
    expect(listInstruments(file().db)).toHaveLength(37);
    expect(fileInfo(file()).restriction).toBeNull();
  });

  test('by a copy that somebody is writing in takes what is saved there, and leaves them to it', () => {
    const { session, file, copy } = twoCopies();
    const writer = openAgain(copy, { author: THEIRS });
    edit(writer, 'saved');
    unwrap(session.replaceByCopy(copy));
    expect(nextStepOf(file())).toBe('saved');
    edit(writer, 'and on');
    expect(checkFile(writer)).toEqual([]);
  });

  test('raises the alarm when what is kept is much less than the backup before', () => {
    const { session, file, there } = twoCopies();
    unwrap(file().backups?.make(file(), 'manual') as never);
    const part = unwrap(saveRestrictedCopy(file(), join(there, 'part.mou'), { by: 'number', numbers: [4] })).path;
    const { kept } = unwrap(session.replaceByCopy(part));
    expect(kept.isAlarming).toBe(false);
    expect(unwrap(session.restore(kept.id)).kept.isAlarming).toBe(true);
  });

  test('without a place for the backup is refused, and nothing has changed', () => {
    const { session, file, installation, copy, folder } = twoCopies();
    writeFileSync(join(installation, 'backups'), 'in the way');
    const before = bytesIn(folder);
    expect(session.replaceByCopy(copy).ok).toBe(false);
    expect(bytesIn(folder)).toEqual(before);
    edit(file(), 'still writing');
  });

  describe('changes nothing, byte for byte, when the copy is', () => {
    const refused: Record<string, (of: ReturnType<typeof twoCopies>) => string> = {
      'the file itself': ({ path }) => path,
      'of another family': ({ there }) => {
        const other = newFile({ from: 'empty', path: join(there, 'other.mou') });
        closeFile(other);
        return other.path;
      },
      'not there': ({ there }) => join(there, 'none.mou'),
      'a folder': ({ there }) => there,
    };
    const codes: Record<string, string> = {
      'the file itself': 'same-file',
      'of another family': 'other-family',
      'not there': 'file-missing',
      'a folder': 'file-is-directory',
    };
    test.each(Object.entries(refused))('%s', (name, make) => {
      const made = twoCopies();
      const path = make(made);
      const before = bytesIn(made.folder);
      expect(refusalOf(made.session.replaceByCopy(path))).toEqual({ code: codes[name], details: { path } });
      expect(bytesIn(made.folder)).toEqual(before);
      edit(made.file(), 'still writing');
    });

    for (const { name, make, outcome } of HOSTILE_FILES)
      test(outcome === 'clean' ? `${name}, or takes only what is sound` : name, () => {
        const { session, file, copy, folder, there } = twoCopies();
        goOn(copy, writeOfEveryKind);
        const hostile = join(there, 'hostile.mou');
        make(hostile, copy);
        // A pipe or a device has no bytes to compare.
        const before = existsSync(hostile) && !statSync(hostile).isFile() ? null : bytesIn(folder);
        const mine = readFileSync(file().path);
        const replaced = session.replaceByCopy(hostile);
        if (replaced.ok) {
          expect(outcome).toBe('clean');
          expect(checkFile(file())).toEqual([]);
        } else {
          if (outcome !== 'clean') expect(outcome).toContain(replaced.error.code);
          expect((replaced.error.details as { path?: string }).path).toBe(hostile);
          if (before) expect(bytesIn(folder)).toEqual(before);
          expect(readFileSync(file().path).equals(mine)).toBe(true);
          expect(listBackups(file())).toEqual([]);
        }
        expect(readdirSync(dirname(file().path)).filter((left) => left.includes('.tmp'))).toEqual([]);
        edit(file(), 'and on we go');
        expect(checkFile(file())).toEqual([]);
        expect(basename(file().path)).toBe('mine.mou');
      });
  });
});

describe.skipIf(process.platform === 'win32')('replacing that is killed', () => {
  const PROCESS = fileURLToPath(new URL('../helpers/replaceProcess.ts', import.meta.url));

  test.each(MOMENTS)('when it is %s leaves the file as before or as after, sound, and with a way back', (moment) => {
    const { session, file, path, copy, installation, folder } = twoCopies();
    const writer = file().replica.key;
    session.close();
    const before = bytesIn(dirname(path))[basename(path)];
    const { signal } = spawnSync(process.execPath, [PROCESS, path, installation, copy, moment]);
    expect(signal).toBe('SIGKILL');
    if (moment !== 'replaced') expect(bytesIn(folder)[basename(path)]).toBe(before);

    unwrap(session.open(path));
    expect(checkFile(file())).toEqual([]);
    expect(nextStepOf(file())).toBe(moment === 'replaced' ? 'theirs' : 'mine');
    edit(file(), 'after');
    // Only while nothing had been given up yet may the old name go on.
    expect(file().replica.key === writer).toBe(moment === 'kept');
    const [kept] = listBackups(file());
    expect(kept?.reason).toBe('before-replace');
    unwrap(session.restore(kept?.id ?? ''));
    expect(nextStepOf(file())).toBe('mine');
  });
});
