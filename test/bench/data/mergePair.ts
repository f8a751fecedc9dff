/**
 * Two copies of one file of 10,000 instruments that were edited apart (recipe.ts), and the same two logs as the floor of
 * merging keeps them. The program's own writer makes them; made once and kept in the system's temporary folder.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFile } from '../../../db/check.ts';
import { createFile } from '../../../db/create.ts';
import { writeBatch } from '../../../db/log/writeBatch.ts';
import { closeFile, openFile } from '../../../db/open.ts';
import type { OpenFile } from '../../../db/openFile.ts';
import { connectSqlite } from '../../../db/sqlite.ts';
import type { CellValue } from '../../../shared/entities/index.ts';
import { ok } from '../../../shared/result.ts';
import { benchOptions, must } from './files.ts';
import { mulberry32 } from './random.ts';
import { FIELDS, recipeChange, recordIds, type Side, STARTED_MS } from './recipe.ts';

/** Paths of files that must never be written to. */
export interface MergePair {
  /** The file before it was copied. */
  base: string;
  /** Our copy with its own changes, and theirs. */
  ours: string;
  theirs: string;
  /** The floor's databases of all three. */
  floorBase: string;
  floorOurs: string;
  floorTheirs: string;
}

const SEEDS: Record<Side, number> = { A: 7, B: 8 };
/** The base came in by a few imports. */
const ROWS_PER_BATCH = 1_000;

/** Two copies with `changes` single changes each since they parted; made first if need be. */
export function mergePair(changes: number): MergePair {
  const folder = mergeDataFolder();
  const place = (name: string) => join(folder, name);
  const pair: MergePair = {
    base: place('base.mou'),
    ours: place(`ours-${changes}.mou`),
    theirs: place(`theirs-${changes}.mou`),
    floorBase: place('floor-base.db'),
    floorOurs: place(`floor-ours-${changes}.db`),
    floorTheirs: place(`floor-theirs-${changes}.db`),
  };
  makeOnce(pair.base, makeBase);
  makeOnce(pair.ours, (path) => makeCopy(path, pair.base, 'A', changes));
  makeOnce(pair.theirs, (path) => makeCopy(path, pair.base, 'B', changes));
  makeOnce(pair.floorBase, (path) => makeFloor(path, pair.base));
  makeOnce(pair.floorOurs, (path) => makeFloor(path, pair.ours));
  makeOnce(pair.floorTheirs, (path) => makeFloor(path, pair.theirs));
  return pair;
}

/** Where the files are kept: what another generator, schema or search index makes has another folder. */
export function mergeDataFolder(): string {
  const hash = createHash('sha256').update(newFileFormat());
  for (const name of ['mergePair.ts', 'recipe.ts', 'random.ts', 'words.ts'])
    hash.update(readFileSync(join(import.meta.dirname, name)));
  return join(tmpdir(), `mou-tracker-bench-merge-${hash.digest('hex').slice(0, 12)}`);
}

/** The schema of a file made now, and its numbers of versions. */
function newFileFormat(): string {
  const work = mkdtempSync(join(tmpdir(), 'mou-tracker-bench-format-'));
  try {
    const file = must(createFile(join(work, 'new.mou'), { from: 'empty', title: 'Bench' }, benchOptions(true)));
    const select = `SELECT sql FROM sqlite_schema UNION ALL SELECT key || value FROM meta WHERE key <> 'family'`;
    const format = file.db.prepare(select).pluck().all();
    closeFile(file);
    return JSON.stringify(format);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Calls `make` with a draft's path unless the file is there, and moves the draft to its place. */
export function makeOnce(path: string, make: (draft: string) => void): void {
  if (existsSync(path)) return;
  console.log(`Making ${path}`);
  const folder = join(path, '..');
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'making-'));
  try {
    const draft = join(work, 'draft');
    make(draft);
    renameSync(draft, path);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Everybody's records, by the same draws in the base and in the copies. */
function drawBase(): { ids: string[]; values: Map<string, CellValue>[] } {
  const random = mulberry32(6);
  const ids = recordIds(random);
  return { ids, values: ids.map(() => new Map(FIELDS.map(([name, draw]) => [name, draw(random)]))) };
}

function makeBase(path: string): void {
  const file = must(createFile(path, { from: 'empty', title: 'Bench' }, benchOptions(true)));
  withoutSync(file);
  const { ids, values } = drawBase();
  for (let from = 0; from < ids.length; from += ROWS_PER_BATCH) {
    file.now = () => STARTED_MS - 3_600_000 + from * 100;
    must(
      writeBatch(file, { label: 'import', kind: 'import' }, (batch) => {
        for (let record = from; record < Math.min(from + ROWS_PER_BATCH, ids.length); record += 1)
          batch.create('instrument', ids[record] as string, Object.fromEntries(values[record] ?? []));
        return ok(undefined);
      }),
    );
  }
  checkAndClose(file);
}

function makeCopy(path: string, base: string, side: Side, changes: number): void {
  copyFileSync(base, path);
  const file = must(openFile(path, benchOptions(true)));
  withoutSync(file);
  const random = mulberry32(SEEDS[side]);
  const { ids, values } = drawBase();
  let written = 0;
  // One transaction around all: batches are what counts here, not their commits.
  file.db.transaction(() => {
    for (let index = 0; index < changes; index += 1) {
      const { record, field, draw, at } = recipeChange(side, index, random);
      const current = values[record] as Map<string, CellValue>;
      let value = draw(random);
      // Writing what stands there already is no change.
      while (value === current.get(field)) value = draw(random);
      current.set(field, value);
      file.now = () => at;
      const { batch } = must(
        writeBatch(file, { label: 'edit' }, (one) => {
          one.set('instrument', ids[record] as string, { [field]: value });
          return ok(undefined);
        }),
      );
      if (batch) written += 1;
    }
  })();
  if (written !== changes) throw new Error(`${written} of ${changes} changes were written`);
  checkAndClose(file);
}

/** A power cut while a file for measuring is made costs nothing: it is made again. */
function withoutSync({ db }: OpenFile): void {
  db.pragma('synchronous = OFF');
  db.pragma('journal_mode = MEMORY');
}

function checkAndClose(file: OpenFile): void {
  // As after a quiet moment.
  file.db.transaction(() => file.search.catchUp(Number.MAX_SAFE_INTEGER))();
  const findings = checkFile(file);
  if (findings.length > 0) throw new Error(`not sound: ${JSON.stringify(findings.slice(0, 3))}`);
  closeFile(file);
  // Opened once more as the program does, so that what is measured later is an ordinary file.
  closeFile(must(openFile(file.path, benchOptions(true))));
}

/**
 * The least that keeps a history and can be merged: the log, and the winning value of every cell with its clock. Texts for
 * keys, as the performance notes have it. Twelve cells a record, without what our own files need besides.
 */
const FLOOR_SCHEMA = `
  CREATE TABLE log (
    replica TEXT NOT NULL, hlc INTEGER NOT NULL, entity TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL,
    value TEXT, author TEXT, PRIMARY KEY (replica, hlc)) WITHOUT ROWID;
  CREATE TABLE cell (
    entity TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, value TEXT, replica TEXT NOT NULL, hlc INTEGER NOT NULL,
    PRIMARY KEY (entity, id, field)) WITHOUT ROWID;`;

function makeFloor(path: string, source: string): void {
  const db = connectSqlite(path);
  db.pragma('synchronous = OFF');
  db.pragma('journal_mode = MEMORY');
  db.exec(FLOOR_SCHEMA);
  db.function('short', (key) => createHash('sha256').update(String(key)).digest('hex').slice(0, 8));
  db.prepare('ATTACH ? AS source').run(source);
  const fields = FIELDS.map(([name]) => `'${name}'`).join();
  db.exec(`
    INSERT INTO log
      SELECT short(replica.key), batch.at * 65536 + row_number() OVER (PARTITION BY batch.replica, batch.at) - 1,
        entity.name, entity_row.key, field.name,
        json_quote(iif(typeof(change.value) = 'real', cast(change.value AS INTEGER), change.value)), author.name
      FROM source.change JOIN source.batch ON batch.id = change.batch JOIN source.replica ON replica.id = batch.replica
      JOIN source.field ON field.id = change.field JOIN source.entity_row ON entity_row.id = change.row
      JOIN source.entity ON entity.id = entity_row.entity LEFT JOIN source.author ON author.id = batch.author
      WHERE entity.name = 'instrument' AND field.name IN (${fields})
      ORDER BY 1, 2;
    INSERT INTO cell SELECT entity, id, field, value, replica, max(hlc) FROM log GROUP BY entity, id, field;
    DETACH source;`);
  db.pragma('journal_mode = DELETE');
  db.close();
}
