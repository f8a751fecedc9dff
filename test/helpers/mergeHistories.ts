/** Random histories of copies: edits, copies, parts, restored backups, wrong clocks, merges in any order. */
import fc from 'fast-check';
import type { CellValue, EntityName } from '../../shared/entities/index.ts';
import type { MergeWorld, Write } from './mergeWorld.ts';

const id = (kind: number, index: number) => `0190000${kind}-0000-7000-8000-00000000000${index}`;
export const INSTRUMENTS = [0, 1, 2].map((index) => id(1, index));
export const PERSONS = [0, 1].map((index) => id(2, index));
export const NOTES = [0, 1, 2].map((index) => id(3, index));

/** Few rows, few fields, few values: everything meets everything. */
const instrumentWrite = fc.record({
  entity: fc.constant('instrument' as EntityName),
  id: fc.constantFrom(...INSTRUMENTS),
  fields: fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record(
        {
          nextStep: fc.constantFrom<CellValue>('a', 'b', null),
          stage: fc.constantFrom<CellValue>('not-started', 'implemented'),
          number: fc.constantFrom<CellValue>(1, 2, null),
          pkOwnerId: fc.constantFrom<CellValue>(...PERSONS, null),
        },
        { requiredKeys: [] },
      ),
    },
    fc.record({ deleted: fc.constantFrom<CellValue>(1, 1, 0) }),
  ),
});
const personWrite = fc.record({
  entity: fc.constant('person' as EntityName),
  id: fc.constantFrom(...PERSONS),
  fields: fc.oneof(
    fc.record({ name: fc.constantFrom<CellValue>('Ali', 'Bek') }),
    fc.record({ deleted: fc.constantFrom<CellValue>(1, 0) }),
  ),
});
/** A note belongs to its instrument for good. */
const noteWrite = fc.nat(2).chain((index) =>
  fc.record({
    entity: fc.constant('note' as EntityName),
    id: fc.constant(NOTES[index] as string),
    fields: fc.record(
      {
        text: fc.constantFrom<CellValue>('n', 'm'),
        instrumentId: fc.constant<CellValue>(INSTRUMENTS[index] as string),
        deleted: fc.constantFrom<CellValue>(0, 1),
      },
      { requiredKeys: ['instrumentId'] },
    ),
  }),
);
const write = fc.oneof({ weight: 6, arbitrary: instrumentWrite }, personWrite, noteWrite) as fc.Arbitrary<Write>;
const writes = fc.uniqueArray(write, { minLength: 1, maxLength: 4, selector: ({ id }) => id });

/** Clocks of offline PCs: right, standing still, years ahead, before 1970. */
const clock = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: Date.UTC(2026, 2, 1), max: Date.UTC(2027, 0, 1) }) },
  fc.constantFrom(0, Date.UTC(2026, 5, 1), Date.UTC(2099, 0, 1), -86_400_000),
);
const at = fc.nat(4);
const others = fc.uniqueArray(at, { minLength: 1, maxLength: 3 });

const act = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('write' as const), at, clock, writes }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), at, clock }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('redo' as const), at, clock }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('decide' as const), at, clock, pick: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reopen' as const), at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('update' as const), at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('copy' as const), at, isCloned: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('snapshot' as const), at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), at, pick: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('restrict' as const),
      at,
      instruments: fc.uniqueArray(fc.constantFrom(...INSTRUMENTS), { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('merge' as const), at, others, rehearseFirst: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge-undo' as const), at, others, clock }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

const ACTS: { [K in Act['do']]: (world: MergeWorld, step: Extract<Act, { do: K }>, most: number) => void } = {
  write: (world, step) => world.write(step.at, step.clock, step.writes),
  undo: (world, step) => world.undo(step.at, step.clock),
  redo: (world, step) => world.redo(step.at, step.clock),
  decide: (world, step) => world.decide(step.at, step.clock, step.pick),
  reopen: (world, step) => world.reopen(step.at),
  crash: (world, step) => world.crash(step.at),
  update: (world, step) => world.update(step.at),
  copy: (world, step, most) => world.copy(step.at, { isCloned: step.isCloned }, most),
  snapshot: (world, step) => world.keepSnapshot(step.at),
  restore: (world, step) => world.restore(step.at, step.pick),
  restrict: (world, step, most) => world.restrict(step.at, step.instruments, most),
  merge: (world, step) => world.merge(step.at, step.others, { rehearseFirst: step.rehearseFirst }),
  'merge-undo': (world, step) => world.mergeAndUndo(step.at, step.others, step.clock),
};

const carryOut = <K extends Act['do']>(world: MergeWorld, step: Extract<Act, { do: K }>, most: number): void =>
  (ACTS[step.do] as (world: MergeWorld, step: Act, most: number) => void)(world, step, most);

export interface History {
  seed: number;
  most: number;
  first: Write[];
  steps: Act[];
  way: number;
}

/** What is there before the first copy is made. */
export const FIRST: Write[] = [
  ...INSTRUMENTS.map((one) => ({ entity: 'instrument' as const, id: one, fields: {} })),
  ...PERSONS.map((one) => ({ entity: 'person' as const, id: one, fields: {} })),
];

export const history: fc.Arbitrary<History> = fc.record({
  seed: fc.nat(),
  most: fc.integer({ min: 2, max: 5 }),
  first: fc.constant(FIRST),
  steps: fc.array(act, { minLength: 4, maxLength: 30 }),
  way: fc.nat(29),
});

/** Lives through a history and holds everything against the truth on the way. */
export function live(world: MergeWorld, { seed, most, first, steps, way }: History): void {
  world.write(0, Date.UTC(2026, 1, 4), first);
  world.copy(0, { isCloned: seed % 2 === 0 }, most);
  for (const step of steps) {
    carryOut(world, step, most);
    world.expectTruth(world.site(step.at));
  }
  for (const site of world.sites) world.expectTruth(site);
  world.expectSound(world.site(way));
  world.exchange(way);
  for (const site of world.sites) world.expectTruth(site);
  world.expectAllIdentical();
  // They are one now: two of them stand for all.
  for (const index of [0, way]) world.expectSound(world.site(index));
  world.expectNothingNew();
}
