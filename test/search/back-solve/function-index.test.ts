import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { crossRatio, isTelling } from '../../../src/search/back-solve/cross-ratio.ts';
import { FunctionIndex } from '../../../src/search/back-solve/function-index.ts';
import { KEY_ROWS } from '../../../src/search/back-solve/key-rows.ts';

/** What rounding may do to a cross ratio of four values a tenth apart. */
const ROUNDING = 1e-11;

const value = fc.double({ min: 0.1, max: 10, noNaN: true });
const apart = fc
  .tuple(value, value, value, value)
  .filter((list) => list.every((a, i) => list.every((b, j) => i === j || Math.abs(a - b) > 0.1)));

describe('crossRatio', () => {
  it('is the same for all Moebius transforms', () => {
    fc.assert(
      fc.property(apart, value, value, value, value, (list, p, q, r, s) => {
        fc.pre(Math.abs(p * s - q * r) > 0.1);
        const image = list.map((v) => (p + q * v) / (r + s * v));
        expect(Math.abs(crossRatio(...list) - crossRatio(...(image as typeof list)))).toBeLessThan(ROUNDING * 1e3);
      }),
    );
  });

  it('is not defined for fewer than three values, and says nothing where two coincide', () => {
    expect(crossRatio(1, 1, 1, 2)).toBeNaN();
    expect(crossRatio(1, 2, Infinity, 3)).toBeNaN();
    const coinciding: [number, number, number, number][] = [
      [1, 2, 1, 3],
      [1, 2, 3, 1],
      [1, 1, 2, 3],
      [1, 2, 3, 3],
    ];
    for (const list of coinciding) expect(isTelling(crossRatio(...list))).toBe(false);
    expect(isTelling(crossRatio(1, 2, 3, 5))).toBe(true);
  });
});

describe('FunctionIndex', () => {
  const random = new RandomStream(3);
  const count = 500;
  const values = Float64Array.from({ length: count * KEY_ROWS }, () => 1 + random.uniform());
  // Function 7 is a Moebius transform of function 3.
  for (let k = 0; k < KEY_ROWS; k++) values[7 * KEY_ROWS + k] = 2 - 3 / (1 + values[3 * KEY_ROWS + k]);
  const index = new FunctionIndex(values, 1e-9);

  function find(v: Float64Array): number[] {
    const key = crossRatio(v[0], v[1], v[2], v[3]);
    const found: number[] = [];
    for (let g = index.first(key); g >= 0; g = index.after(g, key)) if (index.confirms(g, v)) found.push(g);
    if (found.length > 0) expect(index.has(key)).toBe(true);
    return found;
  }

  it('finds every function from any Moebius transform of it, and nothing else', () => {
    for (let f = 0; f < count; f++) {
      const [a, b, c] = [random.normal(), random.normal(), 3 + random.uniform()];
      const image = values.slice(f * KEY_ROWS, (f + 1) * KEY_ROWS).map((v) => (a + v) / (c + v) + b);
      expect(find(image)).toEqual(f === 3 || f === 7 ? [3, 7] : [f]);
    }
    for (let i = 0; i < count; i++) expect(find(values.slice(0, KEY_ROWS).map(() => random.normal()))).toEqual([]);
  });

  it('keeps no more of a class than it is told to', () => {
    const one = new FunctionIndex(values, 1e-9, 1);
    const v = values.subarray(7 * KEY_ROWS);
    const key = crossRatio(v[0], v[1], v[2], v[3]);
    expect(one.first(key)).toBe(3);
    expect(one.after(3, key)).toBe(-1);
  });
});
