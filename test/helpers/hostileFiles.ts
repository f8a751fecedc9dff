/** Files that a stranger, an accident or another program may have made of a good copy: each with what has to come of it. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { editInstruments } from '../../db/commands/instrumentCommands.ts';
import { addNote } from '../../db/commands/noteCommands.ts';
import { createPerson } from '../../db/commands/registryCommands.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { connectSqlite, type Database } from '../../db/sqlite.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { unwrap } from './tempFile.ts';

/** Goes on in a copy so that its newest batch has a cell of every kind, for what is made hostile of it afterwards. */
export function writeOfEveryKind(file: OpenFile): void {
  const ids = listInstruments(file.db).map(({ id }) => id);
  unwrap(addNote(file, { instrumentId: ids[0] as never, text: 'a note' }));
  const owner = { name: 'Aigerim', post: null, bodyId: null, side: null, email: null, phone: null };
  const person = unwrap(createPerson(file, owner));
  unwrap(
    editInstruments(file, {
      ids,
      fields: {
        title: 'Theirs',
        nextStep: 'theirs',
        progress: 40,
        stage: 'in-implementation',
        deadline: '2027-06-30' as never,
        pkOwnerId: person.id as never,
      },
    }),
  );
}

export interface HostileFile {
  name: string;
  /** Makes the file at `path`; `good` is a sound copy with something new in it. */
  make: (path: string, good: string) => void;
  /** The refusals that fit; or `clean`: what is wrong does not come in, what is right does. */
  outcome: ErrorCode[] | 'clean';
}

const DAMAGED: ErrorCode[] = ['file-damaged'];
const NOT_OURS: ErrorCode[] = ['not-a-tracker-file'];

const bytes = (
  name: string,
  edit: (file: Buffer) => Buffer | undefined,
  outcome: HostileFile['outcome'],
): HostileFile => ({
  name,
  outcome,
  make: (path, good) => {
    const file = readFileSync(good);
    writeFileSync(path, edit(file) ?? file);
  },
});

const sql = (
  name: string,
  edit: string | ((db: Database) => void),
  outcome: HostileFile['outcome'] = DAMAGED,
): HostileFile => ({
  name,
  outcome,
  make: (path, good) => {
    copyFileSync(good, path);
    const db = connectSqlite(path);
    db.unsafeMode(true);
    db.pragma('foreign_keys = OFF');
    if (typeof edit === 'string') db.exec(edit);
    else edit(db);
    db.close();
  },
});

/** The newest batch of the copy, which is new to whoever merges it, and the first change of it. */
const NEWEST = '(SELECT max(id) FROM batch)';
const change = (name: string, value: string, outcome?: HostileFile['outcome'], field = 'nextStep'): HostileFile =>
  sql(
    name,
    `UPDATE change SET value = ${value} WHERE batch = ${NEWEST} AND field = (SELECT f.id FROM field f JOIN entity e ON e.id = f.entity WHERE f.name = '${field}' AND e.name = 'instrument')`,
    outcome,
  );
/** One of the rows that the newest batch wrote, all of whose cells it wrote. */
const ONE_ROW = `batch = ${NEWEST} AND row = (SELECT min(row) FROM change WHERE batch = ${NEWEST})`;
const WRITER = '(SELECT replica FROM batch ORDER BY id DESC LIMIT 1)';
const batch = (name: string, set: string, outcome?: HostileFile['outcome']): HostileFile =>
  sql(name, `UPDATE batch SET ${set} WHERE id = ${NEWEST}`, outcome);

const NO_FILES: HostileFile[] = [
  { name: 'an empty file', make: (path) => writeFileSync(path, ''), outcome: NOT_OURS },
  { name: 'a text', make: (path) => writeFileSync(path, 'SQLite format 3? No.\n'.repeat(500)), outcome: NOT_OURS },
  {
    name: 'a ZIP',
    make: (path) => writeFileSync(path, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(5_000)])),
    outcome: NOT_OURS,
  },
  {
    name: 'an encrypted file',
    make: (path) => writeFileSync(path, `age-encryption.org/v1\n-> scrypt bm90IHJlYWw 18\n${'x'.repeat(500)}`),
    outcome: ['file-encrypted'],
  },
  { name: 'a pipe', make: (path) => void execFileSync('mkfifo', [path]), outcome: NOT_OURS },
  { name: 'a device without an end', make: (path) => symlinkSync('/dev/zero', path), outcome: NOT_OURS },
  { name: 'a link to itself', make: (path) => symlinkSync(path, path), outcome: ['file-missing'] },
  { name: 'a link to nothing', make: (path) => symlinkSync(`${path}.gone`, path), outcome: ['file-missing'] },
  { name: 'a directory', make: (path) => mkdirSync(path), outcome: ['file-is-directory'] },
  { name: 'nothing', make: () => undefined, outcome: ['file-missing'] },
  {
    name: 'a database of another program',
    make: (path) => {
      const db = connectSqlite(path);
      db.exec('CREATE TABLE instrument (id TEXT); INSERT INTO instrument VALUES (1)');
      db.close();
    },
    outcome: NOT_OURS,
  },
];

const truncated = (share: number): HostileFile => ({
  name: `cut off at ${share * 100} per cent`,
  make: (path, good) => {
    copyFileSync(good, path);
    truncateSync(path, Math.floor(readFileSync(good).length * share));
  },
  outcome: [...DAMAGED, ...NOT_OURS],
});

const header = (name: string, offset: number, values: number[], outcome: HostileFile['outcome']): HostileFile =>
  bytes(
    name,
    (file) => {
      file.set(values, offset);
      return undefined;
    },
    outcome,
  );

const PAGES: HostileFile[] = [
  ...[0.0005, 0.01, 0.1, 0.25, 0.5, 0.75, 0.99].map(truncated),
  bytes('without its last byte', (file) => file.subarray(0, -1), DAMAGED),
  {
    name: 'with something glued to its end',
    make: (path, good) => {
      copyFileSync(good, path);
      appendFileSync(path, Buffer.alloc(10_000, 'x'));
    },
    outcome: 'clean',
  },
  header('with a wrong magic', 5, [0], NOT_OURS),
  header('with another application id', 68, [1, 2, 3, 4], NOT_OURS),
  header('with a page size that is none', 16, [0x12, 0x34], [...DAMAGED, ...NOT_OURS]),
  header('with the page size of another file', 16, [0x20, 0x00], [...DAMAGED, ...NOT_OURS]),
  header('with a format that nobody can read', 18, [9, 9], [...DAMAGED, ...NOT_OURS, 'file-too-new']),
  header('in write-ahead mode without its second half', 18, [2, 2], DAMAGED),
  header('with reserved bytes on every page', 20, [200], [...DAMAGED, ...NOT_OURS]),
  header('with an impossible payload fraction', 21, [1, 1, 1], [...DAMAGED, ...NOT_OURS]),
  header('with more pages than it has', 28, [0x7f, 0xff, 0xff, 0xff], DAMAGED),
  header('with a list of free pages that leads nowhere', 32, [0, 0, 0xff, 0xff, 0, 0, 0, 9], DAMAGED),
  header('with a schema format of the future', 44, [0, 0, 0, 99], DAMAGED),
  header('asking for an absurd cache', 48, [0x7f, 0xff, 0xff, 0xff], 'clean'),
  header('with an auto-vacuum it never had', 52, [0, 0, 0, 7], DAMAGED),
  header('in UTF-16', 56, [0, 0, 0, 2], DAMAGED),
  header('in an encoding that is none', 56, [0, 0, 0, 79], DAMAGED),
  header('of a version to come', 60, [0, 0, 0xff, 0xff], ['file-too-new']),
  header('of a negative version', 60, [0xff, 0xff, 0xff, 0xff], ['file-too-new']),
  header('of no version', 60, [0, 0, 0, 0], DAMAGED),
  header('of a version that never was', 60, [0, 0, 0, 35], DAMAGED),
  header('of an older version than it is', 60, [0, 0, 0, 30], DAMAGED),
  bytes(
    'with a first page full of noise',
    (file) => {
      for (let offset = 100; offset < 4_096; offset += 1) file[offset] = (offset * 7_919) & 0xff;
      return undefined;
    },
    DAMAGED,
  ),
  bytes(
    'with its pages in the wrong order',
    (file) => {
      const second = Buffer.from(file.subarray(4_096, 8_192));
      file.copyWithin(4_096, 8_192, 12_288);
      second.copy(file, 8_192);
      return undefined;
    },
    DAMAGED,
  ),
  bytes('with every page but the first empty', (file) => file.fill(0, 4_096), DAMAGED),
];

const schema = (name: string, edit: string | ((db: Database) => void)): HostileFile => sql(name, edit, DAMAGED);

/** Changes what the file says its schema is, behind SQLite's back. */
const rewritten =
  (edit: string) =>
  (db: Database): void => {
    db.pragma('writable_schema = ON');
    db.exec(edit);
    db.pragma('writable_schema = RESET');
  };

const SCHEMAS: HostileFile[] = [
  schema(
    'with a trigger that writes',
    'CREATE TRIGGER spy AFTER INSERT ON change BEGIN UPDATE instrument SET title = NULL; END',
  ),
  schema(
    'with a trigger under the name of an index',
    'DROP INDEX batch_in_part; CREATE TRIGGER batch_in_part AFTER INSERT ON batch BEGIN DELETE FROM change; END',
  ),
  schema('with a view', 'CREATE VIEW peek AS SELECT * FROM batch'),
  schema('with a view in the place of a table', 'ALTER TABLE batch RENAME TO b; CREATE VIEW batch AS SELECT * FROM b'),
  schema('with a generated column', 'ALTER TABLE change ADD COLUMN more AS (hex(zeroblob(1000000)))'),
  schema('with a column more', 'ALTER TABLE batch ADD COLUMN more TEXT'),
  schema('with a table more', 'CREATE TABLE more (a)'),
  schema('with a virtual table', 'CREATE VIRTUAL TABLE more USING fts5(a)'),
  schema('with an index on an expression', 'CREATE INDEX more ON change (hex(value))'),
  schema('with an index fewer', 'DROP INDEX change_by_batch'),
  schema('with a table fewer', 'DROP TABLE seen'),
  schema('with an oversized schema', (db) => {
    db.exec('BEGIN');
    for (let table = 0; table < 3_000; table += 1) db.exec(`CREATE TABLE t${table} (a, b, c)`);
    db.exec('COMMIT');
  }),
  schema(
    'with one very long definition',
    `CREATE TABLE more (${Array.from({ length: 1_900 }, (_, i) => `column_${i} TEXT`)})`,
  ),
  schema(
    'with a check that is not ours',
    rewritten(
      "UPDATE sqlite_schema SET sql = replace(sql, 'value,', 'value CHECK (abs(value) >= 0),') WHERE name = 'change'",
    ),
  ),
  schema('with a root page that is another table’s', (db) => {
    rewritten(
      "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'seen') WHERE name = 'change'",
    )(db);
  }),
];

const VALUES: HostileFile[] = [
  change('with a blob in a text', "x'00ff00ff'"),
  change('with a huge blob', 'zeroblob(30000000)'),
  change('with a huge text', "printf('%.*c', 30000000, 'x')"),
  change('with a text longer than its field', "printf('%.*c', 5000, 'x')"),
  change('with a zero byte in a text', "'a' || char(0) || 'b'"),
  change('with control characters in a text', "'a' || char(27) || '[31m'"),
  change('with blanks that the schema would cut', "'  a  '"),
  change('with an empty text where nothing is null', "''"),
  change('with a decomposed text', `'e' || char(${0x301})`),
  change('with a number in a text', '42'),
  change('with a text in a number', "'many'", DAMAGED, 'progress'),
  change('with a fraction in a whole number', '1.5', DAMAGED, 'progress'),
  change('with an infinite number', '9e999', DAMAGED, 'progress'),
  change('with a number out of its range', '101', DAMAGED, 'progress'),
  change('with a choice that is none', "'finished'", DAMAGED, 'stage'),
  change('with a day that is none', "'2027-02-30'", DAMAGED, 'deadline'),
  change('with a reference that is none', "'../../etc/passwd'", DAMAGED, 'pkOwnerId'),
  change('with nothing in a title', 'NULL', DAMAGED, 'title'),
  change('with markup in a text, which is text', "'<img src=x onerror=alert(1)>'", 'clean'),
  change('with text that is no UTF-8', "CAST(x'61ff62' AS TEXT)", 'clean'),
  batch('signed in a year to come', 'at = 253370764800000', 'clean'),
  batch('signed before the computer', 'at = -2208988800000', 'clean'),
  batch('signed when no calendar reaches', 'at = 9000000000000000'),
  batch('signed in words', "at = 'yesterday'"),
  batch('signed in fractions', 'at = 0.5'),
  sql('with an author of no name', "UPDATE author SET name = ''"),
  sql('with a zero byte in an author', "UPDATE author SET name = 'a' || char(0)"),
  sql('with a number for an author', "UPDATE author SET name = x'41'"),
  sql('with an author’s name of a megabyte', "UPDATE author SET name = printf('%.*c', 2000000, 'x')"),
  batch('with an author it does not list', 'author = 99999'),
  sql(
    'with a label that is markup',
    `UPDATE label SET code = '<b>' WHERE id = (SELECT label FROM batch WHERE id = ${NEWEST})`,
  ),
  batch('with a label it does not list', 'label = 99999'),
  batch('of a kind below nothing', 'kind = -1'),
  batch('of a kind to come', 'kind = 77', 'clean'),
  batch('of a kind in words', "kind = 'edit'"),
  sql('with a mark that is no JSON', "INSERT INTO meta VALUES ('restricted', '{')", 'clean'),
  sql(
    'with memories of merges that never were',
    "INSERT INTO merge_event VALUES (1, 0, NULL, 'no JSON', 1, 99, 5, NULL)",
    'clean',
  ),
  sql('of another family', "UPDATE meta SET value = '01900000-0000-7000-8000-000000000000' WHERE key = 'family'", [
    'other-family',
  ]),
  sql('of no family', "DELETE FROM meta WHERE key = 'family'", ['other-family']),
];

const LOGS: HostileFile[] = [
  sql(
    'whose tables say something else than its log',
    "UPDATE instrument SET title = 'not in the log', touchedAt = 5; DELETE FROM conflict",
    'clean',
  ),
  sql(
    'with a projected row that is in no log',
    "INSERT INTO person (row, id, name) VALUES (777, 'x', 'nobody')",
    'clean',
  ),
  batch('with a negative number', 'seq = -5'),
  batch('with the number zero', 'seq = 0'),
  batch('with a number in words', "seq = 'abc'"),
  batch('with a number that no computer counts', 'seq = 9223372036854775807'),
  batch('with a number far ahead', 'seq = 1000000000', 'clean'),
  sql('with two batches of one number', (db) => twoBatchesOfOneNumber(db)),
  sql('with a change of a row it does not list', `UPDATE change SET row = 99999 WHERE ${ONE_ROW}`),
  sql(
    'with a change of a field it does not list',
    `UPDATE change SET field = 99999 WHERE batch = ${NEWEST} AND row = (SELECT min(row) FROM change WHERE batch = ${NEWEST}) AND field = (SELECT min(field) FROM change WHERE batch = ${NEWEST})`,
  ),
  sql('with a change of a batch it does not list', "INSERT INTO change VALUES (1, 1, 99999, 'orphan')", 'clean'),
  sql('with a row in words', `UPDATE change SET row = 'one' WHERE ${ONE_ROW}`),
  sql(
    'with a field of another entity',
    `UPDATE change SET row = (SELECT r.id FROM entity_row r JOIN entity e ON e.id = r.entity WHERE e.name = 'file') WHERE ${ONE_ROW}`,
  ),
  sql(
    'with a row that has no proper identity',
    "UPDATE entity_row SET key = '../x' WHERE id = (SELECT max(id) FROM entity_row)",
  ),
  sql(
    'with two rows of one identity but for the case',
    'UPDATE entity_row SET key = upper(key) WHERE id = (SELECT max(id) FROM entity_row)',
  ),
  sql('with an entity that is SQL', `UPDATE entity SET name = 'x; DROP TABLE batch' WHERE name = 'instrument'`),
  sql('with an entity that every object has', "UPDATE entity SET name = '__proto__' WHERE name = 'note'"),
  sql('with a field that is SQL', `UPDATE field SET name = '"); DROP TABLE change' WHERE name = 'nextStep'`),
  sql('with a field of a version to come', "UPDATE field SET name = 'mood' WHERE name = 'nextStep'", 'clean'),
  sql('with an entity of a version to come', "UPDATE entity SET name = 'visit' WHERE name = 'note'", 'clean'),
  batch('that holds more than it says', 'held = 1'),
  batch('that holds less than it says', 'held = 90, changes = 90'),
  batch('that holds more than was written', 'changes = 1'),
  batch('that holds nothing', 'held = 0'),
  batch('that takes back what nobody wrote', 'revertsReplica = 99999, revertsSeq = 1'),
  batch('that takes back half a name', 'revertsReplica = 1'),
  batch('that takes back itself', 'revertsReplica = replica, revertsSeq = seq', 'clean'),
  sql('with sessions that it does not list', 'DELETE FROM session'),
  sql('with sessions that begin elsewhere', 'UPDATE session SET seq = seq + 1000'),
  sql('with a session in words', "INSERT INTO session VALUES (1, 'x', 5)"),
  batch('of another session than it says', 'token = 5'),
  sql('with a replica of no name', `UPDATE replica SET key = '' WHERE id = ${WRITER}`),
  sql('with a replica that is a path', `UPDATE replica SET key = '../../etc/passwd' WHERE id = ${WRITER}`),
  sql('with a replica of a very long name', `UPDATE replica SET key = printf('%.*c', 500, 'x') WHERE id = ${WRITER}`),
  sql(
    'that has seen the future of everybody',
    'INSERT INTO seen SELECT (SELECT replica FROM batch ORDER BY id DESC LIMIT 1), 1, id, 1000000000 FROM replica WHERE id <> (SELECT replica FROM batch ORDER BY id DESC LIMIT 1) ON CONFLICT DO UPDATE SET upTo = excluded.upTo',
    'clean',
  ),
  sql('whose authors have seen each other in a circle', (db) => {
    const [one, two] = db.prepare('SELECT DISTINCT replica FROM batch ORDER BY replica').pluck().all() as [
      number,
      number,
    ];
    const insert = db.prepare('INSERT OR REPLACE INTO seen VALUES (?, 1, ?, 1)');
    insert.run(one, two);
    insert.run(two, one);
  }),
  sql('whose authors have seen what no number counts', 'INSERT INTO seen VALUES (1, 1, 2, 0.5)'),
  sql('whose authors have seen somebody it does not list', 'INSERT INTO seen VALUES (1, 1, 99999, 1)'),
  sql(
    'whose changes supersede each other in a circle',
    (db) => {
      const [one, two] = db.prepare('SELECT DISTINCT replica FROM batch ORDER BY replica DESC').pluck().all() as [
        number,
        number,
      ];
      db.prepare(
        'INSERT INTO supersedes SELECT c.row, c.field, c.batch, ?, 1000 FROM change c JOIN batch b ON b.id = c.batch WHERE b.replica = ?',
      ).run(two, one);
      db.prepare(
        'INSERT INTO supersedes SELECT c.row, c.field, c.batch, ?, 1000 FROM change c JOIN batch b ON b.id = c.batch WHERE b.replica = ?',
      ).run(one, two);
    },
    'clean',
  ),
  sql(
    'whose changes supersede what it does not list',
    `INSERT INTO supersedes SELECT row, field, batch, 99999, 1 FROM change WHERE batch = ${NEWEST}`,
  ),
];

const BESIDE: HostileFile[] = [
  {
    name: 'with a write-ahead log beside it',
    make: (path, good) => {
      copyFileSync(good, path);
      writeFileSync(`${path}-wal`, Buffer.alloc(32, 1));
    },
    outcome: ['file-busy'],
  },
  {
    name: 'with a hot journal beside it',
    make: (path, good) => {
      copyFileSync(good, path);
      writeFileSync(`${path}-journal`, Buffer.concat([Buffer.from('d9d505f920a163d7', 'hex'), Buffer.alloc(504, 1)]));
    },
    outcome: ['file-busy'],
  },
  {
    name: 'with a journal of noise beside it',
    make: (path, good) => {
      copyFileSync(good, path);
      writeFileSync(`${path}-journal`, Buffer.alloc(512, 7));
    },
    outcome: ['file-busy'],
  },
  {
    name: 'with a journal beside it that was finished with',
    make: (path, good) => {
      copyFileSync(good, path);
      writeFileSync(`${path}-journal`, '');
    },
    outcome: 'clean',
  },
];

/** Past the unique index, which a foreign program may have lost: the table says one thing, its index another. */
function twoBatchesOfOneNumber(db: Database): void {
  const sqlOf = db.prepare("SELECT sql FROM sqlite_schema WHERE name = 'batch'").pluck().get() as string;
  const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_batch_1'").pluck().get();
  const loose = sqlOf.replace(/,\s*UNIQUE \(replica, seq\)\)/, ')');
  db.pragma('writable_schema = ON');
  db.exec("DELETE FROM sqlite_schema WHERE name = 'sqlite_autoindex_batch_1'");
  db.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 'batch'").run(loose);
  db.pragma('writable_schema = RESET');
  const columns = 'replica, seq, at, author, kind, label, token, changes, held';
  db.exec(`INSERT INTO batch (${columns}) SELECT ${columns} FROM batch WHERE id = ${NEWEST}`);
  db.exec(`INSERT INTO change SELECT row, field, ${NEWEST}, 'twin' FROM change WHERE batch = ${NEWEST} - 1`);
  db.pragma('writable_schema = ON');
  db.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 'batch'").run(sqlOf);
  db.prepare("INSERT INTO sqlite_schema VALUES ('index', 'sqlite_autoindex_batch_1', 'batch', ?, NULL)").run(root);
}

export const HOSTILE_FILES: readonly HostileFile[] = [...NO_FILES, ...PAGES, ...SCHEMAS, ...VALUES, ...LOGS, ...BESIDE];
