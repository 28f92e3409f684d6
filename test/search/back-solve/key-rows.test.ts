import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { variable } from '../../../src/expressions/index.ts';
import { crossRatio, isTelling } from '../../../src/search/back-solve/cross-ratio.ts';
import { KEY_ROWS, keyRows } from '../../../src/search/back-solve/key-rows.ts';

const random = new RandomStream(8);
const rows = 128;
const leavesOf = (draw: () => number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    tree: variable(`x${i}`),
    values: Float64Array.from({ length: rows }, draw),
  }));
const weights = new Float64Array(rows).fill(1);

describe('keyRows', () => {
  it('are distinct, of weight, and in the middle of the range', () => {
    const leaves = leavesOf(() => 10 ** (6 * random.uniform()), 1);
    const weighted = weights.map((_, i) => (i % 2 === 0 ? 0 : 1));
    const chosen = [...keyRows({ leaves, weights: weighted }, leaves)!];
    expect(new Set(chosen).size).toBe(KEY_ROWS);
    const sorted = leaves[0].values.toSorted();
    for (const row of chosen) {
      expect(row % 2).toBe(1);
      const rank = sorted.indexOf(leaves[0].values[row]) / rows;
      expect(Math.abs(rank - 0.5)).toBeLessThan(0.3);
    }
  });

  it('tell functions apart on a grid', () => {
    const leaves = leavesOf(() => 1 + Math.floor(6 * random.uniform()), 2);
    const [a, b] = leaves;
    const functions = [
      a.values,
      b.values,
      a.values.map((x, i) => x * b.values[i]),
      a.values.map((x, i) => x / b.values[i]),
    ];
    const [p, q, r, s] = keyRows(
      { leaves, weights },
      functions.map((values) => ({ values })),
    )!;
    for (const f of functions) expect(isTelling(crossRatio(f[p], f[q], f[r], f[s]))).toBe(true);
  });

  it('are none where there are too few', () => {
    const leaves = leavesOf(() => random.uniform(), 1);
    expect(keyRows({ leaves, weights: weights.map((_, i) => (i < KEY_ROWS - 1 ? 1 : 0)) }, leaves)).toBeUndefined();
    expect(keyRows({ leaves: [], weights }, [])).toBeUndefined();
  });

  it('are there even when no two rows differ', () => {
    const leaves = leavesOf(() => 1, 1);
    expect(new Set(keyRows({ leaves, weights }, leaves)).size).toBe(KEY_ROWS);
  });
});
