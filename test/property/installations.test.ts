import { copyFileSync, existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Backups } from '../../db/backup/backups.ts';
import { checkFile } from '../../db/check.ts';
import { editInstruments } from '../../db/commands/instrumentCommands.ts';
import { redoLast, undoLast } from '../../db/commands/undo.ts';
import { createFile } from '../../db/create.ts';
import { writerRecords } from '../../db/installation.ts';
import { closeFile, openFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { findInstrument, listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { Session } from '../../db/session.ts';
import { LONG_MS, runs } from '../helpers/propertyRuns.ts';
import { AUTHOR, crash, optionsOf, unwrap, withTempFolder } from '../helpers/tempFile.ts';

const INSTALLATIONS = 2;
const PLACES = 2;

const installation = fc.nat(INSTALLATIONS - 1);
const place = fc.nat(PLACES - 1);
/** Clocks that stand anywhere; what comes later is decided by what was seen. */
const clock = fc.constantFrom(0, -1_000, Date.UTC(2026, 5, 1), Date.UTC(2099, 0, 1));
const edit = fc.record({ clock, row: fc.nat(1), kind: fc.constantFrom('edit', 'edit', 'edit', 'undo', 'redo') });
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

/**
 * What happens to a file in a committee: people open it in turn, copy it, move it, keep old copies and put them back, and
 * let another copy take its place from within the program.
 */
const event = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('session' as const),
      by: installation,
      at: place,
      edits: fc.array(edit, { maxLength: 3 }),
      isClean: fc.boolean(),
    }),
  },
  fc.record({ do: fc.constant('copy' as const), from: place, to: place }),
  fc.record({ do: fc.constant('move' as const), from: place, to: place }),
  fc.record({ do: fc.constant('link' as const), from: place, to: place }),
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('replace' as const), by: installation, from: place, to: place, edit }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('keep' as const), from: place }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('restore' as const),
      /** Counted back from the newest. */
      which: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(5)),
      to: place,
    }),
  },
);
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

class Committee {
  readonly #folder: string;
  readonly #kept: Buffer[] = [];
  /** Content of every batch ever written, by its name. */
  readonly #contents = new Map<string, string>();
  /** Which installation has written under a name. */
  readonly #writers = new Map<string, number>();
  #values = 0;

  constructor(folder: string) {
    this.#folder = folder;
    closeFile(unwrap(createFile(this.#path(0), { from: 'register', title: 'Committee' }, this.#options(0))));
    this.#kept.push(readFileSync(this.#path(0)));
  }

  #path = (place: number) => join(this.#folder, `${place}.mou`);
  #installation = (by: number) => join(this.#folder, `installation-${by}`);
  #options = (by: number) => optionsOf({ records: writerRecords(this.#installation(by)) });

  run(event: Event): void {
    if (event.do === 'session') {
      this.#session(event);
      return;
    }
    if (event.do === 'restore') {
      const kept = this.#kept.at(-1 - (event.which % this.#kept.length)) as Buffer;
      this.#forget(event.to);
      writeFileSync(this.#path(event.to), kept);
      return;
    }
    const from = this.#path(event.from);
    if (!existsSync(from)) return;
    if (event.do === 'keep') this.#kept.push(readFileSync(from));
    if (event.do === 'keep' || event.to === event.from) return;
    if (event.do === 'replace') {
      this.#replace(event);
      return;
    }
    this.#forget(event.to);
    if (event.do === 'move') renameSync(from, this.#path(event.to));
    if (event.do === 'copy') copyFileSync(from, this.#path(event.to));
    if (event.do === 'link') linkSync(from, this.#path(event.to));
  }

  /** A file that is written over is gone, and so is the journal of a killed program beside it. */
  #forget(place: number): void {
    rmSync(this.#path(place), { force: true });
    rmSync(`${this.#path(place)}-journal`, { force: true });
  }

  /** Another copy takes the place of the file that is open, and the session goes on in it. */
  #replace({ by, from, to, edit }: Extract<Event, { do: 'replace' }>): void {
    if (!existsSync(this.#path(to))) return;
    const installation = this.#installation(by);
    const session = new Session(writerRecords(installation), AUTHOR, () => undefined, new Backups(installation));
    try {
      const opened = session.open(this.#path(to));
      if (!opened.ok || opened.value.isReadOnly) return;
      // A killed program may have left the copy half-written.
      session.replaceByCopy(this.#path(from));
      this.#edit(session.file as OpenFile, by, edit);
      this.#compare(session.file as OpenFile);
    } finally {
      session.close();
    }
  }

  #session({ by, at, edits, isClean }: Extract<Event, { do: 'session' }>): void {
    if (!existsSync(this.#path(at))) return;
    let now = 0;
    const file = unwrap(openFile(this.#path(at), { ...this.#options(by), now: () => now }));
    for (const one of edits) {
      now = one.clock;
      this.#edit(file, by, one);
    }
    this.#compare(file);
    if (isClean) closeFile(file);
    else crash(file);
  }

  #edit(file: OpenFile, by: number, { row, kind }: Edit): void {
    const id = listInstruments(file.db)[row]?.id as string;
    if (kind === 'edit') {
      this.#values += 1;
      const nextStep = `value ${this.#values}`;
      const { batch } = unwrap(editInstruments(file, { ids: [id], fields: { nextStep } }));
      expect(findInstrument(file.db, id)?.nextStep).toBe(nextStep);
      this.#note(by, batch?.replica);
    } else {
      const done = kind === 'undo' ? undoLast(file) : redoLast(file);
      if (done.ok) this.#note(by, done.value.batch.replica);
    }
  }

  /** Whatever has happened to them, all copies are what their logs say. */
  expectSound(): void {
    for (let place = 0; place < PLACES; place++) {
      if (!existsSync(this.#path(place))) continue;
      const file = unwrap(openFile(this.#path(place), this.#options(0)));
      this.#compare(file);
      expect(checkFile(file)).toEqual([]);
      crash(file);
    }
  }

  #note(by: number, replica: string | undefined): void {
    if (replica === undefined) throw new Error('nothing was written');
    expect(this.#writers.get(replica) ?? by, `two installations write as ${replica}`).toBe(by);
    this.#writers.set(replica, by);
  }

  /** Every batch of this copy is what it is in every other copy that was ever made. */
  #compare(file: OpenFile): void {
    const batches = file.db.prepare('SELECT b.id, r.key, b.seq, b.at FROM batch b JOIN replica r ON r.id = b.replica');
    const changes = file.db.prepare(
      `SELECT e.key, f.name, c.value FROM change c JOIN entity_row e ON e.id = c.row JOIN field f ON f.id = c.field
       WHERE c.batch = ? ORDER BY e.key, f.name`,
    );
    for (const { id, key, seq, at } of batches.all() as { id: number; key: string; seq: number; at: number }[]) {
      const content = JSON.stringify([at, changes.raw().all(id)]);
      const name = `${key}:${seq}`;
      expect(this.#contents.get(name) ?? content, `two batches are called ${name}`).toBe(content);
      this.#contents.set(name, content);
    }
  }
}

describe('several installations with one file', () => {
  test(
    'a batch’s name is given once, each name belongs to one installation, and who saw the earlier edit wins',
    () => {
      fc.assert(
        fc.property(fc.array(event, { minLength: 5, maxLength: 20 }), (events: Event[]) =>
          withTempFolder((folder) => {
            const committee = new Committee(folder);
            for (const one of events) committee.run(one);
            committee.expectSound();
          }),
        ),
        runs(40),
      );
    },
    LONG_MS,
  );
});
