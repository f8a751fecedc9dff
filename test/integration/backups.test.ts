/** Backups: made, kept, listed, restored; and what is left of a file that nobody can open any more. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BackupName, Backups } from '../../db/backup/backups.ts';
import { listBackups, listBackupsByPlace } from '../../db/backup/listBackups.ts';
import { replaceDamaged } from '../../db/backup/restore.ts';
import { keptInRing } from '../../db/backup/ring.ts';
import { salvageFile } from '../../db/backup/salvage.ts';
import { checkFile } from '../../db/check.ts';
import { deleteInstruments, editInstruments } from '../../db/commands/instrumentCommands.ts';
import { addNote } from '../../db/commands/noteCommands.ts';
import { claimsToBeComplete } from '../../db/copy/restriction.ts';
import { saveCopy } from '../../db/copy/saveCopy.ts';
import { writerRecords } from '../../db/installation.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import { migrate } from '../../db/migrations/index.ts';
import { closeFile, openFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { Session } from '../../db/session.ts';
import { connectSqlite } from '../../db/sqlite.ts';
import { AUTHOR, newFile, openAgain, optionsOf, refusalOf, tempFolder, unwrap } from '../helpers/tempFile.ts';

const DAY_MS = 86_400_000;
const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const firstId = (file: OpenFile) => listInstruments(file.db)[0]?.id as string;
const edit = (file: OpenFile, nextStep: string) =>
  editInstruments(file, { ids: [firstId(file)], fields: { nextStep } });
const nextStepOf = (file: OpenFile) => listInstruments(file.db)[0]?.nextStep;

function fileWithBackups() {
  const folder = tempFolder();
  const backups = new Backups(join(folder, 'installation'));
  const file = newFile({ path: join(folder, 'a.mou'), backups });
  return { folder, backups, file };
}

describe('the ring', () => {
  const entry = (number: number, day: string, isAlarming = false) => ({ number, at: at(day), isAlarming });
  const numbers = (entries: ReturnType<typeof entry>[]) =>
    [...keptInRing(entries)].map(({ number }) => number).sort((a, b) => a - b);

  test('keeps the last ten, one a day for thirty days, one a month for twelve', () => {
    const many = Array.from({ length: 800 }, (_, index) => ({
      number: index + 1,
      at: at('2024-01-01') + (index * DAY_MS) / 2,
      isAlarming: false,
    }));
    const kept = [...keptInRing(many)];
    expect(kept.length).toBeGreaterThan(40);
    expect(kept.length).toBeLessThanOrEqual(52);
    expect(kept.map(({ number }) => number)).toEqual(
      expect.arrayContaining([800, 799, 798, 797, 796, 795, 794, 793, 792, 791]),
    );
    expect(Math.min(...kept.map(({ number }) => number))).toBeLessThan(200);
  });

  test('never lets go of the newest, nor of everything because a clock jumped', () => {
    const entries = Array.from({ length: 40 }, (_, index) => entry(index + 1, '2026-03-01'));
    expect(numbers([...entries, entry(41, '2099-01-01'), entry(42, '1970-01-02')])).toEqual([
      33, 34, 35, 36, 37, 38, 39, 40, 41, 42,
    ]);
  });

  test('keeps the one before an alarm', () => {
    const entries = Array.from({ length: 60 }, (_, index) => entry(index + 1, '2026-03-01', index === 20));
    expect(numbers(entries)).toContain(20);
  });
});

describe('a backup', () => {
  test('is a whole, checked file, and says what has happened since, by whom', () => {
    const { file, backups } = fileWithBackups();
    unwrap(edit(file, 'one'));
    unwrap(backups.make(file, 'manual'));
    file.author = { name: 'Second', post: null };
    unwrap(edit(file, 'two'));
    unwrap(addNote(file, { instrumentId: firstId(file), text: 'x' }));
    const [backup, ...others] = listBackups(file);
    expect(others).toEqual([]);
    expect(backup).toMatchObject({
      reason: 'manual',
      isAlarming: false,
      counts: { instruments: 37 },
      since: [{ author: 'Second', batches: 2 }],
      onlyHere: { batches: 0, changes: 0 },
    });
    const copy = openAgain(backups.find(file, backup?.id ?? '')?.path ?? '');
    expect(checkFile(copy)).toEqual([]);
    expect(nextStepOf(copy)).toBe('one');
  });

  test('is due once a day', () => {
    const { file, backups } = fileWithBackups();
    let now = at('2026-03-01');
    const source = { db: file.db, path: file.path, now: () => now };
    expect(backups.isDue(source)).toBe(true);
    unwrap(backups.make(source, 'day'));
    expect(backups.isDue(source)).toBe(false);
    now += DAY_MS;
    expect(backups.isDue(source)).toBe(true);
  });

  test('that is much smaller than the last one raises the alarm, and the last one stays', () => {
    const { file, backups } = fileWithBackups();
    unwrap(backups.make(file, 'day'));
    unwrap(deleteInstruments(file, { ids: [firstId(file) as never] }));
    expect(unwrap(backups.make(file, 'day')).isAlarming).toBe(true);
    for (let count = 0; count < 15; count += 1) unwrap(backups.make(file, 'manual'));
    expect(listBackups(file).map(({ counts }) => counts?.instruments)).toContain(37);
    expect(listBackups(file).filter(({ isAlarming }) => isAlarming)).toHaveLength(1);
  });

  test('is not written over, and what else lies in the folder is left alone', () => {
    const { file, backups, folder } = fileWithBackups();
    unwrap(backups.make(file, 'day'));
    const [family] = readdirSync(join(folder, 'installation', 'backups'));
    const place = join(folder, 'installation', 'backups', family as string);
    writeFileSync(join(place, 'notes of mine.txt'), 'mine');
    for (let count = 0; count < 12; count += 1) unwrap(backups.make(file, 'manual'));
    expect(readdirSync(place)).toContain('notes of mine.txt');
    expect(listBackups(file).map(({ id }) => id.slice(0, 6))[0]).toBe('000013');
  });

  test('comes before every merge and every update, or neither happens', () => {
    const { file, backups, folder } = fileWithBackups();
    const copy = unwrap(saveCopy(file, join(folder, 'b.mou'))).path;
    const other = openAgain(copy);
    unwrap(edit(other, 'from there'));
    closeFile(other);
    unwrap(mergeFiles(file, [copy], { isDryRun: false }));
    expect(listBackups(file).map(({ reason }) => reason)).toEqual(['before-merge']);

    const old = join(folder, 'old.mou');
    const db = connectSqlite(old);
    migrate(db, 30);
    db.close();
    const opened = unwrap(openFile(old, optionsOf({ backups })));
    expect(listBackups(opened).map(({ reason }) => reason)).toEqual(['before-migration']);
    closeFile(opened);

    writeFileSync(join(folder, 'no folder'), '');
    const nowhere = new Backups(join(folder, 'no folder'));
    const older = join(folder, 'older.mou');
    copyFileSync(
      backups.list({ db: opened.db.open ? opened.db : file.db, path: old })[0]?.path ?? listBackupsFolder(folder),
      older,
    );
    const before = readFileSync(older);
    expect(openFile(older, optionsOf({ backups: nowhere })).ok).toBe(false);
    expect(readFileSync(older)).toEqual(before);
  });
});

/** The one file of version 30 among all backups of a folder. */
function listBackupsFolder(folder: string): string {
  const root = join(folder, 'installation', 'backups');
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.includes('before-migration'),
  );
  return join(root, found as string);
}

describe('restoring', () => {
  function openSession() {
    const folder = tempFolder();
    const installation = join(folder, 'installation');
    const changed: number[] = [];
    const session = new Session(
      writerRecords(installation),
      AUTHOR,
      ({ instrumentIds }) => changed.push(instrumentIds.size),
      new Backups(installation),
    );
    unwrap(session.create(join(folder, 'a.mou'), { from: 'register', title: 'T' }));
    const file = () => session.file as OpenFile;
    return { session, file, changed, folder };
  }

  test('puts the backup in the place of the file, keeps what was there, and can be taken back', () => {
    const { session, file, changed } = openSession();
    unwrap(edit(file(), 'one'));
    unwrap(file().backups?.make(file(), 'manual') as never);
    unwrap(edit(file(), 'two'));
    const [backup] = listBackups(file());
    const { kept } = unwrap(session.restore(backup?.id ?? ''));
    expect(nextStepOf(file())).toBe('one');
    expect(checkFile(file())).toEqual([]);
    expect(changed.at(-1)).toBe(37);
    expect(listBackups(file())[0]).toMatchObject({ id: kept.id, reason: 'before-restore', onlyHere: { batches: 1 } });
    unwrap(session.restore(kept.id));
    expect(nextStepOf(file())).toBe('two');
    session.close();
  });

  test('makes the next edit one of a new writer, so that both histories can be merged', () => {
    const { session, file, folder } = openSession();
    unwrap(edit(file(), 'one'));
    unwrap(file().backups?.make(file(), 'manual') as never);
    unwrap(edit(file(), 'lost branch'));
    const lost = unwrap(saveCopy(file(), join(folder, 'lost.mou'))).path;
    const writer = file().replica.key;
    unwrap(session.restore(listBackups(file())[0]?.id ?? ''));
    unwrap(edit(file(), 'new branch'));
    expect(file().replica.key).not.toBe(writer);
    const report = unwrap(mergeFiles(file(), [lost], { isDryRun: false }));
    expect(report.forks).toEqual([]);
    expect(report.conflicts).toHaveLength(1);
    session.close();
  });

  test('of a backup that is not there or not whole is refused, and the file stays open as it was', () => {
    const { session, file } = openSession();
    unwrap(edit(file(), 'mine'));
    const made = unwrap(file().backups?.make(file(), 'manual') as never) as { id: string };
    const path = file().backups?.find(file(), made.id)?.path as string;
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4096, 5 * 4096);
    writeFileSync(path, bytes);
    expect(refusalOf(session.restore(made.id)).code).toBe('backup-missing');
    expect(refusalOf(session.restore('000099_nothing')).code).toBe('backup-missing');
    expect(listBackups(file())[0]?.counts).toBeNull();
    unwrap(edit(file(), 'still writing'));
    expect(readdirSync(dirname(file().path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    session.close();
  });
});

describe('a damaged file', () => {
  function damaged(damage: (bytes: Buffer) => Buffer) {
    const { file, backups, folder } = fileWithBackups();
    for (let count = 0; count < 40; count += 1)
      unwrap(addNote(file, { instrumentId: firstId(file), text: `note ${count} `.repeat(20) }));
    unwrap(backups.make(file, 'day'));
    unwrap(edit(file, 'after the backup'));
    closeFile(file);
    const bytes = damage(readFileSync(file.path));
    writeFileSync(file.path, bytes);
    return { path: file.path, backups, folder, bytes };
  }

  test('gives its place to a backup and stays beside it', () => {
    const { path, backups, bytes } = damaged((file) => file.fill(0, 0, 4096));
    expect(openFile(path, optionsOf()).ok).toBe(false);
    const [backup] = listBackupsByPlace(backups, path);
    expect(backup).toMatchObject({ reason: 'day', counts: { instruments: 37, notes: 40 } });
    const { aside } = unwrap(replaceDamaged(path, backups.listByPlace(path)[0] as BackupName));
    expect(readFileSync(aside)).toEqual(bytes);
    expect(checkFile(openAgain(path))).toEqual([]);
  });

  test('is read as far as it can be, says what is missing, and a backup brings the rest', () => {
    for (const [name, damage] of Object.entries({
      'one page in ten': (file: Buffer) => {
        for (let page = 15; page < file.length / 4096; page += 10) file.fill(0xa5, page * 4096, (page + 1) * 4096);
        return file;
      },
      'the end cut off': (file: Buffer) => file.subarray(0, Math.floor(file.length * 0.8)),
      'the page that says where sessions begin': (file: Buffer) => {
        const db = connectSqlite(file);
        const page = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'session'").pluck().get() as number;
        db.close();
        return file.fill(0xa5, (page - 1) * 4096, page * 4096);
      },
      'a few flipped bits': (file: Buffer) => {
        for (let index = 30_001; index < file.length; index += 20_011) file[index] = (file[index] as number) ^ 0x55;
        return file;
      },
    })) {
      const { path, backups, folder, bytes } = damaged(damage);
      const out = join(folder, 'salvaged.mou');
      const salvaged = salvageFile(path, out);
      expect([name, salvaged.ok]).toEqual([name, true]);
      if (!salvaged.ok) continue;
      expect(readFileSync(path)).toEqual(bytes);
      const file = openAgain(out, { backups });
      expect(checkFile(file).filter(({ kind }) => ['integrity', 'log', 'projection'].includes(kind))).toEqual([]);
      const { batches, changes } = salvaged.value.missing;
      if (batches + changes > 0) expect([name, claimsToBeComplete(file.db)]).toEqual([name, false]);
      const backup = backups.listByPlace(path)[0]?.path as string;
      const merged = mergeFiles(file, [backup], { isDryRun: false });
      expect([name, merged.ok]).toEqual([name, true]);
      expect(listInstruments(file.db)).toHaveLength(37);
    }
  });

  test('of which nothing can be read says so', () => {
    const folder = tempFolder();
    const path = join(folder, 'noise.mou');
    writeFileSync(path, Buffer.alloc(40_960, 0x5a));
    expect(refusalOf(salvageFile(path, join(folder, 'out.mou'))).code).toBe('nothing-to-salvage');
    mkdirSync(join(folder, 'dir'));
    expect(salvageFile(join(folder, 'none.mou'), join(folder, 'out.mou')).ok).toBe(false);
    expect(existsSync(join(folder, 'out.mou'))).toBe(false);
  });
});
