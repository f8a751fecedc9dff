import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, dominates, grownSince, join, type VersionVector } from '../../shared/clock/versionVector.ts';
import { runs } from '../helpers/propertyRuns.ts';

const vector: fc.Arbitrary<VersionVector> = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 5 }))
  .map((entries) => new Map(Object.entries(entries)));
const sorted = (of: VersionVector) => [...of].sort();

describe('version vectors', () => {
  test('joining is commutative, associative and idempotent', () => {
    fc.assert(
      fc.property(vector, vector, vector, (a, b, c) => {
        expect(sorted(join(a, b))).toEqual(sorted(join(b, a)));
        expect(sorted(join(join(a, b), c))).toEqual(sorted(join(a, join(b, c))));
        expect(sorted(join(a, a))).toEqual(sorted(a));
      }),
      runs(300),
    );
  });

  test('a join is the least vector that has seen both', () => {
    fc.assert(
      fc.property(vector, vector, vector, (a, b, upper) => {
        const joined = join(a, b);
        expect(dominates(joined, a) && dominates(joined, b)).toBe(true);
        if (dominates(upper, a) && dominates(upper, b)) expect(dominates(upper, joined)).toBe(true);
      }),
      runs(300),
    );
  });

  test('what grew since, joined to what was, is what is', () => {
    fc.assert(
      fc.property(vector, vector, (base, more) => {
        const now = join(base, more);
        expect(sorted(join(base, grownSince(now, base)))).toEqual(sorted(now));
        expect(grownSince(base, now).size).toBe(0);
      }),
      runs(300),
    );
  });

  test('two vectors are equal, in order, or concurrent, seen from either side', () => {
    const mirrored = { equal: 'equal', before: 'after', after: 'before', concurrent: 'concurrent' } as const;
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        expect(compare(b, a)).toBe(mirrored[compare(a, b)]);
        expect(compare(a, b) === 'equal').toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
        expect(compare(a, join(a, b))).toBe(dominates(a, b) ? 'equal' : 'before');
      }),
      runs(300),
    );
  });
});
