import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { STANDARD_OPERATORS, variable } from '../../../src/expressions/index.ts';
import type { LibraryEntry } from '../../../src/search/library.ts';
import { createSyntax } from '../../../src/search/syntax.ts';
import { elementaryFunctions } from '../../../src/search/tasks/factored-functions.ts';
import { functionPairs } from '../../../src/search/tasks/function-pairs.ts';

const syntax = createSyntax({
  unary: ['exp', 'sin', 'cos'].map((name) => STANDARD_OPERATORS.get(name)),
  binary: ['add', 'sub', 'mul', 'div', 'pow'].map((name) => STANDARD_OPERATORS.get(name)),
  maxSize: 30,
  maxDepth: 30,
});
const random = new RandomStream(5);
const leaves = ['x'].map((name) => ({
  tree: variable(name),
  values: Float64Array.from({ length: 30 }, () => 1 + 2 * random.uniform()),
}));
const [x] = leaves.map(({ values }) => values);
const placeOf = (entries: readonly LibraryEntry[], f: (i: number) => number): number =>
  entries.findIndex(({ values }) => values.every((value, i) => Math.abs(value - f(i)) < 1e-9 * Math.abs(f(i))));

describe('functionPairs', () => {
  it('holds products of two functions of small arguments', () => {
    const pairs = functionPairs(elementaryFunctions(leaves, syntax), syntax, 2000);
    expect(placeOf(pairs, (i) => Math.sin(x[i] ** 2) * Math.cos(x[i]))).toBeGreaterThanOrEqual(0);
  });
});
