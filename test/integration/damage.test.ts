/** A file that cannot be read any more: what each of its backups lacks, what can be read, and the way back to work. */
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Backups } from '../../db/backup/backups.ts';
import { checkFile } from '../../db/check.ts';
import { editInstruments } from '../../db/commands/instrumentCommands.ts';
import { addNote } from '../../db/commands/noteCommands.ts';
import { undoLast } from '../../db/commands/undo.ts';
import { fileHandlers, hostHandlers } from '../../db/handlers.ts';
import { writerRecords } from '../../db/installation.ts';
import { lockPathOf, takeLock } from '../../db/lock/lockFile.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { Session } from '../../db/session.ts';
import { fileApi } from '../../shared/api.ts';
import { todayCivil } from '../../shared/civilDate.ts';
import { serveCall } from '../../shared/rpc/server.ts';
import { createTranslator } from '../../shared/text/translator.ts';
import { type Damage, withHoles, withoutHeader, withoutTable } from '../helpers/damage.ts';
import { AUTHOR, newFile, openAgain, refusalOf, tempFolder, unwrap } from '../helpers/tempFile.ts';

const { t } = createTranslator();
const NO_SEND = () => undefined;
const firstId = ({ db }: OpenFile) => listInstruments(db)[0]?.id as never;

function installation(folder: string) {
  const installationDir = join(folder, 'installation');
  const backups = new Backups(installationDir);
  const session = new Session(writerRecords(installationDir), AUTHOR, NO_SEND, backups);
  return { session, backups, host: hostHandlers(session, t) };
}

/** Two backups, an older and a newer one, work after both of them, and then the damage. */
function damagedFile(damage: Damage) {
  const folder = tempFolder();
  const { session, backups, host } = installation(folder);
  const file = newFile({ path: join(folder, 'Committee.mou'), backups });
  const note = (text: string) => unwrap(addNote(file, { instrumentId: firstId(file), text }));
  for (let count = 0; count < 30; count += 1) note(`early ${count} `.repeat(20));
  unwrap(backups.make(file, 'day'));
  for (let count = 0; count < 3; count += 1) note(`between ${count}`);
  unwrap(backups.make(file, 'before-merge'));
  file.author = { name: 'B. Serik', post: null };
  unwrap(editInstruments(file, { ids: [firstId(file)], fields: { nextStep: 'after both' } }));
  closeFile(file);
  const bytes = damage(readFileSync(file.path));
  writeFileSync(file.path, bytes);
  return { folder, path: file.path, bytes, session, backups, host };
}

describe('a file that is damaged', () => {
  test('is surveyed: its backups with what can still be read beyond each, and what can be read', async () => {
    const { path, host, session, bytes } = damagedFile(withoutHeader);
    expect(refusalOf(session.open(path)).code).toBe('not-a-tracker-file');
    const quick = unwrap(await host['damage.backups']({ path }, NO_SEND));
    expect(quick.backups.map(({ reason, counts }) => [reason, counts?.notes])).toEqual([
      ['before-merge', 33],
      ['day', 30],
    ]);
    const { backups, salvage } = unwrap(await host['damage.survey']({ path }, NO_SEND));
    expect(salvage).toMatchObject({ counts: { instruments: 37, notes: 33 }, missing: { batches: 0, changes: 0 } });
    expect(backups.map(({ since }) => since.map(({ author, batches }) => [author, batches]))).toEqual([
      [['B. Serik', 1]],
      [
        [AUTHOR.name, 3],
        ['B. Serik', 1],
      ],
    ]);
    expect(backups.map(({ onlyHere }) => onlyHere.changes)).toEqual([0, 0]);
    expect(readFileSync(path)).toEqual(bytes);
  });

  test('lacks what a backup still has, counted batch by batch wherever the holes are', async () => {
    const { path, host } = damagedFile(withHoles(20, 9));
    const { backups, salvage } = unwrap(await host['damage.survey']({ path }, NO_SEND));
    const [latest] = backups;
    expect(salvage).not.toBeNull();
    expect(latest?.onlyHere.changes).toBeGreaterThan(0);
    // All that the backup has and the file has not is in what the two make together.
    const out = join(tempFolder(), 'salvaged.mou');
    unwrap(await host['damage.salvage']({ path, out }, NO_SEND));
    const file = openAgain(out);
    const before = file.db.prepare('SELECT count(*) FROM change').pluck().get() as number;
    const backup = join(tempFolder(), 'backup.mou');
    copyFileSync(new Backups(join(path, '..', 'installation')).listByPlace(path)[0]?.path ?? '', backup);
    unwrap(mergeFiles(file, [backup], { isDryRun: false }));
    const after = file.db.prepare('SELECT count(*) FROM change').pluck().get() as number;
    expect(after - before).toBe(latest?.onlyHere.changes);
  });

  test('of which nothing can be read still has its backups', async () => {
    const { path, host } = damagedFile((bytes) => bytes.fill(0x5a));
    const { backups, salvage } = unwrap(await host['damage.survey']({ path }, NO_SEND));
    expect(salvage).toBeNull();
    expect(backups.map(({ counts }) => counts?.instruments)).toEqual([37, 37]);
    expect(refusalOf(await host['damage.salvage']({ path, out: `${path}.new` }, NO_SEND)).code).toBe(
      'nothing-to-salvage',
    );
  });

  test('without any backup says that there is none', async () => {
    const { path, host, folder } = damagedFile(withoutHeader);
    rmSync(join(folder, 'installation', 'backups'), { recursive: true });
    const { backups, salvage } = unwrap(await host['damage.survey']({ path }, NO_SEND));
    expect([backups, salvage?.counts.notes]).toEqual([[], 33]);
  });

  test('gives its place to the chosen backup, stays beside it, and the work goes on', async () => {
    const { path, host, session, bytes, folder } = damagedFile(withoutHeader);
    const { backups } = unwrap(await host['damage.backups']({ path }, NO_SEND));
    const { aside } = unwrap(await host['damage.restore']({ path, id: backups[1]?.id ?? '' }, NO_SEND));
    expect(basename(aside)).toBe('Committee (damaged).mou');
    expect(readFileSync(aside)).toEqual(bytes);
    expect(existsSync(lockPathOf(path))).toBe(false);
    unwrap(session.open(path));
    const file = session.file as OpenFile;
    expect(checkFile(file)).toEqual([]);
    unwrap(addNote(file, { instrumentId: firstId(file), text: 'goes on' }));
    session.close();
    // What the damaged one had beyond the backup comes back as any other copy's would.
    const out = join(folder, 'salvaged.mou');
    unwrap(await host['damage.salvage']({ path: aside, out }, NO_SEND));
    const merged = openAgain(path);
    expect(unwrap(mergeFiles(merged, [out], { isDryRun: false })).forks).toEqual([]);
    expect(listInstruments(merged.db)[0]?.nextStep).toBe('after both');
    expect(checkFile(merged)).toEqual([]);
  });

  test('comes back together with its backup, as by a merge that can be taken back', async () => {
    for (const damage of [withoutHeader, withHoles(20, 9)]) {
      const { path, host, session, folder } = damagedFile(damage);
      const { backups } = unwrap(await host['damage.survey']({ path }, NO_SEND));
      const oldest = backups[1] as (typeof backups)[0];
      const { aside } = unwrap(await host['damage.restore']({ path, id: oldest.id }, NO_SEND));
      unwrap(session.open(path));
      const file = session.file as OpenFile;
      const added = unwrap(await host['damage.addReadable']({ path: aside }, NO_SEND));
      expect(added.changes).toBe(oldest.since.reduce((sum, { changes }) => sum + changes, 0));
      expect(added.forks).toEqual([]);
      expect(listInstruments(file.db)[0]?.nextStep).toBe('after both');
      expect(checkFile(file)).toEqual([]);
      unwrap(undoLast(file));
      expect(listInstruments(file.db)[0]?.nextStep).toBeNull();
      const stranger = newFile({ path: join(folder, 'stranger.mou'), from: 'empty' });
      closeFile(stranger);
      expect(refusalOf(await host['damage.addReadable']({ path: stranger.path }, NO_SEND)).code).toBe('other-family');
      session.close();
    }
  });

  test('is not replaced while somebody has it open, nor by a backup that is none', async () => {
    const { path, host, bytes } = damagedFile(withoutHeader);
    const [backup] = unwrap(await host['damage.backups']({ path }, NO_SEND)).backups;
    const { lock } = takeLock(path, 'A. Khan');
    expect(refusalOf(await host['damage.restore']({ path, id: backup?.id ?? '' }, NO_SEND))).toMatchObject({
      code: 'file-locked',
      details: { person: 'A. Khan' },
    });
    lock?.release();
    expect(refusalOf(await host['damage.restore']({ path, id: '000009_nothing' }, NO_SEND)).code).toBe(
      'backup-missing',
    );
    expect(readFileSync(path)).toEqual(bytes);
  });

  test('is never written over by what was read out of it', async () => {
    const { path, host, bytes } = damagedFile(withoutHeader);
    expect(refusalOf(await host['damage.salvage']({ path, out: path }, NO_SEND)).code).toBe('same-file');
    expect(readFileSync(path)).toEqual(bytes);
  });
});

describe('a file that turns out to be damaged at work', () => {
  test.each(['note', 'instrument'])(
    'says so of whatever reads the table %s, and can be closed and replaced',
    async (table) => {
      const { path, host, session, backups: made } = damagedFile(withoutTable(table));
      unwrap(session.open(path));
      const files = fileHandlers(() => session.file);
      const bugs: unknown[] = [];
      const call = (method: string, input: unknown) =>
        serveCall(fileApi, files, { method, input }, NO_SEND, {
          logBug: (_, error) => `bug ${bugs.push(error)}`,
          checkOutputs: true,
        });
      const damaged = { ok: false, error: { code: 'file-damaged', details: { path } } };
      expect(await call('file.info', {})).toMatchObject(damaged);
      if (table === 'instrument') expect(await call('instrument.list', {})).toMatchObject(damaged);
      else expect(await call('instrument.list', {})).toMatchObject({ ok: true, value: { total: 37 } });
      expect(bugs).toEqual([]);
      const today = { asOf: todayCivil(), since: null };
      if (table === 'instrument') expect(await host['report.status'](today, NO_SEND)).toMatchObject(damaged);
      // Nothing takes its place while it cannot be backed up first; the refusal names this file, not the backup.
      expect(
        await host['backup.restore']({ id: made.list(session.file as OpenFile)[0]?.id ?? '' }, NO_SEND),
      ).toMatchObject(damaged);
      unwrap(await host['file.close']({}, NO_SEND));
      expect([session.file, existsSync(lockPathOf(path))]).toEqual([null, false]);

      const { backups, salvage } = unwrap(await host['damage.survey']({ path }, NO_SEND));
      // The tables are only a view of the log: nothing of that is lost.
      expect(salvage).toMatchObject({ counts: { instruments: 37, notes: 33 }, missing: { batches: 0, changes: 0 } });
      unwrap(await host['damage.restore']({ path, id: backups[0]?.id ?? '' }, NO_SEND));
      unwrap(session.open(path));
      expect(checkFile(session.file as OpenFile)).toEqual([]);
      session.close();
    },
  );

  test('is let go even when its very header is gone', () => {
    const { session, folder } = damagedFile((bytes) => bytes);
    const path = join(folder, 'Committee.mou');
    unwrap(session.open(path));
    writeFileSync(path, Buffer.alloc(readFileSync(path).length, 0x5a));
    session.close();
    expect(existsSync(lockPathOf(path))).toBe(false);
    expect(refusalOf(session.open(path)).code).toBe('not-a-tracker-file');
  });
});
