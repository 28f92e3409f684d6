import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  evaluate,
  monotonicityOf,
  parse,
  rangeOf,
  signOf,
  singularitiesOf,
  zerosOf,
} from '../../../src/expressions/index.ts';
import { arbitraryExpression } from '../../laws/arbitrary-expression.ts';
import { everyStepFinite } from './every-step-finite.ts';
import { boxOfCase, CASES } from './sympy.ts';

const MILLISECONDS = 1000;
/** Bounds that are proven may be so much wider than the values on a grid, relative to their size. */
const SHARPNESS = 1e-3;

describe('what values on a grid show, no proof denies', () => {
  test.each(CASES)('%s', (formula, reference) => {
    const { shape } = reference;
    const tree = parse(formula);
    const box = boxOfCase(reference);
    const started = performance.now();
    const { sign } = signOf(tree, box);
    const { trend } = monotonicityOf(tree, 'x', box);
    const range = rangeOf(tree, box);
    expect(performance.now() - started).toBeLessThan(MILLISECONDS);
    if (sign !== 'undecided') {
      expect(sign === 'both').toBe(shape.positive && shape.negative);
      if (sign === 'positive' || sign === 'non-negative') expect(shape.negative).toBe(false);
      if (sign === 'negative' || sign === 'non-positive') expect(shape.positive).toBe(false);
    }
    if (trend !== 'undecided') {
      expect(trend === 'neither').toBe(shape.rises && shape.falls);
      if (trend === 'increasing') expect(shape.falls).toBe(false);
      if (trend === 'decreasing') expect(shape.rises).toBe(false);
    }
    const size = Math.max(Math.abs(shape.least), Math.abs(shape.most));
    expect(range.low).toBeLessThanOrEqual(shape.least + 1e-12 * size);
    expect(range.high).toBeGreaterThanOrEqual(shape.most - 1e-12 * size);
  });

  test('most are decided, and most bounds are sharp', () => {
    let undecided = 0;
    let wide = 0;
    for (const [formula, reference] of CASES) {
      const box = boxOfCase(reference);
      const { least, most } = reference.shape;
      const { low, high } = rangeOf(parse(formula), box);
      const size = Math.max(Math.abs(least), Math.abs(most));
      if (!(least - low < SHARPNESS * size && high - most < SHARPNESS * size)) wide++;
      if (signOf(parse(formula), box).sign === 'undecided') undecided++;
      if (monotonicityOf(parse(formula), 'x', box).trend === 'undecided') undecided++;
    }
    console.info(
      `signs and trends undecided: ${undecided} of ${2 * CASES.length}; wide bounds: ${wide} of ${CASES.length}`,
    );
    expect(undecided / (2 * CASES.length)).toBeLessThan(0.02);
    expect(wide / CASES.length).toBeLessThan(0.05);
  });
});

describe('verdicts that are known', () => {
  const ALL: [number, number] = [-Infinity, Infinity];
  test.each<[string, Record<string, [number, number]>, string]>([
    ['x^2 + x + 1', { x: ALL }, 'positive'],
    ['exp(x)', { x: ALL }, 'positive'],
    ['x^2', { x: ALL }, 'non-negative'],
    ['-sqrt(x)', { x: [0, Infinity] }, 'non-positive'],
    ['x - x', { x: ALL }, 'zero'],
    ['x * y', { x: [0, 1], y: [-1, 1] }, 'both'],
    ['x^2 - x', { x: [2, Infinity] }, 'positive'],
    ['sqrt(x^2 + y^2 + z^2) - x', { x: [0, 10], y: [0, 10], z: [1, 10] }, 'positive'],
    ['log(-1 - x^2)', { x: ALL }, 'undefined'],
    ['1 / x', { x: [0, 1] }, 'positive'],
    ['tanh(x) - x', { x: [0, Infinity] }, 'non-positive'],
  ])('%s on %j is %s', (formula, box, sign) => {
    expect(signOf(parse(formula), box).sign).toBe(sign);
  });

  test.each<[string, Record<string, [number, number]>, string]>([
    ['x / (1 + x)', { x: [0, Infinity] }, 'increasing'],
    ['x * exp(-x)', { x: [1, Infinity] }, 'decreasing'],
    ['1 / x', { x: [-1, 1] }, 'neither'],
    ['1 / x', { x: [0, Infinity] }, 'decreasing'],
    ['tan(x)', { x: [0, 3] }, 'neither'],
    ['tan(x)', { x: [-1.5, 1.5] }, 'increasing'],
    ['floor(2 * x) - 1', { x: ALL }, 'increasing'],
    ['x - floor(x)', { x: [0, 3] }, 'neither'],
    ['x - sin(x)', { x: ALL }, 'increasing'],
    ['x * y', { x: [0, 1], y: [0, 1] }, 'increasing'],
    ['x * y', { x: [0, 1], y: [-1, 1] }, 'neither'],
    ['sign(x) / x', { x: [-1, 1] }, 'neither'],
    ['log(x)', { x: [-1, 1] }, 'increasing'],
    ['2 * x - x - x', { x: [0, 1] }, 'constant'],
    ['gamma(x)', { x: [2, 20] }, 'increasing'],
  ])('%s on %j is %s in x', (formula, box, trend) => {
    const verdict = monotonicityOf(parse(formula), 'x', box);
    expect(verdict.trend).toBe(trend);
    if (verdict.witnesses) {
      const [rise, fall] = verdict.witnesses.map(([a, b]) => evaluate(parse(formula), b) - evaluate(parse(formula), a));
      expect(rise).toBeGreaterThan(0);
      expect(fall).toBeLessThan(0);
      for (const [a, b] of verdict.witnesses) expect(a.x).toBeLessThan(b.x);
    }
  });

  test('a jump is not passed over by a derivative that is 0', () => {
    for (const formula of ['-floor(x) * x^2', 'step(x - 1) * (2 - x)', 'sign(sin(x))', 'mod(x, 2)', 'atan2(x, -1)']) {
      const { trend } = monotonicityOf(parse(formula), 'x', { x: [0, 5] });
      expect(['increasing', 'decreasing', 'constant'].includes(trend) && formula !== 'atan2(x, -1)', formula).toBe(
        false,
      );
    }
  });

  test('names that are not there, and domains that are none', () => {
    expect(() => monotonicityOf(parse('x'), 'y')).toThrow(/no variable "y"/);
    expect(() => signOf(parse('x'), { x: [1, 0] })).toThrow(/lower end first/);
    expect(() => rangeOf(parse('x'), { x: [1, Number.NaN] })).toThrow(/lower end first/);
  });
});

test('no proof about a random formula is refuted by its values', () => {
  const side = fc
    .tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 1, max: 6 }))
    .map(([a, b]) => [a / 2, (a + b) / 2]);
  fc.assert(
    fc.property(arbitraryExpression({ variables: ['x'], depth: 4 }), side, (tree, [low, high]) => {
      const box = { x: [low, high] as [number, number] };
      const { sign } = signOf(tree, box);
      const trend = tree.kind === 'constant' ? 'undecided' : trendOf(tree, box);
      const { low: least, high: most } = rangeOf(tree, box);
      let before = Number.NaN;
      for (let k = 0; k <= 40; k++) {
        const at = { x: low + ((high - low) * k) / 40 };
        if (!everyStepFinite(tree, at)) continue;
        const value = evaluate(tree, at);
        const slack = 1e-9 * Math.max(1, Math.abs(value));
        if (sign === 'positive' || sign === 'non-negative') expect(value).toBeGreaterThanOrEqual(-slack);
        if (sign === 'negative' || sign === 'non-positive') expect(value).toBeLessThanOrEqual(slack);
        if (sign === 'zero') expect(Math.abs(value)).toBeLessThanOrEqual(slack);
        expect(value).toBeGreaterThanOrEqual(least - slack);
        expect(value).toBeLessThanOrEqual(most + slack);
        if (trend === 'increasing')
          expect(value).toBeGreaterThanOrEqual((Number.isNaN(before) ? value : before) - slack);
        if (trend === 'decreasing') expect(value).toBeLessThanOrEqual((Number.isNaN(before) ? value : before) + slack);
        before = value;
      }
    }),
    { numRuns: 250 },
  );
});

function trendOf(tree: Parameters<typeof signOf>[0], box: { x: [number, number] }): string {
  try {
    return monotonicityOf(tree, 'x', box).trend;
  } catch {
    return 'undecided';
  }
}

describe('zeros', () => {
  test.each<[string, [number, number], number[]]>([
    ['x^3 - x', [-Infinity, Infinity], [-1, 0, 1]],
    ['x^2 - 2', [0, 5], [Math.SQRT2]],
    ['sin(x)', [1, 10], [Math.PI, 2 * Math.PI, 3 * Math.PI]],
    ['(x - 1)^2', [0, 3], [1]],
    ['cos(x) - x', [-Infinity, Infinity], [0.7390851332151607]],
    ['log(x) / x', [0, Infinity], [1]],
    ['exp(-x)', [0, Infinity], []],
    ['1 / x', [-1, 1], []],
    ['x^2 + 1', [-Infinity, Infinity], []],
    ['sqrt(x - 1)', [0, 4], [1]],
  ])('of %s on %j', (formula, side, expected) => {
    const { zeros } = zerosOf(parse(formula), 'x', { x: side });
    expect(zeros).toHaveLength(expected.length);
    zeros.forEach(({ low, high }, i) => {
      expect(low).toBeLessThanOrEqual(expected[i] + 1e-12);
      expect(high).toBeGreaterThanOrEqual(expected[i] - 1e-12);
      expect(high - low).toBeLessThan(1e-9);
    });
  });

  test('where they crowd, what was not searched is named', () => {
    const { zeros, open } = zerosOf(parse('sin(1 / x)'), 'x', { x: [0, 1] });
    for (let k = 1; k <= 5; k++) {
      const at = 1 / (k * Math.PI);
      const inside = ({ low, high }: { low: number; high: number }) => low <= at + 1e-12 && at - 1e-12 <= high;
      expect(zeros.some(inside) || open.some(([low, high]) => inside({ low, high }))).toBe(true);
    }
    expect(open.some(([low]) => low === 0)).toBe(true);
  });
});

test.each<[string, [number, number], [number, string, number | null][]]>([
  ['1 / (x - 2)^3', [0, 5], [[2, 'pole', 3]]],
  [
    'tan(x)',
    [0, 5],
    [
      [Math.PI / 2, 'pole', 1],
      [(3 * Math.PI) / 2, 'pole', 1],
    ],
  ],
  [
    'gamma(x)',
    [-2.5, 3],
    [
      [-2, 'pole', 1],
      [-1, 'pole', 1],
      [0, 'pole', 1],
    ],
  ],
  ['log(x - 1)', [0, 3], [[1, 'logarithm', null]]],
  ['sin(x) / x', [-1, 1], []],
  ['1 / sqrt(x)', [0, 1], [[0, 'pole', 0.5]]],
  ['(x^2 - 1) / (x - 1)', [0, 3], []],
])('singularities of %s on %j', (formula, side, expected) => {
  const found = singularitiesOf(parse(formula), 'x', { x: side });
  expect(found.map(({ kind, order }) => [kind, order])).toEqual(expected.map(([, kind, order]) => [kind, order]));
  found.forEach(({ low, high }, i) => {
    expect((low + high) / 2).toBeCloseTo(expected[i][0], 9);
  });
});
