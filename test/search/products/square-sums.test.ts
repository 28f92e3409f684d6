import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { equivalent, evaluate, parse, STANDARD_OPERATORS, variable } from '../../../src/expressions/index.ts';
import { squareSums } from '../../../src/search/products/square-sums.ts';
import { createSyntax } from '../../../src/search/syntax.ts';

const ROWS = 20;
const random = new RandomStream(2);
const leaves = ['a', 'b', 'c', 'd'].map((name) => ({
  tree: variable(name),
  values: Float64Array.from({ length: ROWS }, () => random.normal()),
}));
const operators = (names: readonly string[]) => names.map((name) => STANDARD_OPERATORS.get(name));
const syntaxOf = (...binary: string[]) =>
  createSyntax({ unary: [], binary: operators(binary), maxSize: 40, maxDepth: 40 });

describe('squareSums', () => {
  const entries = squareSums(leaves, syntaxOf('+', '-', '*', '^'), 1000);

  it.each(['(a - b)^2 + c^2', 'a^2 + b^2 + d^2', '(a - b)^2 - (c - d)^2', '(a - d)^2 + b^2 + c^2'])(
    'holds %s once',
    (text) => {
      const tree = parse(text);
      const same = entries.filter((entry) => equivalent(entry.tree, tree, { upTo: 'factor' }).equivalent);
      expect(same.length).toBe(1);
    },
  );

  it('has the values of its trees, simplest first', () => {
    for (const [i, { tree, values, complexity }] of entries.entries()) {
      const row = Object.fromEntries(leaves.map((leaf) => [leaf.tree.name, leaf.values[3]]));
      expect(values[3]).toBeCloseTo(evaluate(tree, row), 12);
      if (i > 0) expect(complexity).toBeGreaterThanOrEqual(entries[i - 1].complexity);
    }
  });

  it('holds distances in space where there are many leaves', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => ({
      tree: variable(name),
      values: Float64Array.from({ length: ROWS }, () => random.normal()),
    }));
    const [a, b, c, d, e, f] = many.slice(2).map(({ values }) => values);
    const wanted = a.map((x, i) => (x - b[i]) ** 2 + (c[i] - d[i]) ** 2 + (e[i] - f[i]) ** 2);
    const held = squareSums(many, syntaxOf('+', '-', '*', '^'), 1300);
    expect(held.some(({ values }) => values.every((x, i) => Math.abs(x - wanted[i]) < 1e-9))).toBe(true);
  });

  it('keeps to its limit and to the operators', () => {
    expect(squareSums(leaves, syntaxOf('+', '-', '*'), 7).length).toBe(7);
    expect(squareSums(leaves, syntaxOf('*', '/'), 100)).toEqual([]);
    const plus = squareSums(leaves, syntaxOf('+', '*'), 1000);
    expect(plus.length).toBe(6 + 4);
  });
});
