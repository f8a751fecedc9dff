/** A team whose files meet in folders that a hostile carrier carries. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { decodePiece, encodePiece, type LogPiece } from '../../db/exchange/columns.ts';
import { Coverage } from '../../db/exchange/coverage.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import { openFile } from '../../db/open.ts';
import { filesIn, type Installation, stateOf, Team } from '../helpers/exchangeTeam.ts';
import { LONG_MS, runs } from '../helpers/propertyRuns.ts';
import { crash, optionsOf, unwrap } from '../helpers/tempFile.ts';

const member = fc.nat(4);
const which = fc.nat(1_000);
const at = fc.constantFrom(Date.UTC(1999, 0, 1), Date.UTC(2026, 5, 1), Date.UTC(2026, 5, 2), Date.UTC(2099, 0, 1));
const edit = fc.record({
  do: fc.constant('edit' as const),
  by: member,
  row: fc.nat(3),
  field: fc.constantFrom('title', 'nextStep', 'nextStep', 'stage', 'delete', 'create', 'note', 'undo'),
  value: fc.constantFrom('on-hold', 'closed', 'implemented'),
  at,
});
/** What a carrier does with one file on its way from one folder to another. */
const carry = fc.record({
  do: fc.constant('carry' as const),
  from: member,
  to: member,
  which,
  how: fc.constantFrom('whole', 'whole', 'whole', 'half', 'flipped', 'renamed', 'renamed-half', 'empty'),
});
const simple = <D extends string>(what: D) => fc.record({ do: fc.constant(what), by: member, which });
const step = fc.oneof(
  { weight: 8, arbitrary: edit },
  { weight: 8, arbitrary: simple('round') },
  { weight: 10, arbitrary: carry },
  { weight: 2, arbitrary: simple('vanish') },
  { weight: 2, arbitrary: simple('stale') },
  { weight: 1, arbitrary: simple('reopen') },
  { weight: 1, arbitrary: simple('crash') },
  { weight: 1, arbitrary: simple('wait') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const), by: member, from: member }) },
  { weight: 1, arbitrary: simple('temporary') },
);
const doubtful = fc.oneof(
  { weight: 8, arbitrary: step },
  { weight: 1, arbitrary: simple('keep') },
  { weight: 1, arbitrary: simple('restore') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clone-profile' as const), by: member, from: member }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clone-writer' as const), by: member, from: member }) },
);
type Step = typeof doubtful extends fc.Arbitrary<infer S> ? S : never;

class World {
  readonly team: Team;
  readonly kept: Buffer[] = [];

  constructor(root: string, size: number) {
    this.team = new Team(root, size);
    this.kept.push(readFileSync(this.team.snapshot(0)));
  }

  async run(step: Step): Promise<void> {
    const { team } = this;
    const size = team.members.length;
    const by = ('by' in step ? step.by : step.to) % size;
    const own = team.members[by] as Installation;
    team.clock += 1_000;
    switch (step.do) {
      case 'edit':
        return team.edit(by, step);
      case 'round':
        return team.round(by);
      case 'wait':
        team.clock += step.which * 2_000;
        return;
      case 'carry':
        return this.#carry({ ...step, from: step.from % size, to: by });
      case 'vanish': {
        const names = readdirSync(own.folder).sort();
        const name = names[step.which % Math.max(names.length, 1)];
        if (name) rmSync(join(own.folder, name));
        return;
      }
      case 'stale': {
        const names = [...team.archive.keys()];
        const name = names[step.which % Math.max(names.length, 1)];
        if (name) writeFileSync(join(own.folder, name), team.archive.get(name)?.bytes as Buffer);
        return;
      }
      case 'temporary':
        writeFileSync(join(own.folder, '~left by somebody.moux.tmp'), 'half');
        return;
      case 'reopen':
      case 'crash':
        team.close(by, step.do === 'reopen');
        return team.open(by);
      case 'merge':
        return team.merge(by, step.from % size);
      case 'keep':
        this.kept.push(readFileSync(team.snapshot(by)));
        return;
      case 'restore':
        return team.replaceFile(by, this.kept[step.which % this.kept.length] as Buffer);
      case 'clone-profile': {
        const record = team.members[step.from % size]?.records.last();
        if (!record || step.from % size === by) return;
        team.clones.add(by);
        team.close(by);
        own.records.put(own.path, { ...record, folder: own.folder, lastFolder: own.folder });
        return team.open(by);
      }
      case 'clone-writer': {
        const from = step.from % size;
        if (from === by) return;
        team.close(from);
        team.replaceFile(by, readFileSync((team.members[from] as Installation).path));
        team.close(by);
        own.writers.copyFrom(team.members[from] as Installation);
        team.open(from);
        return team.open(by);
      }
    }
  }

  #carry({ from, to, which, how }: { from: number; to: number; which: number; how: string }): void {
    const files = [...filesIn((this.team.members[from] as Installation).folder)].sort();
    const [name, bytes] = files[which % Math.max(files.length, 1)] ?? [];
    if (!name || !bytes || from === to) return;
    const half = bytes.subarray(0, which % Math.max(bytes.length, 1));
    const flipped = Buffer.from(bytes);
    if (flipped.length > 0) flipped[which % flipped.length] = (flipped[which % flipped.length] as number) ^ 0x10;
    const arrived = { half, flipped, 'renamed-half': half, empty: Buffer.alloc(0) }[how] ?? bytes;
    const suffix = which % 2 === 0 ? ' (conflicted copy 2026-09-01)' : '.sync-conflict-20260901-101010-ABCDEFG';
    const place = how.startsWith('renamed') ? name.replace('.moux', `${suffix}.moux`) : name;
    writeFileSync(join((this.team.members[to] as Installation).folder, place), arrived);
  }
}

async function inWorld(size: number, steps: readonly Step[], then: (world: World) => Promise<void>): Promise<void> {
  // In memory where there is such a place: thousands of files are brought down to the disk here.
  const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mou-test-'));
  const world = new World(root, size);
  try {
    for (const step of steps) await world.run(step);
    await then(world);
  } finally {
    world.team.end();
    rmSync(root, { recursive: true, force: true });
  }
}

/** What plain merges of these copies make of the first. */
function mergedPlainly(paths: readonly string[]) {
  const [first, ...others] = paths as [string, ...string[]];
  const file = unwrap(openFile(first, optionsOf({ isExclusive: true })));
  try {
    for (const other of others) unwrap(mergeFiles(file, [other], { isDryRun: false }));
    return stateOf(file);
  } finally {
    crash(file);
    file.lock?.release();
  }
}

const includesAll = (whole: readonly string[], part: readonly string[]) => {
  const known = new Set(whole);
  return part.filter((one) => !known.has(one));
};

describe('an exchange folder and a hostile carrier', () => {
  test(
    'when everything has arrived at last, all files are the same, and what plain merges of them would have made',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 5 }),
          fc.array(step, { minLength: 5, maxLength: 50 }),
          (size, steps) =>
            inWorld(size, steps, async ({ team }) => {
              const copies = team.members.map((_, index) => team.snapshot(index));
              await team.settle();
              const expected = mergedPlainly(copies);
              for (const { file, exchange } of team.members) {
                expect(stateOf(file)).toEqual(expected);
                expect(checkFile(file)).toEqual([]);
                const { participants, unpublished } = exchange.status();
                expect(unpublished).toBe(0);
                for (const { ofMine, ofTheirs } of participants) {
                  expect(ofMine.has).toBe(ofMine.of);
                  expect(ofTheirs.has).toBe(ofTheirs.of);
                }
              }
            }),
        ),
        runs(40),
      );
    },
    LONG_MS * 3,
  );

  test(
    'restored backups, cloned profiles and writers copied with their file lose nothing that anybody still has',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 4 }),
          fc.array(doubtful, { minLength: 5, maxLength: 50 }),
          (size, steps) =>
            inWorld(size, steps, async ({ team }) => {
              const copies = team.members.map((_, index) => team.snapshot(index));
              await team.settle();
              // What was in a file once and in no folder may be gone; what is in a file now may not.
              const least = mergedPlainly(copies.map((copy) => copyOf(copy)));
              const most = mergedPlainly([...copies, ...team.lost]);
              const states = team.members.map(({ file }) => stateOf(file));
              for (const state of states) {
                expect(state.tables).toEqual(states[0]?.tables);
                expect(state.conflicts).toEqual(states[0]?.conflicts);
                expect(state.log).toEqual(states[0]?.log);
                expect(includesAll(withoutNames(state.log), withoutNames(least.log))).toEqual([]);
                expect(includesAll(withoutNames(most.log), withoutNames(state.log))).toEqual([]);
              }
              for (const { file } of team.members) expect(checkFile(file)).toEqual([]);
            }),
        ),
        runs(30),
      );
    },
    LONG_MS * 3,
  );
});

let copied = 0;
function copyOf(path: string): string {
  copied += 1;
  const copy = `${path}.${copied}`;
  writeFileSync(copy, readFileSync(path));
  return copy;
}

/** Which branch of a fork keeps the name can depend on what is known of it; what was written cannot. */
const withoutNames = (log: readonly string[]): string[] =>
  log.map((line) => {
    const [, , at, author, kind, label, , , token, ...cell] = JSON.parse(line) as unknown[];
    return JSON.stringify([at, author, kind, label, token, ...cell]);
  });

describe('sets of batches', () => {
  const parts = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(12), fc.nat(4)), { maxLength: 8 });
  const build = (list: readonly (readonly [string, number, number])[]) => {
    const coverage = new Coverage();
    const plain = new Set<string>();
    for (const [session, from, more] of list) {
      coverage.add(session, from, from + more);
      for (let place = from; place <= from + more; place += 1) plain.add(`${session}${place}`);
    }
    return { coverage, plain };
  };
  const listed = (coverage: Coverage) =>
    [...coverage.sessions()].flatMap(([session, ranges]) =>
      ranges.flatMap(({ from, to }) =>
        Array.from({ length: to - from + 1 }, (_, index) => `${session}${from + index}`),
      ),
    );

  test('hold what was added, and no more', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const [first, second] = [build(one), build(other)];
        expect(listed(first.coverage).sort()).toEqual([...first.plain].sort());
        expect(first.coverage.size).toBe(first.plain.size);
        const left = [...first.plain].filter((place) => !second.plain.has(place));
        expect(listed(first.coverage.without(second.coverage)).sort()).toEqual(left.sort());
        expect(second.coverage.includes(first.coverage)).toBe(left.length === 0);
      }),
      runs(300),
    );
  });
});

describe('the columns of a file', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('2026-02-29', '2028-02-29', '0001-01-01', '9999-12-31', '2026-1-1', ''),
    fc.uuid(),
  );
  const piece: fc.Arbitrary<LogPiece> = fc
    .array(
      fc.tuple(fc.array(fc.tuple(fc.nat(3), fc.nat(1), value), { minLength: 1, maxLength: 5 }), fc.maxSafeInteger()),
      {
        maxLength: 10,
      },
    )
    .map((batches) => {
      const rows = new Map<number, number>();
      const rowOf = (row: number): number => {
        if (!rows.has(row)) rows.set(row, rows.size);
        return rows.get(row) as number;
      };
      const changes = batches.flatMap(([cells]) =>
        cells.map(([row, field, cell]) => ({ row: rowOf(row), field, value: cell })),
      );
      const sessions = [
        { replica: 0, seq: 1, token: 0 },
        { replica: 0, seq: 4, token: 2 ** 48 - 2 },
      ];
      return {
        replicas: ['first', 'second'],
        sessions,
        authors: [{ name: 'Айгүл', post: '' }],
        labels: ['edit'],
        entities: ['instrument'],
        fields: ['title', 'number'].map((name) => ({ entity: 0, name })),
        rows: [...rows.keys()].map((row) => ({
          entity: 0,
          key: row % 2 === 0 ? `01900002-0000-7000-8000-00000000000${row}` : `key ${row}`,
        })),
        batches: batches.map(([cells, at], index) => ({
          replica: 0,
          seq: index + 1,
          at: index % 2 === 0 ? at : 0 - at,
          author: index % 3 === 0 ? null : 0,
          kind: index % 4,
          label: 0,
          reverts: index % 5 === 0 ? { replica: 1, seq: index + 1 } : null,
          changes: cells.length + (index % 2),
          held: cells.length,
        })),
        changes,
        seen: batches.length > 0 ? [{ batch: 0, seq: 1, other: 1, upTo: 7 }] : [],
        supersedes: batches.length > 0 ? [{ batch: 0, row: 0, field: 1, other: 1, otherSeq: 3 }] : [],
      };
    });

  test('say what was written, to the last bit', () => {
    fc.assert(
      fc.property(piece, (written) => {
        expect(decodePiece(encodePiece(written))).toEqual(written);
      }),
      runs(300),
    );
  });

  test('with any byte changed or missing they say something else or nothing, and never run on', () => {
    fc.assert(
      fc.property(piece, fc.nat(), fc.nat(255), fc.boolean(), (written, position, byte, isCut) => {
        const bytes = Buffer.from(encodePiece(written));
        bytes[position % bytes.length] = byte;
        const read = isCut ? bytes.subarray(0, position % bytes.length) : bytes;
        try {
          decodePiece(read);
        } catch (error) {
          expect((error as Error).constructor.name).toBe('DamagedExchangeFile');
        }
      }),
      runs(500),
    );
  });
});
