import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { STANDARD_OPERATORS, variable } from '../../../src/expressions/index.ts';
import { leastSquares } from '../../../src/numerics/index.ts';
import type { SearchContext } from '../../../src/search/context.ts';
import { logColumns } from '../../../src/search/products/log-columns.ts';
import { createSyntax } from '../../../src/search/syntax.ts';
import type { Task } from '../../../src/search/tasks/task.ts';

const ROWS = 40;
/** Cosine of the angle between columns that are one direction. */
const PARALLEL = 1 - 1e-13;
/** Lengths and inner products of directions, but for rounding. */
const ROUNDING = 1e-9;

const random = new RandomStream(6);
const ranges = { x: [0.5, 3], u: [-2, 2] } as const;
const leaves = Object.entries(ranges).map(([name, [low, high]]) => ({
  tree: variable(name),
  values: Float64Array.from({ length: ROWS }, () => low + (high - low) * random.uniform()),
}));
const task: Task = {
  name: '',
  leaves,
  target: new Float64Array(ROWS),
  weights: new Float64Array(ROWS).fill(1),
  wrap: (z) => z,
};

function contextOf(unary: readonly string[], binary: readonly string[]): SearchContext {
  const rows = (names: readonly string[]) => names.map((name) => STANDARD_OPERATORS.get(name));
  const syntax = createSyntax({ unary: rows(unary), binary: rows(binary), maxSize: 30, maxDepth: 30 });
  return { syntax } as unknown as SearchContext;
}
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

describe('logColumns', () => {
  const columns = logColumns(contextOf(['exp', 'sqrt'], ['+', '-', '*', '/']), task, 'quick');
  const directions = columns.slice(0, 300).flatMap(({ direction }) => direction ?? []);
  const basis = [
    new Float64Array(ROWS).fill(1),
    ...leaves.map((leaf) => leaf.values.map((x) => Math.log(Math.abs(x)))),
  ];

  it('has directions of length 1 outside the logarithms of the leaves', () => {
    expect(directions.length).toBeGreaterThan(200);
    for (const direction of directions) {
      expect(dot(direction, direction)).toBeCloseTo(1, 12);
      for (const column of basis) expect(Math.abs(dot(direction, column))).toBeLessThan(ROUNDING);
    }
  });

  it('has every direction once', () => {
    directions.forEach((a, i) => {
      for (const b of directions.slice(0, i)) expect(Math.abs(dot(a, b))).toBeLessThan(PARALLEL);
    });
  });

  it('belongs to its functions', () => {
    for (const { kind, entry, values, direction } of columns.slice(0, 100)) {
      const expected = kind === 'power' ? entry.values.map((f) => Math.log(Math.abs(f))) : entry.values;
      expect(values).toEqual(expected);
      if (!direction) continue;
      const left = leastSquares([...basis, direction], values);
      const rest = values.map((value, i) => value - [...basis, direction].reduce((s, c, k) => s + left[k] * c[i], 0));
      expect(Math.sqrt(dot(rest, rest) / dot(values, values))).toBeLessThan(ROUNDING);
    }
  });

  it('has no exponentials where nothing writes them', () => {
    const others: Task = { ...task, leaves: [...leaves] };
    const kinds = logColumns(contextOf(['sqrt'], ['+', '*', '/']), others, 'quick').map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['power']));
  });
});
