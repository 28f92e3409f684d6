import { afterAll, describe, expect, test } from 'vitest';
import { approachTo } from '../../../src/expressions/analysis/approach.ts';
import { remainderHolds } from '../../../src/expressions/analysis/judge.ts';
import { powerOfT } from '../../../src/expressions/analysis/monomial.ts';
import { rational } from '../../../src/expressions/analysis/scalar.ts';
import { derive, evaluate, parse, series } from '../../../src/expressions/index.ts';
import { CASES, PARAMETER_DOMAIN, REFERENCE } from './sympy.ts';

const TOLERANCE = 1e-10;
const SLOPE_TOLERANCE = 1e-9;

describe('series of sympy about 0', () => {
  const tally = { asked: 0, unknown: 0 };
  afterAll(() => {
    console.info(`series that sympy finds: ${tally.asked}, unknown here: ${tally.unknown}`);
  });

  test.each(CASES)('%s', (formula, { series: expected }) => {
    if (expected === null || expected.length === 0) return;
    tally.asked++;
    const record = series(parse(formula), 'x', { point: 0 }, REFERENCE.order, PARAMETER_DOMAIN);
    if (record.text === 'unknown') {
      tally.unknown++;
      return;
    }
    const found = record.terms.map(({ power, coefficient }) => [
      power!,
      evaluate(parse(coefficient), REFERENCE.parameters),
    ]);
    found.sort((a, b) => a[0] - b[0]);
    expect(found.map(([power]) => power)).toEqual(expected.map(([power]) => power));
    expected.forEach(([, coefficient], i) => {
      expect(Math.abs(found[i][1] - coefficient)).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(coefficient)));
    });
  });

  test('few stay unknown', () => {
    expect(tally.asked).toBeGreaterThan(100);
    expect(tally.unknown / tally.asked).toBeLessThan(0.02);
  });
});

test.each(CASES)('derivative of %s as sympy has it', (formula, { derivative }) => {
  const slope = derive(parse(formula), 'x');
  REFERENCE.points.forEach((x, i) => {
    const expected = derivative[i];
    if (expected === null) return;
    const found = evaluate(slope, { ...REFERENCE.parameters, x });
    // A kink or a removable point may have no derivative by the rules.
    if (Number.isNaN(found)) return;
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(SLOPE_TOLERANCE * Math.max(1, Math.abs(expected)));
  });
});

describe('coefficients are exact', () => {
  test.each<[string, number, number, string]>([
    ['sin(x)', 0, 5, 'x - x^3 / 6 + x^5 / 120 + O(x^7)'],
    ['tan(x)', 0, 5, 'x + x^3 / 3 + 2 * x^5 / 15 + O(x^7)'],
    ['x / (exp(x) - 1)', 0, 4, '1 - x / 2 + x^2 / 12 - x^4 / 720 + O(x^6)'],
    ['1 / sin(x)', 0, 3, '1 / x + x / 6 + 7 * x^3 / 360 + O(x^5)'],
    ['log(1 + x)', 0, 3, 'x - x^2 / 2 + x^3 / 3 + O(x^4)'],
    ['(1 + x)^0.2', 0, 2, '1 + x / 5 - 2 * x^2 / 25 + O(x^3)'],
    ['sqrt(x + x^2)', 0, 2, 'sqrt(x) + x^(3 / 2) / 2 + O(x^(5 / 2))'],
    ['x^2 + 3*x + 1', 1, 4, '5 + 5 * (x - 1) + (x - 1)^2'],
    ['sqrt(x)', 4, 2, '2 + (x - 4) / 4 - (x - 4)^2 / 64 + O((x - 4)^3)'],
    ['sqrt(x^2 + x) - x', Infinity, 2, '1 / 2 - 1 / (8 * x) + 1 / (16 * x^2) + O(1 / x^3)'],
    ['exp(1 / x)', Infinity, 2, '1 + 1 / x + 1 / (2 * x^2) + O(1 / x^3)'],
    ['a / (x + b)', Infinity, 2, 'a / x - a * b / x^2 + O(1 / x^3)'],
    ['acos(x)', 1, 1, 'sqrt(2) * sqrt(1 - x) + O((1 - x)^(3 / 2))'],
    ['x^x', 0, 2, '1 + x * log(x) + x^2 * log(x)^2 / 2 + O(x^3 * log(x)^3)'],
    ['log(1 + exp(x))', Infinity, 2, 'x + exp(-x) - exp(-(2 * x)) / 2 + O(exp(-(3 * x)))'],
    ['sin(x)', Infinity, 2, 'unknown'],
  ])('%s about %d to order %d is %s', (formula, point, order, text) => {
    expect(series(parse(formula), 'x', { point }, order, PARAMETER_DOMAIN).text).toBe(text);
  });

  test('about every number of a hundredth, and with a pole of any order', () => {
    expect(series(parse('x^2'), 'x', { point: 0.01 }, 2).text).toBe('1 / 10000 + (x - 0.01) / 50 + (x - 0.01)^2');
    expect(series(parse('exp(x) / x^12'), 'x', { point: 0 }, 0).terms).toHaveLength(13);
  });
});

test('the kind and the side are named', () => {
  const of = (formula: string, point: number) => {
    const { kind, side } = series(parse(formula), 'x', { point }, 2);
    return [kind, side];
  };
  expect(of('cos(x)', 0)).toEqual(['Taylor', 'both']);
  expect(of('cos(x) / x', 0)).toEqual(['Laurent', 'both']);
  expect(of('sqrt(x)', 0)).toEqual(['Puiseux', 'right']);
  expect(of('sqrt(-x)', 0)).toEqual(['Puiseux', 'left']);
  expect(of('x * log(x)', 0)).toEqual(['generalised', 'right']);
  expect(of('1 / (1 + x)', Infinity)).toEqual(['asymptotic', 'both']);
  expect(of('log(-1 - x^2)', 0)).toEqual(['unknown', 'both']);
});

test('the judge refuses a remainder that is too small', () => {
  const approach = approachTo(0, 1);
  const terms = [{ coefficient: rational(1), monomial: powerOfT(rational(-1)) }];
  const holds = (formula: string, power: number) =>
    remainderHolds(parse(formula), 'x', approach, { terms, remainder: powerOfT(rational(-power)) }, {});
  expect(holds('sin(x)', 3)).toBe(true);
  expect(holds('sin(x)', 4)).toBe(false);
  expect(holds('exp(x) - 1', 3)).toBe(false);
  expect(holds('2 * x', 2)).toBe(false);
});

test('an order that is none is refused', () => {
  expect(() => series(parse('x'), 'x', { point: 0 }, -1)).toThrow(/whole number from 0 to 20/);
  expect(() => series(parse('x'), 'x', { point: 0 }, 1.5)).toThrow(/whole number from 0 to 20/);
});
