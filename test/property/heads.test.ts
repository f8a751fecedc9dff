import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Causality } from '../../db/log/causality.ts';
import { type CellChange, headsOf, isConflict, winnerOf } from '../../db/log/heads.ts';
import { runs } from '../helpers/propertyRuns.ts';
import { headBatches, type LoggedBatch, randomLog, replicaKey, shownHead, sortedSeen } from '../helpers/randomLog.ts';

/** Every batch writes the one cell. */
const oneCell = fc.constantFrom('a', 'b', null).map((value) => [{ row: 0, field: 0, value: value as string | null }]);
const history = randomLog(oneCell);

const toChange = ({ index, replica, seq, at, cells }: LoggedBatch): CellChange => ({
  row: 0,
  field: 0,
  batch: index,
  replica,
  seq,
  at,
  replicaKey: replicaKey(replica),
  value: cells[0]?.value ?? null,
});
const shuffled = <T>(items: readonly T[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

describe('order of changes', () => {
  test('a change has seen another exactly when its author knew it, directly or through others', () => {
    fc.assert(
      fc.property(history, (log) => {
        const causality = new Causality(sortedSeen(log.seen));
        for (const later of log.batches)
          for (const earlier of log.batches)
            expect(causality.hasSeen(toChange(later), toChange(earlier))).toBe(later.past.has(earlier.index));
      }),
      runs(200),
    );
  });

  test('heads are the changes that no other change has seen, in whatever order they came', () => {
    fc.assert(
      fc.property(
        history.chain((log) => fc.tuple(fc.constant(log), shuffled(log.batches))),
        ([log, arrived]) => {
          const causality = new Causality(sortedSeen(log.seen));
          const heads = headsOf(arrived.map(toChange), causality).map(({ batch }) => batch);
          expect(heads.sort()).toEqual(
            headBatches(log, 0, 0)
              .map(({ index }) => index)
              .sort(),
          );
        },
      ),
      runs(200),
    );
  });

  test('the head that shows and whether there is a conflict do not depend on the order of arrival', () => {
    fc.assert(
      fc.property(
        history
          .filter(({ batches }) => batches.length > 0)
          .chain((log) => fc.tuple(fc.constant(log), shuffled(log.batches))),
        ([log, arrived]) => {
          const causality = new Causality(sortedSeen(log.seen));
          const heads = headsOf(arrived.map(toChange), causality);
          const expected = headBatches(log, 0, 0);
          expect(winnerOf(heads).batch).toBe(shownHead(expected)?.index);
          expect(isConflict(heads)).toBe(new Set(expected.map(({ cells }) => cells[0]?.value)).size > 1);
        },
      ),
      runs(200),
    );
  });

  test('a change that saw all others wins whatever the clocks say, and ends the conflict', () => {
    fc.assert(
      fc.property(history, (log) => {
        const all = new Map<number, number>();
        for (const { replica, seq } of log.batches) all.set(replica, Math.max(seq, all.get(replica) ?? 0));
        const decider = log.replicas;
        const seen = [...all].map(([other, upTo]) => ({ replica: decider, seq: 1, other, upTo }));
        const causality = new Causality(sortedSeen([...log.seen, ...seen]));
        const decision: CellChange = {
          ...toChange({ index: -1, replica: 0, seq: 1, at: -1, cells: [], past: new Set() }),
          replica: decider,
          replicaKey: 'a',
        };
        expect(headsOf([...log.batches.map(toChange), decision], causality)).toEqual([decision]);
      }),
      runs(100),
    );
  });
});
