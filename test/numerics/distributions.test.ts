import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chi2Cdf,
  chi2Sf,
  gammaP,
  gammaQ,
  normalCdf,
  normalQuantile,
  poissonCdf,
  poissonProbability,
} from '../../src/numerics/index.ts';

const path = fileURLToPath(new URL('../fixtures/scipy/distributions.json', import.meta.url));
const fixture = JSON.parse(readFileSync(path, 'utf8'));

const TOLERANCE = 1e-13;
/** Of 1 minus a tail that may be the larger part. */
const COMPLEMENT = 1e-11;
/** scipy's own chi2 is a little less exact far out. */
const SCIPY = 1e-12;

const error = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-300);

describe('distributions', () => {
  it('incomplete gamma functions agree with 40 digits', () => {
    for (const [a, x, p, q] of fixture.gamma) {
      // The smaller of the two is computed; the other is 1 minus it.
      expect(error(gammaP(a, x), p), `P(${a}, ${x})`).toBeLessThan(x < a + 1 ? TOLERANCE : COMPLEMENT);
      expect(error(gammaQ(a, x), q), `Q(${a}, ${x})`).toBeLessThan(x >= a + 1 ? TOLERANCE : COMPLEMENT);
    }
  });

  it('chi2 agrees with scipy', () => {
    for (const [x, ndf, cdf, sf] of fixture.chi2) {
      expect(error(chi2Cdf(x, ndf), cdf), `cdf(${x}, ${ndf})`).toBeLessThan(SCIPY);
      expect(error(chi2Sf(x, ndf), sf), `sf(${x}, ${ndf})`).toBeLessThan(SCIPY);
    }
    expect(chi2Sf(-1, 3)).toBe(1);
    expect(chi2Cdf(-1, 3)).toBe(0);
    expect(chi2Sf(1, 0)).toBeNaN();
    expect(gammaP(1, Number.POSITIVE_INFINITY)).toBe(1);
  });

  it('the normal distribution and its quantile agree with 40 digits', () => {
    for (const [z, p] of fixture.normal) expect(error(normalCdf(z), p), `cdf(${z})`).toBeLessThan(2 * TOLERANCE);
    for (const [p, z] of fixture.normalQuantile) {
      expect(error(normalQuantile(p), z), `quantile(${p})`).toBeLessThan(TOLERANCE);
    }
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(1.1)).toBeNaN();
  });

  it('the quantile inverts the cdf', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (z) => {
        const p = normalCdf(z);
        expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(1e-14);
      }),
    );
  });

  it('Poisson probabilities agree with 40 digits', () => {
    for (const [n, mu, probability, cdf] of fixture.poisson) {
      expect(error(poissonProbability(n, mu), probability), `p(${n}, ${mu})`).toBeLessThan(TOLERANCE);
      expect(error(poissonCdf(n, mu), cdf), `cdf(${n}, ${mu})`).toBeLessThan(TOLERANCE);
    }
    expect(poissonProbability(0, 0)).toBe(1);
    expect(poissonProbability(2, 0)).toBe(0);
    expect(poissonProbability(1.5, 2)).toBeNaN();
    expect(poissonCdf(-1, 2)).toBe(0);
  });
});
