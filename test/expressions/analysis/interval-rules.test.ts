import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Encloser } from '../../../src/expressions/analysis/encloser.ts';
import { interval } from '../../../src/expressions/analysis/interval.ts';
import {
  DIGAMMA,
  enclose,
  evaluate,
  INTERVAL_RULES,
  type Operator,
  parse,
  print,
  STANDARD_OPERATORS,
  variablesOf,
  WITHOUT_INTERVAL_RULE,
} from '../../../src/expressions/index.ts';
import { arbitraryExpression } from '../../laws/arbitrary-expression.ts';
import { everyStepFinite } from './every-step-finite.ts';

const OPERATORS: readonly Operator[] = [...STANDARD_OPERATORS, DIGAMMA];

/** Ends of intervals: small whole numbers and halves are common, for poles and steps lie there. */
const END = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -8, max: 8 }).map((k) => k / 2) },
  { weight: 3, arbitrary: fc.double({ min: -12, max: 12, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1, -1, 1e-300, -1e-300, Math.PI, Math.PI / 2, 200, -170.5) },
);
const SIDE = fc.tuple(END, END).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
const SHARE = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));

/** Far from where f64 overflows or underflows. */
function isOrdinary(value: number): boolean {
  return value === 0 || (Math.abs(value) < 20 && Math.abs(value) > 1e-20);
}

function inside([low, high]: readonly [number, number], share: number): number {
  return Math.min(high, Math.max(low, low + share * (high - low)));
}

/** An end that a rule knows exactly is not rounded outward, one inside the interval may be. */
const ROUNDING = 1e-11;

function rounding(end: number): number {
  return Number.isFinite(end) ? ROUNDING * Math.max(1e-300, Math.abs(end)) : 0;
}

test('every operator has a rule or is named as absent', () => {
  const missing = OPERATORS.map(({ name }) => name).filter((name) => !Object.hasOwn(INTERVAL_RULES, name));
  expect(missing).toEqual([...WITHOUT_INTERVAL_RULE]);
});

describe.each(OPERATORS.map((operator) => [operator.name, operator] as const))('%s', (name, operator) => {
  const rule = INTERVAL_RULES[name];

  test('encloses its values, and says where it has none', () => {
    fc.assert(
      fc.property(SIDE, SIDE, SHARE, SHARE, (first, second, s, t) => {
        const range = rule(interval(...first), interval(...second));
        const [x, y] = [inside(first, s), inside(second, t)];
        const value = operator.apply(x, y);
        if (Number.isNaN(value)) {
          expect(range.defined).not.toBe('everywhere');
        } else if (Number.isFinite(value)) {
          expect(range.defined).not.toBe('nowhere');
          expect(value).toBeGreaterThanOrEqual(range.low);
          expect(value).toBeLessThanOrEqual(range.high);
          // A value too small for f64 is 0 there and nowhere else.
          if (range.nonzero && [x, y].every(isOrdinary)) expect(value).not.toBe(0);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('an interval that grows encloses more', () => {
    fc.assert(
      fc.property(SIDE, SIDE, SHARE, SHARE, (outer, other, s, t) => {
        const [a, b] = [inside(outer, s), inside(outer, t)];
        const small = rule(interval(Math.min(a, b), Math.max(a, b)), interval(...other));
        const large = rule(interval(...outer), interval(...other));
        if (small.defined === 'nowhere') return;
        expect(large.low).toBeLessThanOrEqual(small.low + rounding(small.low));
        expect(large.high).toBeGreaterThanOrEqual(small.high - rounding(small.high));
      }),
      { numRuns: 300 },
    );
  });
});

describe('rules at their edges', () => {
  test.each<[string, [number, number], [number, number]]>([
    ['x^2', [-2, 1], [0, 4]],
    ['x^3', [-2, 1], [-8, 1]],
    ['x^-2', [-1, 1], [1, Infinity]],
    ['1 / x', [-1, 1], [-Infinity, Infinity]],
    ['1 / x', [0, 2], [0.5, Infinity]],
    ['sqrt(x)', [-1, 4], [0, 2]],
    ['sin(x)', [0, 100], [-1, 1]],
    ['sin(x)', [1, 2], [Math.sin(1), 1]],
    ['cos(x)', [-1, 1], [Math.cos(1), 1]],
    ['exp(x)', [-Infinity, 0], [0, 1]],
    ['abs(x)', [-3, 2], [0, 3]],
    ['atan(x)', [-Infinity, Infinity], [-Math.PI / 2, Math.PI / 2]],
    ['gamma(x)', [1, 4], [0.8856031944108887, 6]],
    ['min(x, 1)', [-Infinity, 5], [-Infinity, 1]],
    ['mod(x, 3)', [4, 5], [1, 2]],
    ['2^x', [-1, Infinity], [0.5, Infinity]],
  ])('%s on %j is %j', (text, side, [low, high]) => {
    const range = enclose(parse(text), { x: side });
    expect(range.low).toBeLessThanOrEqual(low);
    expect(range.high).toBeGreaterThanOrEqual(high);
    if (Number.isFinite(low)) expect(range.low).toBeCloseTo(low, 12);
    if (Number.isFinite(high)) expect(range.high).toBeCloseTo(high, 12);
  });

  test.each<[string, [number, number], string]>([
    ['log(x)', [1, 2], 'everywhere'],
    ['log(x)', [0, 2], 'maybe'],
    ['log(x)', [-2, 0], 'nowhere'],
    ['log(exp(x))', [-Infinity, Infinity], 'everywhere'],
    ['1 / (1 + x^2)', [-Infinity, Infinity], 'everywhere'],
    ['sqrt(x)', [-2, -1], 'nowhere'],
    ['x^0.5', [-1, 1], 'maybe'],
    ['tan(x)', [1, 2], 'maybe'],
    ['gamma(x)', [-1.5, -1.2], 'everywhere'],
    ['gamma(x)', [-1.5, -0.5], 'maybe'],
    ['atanh(x)', [-1, 0], 'maybe'],
    ['1 / (x - x)', [1, 1], 'nowhere'],
  ])('%s on %j is defined %s', (text, side, defined) => {
    expect(enclose(parse(text), { x: side }).defined).toBe(defined);
  });

  test('a domain that is no interval is refused', () => {
    expect(() => enclose(parse('x'), { x: [2, 1] })).toThrow(/lower end first/);
    expect(() => enclose(parse('x'), { x: [Number.NaN, 1] })).toThrow(/lower end first/);
    expect(() => enclose(parse('x'), { x: [Infinity, Infinity] })).toThrow(/lower end first/);
  });
});

/** What folding and factoring of constants may change. */
const FOLDING = 1e-9;

test('enclosures of whole formulas hold their values, sharpened ones too', () => {
  const space = arbitraryExpression({ variables: ['x', 'y'], depth: 4 });
  fc.assert(
    fc.property(
      space,
      SIDE,
      SIDE,
      fc.array(fc.tuple(SHARE, SHARE), { minLength: 4, maxLength: 4 }),
      (tree, a, b, shares) => {
        const plain = enclose(tree, { x: a, y: b });
        const tight = new Encloser(tree, 1).tight({ x: a, y: b });
        for (const [s, t] of shares) {
          const at = { x: inside(a, s), y: inside(b, t) };
          if (!everyStepFinite(tree, at)) continue;
          const value = evaluate(tree, at);
          expect(plain.defined, print(tree)).not.toBe('nowhere');
          expect(value, print(tree)).toBeGreaterThanOrEqual(plain.low);
          expect(value, print(tree)).toBeLessThanOrEqual(plain.high);
          const slack = FOLDING * Math.max(Math.abs(value), 1e-3, ...shares.map(() => 1));
          expect(value, print(tree)).toBeGreaterThanOrEqual(tight.low - slack);
          expect(value, print(tree)).toBeLessThanOrEqual(tight.high + slack);
        }
        expect(variablesOf(tree).length).toBeLessThanOrEqual(2);
      },
    ),
    { numRuns: 400 },
  );
});
