import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Dimension,
  DimensionTable,
  INEXACT,
  multiplyDimensions,
  powerOfDimension,
  type Rational,
  rational,
  toRational,
} from '../../src/units/index.ts';

const fraction: fc.Arbitrary<Rational> = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 6 }))
  .map(([n, d]) => rational(n, d));
const vector: fc.Arbitrary<Dimension> = fc.array(fraction, { minLength: 3, maxLength: 3 });

describe('DimensionTable', () => {
  it('does what the vectors do, however many there are', () => {
    const table = new DimensionTable(3);
    fc.assert(
      fc.property(vector, vector, fraction, (a, b, power) => {
        const [i, j] = [table.id(a), table.id(b)];
        expect(table.dimension(i)).toEqual(a);
        expect(table.dimension(table.product(i, j))).toEqual(multiplyDimensions(a, b));
        expect(table.product(i, j)).toBe(table.product(j, i));
        expect(table.dimension(table.power(i, power))).toEqual(powerOfDimension(a, power));
        expect(table.product(i, table.power(i, [-1, 1]))).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('says where exponents leave the small fractions', () => {
    const table = new DimensionTable(1);
    const id = table.id([[900, 1]]);
    expect(table.product(id, id)).toBe(INEXACT);
    expect(table.power(id, [1, 97])).not.toBe(INEXACT);
    expect(table.power(table.power(id, [1, 97]), [1, 89])).toBe(INEXACT);
  });
});

describe('toRational', () => {
  it('finds small fractions and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 100 }), (n, d) => {
        const [p, q] = rational(n, d);
        expect(toRational(n / d)).toEqual([p, q]);
      }),
    );
    for (const value of [Math.PI, Math.SQRT2, 1.4998, 0.123456789, 1e4, NaN, Infinity]) {
      expect(toRational(value)).toBeUndefined();
    }
  });
});
