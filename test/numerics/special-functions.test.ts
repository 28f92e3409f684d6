import { readFileSync } from 'node:fs';
import Decimal from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { digamma, erf, gamma } from '../../src/numerics/index.ts';
import { lastPlace } from '../conformance/last-place.ts';

Decimal.set({ precision: 60 });

type Row = readonly [number, string];
const file = new URL('../fixtures/decimal/special.json', import.meta.url);
const fixtures: Record<string, Row[]> = JSON.parse(readFileSync(file, 'utf8')).operators;
const functions: Record<string, (x: number) => number> = { gamma, erf, digamma };
const MOST_ULPS = 4;

describe.each(Object.keys(functions))('%s', (name) => {
  it('is within 4 last places of 50-digit values', () => {
    expect(fixtures[name].length).toBeGreaterThanOrEqual(60);
    for (const [x, digits] of fixtures[name]) {
      const error = new Decimal(functions[name](x))
        .minus(digits)
        .abs()
        .div(lastPlace(Number(digits), false));
      expect(error.toNumber(), `${name}(${x})`).toBeLessThanOrEqual(MOST_ULPS);
    }
  });
});

describe('special functions at the edges', () => {
  it('gamma is a factorial, NaN at its poles, and overflows past 171.6', () => {
    expect([1, 2, 3, 4, 5, 11].map(gamma)).toEqual([1, 1, 2, 6, 24, 3628800]);
    for (const pole of [0, -0, -1, -2, -150, Number.NaN, Number.NEGATIVE_INFINITY]) expect(gamma(pole)).toBeNaN();
    expect(gamma(171.6)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(gamma(171.7)).toBe(Number.POSITIVE_INFINITY);
    expect(gamma(-180.5)).toBe(-0);
    expect(gamma(-300.5)).toBe(-0);
    expect(gamma(-301.5)).toBe(0);
    // Between -n and -n + 1 the sign is (-1)^n.
    for (let n = 1; n < 60; n++) expect(Math.sign(gamma(0.5 - n))).toBe(n % 2 === 0 ? 1 : -1);
  });

  it('erf is odd and reaches 1', () => {
    expect(erf(0)).toBe(0);
    expect(erf(-0.7)).toBe(-erf(0.7));
    expect(erf(6)).toBe(1);
    expect(erf(Number.NEGATIVE_INFINITY)).toBe(-1);
    expect(erf(Number.NaN)).toBeNaN();
  });

  it('digamma obeys its recurrence and reflection', () => {
    for (const x of [0.1, 0.9, 1.4, 2.5, 9.9, 40.25]) expect(digamma(x + 1)).toBeCloseTo(digamma(x) + 1 / x, 13);
    for (const x of [-0.3, -1.7, -20.4])
      expect(digamma(1 - x) - digamma(x)).toBeCloseTo(Math.PI / Math.tan(Math.PI * x), 11);
    for (const pole of [0, -1, -7]) expect(digamma(pole)).toBeNaN();
  });
});
