import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { leastSquares } from '../../../src/numerics/index.ts';
import { type SubsetOptions, searchSubsets } from '../../../src/search/tasks/subset-search.ts';

const RESIDUAL_TOLERANCE = 1e-10;
/** An exact law leaves rounding only. */
const EXACT = 1e-24;

const ROWS = 40;
const everything: SubsetOptions = { pool: 100, triples: 100, quadruples: 0, beam: 400, depth: 4, keep: 5 };

function columnsOf(seed: number, count: number, rows = ROWS): Float64Array[] {
  const random = new RandomStream(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length: rows }, () => random.uniform() + 0.2));
}

function combine(columns: readonly Float64Array[], terms: readonly (readonly [number, number])[], offset = 0) {
  return columns[0].map((_, i) => terms.reduce((sum, [a, j]) => sum + a * columns[j][i], offset));
}

const ones = new Float64Array(ROWS).fill(1);

/** Share of the target left, by a fit of each subset on its own. */
function residualOf(
  columns: readonly Float64Array[],
  target: Float64Array,
  rootWeights: Float64Array,
  basis: readonly Float64Array[],
): number {
  const weigh = (column: Float64Array): Float64Array => column.map((value, i) => value * rootWeights[i]);
  const left = (used: readonly Float64Array[]): number => {
    const coefficients = leastSquares(used.map(weigh), weigh(target));
    const fitted = target.map((_, i) => used.reduce((sum, column, k) => sum + coefficients[k] * column[i], 0));
    return weigh(target.map((value, i) => value - fitted[i])).reduce((sum, value) => sum + value * value, 0);
  };
  return left([...basis, ...columns]) / left(basis);
}

function subsetsOf(count: number, size: number, first = 0): number[][] {
  if (size === 0) return [[]];
  const out: number[][] = [];
  for (let j = first; j <= count - size; j++) {
    for (const rest of subsetsOf(count, size - 1, j + 1)) out.push([j, ...rest]);
  }
  return out;
}

describe('searchSubsets', () => {
  test.each([
    ['an endless beam', everything],
    ['quadruples', { ...everything, quadruples: 100, beam: 0 }],
  ])('is the exhaustive search where the pool holds all columns, by %s', (_name, options) => {
    const columns = columnsOf(1, 11);
    const random = new RandomStream(2);
    const target = combine(
      columns,
      [
        [1, 2],
        [-2, 5],
        [0.7, 7],
        [0.3, 9],
      ],
      4,
    ).map((y) => y + random.uniform());
    const rootWeights = target.map(() => 0.5 + random.uniform());
    const found = searchSubsets(columns, target, rootWeights, [ones], options);
    for (const size of [1, 2, 3, 4]) {
      const brute = subsetsOf(columns.length, size)
        .map((subset) => ({
          subset,
          residual: residualOf(
            subset.map((j) => columns[j]),
            target,
            rootWeights,
            [ones],
          ),
        }))
        .sort((a, b) => a.residual - b.residual)
        .slice(0, everything.keep);
      const best = found.filter(({ subset }) => subset.length === size);
      expect(best.map(({ subset }) => subset)).toEqual(brute.map(({ subset }) => subset));
      best.forEach(({ residual }, i) => {
        expect(Math.abs(residual - brute[i].residual)).toBeLessThan(RESIDUAL_TOLERANCE);
      });
    }
  });

  test('a law with the target on both sides is not drowned by identities', () => {
    const [g, h, ...columns] = columnsOf(12, 20);
    // y = 2 f / (1 - 0.3 g), beside y = y (k / (1 + k) + 1 / (1 + k)) and its like.
    const y = g.map((value, i) => (2 * columns[5][i]) / (1 - 0.3 * value));
    const pieces = [h.map((k) => k / (1 + k)), h.map((k) => 1 / (1 + k)), h.map((k) => 1 / (1 + 2 * k))];
    const multiples = [...pieces, g, h].map((values) => values.map((value, i) => value * y[i]));
    const all = [...multiples, ...columns];
    const limited = (j: number): boolean => j < multiples.length;
    const options = { ...everything, beam: 20, limited, limitedHoldTarget: true };
    const [best, ...others] = searchSubsets(all, y, ones, [], options);
    expect(best.subset).toEqual([3, 10]);
    expect(best.residual).toBeLessThan(EXACT);
    for (const { subset } of others) {
      expect(subset.every(limited)).toBe(false);
      expect(subset).not.toEqual(expect.arrayContaining([0, 1]));
    }
    const plain = searchSubsets(all, y, ones, [], { ...options, limitedHoldTarget: false, mostLimited: 2 });
    expect(plain[0].subset).toEqual([0, 1]);
  });

  test('finds five terms of two thousand exactly', () => {
    const rows = 128;
    const columns = columnsOf(3, 2000, rows);
    const law = [
      [3, 17],
      [-2, 300],
      [0.5, 1700],
      [1.5, 1123],
      [0.1, 1999],
    ] as const;
    const target = combine(columns, law, 2);
    const weights = new Float64Array(rows).fill(1);
    const options = { pool: 400, triples: 100, beam: 20, depth: 5, keep: 3 };
    const [best] = searchSubsets(columns, target, weights, [weights], options);
    expect(best.subset).toEqual([17, 300, 1123, 1700, 1999]);
    expect(best.residual).toBeLessThan(EXACT);
  });

  test('an exact law comes before a look-alike that a Gram matrix cannot tell from it', () => {
    const columns = columnsOf(4, 60);
    const target = combine(columns, [
      [1, 20],
      [2, 41],
    ]);
    // Simpler columns, equal to those of the law to 1e-6: their residual of 1e-12 is nought to a Gram matrix.
    for (const [j, of] of [
      [3, 20],
      [4, 41],
    ])
      columns[j] = columns[of].map((x, i) => x + 1e-6 * Math.sin(i));
    const [first, second] = searchSubsets(columns, target, ones, [], { ...everything, beam: 0, depth: 2 });
    expect(first).toMatchObject({ subset: [20, 41] });
    expect(first.residual).toBeLessThan(EXACT);
    expect(second.residual).toBeGreaterThan(EXACT * 1e4);
  });

  test('rows of no weight have no say', () => {
    const columns = columnsOf(5, 30);
    const target = combine(
      columns,
      [
        [1, 8],
        [2, 21],
      ],
      1,
    );
    const rootWeights = target.map((_, i) => (i % 4 === 0 ? 0 : 1));
    const spoilt = target.map((y, i) => (i % 4 === 0 ? 1e3 * i : y));
    const [best] = searchSubsets(columns, spoilt, rootWeights, [ones], everything);
    expect(best.subset).toEqual([8, 21]);
    expect(best.residual).toBeLessThan(EXACT);
  });

  test('holds at most so many limited columns', () => {
    const columns = columnsOf(6, 24);
    const target = combine(columns, [
      [1, 20],
      [2, 21],
      [3, 22],
      [0.1, 2],
    ]);
    const limited = (j: number): boolean => j >= 20;
    for (const beam of [0, 100]) {
      const found = searchSubsets(columns, target, ones, [], { ...everything, beam, limited, mostLimited: 2 });
      const most = Math.max(...found.map(({ subset }) => subset.filter(limited).length));
      expect(most).toBe(2);
    }
  });

  test('keeps the best of each complexity where complexities are given', () => {
    const columns = columnsOf(7, 10);
    const target = combine(columns, [
      [1, 8],
      [2, 9],
    ]);
    const complexities = columns.map((_, j) => 1 + (j >> 1));
    const options = { ...everything, keep: 1, depth: 2, complexities };
    const found = searchSubsets(columns, target, ones, [], options).filter(({ subset }) => subset.length === 2);
    const totals = found.map(({ subset }) => subset.reduce((sum, j) => sum + complexities[j], 0));
    expect(totals.sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('does not mind columns that are no use', () => {
    const columns = columnsOf(8, 12);
    columns[0] = ones.map(() => 7);
    columns[1] = ones.map((_, i) => (i === 3 ? NaN : i));
    columns[2] = ones.map((_, i) => (i === 3 ? Infinity : i));
    columns[3] = columns[9].map((x) => 2 * x + 1);
    columns[4] = new Float64Array(ROWS);
    columns[5] = ones.map((_, i) => 10 ** (300 - 15 * i));
    const target = combine(
      columns,
      [
        [1, 9],
        [2, 10],
      ],
      3,
    );
    const [best, ...others] = searchSubsets(columns, target, ones, [ones], everything);
    expect(best.residual).toBeLessThan(EXACT);
    expect([
      [3, 10],
      [9, 10],
    ]).toContainEqual(best.subset);
    for (const { subset } of others) for (const j of [0, 1, 2, 4]) expect(subset).not.toContain(j);
    expect(searchSubsets(columns, ones, ones, [ones], everything)).toEqual([]);
    expect(searchSubsets([], target, ones, [ones], everything)).toEqual([]);
  });

  test('does not depend on the scale of a column, nor on what the basis holds of the target', () => {
    const columns = columnsOf(9, 12);
    const random = new RandomStream(10);
    const target = columns[0].map(() => random.uniform());
    const plain = searchSubsets(columns, target, ones, [ones], everything);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 11 }),
        fc.integer({ min: -80, max: 80 }),
        fc.integer({ min: -9, max: 9 }),
        (j, power, offset) => {
          const scaled = columns.map((column, i) => (i === j ? column.map((x) => -x * 10 ** power) : column));
          const moved = target.map((y) => y + offset);
          const found = searchSubsets(scaled, moved, ones, [ones], everything);
          expect(found.map(({ subset }) => subset)).toEqual(plain.map(({ subset }) => subset));
        },
      ),
      { numRuns: 15 },
    );
  });
});
