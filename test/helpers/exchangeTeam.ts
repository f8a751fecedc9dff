/** Installations with a file each, a folder each, and between the folders a carrier that does whatever it likes. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createInstrument, deleteInstruments, editInstruments } from '../../db/commands/instrumentCommands.ts';
import { addNote } from '../../db/commands/noteCommands.ts';
import { undoLast } from '../../db/commands/undo.ts';
import { createFile } from '../../db/create.ts';
import { Exchange } from '../../db/exchange/exchange.ts';
import type { ExchangeRecord, ExchangeRecords } from '../../db/exchange/records.ts';
import type { WriterRecord, WriterRecords } from '../../db/log/replica.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import { closeFile, openFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { ENTITY_NAMES } from '../../shared/entities/index.ts';
import { crash, optionsOf, unwrap } from './tempFile.ts';

export interface Installation {
  path: string;
  folder: string;
  file: OpenFile;
  writers: WriterRecords & { copyFrom: (other: Installation) => void; last: () => WriterRecord | null };
  records: ExchangeRecords & { last: () => ExchangeRecord | null };
  exchange: Exchange;
}

export function memoryExchangeRecords(): Installation['records'] {
  let kept: ExchangeRecord | null = null;
  return {
    find: () => structuredClone(kept),
    put: (_, record) => {
      kept = structuredClone(record);
    },
    last: () => kept,
  };
}

function memoryWriters(): Installation['writers'] {
  let kept: WriterRecord | null = null;
  return {
    find: () => kept,
    put: (_, record) => {
      kept = record;
    },
    remove: () => {
      kept = null;
    },
    last: () => kept,
    copyFrom: (other) => {
      kept = other.writers.last();
    },
  };
}

export class Team {
  readonly root: string;
  readonly members: Installation[] = [];
  /** Copies of files as they were before something took their content away. */
  readonly lost: string[] = [];
  /** Every file of the folder that anybody has ever written, as it was written. */
  readonly archive = new Map<string, { bytes: Buffer; by: number }>();
  /** Members who work with a copy of another's profile. */
  readonly clones = new Set<number>();
  clock = Date.UTC(2026, 8, 1);
  #copies = 0;

  constructor(root: string, size: number) {
    this.root = root;
    for (let index = 0; index < size; index += 1) this.#join(index);
  }

  #join(index: number): void {
    const path = join(this.root, `${index}.mou`);
    const folder = join(this.root, `folder-${index}`);
    mkdirSync(folder);
    const writers = memoryWriters();
    const records = memoryExchangeRecords();
    if (index === 0) {
      const file = unwrap(createFile(path, { from: 'empty', title: 'Team' }, this.#options(0, writers)));
      for (const title of ['One', 'Two', 'Three']) unwrap(createInstrument(file, { title, kind: 'mou' } as never));
      closeFile(file);
    } else cpSync(join(this.root, '0.mou'), path);
    const member = { path, folder, writers, records } as Installation;
    this.members.push(member);
    this.open(index);
    member.exchange = Exchange.start(member.file, records, folder, { now: () => this.clock });
  }

  #options(index: number, records: WriterRecords) {
    return optionsOf({ records, author: { name: `Member ${index}`, post: null }, isExclusive: true });
  }

  open(index: number): void {
    const member = this.members[index] as Installation;
    member.file = unwrap(openFile(member.path, this.#options(index, member.writers)));
    member.file.db.pragma('synchronous = OFF');
    if (!member.exchange) return;
    const resumed = Exchange.resume(member.file, member.records, { now: () => this.clock });
    member.exchange = resumed as Exchange;
  }

  close(index: number, isClean = true): void {
    const { file, exchange } = this.members[index] as Installation;
    exchange.stop();
    if (isClean) closeFile(file);
    else {
      crash(file);
      file.lock?.release();
    }
  }

  end(): void {
    for (const { file, exchange } of this.members) {
      exchange.stop();
      if (file.db.open) closeFile(file);
    }
  }

  edit(
    index: number,
    { row, field, value, at }: { row: number; field: string; value: string | number; at: number },
  ): void {
    const { file } = this.members[index] as Installation;
    file.now = () => at;
    const ids = file.db.prepare('SELECT id FROM instrument WHERE deleted = 0 ORDER BY id').pluck().all() as never[];
    const id = ids[row % Math.max(ids.length, 1)];
    if (field === 'create') createInstrument(file, { title: `New ${value}`, kind: 'mou' } as never);
    else if (field === 'undo') undoLast(file);
    else if (id === undefined) return;
    else if (field === 'delete') deleteInstruments(file, { ids: [id] });
    else if (field === 'note') addNote(file, { instrumentId: id, text: `Note ${value}` });
    else editInstruments(file, { ids: [id], fields: { [field]: value } });
  }

  /** One round, in which nothing is written but new files, and nothing removed but files of this installation. */
  async round(index: number, isThorough = false): Promise<void> {
    const { exchange, folder } = this.members[index] as Installation;
    const before = filesIn(folder);
    await exchange.round({ isThorough });
    const after = filesIn(folder);
    for (const [name, bytes] of after) {
      const old = before.get(name);
      if (old) expect(bytes.equals(old), `${name} was written again`).toBe(true);
      else {
        expect(this.archive.has(name), `${name} was written by two`).toBe(false);
        this.archive.set(name, { bytes, by: index });
      }
    }
    // A profile and its clone are one installation until one of them notices the other.
    for (const name of before.keys())
      if (!after.has(name) && !this.clones.has(index))
        expect(this.archive.get(name)?.by, `${name} was removed by another`).toBe(index);
  }

  /** Puts older content in the file's place. */
  replaceFile(index: number, bytes: Buffer): void {
    const member = this.members[index] as Installation;
    this.close(index);
    this.lost.push(this.snapshot(index));
    writeFileSync(member.path, bytes);
    this.open(index);
  }

  /** A copy of the file as it is. */
  snapshot(index: number): string {
    const { file, path } = this.members[index] as Installation;
    this.#copies += 1;
    const copy = join(this.root, `copy-${this.#copies}.mou`);
    if (file.db.open) writeFileSync(copy, file.db.serialize());
    else cpSync(path, copy);
    return copy;
  }

  merge(to: number, from: number): void {
    const copy = this.snapshot(from);
    unwrap(mergeFiles((this.members[to] as Installation).file, [copy], { isDryRun: false }));
  }

  /** Whatever arrived anywhere whole is everywhere, but for what its writer has removed; what else lies around stays. */
  deliverEverything(): void {
    const removed = new Set(
      this.members.flatMap(({ records }) =>
        (records.last()?.written ?? []).filter(({ isGone }) => isGone).map(({ name }) => name),
      ),
    );
    const current = new Map<string, Buffer>();
    for (const { folder } of this.members)
      for (const [name, bytes] of filesIn(folder)) {
        if (removed.has(name)) rmSync(join(folder, name));
        else if (this.archive.get(name)?.bytes.equals(bytes)) current.set(name, bytes);
      }
    for (const { folder } of this.members)
      for (const [name, bytes] of current) writeFileSync(join(folder, name), bytes);
  }

  /** Until nobody has anything to say any more. */
  async settle(): Promise<void> {
    for (let pass = 0; pass < 12; pass += 1) {
      this.clock += 1_000;
      const before = JSON.stringify(this.members.map(({ folder }) => [...filesIn(folder).keys()]));
      for (const index of this.members.keys()) {
        this.deliverEverything();
        await this.round(index, true);
      }
      if (JSON.stringify(this.members.map(({ folder }) => [...filesIn(folder).keys()])) === before) return;
    }
    throw new Error('the team never comes to rest');
  }
}

/** Content of the files of a folder that have their final names. */
export function filesIn(folder: string): Map<string, Buffer> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => !name.startsWith('~'));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

export const clear = (folder: string): void => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
};

/** Everything that files of one family must agree in, whatever numbers they use inside. */
export function stateOf({ db }: Pick<OpenFile, 'db'>) {
  const rows = (sql: string) => (db.prepare(sql).raw().all() as unknown[][]).map((row) => JSON.stringify(row)).sort();
  return {
    log: logOf({ db }),
    seen: rows(
      `SELECT r.key, s.seq, o.key, s.upTo FROM seen s JOIN replica r ON r.id = s.replica JOIN replica o ON o.id = s.other`,
    ),
    conflicts: rows(
      `SELECT e.key, f.name FROM conflict c JOIN entity_row e ON e.id = c.row JOIN field f ON f.id = c.field`,
    ),
    tables: ENTITY_NAMES.map((entity) =>
      (db.prepare(`SELECT * FROM ${entity} ORDER BY id`).all() as Record<string, unknown>[]).map(
        ({ row: _, ...rest }) => rest,
      ),
    ),
  };
}

export const logOf = ({ db }: Pick<OpenFile, 'db'>): string[] =>
  (
    db
      .prepare(
        `SELECT r.key, b.seq, b.at, a.name, b.kind, l.code, rr.key, b.revertsSeq, b.token, b.changes, e.key, f.name, c.value
         FROM change c JOIN batch b ON b.id = c.batch JOIN replica r ON r.id = b.replica JOIN label l ON l.id = b.label
         LEFT JOIN author a ON a.id = b.author LEFT JOIN replica rr ON rr.id = b.revertsReplica
         JOIN entity_row e ON e.id = c.row JOIN field f ON f.id = c.field`,
      )
      .raw()
      .all() as unknown[][]
  )
    .map((row) => JSON.stringify(row))
    .sort();
