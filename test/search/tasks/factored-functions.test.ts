import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { STANDARD_OPERATORS, variable } from '../../../src/expressions/index.ts';
import type { LibraryEntry } from '../../../src/search/library.ts';
import { createSyntax } from '../../../src/search/syntax.ts';
import { elementaryFunctions, factoredFunctions } from '../../../src/search/tasks/factored-functions.ts';
import { powerProducts } from '../../../src/search/tasks/power-products.ts';

const syntax = createSyntax({
  unary: ['exp', 'sin', 'cos'].map((name) => STANDARD_OPERATORS.get(name)),
  binary: ['add', 'sub', 'mul', 'div', 'pow'].map((name) => STANDARD_OPERATORS.get(name)),
  maxSize: 30,
  maxDepth: 30,
});
const random = new RandomStream(5);
const leaves = ['x', 'y', 's'].map((name) => ({
  tree: variable(name),
  values: Float64Array.from({ length: 30 }, () => 1 + 2 * random.uniform()),
}));
const [x, y, s] = leaves.map(({ values }) => values);
const placeOf = (entries: readonly LibraryEntry[], f: (i: number) => number): number =>
  entries.findIndex(({ values }) => values.every((value, i) => Math.abs(value - f(i)) < 1e-9 * Math.abs(f(i))));

describe('factoredFunctions', () => {
  it('counts the square of a scaled difference as one square', () => {
    const products = factoredFunctions(
      elementaryFunctions(leaves, syntax),
      powerProducts(leaves, syntax, 1000),
      syntax,
      24_000,
    );
    const square = placeOf(products, (i) => ((x[i] - y[i]) / s[i]) ** 2);
    expect(square).toBeGreaterThanOrEqual(0);
    expect(square).toBeLessThan(placeOf(products, (i) => (x[i] - y[i]) ** 2 / (s[i] * x[i])));
  });
});
