import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineMinimum } from '../../../src/search/families/line-minimum.ts';

/** The place of a parabola's minimum is known to the root of the rounding alone. */
const PLACE = 1e-6;

describe('lineMinimum', () => {
  test('finds the minimum of a parabola wherever it lies', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.9, max: 0.9, noNaN: true }),
        fc.double({ min: -0.9, max: 0.9, noNaN: true }),
        (at, start) => {
          const found = lineMinimum((x) => (x - at) ** 2, -1, 1, start, 1e-9, 60);
          expect(Math.abs(found.at - at)).toBeLessThan(PLACE);
          expect(found.value).toBeLessThan(PLACE ** 2);
        },
      ),
    );
  });

  test.each([
    ['a cosine', Math.cos, 2, 5, Math.PI],
    ['a kink', (x: number) => Math.abs(x - 0.3), -1, 2, 0.3],
    ['a logarithm squared', (x: number) => Math.log(x) ** 2, 0.2, 4, 1],
  ])('finds the minimum of %s', (_name, f, low, high, at) => {
    expect(Math.abs(lineMinimum(f, low, high, (low + high) / 2.2, 1e-9, 80).at - at)).toBeLessThan(PLACE);
  });

  test('stays out of where the function is not a number, and within its evaluations', () => {
    let count = 0;
    const f = (x: number): number => {
      count++;
      return x < 0.5 ? Number.NaN : (x - 0.6) ** 2;
    };
    expect(lineMinimum(f, 0, 1, 0.9, 1e-9, 60).at).toBeCloseTo(0.6, 6);
    expect(count).toBeLessThanOrEqual(60);
    count = 0;
    lineMinimum(f, 0, 1, 0.9, 1e-9, 7);
    expect(count).toBeLessThanOrEqual(7);
  });
});
