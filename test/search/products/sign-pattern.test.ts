import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { signPattern } from '../../../src/search/products/sign-pattern.ts';

const ROWS = 60;
const ONES = new Float64Array(ROWS).fill(1);

/** Leaves of random signs. */
function leavesOf(count: number, seed: number): Float64Array[] {
  const random = new RandomStream(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length: ROWS }, () => random.normal()));
}

describe('signPattern', () => {
  it('finds any product of signs of leaves again', () => {
    const law = fc.record({
      seed: fc.integer({ min: 1, max: 1000 }),
      mask: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
      sign: fc.constantFrom(1 as const, -1 as const),
    });
    fc.assert(
      fc.property(law, ({ seed, mask, sign }) => {
        const leaves = leavesOf(mask.length, seed);
        const z = Float64Array.from(ONES, (_, i) =>
          mask.reduce<number>((s, on, k) => (on ? s * leaves[k][i] : s), sign),
        );
        const expected = mask.flatMap((on, k) => (on ? k : []));
        expect(signPattern(z, leaves, ONES)).toEqual({ sign, leaves: expected });
      }),
    );
  });

  it('takes no leaf of one sign', () => {
    const [x] = leavesOf(1, 3);
    const below = ONES.map((one) => -one);
    expect(
      signPattern(
        x.map((value) => -value),
        [below, x],
        ONES,
      ),
    ).toEqual({ sign: -1, leaves: [1] });
  });

  it('overlooks rows without weight and a few wrong signs', () => {
    const [x, u] = leavesOf(2, 4);
    const z = x.map((value, i) => (i < 2 ? -value : value));
    expect(signPattern(z, [x, u], ONES)).toEqual({ sign: 1, leaves: [0] });
    const weights = ONES.map((_, i) => (i < 30 ? 0 : 1));
    const half = x.map((value, i) => (i < 30 ? u[i] : value));
    expect(signPattern(half, [x, u], weights)).toEqual({ sign: 1, leaves: [0] });
  });
});
