import fc from 'fast-check';
import { expect, test } from 'vitest';
import { constantsOf, evaluate, parse } from '../../../src/expressions/index.ts';
import { scaleTree } from '../../../src/search/groups/scale-tree.ts';

/** Trees with constants at every place that can take a factor. */
const FOLDING = [
  '3',
  '2 * x',
  'x * 2',
  '2 / x',
  'x / 4',
  '2 * x + 3 * x^2',
  '5 - 2 * x',
  '-(2 * x)',
  'sqrt(3 * x)',
  '(2 * x)^3',
  'exp(2 * x + 1)',
  'exp(1 - 2 * x)',
  'inv(3 * x)',
  'square(2 * x)',
  'x * (2 + 3 * x)',
];
const NOT_FOLDING = ['x', 'x + 2', 'exp(2 * x)', 'sin(2 * x)', 'sqrt(x)', 'x^2'];
const TOLERANCE = 1e-12;

test.each(FOLDING)('a factor goes into %s', (text) => {
  const tree = parse(text);
  fc.assert(
    fc.property(
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      (k, x) => {
        const scaled = scaleTree(k, tree)!;
        expect(constantsOf(scaled).length).toBe(constantsOf(tree).length);
        const wanted = k * evaluate(tree, { x });
        expect(Math.abs(evaluate(scaled, { x }) - wanted)).toBeLessThanOrEqual(TOLERANCE * (Math.abs(wanted) + k));
      },
    ),
  );
});

test.each(NOT_FOLDING)('%s has no place for it', (text) => {
  expect(scaleTree(2, parse(text))).toBeUndefined();
  expect(scaleTree(1, parse(text))).toEqual(parse(text));
});
