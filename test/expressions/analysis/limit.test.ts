import { afterAll, describe, expect, test } from 'vitest';
import { approachTo } from '../../../src/expressions/analysis/approach.ts';
import { followsExpansion, hasNoValue } from '../../../src/expressions/analysis/judge.ts';
import { powerOfT } from '../../../src/expressions/analysis/monomial.ts';
import { rational } from '../../../src/expressions/analysis/scalar.ts';
import {
  EXPANSION_RULES,
  evaluate,
  limit,
  parse,
  STANDARD_OPERATORS,
  WITHOUT_EXPANSION_RULE,
} from '../../../src/expressions/index.ts';
import { CASES, PARAMETER_DOMAIN, REFERENCE } from './sympy.ts';

const PLACES = {
  '0+': { point: 0, side: 1 },
  '0-': { point: 0, side: -1 },
  inf: { point: Infinity },
  '-inf': { point: -Infinity },
} as const;
const NAMES = Object.keys(PLACES) as (keyof typeof PLACES)[];
/** Limits are exact up to the rounding of their numbers. */
const TOLERANCE = 1e-12;
/** One limit may take so long, on a machine that is busy. */
const MILLISECONDS = 1000;

/** sympy calls this limit 1, though gamma has poles without end on that side. */
const NOT_A_LIMIT = new Set(['gamma(x + 1)/gamma(x) -inf']);

test('every operator has a rule or is named as absent', () => {
  const missing = STANDARD_OPERATORS.names.filter((name) => !Object.hasOwn(EXPANSION_RULES, name));
  expect(missing).toEqual([...WITHOUT_EXPANSION_RULE]);
});

describe('limits of sympy', () => {
  const tally = { asked: 0, unknown: 0, slowest: 0 };
  afterAll(() => {
    console.info(`limits that sympy finds: ${tally.asked}, unknown here: ${tally.unknown}`);
  });

  test.each(CASES)('%s', (formula, { limits }) => {
    const tree = parse(formula);
    for (const name of NAMES) {
      const started = performance.now();
      const { value } = limit(tree, 'x', PLACES[name], PARAMETER_DOMAIN);
      tally.slowest = Math.max(tally.slowest, performance.now() - started);
      const expected = limits[name];
      if (expected === null || NOT_A_LIMIT.has(`${formula} ${name}`)) continue;
      tally.asked++;
      if (value === 'unknown') {
        tally.unknown++;
        continue;
      }
      if (typeof expected === 'string') expect(value, name).toBe(expected);
      else {
        const found = evaluate(parse(value), REFERENCE.parameters);
        expect(Math.abs(found - expected), `${name}: ${value}`).toBeLessThanOrEqual(
          TOLERANCE * Math.max(1, Math.abs(expected)),
        );
      }
    }
  });

  test('few stay unknown, and none takes long', () => {
    expect(tally.asked).toBeGreaterThan(550);
    expect(tally.unknown / tally.asked).toBeLessThan(0.02);
    expect(tally.slowest).toBeLessThan(MILLISECONDS);
  });
});

describe('limits with parameters', () => {
  test.each([
    ['a / (x + b)', '0+', 'a / b'],
    ['(1 + a / x)^x', 'inf', 'exp(a)'],
    ['x * (sqrt(1 + a / x) - 1)', 'inf', 'a / 2'],
    ['(a * x^2 + 1) / (b * x^2 + x)', 'inf', 'a / b'],
    ['sin(a * x) / x', '0+', 'a'],
    ['exp(-a * x)', 'inf', '0'],
    ['exp(-a * x)', '-inf', 'inf'],
    ['exp((a - b) * x)', 'inf', 'unknown'],
    ['x^a', 'inf', 'inf'],
  ] as const)('%s at %s is %s', (formula, place, value) => {
    expect(limit(parse(formula), 'x', PLACES[place], PARAMETER_DOMAIN).value).toBe(value);
  });

  test('the sign that the domain leaves open is not guessed', () => {
    expect(limit(parse('a * x'), 'x', PLACES.inf, { a: [1, 2] }).value).toBe('inf');
    expect(limit(parse('a * x'), 'x', PLACES.inf, { a: [-2, -1] }).value).toBe('-inf');
    expect(limit(parse('a * x'), 'x', PLACES.inf, { a: [-1, 1] }).value).toBe('unknown');
  });
});

test.each([
  ['x^3 * exp(-x)', 'inf', 'x^3 * exp(-x)', null],
  ['sqrt(x^2 + x) - x', 'inf', '1 / 2', 0],
  ['(x + 1)^3 / (2 * x + 1)', 'inf', 'x^2 / 2', 2],
  ['sin(x)^2 / x^5', '0+', '1 / x^3', -3],
  ['log(x) / x^2', 'inf', 'log(x) / x^2', -2],
] as const)('%s at %s leads with %s', (formula, place, leading, power) => {
  expect(limit(parse(formula), 'x', PLACES[place])).toMatchObject({ leading, power });
});

test.each([
  ['sin(x)', 'inf'],
  ['sin(1 / x)', '0+'],
  ['exp(sin(x))', 'inf'],
  ['gamma(x)', '-inf'],
] as const)('%s at %s has none, and none is made up', (formula, place) => {
  expect(limit(parse(formula), 'x', PLACES[place]).value).toBe('unknown');
});

describe('the judge', () => {
  const approach = approachTo(Infinity, 1);
  const claim = (coefficient: number, power: number) => ({
    terms: [{ coefficient: rational(Math.round(coefficient * 1000), 1000), monomial: powerOfT(rational(power)) }],
    remainder: powerOfT(rational(power - 1)),
  });

  test.each([
    ['(2*x^2 + x) / (x + 1)', 2, 1, true],
    ['(2*x^2 + x) / (x + 1)', 2.01, 1, false],
    ['(2*x^2 + x) / (x + 1)', 2, 2, false],
    ['(2*x^2 + x) / (x + 1)', -2, 1, false],
    ['3 + 1 / x', 3, 0, true],
    ['3 + 1 / x', 4, 0, false],
    ['3 + sin(x)', 3, 0, false],
  ] as const)('%s grows like %d x^%d: %s', (formula, coefficient, power, verdict) => {
    expect(followsExpansion(parse(formula), 'x', approach, claim(coefficient, power), {})).toBe(verdict);
  });

  test('knows where there is no value', () => {
    expect(hasNoValue(parse('log(x)'), 'x', approachTo(0, -1), {})).toBe(true);
    expect(hasNoValue(parse('x^x'), 'x', approachTo(-Infinity, -1), {})).toBe(true);
    expect(hasNoValue(parse('log(x)'), 'x', approachTo(0, 1), {})).toBe(false);
  });
});
