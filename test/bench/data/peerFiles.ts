/**
 * The two copies of mergePair.ts as other programs would keep them, one change for each edit: a Yjs document, a Loro
 * document, a database with cr-sqlite. Made once; never write to them.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LoroDoc, LoroMap } from 'loro-crdt';
import * as Y from 'yjs';
import type { CellValue } from '../../../shared/entities/index.ts';
import { openCrSqlite } from '../merge/crSqlite.ts';
import { type Cells, cellKey, type LoggedChange, loggedChanges, sideChanges, tableCells } from './mergeLog.ts';
import { type MergePair, makeOnce, mergeDataFolder } from './mergePair.ts';
import { FIELDS } from './recipe.ts';

export interface PeerPair {
  base: string;
  ours: string;
  theirs: string;
}

/** Another program: how it keeps a file, and what it says is in one. */
export interface PeerFormat {
  name: 'yjs' | 'loro' | 'crsqlite';
  makeBase: (path: string, changes: readonly LoggedChange[]) => void;
  makeCopy: (path: string, base: string, changes: readonly LoggedChange[], author: number) => void;
  cells: (path: string) => Cells;
}

/** The pair in a program's own format; made first if need be. */
export function peerPair(format: PeerFormat, pair: MergePair, changes: number): PeerPair {
  const place = (name: string) => join(mergeDataFolder(), `${name}.${format.name}`);
  const made: PeerPair = { base: place('base'), ours: place(`ours-${changes}`), theirs: place(`theirs-${changes}`) };
  makeOnce(made.base, (path) => format.makeBase(path, loggedChanges(pair.base)));
  makeOnce(made.ours, (path) => format.makeCopy(path, made.base, sideChanges(pair.ours, pair.base), 2));
  makeOnce(made.theirs, (path) => format.makeCopy(path, made.base, sideChanges(pair.theirs, pair.base), 3));
  return made;
}

/** Without the values that were replaced: its garbage collection is on, as it is by default. */
export const yjsFormat: PeerFormat = {
  name: 'yjs',
  makeBase: (path, changes) => {
    const doc = new Y.Doc();
    doc.clientID = 1;
    const records = doc.getMap<Y.Map<CellValue>>('instrument');
    doc.transact(() => {
      for (const { id, field, value } of changes) {
        if (!records.has(id)) records.set(id, new Y.Map<CellValue>());
        records.get(id)?.set(field, value);
      }
    });
    writeFileSync(path, Y.encodeStateAsUpdate(doc));
  },
  makeCopy: (path, base, changes, author) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, readFileSync(base));
    doc.clientID = author;
    const records = doc.getMap<Y.Map<CellValue>>('instrument');
    for (const { id, field, value } of changes) records.get(id)?.set(field, value);
    writeFileSync(path, Y.encodeStateAsUpdate(doc));
  },
  cells: (path) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, readFileSync(path));
    return recordCells(doc.getMap('instrument').toJSON());
  },
};

/** With its whole history: a commit for each edit with its time; the author is known by the document's peer. */
export const loroFormat: PeerFormat = {
  name: 'loro',
  makeBase: (path, changes) => {
    const doc = new LoroDoc();
    doc.setPeerId('1');
    const records = doc.getMap('instrument');
    const made = new Map<string, LoroMap>();
    for (const { id, field, value } of changes) {
      const record = made.get(id) ?? records.setContainer(id, new LoroMap());
      made.set(id, record);
      record.set(field, value);
    }
    doc.commit({ timestamp: seconds(changes.at(-1)?.at ?? 0) });
    writeFileSync(path, doc.export({ mode: 'snapshot' }));
  },
  makeCopy: (path, base, changes, author) => {
    const doc = new LoroDoc();
    doc.import(readFileSync(base));
    doc.setPeerId(`${author}`);
    // Else commits that follow each other within minutes become one change with one time.
    doc.setChangeMergeInterval(0);
    const records = doc.getMap('instrument');
    for (const { id, field, value, at } of changes) {
      (records.get(id) as LoroMap).set(field, value);
      doc.commit({ timestamp: seconds(at) });
    }
    writeFileSync(path, doc.export({ mode: 'snapshot' }));
  },
  cells: (path) => {
    const doc = new LoroDoc();
    doc.import(readFileSync(path));
    return recordCells(doc.getMap('instrument').toJSON());
  },
};

const seconds = (ms: number): number => Math.floor(ms / 1_000);

function recordCells(records: Record<string, Record<string, CellValue>>): Cells {
  const cells: Cells = new Map();
  for (const [id, fields] of Object.entries(records))
    for (const [field, value] of Object.entries(fields)) cells.set(cellKey(id, field), JSON.stringify(value));
  return cells;
}

/** A transaction for each edit; keeps a clock for each cell and no history. */
export const crSqliteFormat: PeerFormat = {
  name: 'crsqlite',
  makeBase: (path, changes) => {
    const { db, close } = openCrSqlite(path);
    const columns = FIELDS.map(([name]) => name);
    db.exec(`CREATE TABLE instrument (id TEXT PRIMARY KEY NOT NULL, ${columns.join()});
      CREATE TABLE parted (version INTEGER NOT NULL);`);
    db.prepare("SELECT crsql_as_crr('main', 'instrument')").get();
    const records = new Map<string, Map<string, CellValue>>();
    for (const { id, field, value } of changes) {
      const record = records.get(id) ?? new Map<string, CellValue>();
      records.set(id, record.set(field, value));
    }
    const insert = db.prepare(`INSERT INTO instrument VALUES (?, ${columns.map(() => '?').join()})`);
    db.transaction(() => {
      for (const [id, record] of records) insert.run([id, ...columns.map((name) => record.get(name))]);
    })();
    db.exec('INSERT INTO parted SELECT crsql_db_version()');
    close();
  },
  makeCopy: (path, base, changes) => {
    copyFileSync(base, path);
    const { db, close } = openCrSqlite(path);
    db.pragma('synchronous = OFF');
    db.pragma('journal_mode = MEMORY');
    const updates = new Map(
      FIELDS.map(([name]) => [name, db.prepare(`UPDATE instrument SET ${name} = ? WHERE id = ?`)] as const),
    );
    for (const { id, field, value } of changes) updates.get(field)?.run(value, id);
    db.pragma('journal_mode = DELETE');
    close();
  },
  cells: tableCells,
};
