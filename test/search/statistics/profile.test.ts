import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Table } from '../../../src/core/index.ts';
import { normalCdf } from '../../../src/numerics/index.ts';
import { fitFormula } from '../../../src/search/statistics/index.ts';

const path = fileURLToPath(new URL('../../fixtures/scipy/fits.json', import.meta.url));
const { profile: fixture } = JSON.parse(readFileSync(path, 'utf8'));

/** Of the ends, whose rise is found to 1e-7. */
const END = 1e-6;

describe('profile intervals', () => {
  const table = Table.from({ x: fixture.x, y: fixture.y, sigma: fixture.sigma });
  const fitted = fitFormula('a * exp(-b * x)', table, { target: 'y', sigma: 'sigma' });

  it('start from the minimum of scipy', () => {
    expect(Math.abs(fitted.values[1] / fixture.b - 1)).toBeLessThan(1e-7);
    expect(Math.abs(fitted.values[0] / fixture.a - 1)).toBeLessThan(1e-7);
  });

  it.each([1, 2])('are those of a root finder on the scanned chi2, at %i sigma', (z) => {
    const interval = fitted.profile('b', 2 * normalCdf(z) - 1);
    const [low, high] = fixture.ends[z];
    expect(Math.abs(interval.low - low)).toBeLessThan(END);
    expect(Math.abs(interval.high - high)).toBeLessThan(END);
    expect(interval.up).toBeGreaterThan(1.2 * interval.down);
    expect(interval.low).toBeCloseTo(fitted.values[1] - interval.down, 12);
    expect(interval.atBound).toBe(false);
  });

  it('enclose the values where the scan stays below the rise', () => {
    const { low, high } = fitted.profile('b');
    const scan = fitted.scan('b', [low, high, fitted.values[1], low - 0.01, high + 0.01]);
    expect(Math.abs(scan[0] - 1)).toBeLessThan(END);
    expect(Math.abs(scan[1] - 1)).toBeLessThan(END);
    expect(Math.abs(scan[2])).toBeLessThan(1e-10);
    expect(scan[3]).toBeGreaterThan(1);
    expect(scan[4]).toBeGreaterThan(1);
  });

  it('end at a bound that comes first', () => {
    const options = { target: 'y', sigma: 'sigma', bounds: { b: { lower: 0.6, upper: 9 } } };
    const interval = fitFormula('a * exp(-b * x)', table, options).profile('b');
    expect(interval.low).toBe(0.6);
    expect(interval.atBound).toBe(true);
    expect(Math.abs(interval.high - fixture.ends[1][1])).toBeLessThan(END);
  });

  it('are infinite where the likelihood levels off', () => {
    // With little more than noise the rate may be as large as it likes: all rows but the first see nothing of it.
    const flat = Table.from({ x: [0, 5, 6, 7], y: [3, 0.02, -0.03, 0.01], s: [0.1, 0.1, 0.1, 0.1] });
    const loose = fitFormula('a * exp(-b * x)', flat, { target: 'y', sigma: 's', bounds: { b: { lower: 0 } } });
    const interval = loose.profile('b', 0.9);
    expect(interval.low).toBeGreaterThan(0);
    expect(interval.high).toBe(Number.POSITIVE_INFINITY);
  });
});
