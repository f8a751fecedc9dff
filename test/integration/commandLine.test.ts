import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeFile } from '../../db/open.ts';
import { connectSqlite } from '../../db/sqlite.ts';
import { type CommandLine, inProcess, type Ran, SCRIPT, spawned } from '../helpers/commandLine.ts';
import { newFile, tempFolder } from '../helpers/tempFile.ts';

let folder: string;
/** A process of its own. */
let mou: CommandLine;
/** Within this one. */
const quick = inProcess;
const home = process.cwd();

/** `a.mou` with the register lies in the folder where the commands run. */
beforeEach(() => {
  folder = tempFolder();
  mou = spawned(join(folder, 'profile'), folder);
  vi.stubEnv('MOU_TRACKER_PROFILE', join(folder, 'profile'));
  process.chdir(folder);
  closeFile(newFile({ path: join(folder, 'a.mou') }));
});

afterEach(() => {
  process.chdir(home);
  vi.unstubAllEnvs();
});

const file = (name = 'a.mou') => join(folder, name);
const bytes = (name = 'a.mou') => readFileSync(file(name)).toString('base64');
const jsonOf = ({ stdout, stderr, status }: Ran) => {
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return JSON.parse(stdout);
};

/** One sentence on standard error, nothing on standard output. */
function expectRefusal({ status, stdout, stderr }: Ran, expected: { status: number; saying: RegExp }): void {
  expect({ status, stdout }).toEqual({ status: expected.status, stdout: '' });
  expect(stderr).toMatch(expected.saying);
  expect(stderr, 'a sentence, no stack').not.toMatch(/\n {4}at |node:internal|Error:/);
}

describe('making and reading a file', () => {
  test('new makes a file of the register, which info and list describe', async () => {
    const made = await mou('new', 'b.mou', '--title', 'Working Committee');
    expect(made).toMatchObject({ status: 0, stdout: '' });
    expect(made.stderr).toMatch(/37 instruments/);
    const info = jsonOf(await mou('info', 'b.mou', '--json'));
    expect(info).toMatchObject({ title: 'Working Committee', isReadOnly: false, counts: { instruments: 37 } });
    const rows = jsonOf(await mou('list', 'b.mou', '--json'));
    expect(rows).toHaveLength(37);
    for (const row of rows) {
      expect(row.title).toBeTruthy();
      expect(row.source, `source of ${row.number}`).toBeTruthy();
    }
    expect(rows.map((row: { number: number }) => row.number)).toEqual(Array.from({ length: 37 }, (_, i) => i + 1));
  });

  test('new --empty makes a file without instruments; --json answers with one value', async () => {
    const made = jsonOf(await quick('new', 'b.mou', '--empty', '--json'));
    expect(made).toMatchObject({ path: file('b.mou'), counts: { instruments: 0 } });
    expect(jsonOf(await quick('list', 'b.mou', '--json'))).toEqual([]);
  });

  test('new never writes over a file', async () => {
    const before = bytes();
    expectRefusal(await quick('new', 'a.mou'), { status: 2, saying: /already a file/ });
    expect(bytes()).toBe(before);
  });

  test('new refuses a title that its rule refuses, and makes nothing', async () => {
    expectRefusal(await quick('new', 'b.mou', '--title', ''), { status: 2, saying: /may not be empty/ });
    expect(existsSync(file('b.mou'))).toBe(false);
  });

  test('reading commands change not a byte', async () => {
    const before = bytes();
    for (const args of [['info'], ['list'], ['show', '4'], ['history'], ['check'], ['export']]) {
      const [command = '', ...rest] = args;
      expect(await quick(command, 'a.mou', ...rest), command).toMatchObject({ status: 0 });
    }
    expect(bytes()).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(['a.mou']);
  });

  test('list filters by what the rules say', async () => {
    await quick('set', 'a.mou', '4', 'deadline=2020-01-31', 'owner=B. Khan');
    const numbers = async (...filters: string[]) =>
      jsonOf(await quick('list', 'a.mou', '--json', ...filters.flatMap((filter) => ['--filter', filter]))).map(
        (row: { number: number }) => row.number,
      );
    expect(await numbers('deadline=overdue')).toEqual([4]);
    expect(await numbers('owner=khan', 'health=off-track')).toEqual([4]);
    expect(await numbers('owner=none')).toHaveLength(36);
    expect(await numbers('owner=khan', 'health=on-track')).toEqual([]);
    expectRefusal(await quick('list', 'a.mou', '--filter', 'mood=good'), { status: 2, saying: /no filter “mood”/ });
    expectRefusal(await quick('list', 'a.mou', '--filter', 'health=good'), { status: 2, saying: /“good”/ });
  });
});

describe('changing a file', () => {
  test('what set writes is in show and in the history, signed', async () => {
    const args = ['deadline=2027-06-30', 'owner=B. Khan', 'progress=45%', 'stage=In implementation'];
    expect(await mou('set', 'a.mou', '1', ...args, '--author', 'Ayesha Siddiqui')).toMatchObject({ status: 0 });
    const shown = jsonOf(await mou('show', 'a.mou', '1', '--json'));
    expect(shown).toMatchObject({ deadline: '2027-06-30', owner: 'B. Khan', progress: 45, stage: 'in-implementation' });
    const [entry] = jsonOf(await mou('history', 'a.mou', '1', '--json'));
    expect(entry).toMatchObject({ author: 'Ayesha Siddiqui', kind: 'edit' });
    expect(entry.changes).toContainEqual(
      expect.objectContaining({ field: 'deadline', before: null, after: '2027-06-30' }),
    );
    expect(entry.changes).toContainEqual(expect.objectContaining({ field: 'pkOwnerId', afterName: 'B. Khan' }));
    const text = await mou('show', 'a.mou', '1');
    expect(text.stdout).toMatch(/2027-06-30/);
    expect(text.stdout).toMatch(/B\. Khan/);
    expect(await mou('check', 'a.mou')).toMatchObject({ status: 0 });
  });

  test('setting what is there already writes nothing and says so', async () => {
    await quick('set', 'a.mou', '1', 'nextStep=Ask');
    const before = jsonOf(await quick('info', 'a.mou', '--json')).counts.batches;
    const again = await quick('set', 'a.mou', '1', 'nextStep=Ask', '--json');
    expect(jsonOf(again)).toEqual({ batch: null });
    expect(jsonOf(await quick('info', 'a.mou', '--json')).counts.batches).toBe(before);
  });

  test('an empty value clears', async () => {
    await quick('set', 'a.mou', '1', 'deadline=2027-06-30', 'owner=B. Khan');
    await quick('set', 'a.mou', '1', 'deadline=', 'owner=');
    expect(jsonOf(await quick('show', 'a.mou', '1', '--json'))).toMatchObject({ deadline: null, owner: null });
  });

  test('a note is added, signed by the account’s profile', async () => {
    mkdirSync(join(folder, 'profile'), { recursive: true });
    writeFileSync(
      join(folder, 'profile', 'profile.json'),
      JSON.stringify({ profile: { name: 'محمد طارق', post: 'ڈپٹی سیکرٹری', side: 'pk' } }),
    );
    expect(await quick('note', 'a.mou', '4', 'Gauge', 'study', 'sent.')).toMatchObject({ status: 0 });
    const { notes } = jsonOf(await quick('show', 'a.mou', '4', '--json'));
    expect(notes).toEqual([expect.objectContaining({ text: 'Gauge study sent.', author: 'محمد طارق' })]);
  });

  test.each([
    [['1', 'deadline=30.06.2027'], /“30\.06\.2027” is no date/],
    [['1', 'deadline=2027-02-30'], /is no date/],
    [['1', 'progress=101'], /“101” is not a whole number/],
    [['1', 'progress=-1'], /not a whole number/],
    [['1', 'stage=finished'], /“finished” is not one of the choices/],
    [['1', 'title='], /may not be empty/],
    [['1', `title=${'x'.repeat(501)}`], /too long/],
    [['1', 'mood=good'], /no field “mood”/],
    [['1', 'deadline'], /FIELD=VALUE/],
    [['1', '=x'], /FIELD=VALUE/],
    [['1'], /FIELD=VALUE is missing/],
    [['99', 'nextStep=x'], /no instrument “99”/],
    [['one', 'nextStep=x'], /“one” is not the number/],
    [[], /NUMBER is missing/],
    [['1', 'startOn=2027-01-01', 'deadline=2026-01-01'], /before the start/],
    [['1', 'healthOverride=at-risk'], /write the reason first/],
    [['1', 'pkLeadBodyId=01900000-0000-7000-8000-000000000000'], /names nothing/],
    [['1', 'nextStep=good', 'deadline=bad'], /is no date/],
    [['1', 'nextStep=x', '--colour'], /colour/],
    [['1', 'nextStep=x', '--author', 'y'.repeat(201)], /too long/],
  ])('a refused value says why with status 2 and changes not a byte: %j', async (args, saying) => {
    const before = bytes();
    expectRefusal(await quick('set', 'a.mou', ...args), { status: 2, saying });
    expect(bytes()).toBe(before);
  });

  test('a refused note changes not a byte', async () => {
    const before = bytes();
    expectRefusal(await quick('note', 'a.mou', '4', '   '), { status: 2, saying: /TEXT is missing/ });
    expectRefusal(await quick('note', 'a.mou', '99', 'x'), { status: 2, saying: /no instrument “99”/ });
    expect(bytes()).toBe(before);
  });

  test('many commands at once all are saved, or say that the file is busy', async () => {
    const ran = await Promise.all([1, 2, 3, 4].map((number) => mou('set', 'a.mou', String(number), 'nextStep=now')));
    const rows = jsonOf(await mou('list', 'a.mou', '--json'));
    ran.forEach(({ status, stderr }, index) => {
      expect([0, 3], stderr).toContain(status);
      if (status === 3) expect(stderr).toMatch(/ open /);
      expect(rows[index].nextStep).toBe(status === 0 ? 'now' : null);
    });
    expect(await mou('check', 'a.mou')).toMatchObject({ status: 0 });
  });

  test('an edit is saved though the profile’s folder cannot be written', async () => {
    writeFileSync(join(folder, 'profile'), 'a file where the folder should be');
    expect(await quick('set', 'a.mou', '1', 'nextStep=x')).toMatchObject({ status: 0 });
    expect(jsonOf(await quick('show', 'a.mou', '1', '--json')).nextStep).toBe('x');
  });
});

describe('files that cannot be opened or written: status 3, a sentence, nothing changed', () => {
  test.each([
    ['a missing file', 'missing.mou', /no file at/],
    ['a directory', 'folder', /is a folder/],
    ['a file that is no database', 'text.mou', /not a MoU Tracker file/],
    ['an empty file', 'empty.mou', /not a MoU Tracker file/],
    ['a truncated file', 'cut.mou', /is damaged \(truncated\)/],
  ])('%s', async (_, name, saying) => {
    mkdirSync(file('folder'));
    writeFileSync(file('text.mou'), 'number,title\n');
    writeFileSync(file('empty.mou'), '');
    writeFileSync(file('cut.mou'), readFileSync(file()).subarray(0, 50_000));
    for (const args of [
      ['info', name],
      ['set', name, '1', 'nextStep=x'],
      ['check', name],
    ])
      expectRefusal(await (args[0] === 'info' ? mou : quick)(...args), { status: 3, saying });
    expect(readFileSync(file('text.mou'), 'utf8')).toBe('number,title\n');
    expect(readFileSync(file('cut.mou'))).toHaveLength(50_000);
    expect(existsSync(file('missing.mou'))).toBe(false);
    expect(readdirSync(file('folder'))).toEqual([]);
  });

  test('a write-protected file is read, but not changed', async () => {
    chmodSync(file(), 0o444);
    const before = bytes();
    expect(jsonOf(await mou('info', 'a.mou', '--json'))).toMatchObject({ isReadOnly: true });
    expectRefusal(await mou('set', 'a.mou', '1', 'nextStep=x'), { status: 3, saying: /write-protected/ });
    expectRefusal(await mou('note', 'a.mou', '1', 'x'), { status: 3, saying: /write-protected/ });
    expect(bytes()).toBe(before);
  });

  test('a file that the window has open is busy', async () => {
    const open = newFile({ path: file('open.mou') });
    expectRefusal(await mou('set', 'open.mou', '1', 'nextStep=x'), {
      status: 3,
      saying: / open /,
    });
    closeFile(open);
  });

  test('an output that cannot be written', async () => {
    expectRefusal(await quick('export', 'a.mou', '--out', 'missing/out.csv'), {
      status: 3,
      saying: /no file at|folder/,
    });
    mkdirSync(file('out'));
    expectRefusal(await quick('export', 'a.mou', '--out', 'out'), { status: 3, saying: /is a folder/ });
    expect(readdirSync(folder).sort()).toEqual(['a.mou', 'out']);
  });
});

describe('export', () => {
  test('CSV to standard output reads back as 37 rows', async () => {
    const { status, stdout } = await mou('export', 'a.mou', '--format', 'csv', '--what', 'register');
    expect(status).toBe(0);
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(37);
    expect(rows[0]).toMatchObject({ number: '1', legalStatus: 'Signed' });
  });

  test('CSV to a file bears a byte order mark and the chosen delimiter', async () => {
    expect(await quick('export', 'a.mou', '--out', 'out.csv', '--delimiter', 'semicolon')).toMatchObject({
      status: 0,
      stdout: '',
    });
    const text = readFileSync(file('out.csv'), 'utf8');
    expect(text.startsWith('\ufeffnumber;title;')).toBe(true);
    expect(jsonOf(await quick('export', 'a.mou', '--out', 'plain.csv', '--no-bom', '--json'))).toEqual({
      path: file('plain.csv'),
    });
    expect(readFileSync(file('plain.csv'), 'utf8').startsWith('number,title,')).toBe(true);
  });

  test.each(['register', 'notes', 'persons', 'bodies', 'targets', 'risks'])('JSON of %s is an array', async (what) => {
    await quick('note', 'a.mou', '4', 'x');
    await quick('set', 'a.mou', '4', 'owner=B. Khan');
    const { stdout, status } = await quick('export', 'a.mou', '--format', 'json', '--what', what);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).length).toBeGreaterThan(0);
    expect(await quick('export', 'a.mou', '--what', what)).toMatchObject({ status: 0 });
  });

  test('an export is never put over a tracker’s file, neither this nor another', async () => {
    copyFileSync(file(), file('b.mou'));
    const before = bytes();
    for (const out of ['a.mou', './a.mou', 'b.mou'])
      expectRefusal(await quick('export', 'a.mou', '--out', out), { status: 2, saying: /already a file/ });
    expect([bytes(), bytes('b.mou')]).toEqual([before, before]);
  });

  test.skipIf(process.platform === 'win32')('an output that is a pipe or a device stays one', async () => {
    execFileSync('mkfifo', [file('pipe')]);
    const reader = execFileSync.bind(null, 'sh', ['-c', 'timeout 20 cat pipe > read.csv'], { cwd: folder });
    const ran = mou('export', 'a.mou', '--out', 'pipe', '--no-bom');
    reader();
    expect(await ran).toMatchObject({ status: 0 });
    expect(readFileSync(file('read.csv'), 'utf8')).toMatch(/^number,title/);
    expect(readdirSync(folder).sort()).toEqual(['a.mou', 'pipe', 'read.csv']);
  });

  test('a reader that closes the pipe early ends the export quietly', async () => {
    const script = `"${process.execPath}" "${SCRIPT}" export a.mou --format json | head -c 10`;
    const out = execFileSync('bash', ['-c', `set -o pipefail; ${script}; true`], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(out).toHaveLength(10);
  });
});

describe('check', () => {
  test('a sound file passes with status 0', async () => {
    expect(jsonOf(await mou('check', 'a.mou', '--json'))).toMatchObject({ ok: true, findings: [] });
    expect((await mou('check', 'a.mou')).stderr).toMatch(/in order/);
  });

  test.each([
    [
      'a table that does not say what the log says',
      "UPDATE instrument SET title = 'forged' WHERE number = 4",
      /does not say what the log says/,
    ],
    ['a value that no rule lets in', "UPDATE instrument SET stage = 'finished' WHERE number = 4", /not allowed/],
    ['a row that was removed', 'DELETE FROM instrument WHERE number = 4', /does not say what the log says/],
    [
      'a row the log does not know',
      "INSERT INTO person (row, id, name) VALUES (99999, '01900002-0000-7000-8000-000000000001', 'X')",
      /does not say/,
    ],
    ['a batch that was removed', 'DELETE FROM batch WHERE id = 1', /batches|no batch/],
  ])('%s fails with status 1 and the list', async (_, sql, saying) => {
    copyFileSync(file(), file('bad.mou'));
    const db = connectSqlite(file('bad.mou'));
    db.exec(sql);
    db.close();
    const before = bytes('bad.mou');
    const text = await quick('check', 'bad.mou');
    expect(text.status).toBe(1);
    expect(text.stdout).toMatch(saying);
    const json = await quick('check', 'bad.mou', '--json');
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout).findings.length).toBeGreaterThan(0);
    expect(bytes('bad.mou')).toBe(before);
  });

  test('overwritten pages fail, with status 1 or as damaged', async () => {
    const raw = readFileSync(file());
    raw.fill(0x5a, 8 * 4_096, 12 * 4_096);
    writeFileSync(file('bad.mou'), raw);
    const { status, stderr, stdout } = await quick('check', 'bad.mou');
    expect([1, 3]).toContain(status);
    expect(stderr + stdout).not.toMatch(/\n {4}at /);
  });
});

describe('usage', () => {
  test('without a command, or asked for help, the commands are listed', async () => {
    expectRefusal(await mou(), { status: 2, saying: /Usage: mou-tracker/ });
    expect(await mou('help')).toMatchObject({ status: 0 });
    expect(await mou('--help')).toMatchObject({ status: 0 });
  });

  test.each([
    [['frobnicate', 'a.mou'], /no command “frobnicate”/],
    [['toString', 'a.mou'], /no command “toString”/],
    [['info'], /FILE is missing/],
    [['info', 'a.mou', '--verbose'], /verbose/],
    [['info', 'a.mou', 'b.mou'], /b\.mou/],
    [['list', 'a.mou', '4'], /“?4/],
    [['show', 'a.mou', '4', '5'], /“?5/],
    [['check', 'a.mou', 'x'], /x/],
    [['export', 'a.mou', '--format', 'exe'], /“exe” is not one of: csv, json/],
    [['export', 'a.mou', '--format', 'xlsx'], /not part of this version/],
    [['export', 'a.mou', '--what', 'meetings'], /not part of this version/],
    [['import', 'a.mou', 'x.csv'], /not part of this version/],
    [['report', 'a.mou', '--format', 'csv'], /--out PATH is missing/],
    [['report', 'a.mou', '--kind', 'brief', '--out', 'x.pdf'], /not part of this version/],
    [['report', 'a.mou', '--as-of', 'today', '--out', 'x.pdf'], /“today” is no date/],
    [['history', 'a.mou', '--limit', '0'], /“0”/],
  ])('%j is refused with status 2', async (args, saying) => {
    const before = bytes();
    expectRefusal(await quick(...args), { status: 2, saying });
    expect(bytes()).toBe(before);
  });

  test('a report as CSV is written for a day and against an earlier one', async () => {
    const ran = await quick(
      'report',
      'a.mou',
      '--kind',
      'status',
      '--format',
      'csv',
      '--as-of',
      '2026-06-30',
      '--since',
      '2026-03-01',
      '--out',
      'r.csv',
    );
    expect(ran).toMatchObject({ status: 0 });
    expect(readFileSync(file('r.csv'), 'utf8').length).toBeGreaterThan(100);
  });
});
