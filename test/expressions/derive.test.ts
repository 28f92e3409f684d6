import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  constantsOf,
  DIGAMMA,
  derive,
  deriveConstant,
  type Expression,
  evaluate,
  parse,
  print,
  STANDARD_OPERATORS,
  withConstants,
} from '../../src/expressions/index.ts';
import { evaluateWithError } from '../../src/expressions/rounding-error.ts';
import { arbitraryExpression } from '../laws/arbitrary-expression.ts';

test.each([
  ['x^3 + y * x', '3 * x^2 + y'],
  ['sin(x) * cos(x)', 'cos(x)^2 - sin(x)^2'],
  ['exp(-x^2 / 2)', '-(x * exp(-0.5 * x^2))'],
  ['y', '0'],
  ['x^y', 'y * x^(y - 1)'],
  ['abs(x)', 'sign(x)'],
  ['min(x, y)', '1 - step(x - y)'],
  ['log(x)', '1 / x'],
])('d / dx %s = %s', (text, slope) => {
  expect(print(derive(parse(text), 'x'))).toBe(slope);
});

test('by a constant, counted in pre-order', () => {
  expect(print(deriveConstant(parse('2 * x + 3 * x^2'), 0))).toBe('x');
  expect(print(deriveConstant(parse('2 * x + 3 * x^2'), 1))).toBe('x^2');
  expect(() => deriveConstant(parse('2 * x'), 1)).toThrow(/1 constants/);
  expect(() => deriveConstant(parse('2 * x'), 0.5)).toThrow(/0.5/);
});

test('gamma once, not twice', () => {
  const once = derive(parse('gamma(x)'), 'x');
  expect(evaluate(once, { x: 2.5 })).toBeCloseTo(0.9347345216, 9);
  expect(print(parse(print(once), { operators: STANDARD_OPERATORS.with(DIGAMMA) }))).toBe(print(once));
  expect(() => derive(once, 'x')).toThrow(/derive gamma once/);
});

const SMOOTH = [...STANDARD_OPERATORS].filter(
  ({ name }) => !['floor', 'ceil', 'sign', 'step', 'mod', 'min', 'max', 'abs', 'relu', 'gamma', 'erf'].includes(name),
);
const SAMPLE = fc.record({
  x: fc.double({ min: 0.3, max: 2, noNaN: true }),
  y: fc.double({ min: 0.3, max: 2, noNaN: true }),
});
const STEP = 2 ** -12;
const SLOPE_TOLERANCE = 1e-6;

/** Richardson's extrapolation of central differences, with its own error; null where it does not settle. */
function numericSlope(f: (h: number) => number, scale: number): number | null {
  const central = (h: number) => (f(h) - f(-h)) / (2 * h);
  const [a, b, c] = [central(STEP), central(STEP / 2), central(STEP / 4)];
  const fine = (4 * c - b) / 3;
  const coarse = (4 * b - a) / 3;
  return Math.abs(fine - coarse) <= 1e-8 * Math.max(scale, Math.abs(fine)) ? fine : null;
}

test('derivatives agree with differences, by the variable and by every constant', () => {
  let compared = 0;
  fc.assert(
    fc.property(arbitraryExpression({ operators: SMOOTH, variables: ['x', 'y'], depth: 4 }), SAMPLE, (tree, point) => {
      const { value, error } = evaluateWithError(tree, point);
      if (!Number.isFinite(value) || !(error <= 1e-13 * Math.max(1, Math.abs(value)))) return;
      const scale = Math.max(1, Math.abs(value));
      const check = (slope: Expression, f: (h: number) => number): void => {
        const numeric = numericSlope(f, scale);
        const exact = evaluate(slope, point);
        if (numeric === null || !Number.isFinite(exact)) return;
        compared++;
        const allowed = SLOPE_TOLERANCE * Math.max(scale, Math.abs(exact));
        if (!(Math.abs(exact - numeric) <= allowed))
          throw new Error(`${print(tree)}: ${print(slope)} = ${exact}, not ${numeric}`);
      };
      check(derive(tree, 'x'), (h) => evaluate(tree, { ...point, x: point.x + h }));
      const constants = constantsOf(tree);
      constants.forEach((_, i) => {
        const moved = (h: number) =>
          withConstants(
            tree,
            constants.map((value, j) => (i === j ? value + h : value)),
          );
        check(deriveConstant(tree, i), (h) => evaluate(moved(h), point));
      });
    }),
    { numRuns: 3000, seed: 8 },
  );
  expect(compared).toBeGreaterThan(2000);
});
