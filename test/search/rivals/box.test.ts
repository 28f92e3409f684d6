import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categorySide, sideOf, valueAt } from '../../../src/search/rivals/box.ts';

describe('where an input may be measured', () => {
  it('is wider by half the width on either side', () => {
    expect(sideOf('x', [-1, 0.5, 3])).toEqual({ name: 'x', low: -3, high: 5, logarithmic: false, whole: false });
  });

  it('is wider in the logarithm where the values span more than a decade', () => {
    const { low, high, logarithmic } = sideOf('x', [0.5, 2, 50]);
    expect(logarithmic).toBe(true);
    expect(low).toBeCloseTo(0.05, 12);
    expect(high).toBeCloseTo(500, 9);
  });

  it('keeps the sign of an input that has one, and whole numbers whole', () => {
    expect(sideOf('x', [1.5, 4])).toMatchObject({ low: 0.75, high: 5.25 });
    expect(sideOf('x', [-4, -1.5])).toMatchObject({ low: -5.25, high: -0.75 });
    expect(sideOf('x', [0, 1.5])).toMatchObject({ low: 0, high: 2.25 });
    expect(sideOf('n', [1, 2, 4])).toMatchObject({ low: 1, high: 5, whole: true });
    expect(categorySide('kind', 3)).toMatchObject({ low: 1, high: 3, whole: true });
  });

  it('holds the data, and every value at a fraction lies in it', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (data, fraction) => {
        const side = sideOf('x', data);
        for (const value of data) {
          expect(value).toBeGreaterThanOrEqual(side.low);
          expect(value).toBeLessThanOrEqual(side.high);
        }
        const value = valueAt(side, fraction);
        const slack = 1e-9 * Math.max(Math.abs(side.low), Math.abs(side.high));
        expect(value).toBeGreaterThanOrEqual(side.low - slack);
        expect(value).toBeLessThanOrEqual(side.high + slack);
        if (side.whole) expect(Number.isInteger(value)).toBe(true);
      }),
    );
  });
});
