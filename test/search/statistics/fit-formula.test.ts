import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError, OptionError, ParseError, RandomStream, ShapeError, Table } from '../../../src/core/index.ts';
import { parse, print } from '../../../src/expressions/index.ts';
import { chi2Sf } from '../../../src/numerics/index.ts';
import { fitFormula, type StatisticsOptions, statisticsOf } from '../../../src/search/statistics/index.ts';

const path = fileURLToPath(new URL('../../fixtures/scipy/fits.json', import.meta.url));
const fixture = JSON.parse(readFileSync(path, 'utf8'));

/** curve_fit differentiates numerically. */
const CURVE_FIT = 1e-5;
const CLOSED_FORM = 1e-9;
/** Digits that NIST certifies. */
const CERTIFIED = 1e-8;

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, floor = 0): void {
  expect(actual.length).toBe(expected.length);
  Array.from(expected).forEach((value, i) => {
    expect(Math.abs(actual[i] - value), `entry ${i}: ${actual[i]}, ${value}`).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(value), floor),
    );
  });
}

/** Covariance entries compare with the errors of their parameters: an entry near 0 has no accuracy of its own. */
function expectCovariance(actual: Float64Array, expected: number[], tolerance: number): void {
  const n = Math.sqrt(expected.length);
  expected.forEach((value, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    const size = Math.sqrt(expected[i * n + i] * expected[j * n + j]);
    expect(Math.abs(actual[at] - value) / size).toBeLessThan(tolerance);
  });
}

describe('fitFormula agrees with scipy.optimize.curve_fit', () => {
  it.each<Record<string, number[]> & { formula: string }>(fixture.curves)('$formula', (curve) => {
    const { x, y, sigma } = curve;
    const table = Table.from({ x, y, sigma });
    const fitted = fitFormula(curve.formula, table, { target: 'y', sigma: 'sigma' });
    expectClose(fitted.values, curve.values, CURVE_FIT);
    expectCovariance(fitted.covariance, curve.covariance, CURVE_FIT);
    expect(Math.abs(fitted.chi2 / Number(curve.chi2) - 1)).toBeLessThan(1e-9);
    expect(Math.abs(fitted.pValue! / Number(curve.pValue) - 1)).toBeLessThan(1e-8);
    expect(fitted.ndf).toBe(x.length - 3);

    const scaled = fitFormula(curve.formula, Table.from({ x, y }), { target: 'y' });
    expectClose(scaled.values, curve.scaledValues, CURVE_FIT);
    expectCovariance(scaled.covariance, curve.scaledCovariance, CURVE_FIT);
    expect(scaled.chi2PerNdf).toBeCloseTo(1, 9);
    expect(scaled.pValue).toBeUndefined();
    expect(scaled.scaledError).toBeGreaterThan(0);
    expect(scaled.notes.join()).toContain('chi2/ndf = 1');
  });

  it('with a covariance matrix, as arrays and as a table', () => {
    const { x, y, errors, values, covariance, chi2 } = fixture.correlated;
    const table = Table.from({ x, y });
    const asTable = Table.from(Object.fromEntries(errors.map((row: number[], i: number) => [`e${i}`, row])));
    for (const matrix of [errors, asTable]) {
      const fitted = fitFormula('a * exp(-b * x) + c', table, { target: 'y', covariance: matrix });
      expectClose(fitted.values, values, CURVE_FIT);
      expectCovariance(fitted.covariance, covariance, CURVE_FIT);
      expect(Math.abs(fitted.chi2 / chi2 - 1)).toBeLessThan(1e-8);
    }
  });
});

// NIST Statistical Reference Datasets, nonlinear regression, Misra1a: values and standard deviations of the estimates.
it('fitFormula certifies NIST Misra1a, errors included', () => {
  const x = [77.6, 114.9, 141.1, 190.8, 239.9, 289, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760];
  const y = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78];
  const fitted = fitFormula('b1 * (1 - exp(-b2 * x))', Table.from({ x, y }), {
    target: 'y',
    start: { b1: 500, b2: 1e-4 },
    restarts: 0,
  });
  expectClose(fitted.values, [2.3894212918e2, 5.5015643181e-4], CERTIFIED);
  expectClose(fitted.errors, [2.7070075241, 7.2668688436e-6], CERTIFIED);
  expect(Math.abs(fitted.scaledError! / 1.018787633e-1 - 1)).toBeLessThan(CERTIFIED);
});

describe('fitFormula of counts', () => {
  const { low, high, counts } = fixture.poisson;
  const table = Table.from({ low, high, counts });
  const options: StatisticsOptions = {
    target: 'counts',
    likelihood: 'poisson',
    binLow: 'low',
    binHigh: 'high',
    binVariable: 'm',
    nodesPerBin: 12,
    start: { n: 100, t: 2, s: 30 },
    bounds: { t: { lower: 0.1 } },
  };
  const formula = 'n * exp(-m / t) + s * exp(-0.5 * ((m - 3) / 0.3)^2)';

  it('agrees with a minimisation of the deviance with adaptive integrals', () => {
    const fitted = fitFormula(formula, table, options);
    expect(fitted.names).toEqual(['n', 't', 's']);
    expectClose(fitted.values, fixture.poisson.values, 1e-4);
    expect(Math.abs(fitted.chi2 - fixture.poisson.deviance)).toBeLessThan(1e-6);
    expectCovariance(fitted.covariance, fixture.poisson.covariance, 1e-4);
    expect(fitted.pValue).toBeCloseTo(chi2Sf(fitted.chi2, 9), 12);
    // The fitted normalisations make the expected total that of the counts.
    expect(fitted.residuals.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 4);
    expect(fitted.pulls.every((pull) => Math.abs(pull) < 4)).toBe(true);
  });

  it('fits contents of bins without edges, and the mean of counts is its own best estimate', () => {
    const mean = counts.reduce((sum: number, n: number) => sum + n, 0) / counts.length;
    const fitted = fitFormula('mu + 0 * low', table, { target: 'counts', likelihood: 'poisson', start: { mu: 3 } });
    expectClose(fitted.values, [mean], 1e-9);
    expectClose(fitted.errors, [Math.sqrt(mean / counts.length)], 1e-9);
  });

  it('repeats a column over the nodes of its bin', () => {
    const efficiency = counts.map((_: number, i: number) => 0.5 + 0.04 * i);
    const corrected = Table.from({ low, high, counts, efficiency });
    const fitted = fitFormula('efficiency * n * exp(-m / t)', corrected, { ...options, start: { n: 100, t: 2 } });
    expect(fitted.names).toEqual(['n', 't']);
    expect(fitted.residuals.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 4);
  });
});

describe('linear models have the closed forms of least squares', () => {
  it('values, covariance and band', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 4, max: 30 }), (seed, rows) => {
        const random = new RandomStream(seed);
        const x = Float64Array.from({ length: rows }, (_, i) => i + random.uniform());
        const sigma = x.map(() => 0.2 + random.uniform());
        const y = x.map((value, i) => 2 - 0.5 * value + sigma[i] * random.normal());
        const table = Table.from({ x, y, sigma });
        const fitted = fitFormula('a + b * x', table, { target: 'y', sigma: 'sigma', restarts: 0 });
        let [s, sx, sxx, sy, sxy] = [0, 0, 0, 0, 0];
        for (let i = 0; i < rows; i++) {
          const w = 1 / sigma[i] ** 2;
          s += w;
          sx += w * x[i];
          sxx += w * x[i] ** 2;
          sy += w * y[i];
          sxy += w * x[i] * y[i];
        }
        const determinant = s * sxx - sx * sx;
        expectClose(
          fitted.values,
          [(sxx * sy - sx * sxy) / determinant, (s * sxy - sx * sy) / determinant],
          1e-6,
          1e-2,
        );
        const covariance = [sxx, -sx, -sx, s].map((value) => value / determinant);
        expectClose(fitted.covariance, covariance, CLOSED_FORM);
        expectClose(fitted.correlations, [1, -sx / Math.sqrt(s * sxx), -sx / Math.sqrt(s * sxx), 1], CLOSED_FORM);
        const { values, low, high } = fitted.band(table);
        for (let i = 0; i < rows; i++) {
          const error = Math.sqrt((sxx - 2 * x[i] * sx + x[i] ** 2 * s) / determinant);
          expect(Math.abs(high[i] - values[i] - error)).toBeLessThan(1e-7 * error + 1e-12);
          expect(Math.abs(values[i] - low[i] - error)).toBeLessThan(1e-7 * error + 1e-12);
        }
        // The profile of a parabola is the parabola.
        const interval = fitted.profile('b');
        expect(Math.abs(interval.up / fitted.errors[1] - 1)).toBeLessThan(1e-6);
        expect(Math.abs(interval.down / fitted.errors[1] - 1)).toBeLessThan(1e-6);
      }),
      { numRuns: 30 },
    );
  });

  it('of asymmetric errors: the minimum of two parabolas', () => {
    const table = Table.from({ y: [0, 1], up: [1, 2], down: [3, 0.5], x: [1, 1] });
    const fitted = fitFormula('a * x', table, { target: 'y', sigmaUp: 'up', sigmaDown: 'down' });
    // Between the points the first is below the curve (up, 1) and the second above (down, 0.5).
    expectClose(fitted.values, [(0 / 1 + 1 / 0.25) / (1 + 4)], CLOSED_FORM);
    expectClose(fitted.errors, [Math.sqrt(1 / 5)], CLOSED_FORM);
    expectClose(fitted.pulls, [-0.8, 0.4], CLOSED_FORM);
  });

  it('fits exact data without errors, and says nothing silly', () => {
    const x = [0, 1, 2, 3, 4];
    const fitted = fitFormula('a + b * x', Table.from({ x, y: x.map((v) => 1 + 2 * v) }), { target: 'y' });
    expectClose(fitted.values, [1, 2], 1e-12);
    expect(fitted.errors.every((error) => error >= 0 && error < 1e-12)).toBe(true);
  });
});

describe('parameters', () => {
  const x = Array.from({ length: 20 }, (_, i) => 0.2 + 0.2 * i);
  const s = x.map(() => 0.05);
  const noise = new RandomStream(8);
  const y = x.map((value) => 2 * value ** 3 * Math.exp(-value) + 0.05 * noise.normal());
  const table = Table.from({ x, y, s });
  const errors = { target: 'y', sigma: 's' } as const;

  it('may be fixed, bounded, whole', () => {
    const fixed = fitFormula('a * x^n * exp(-b * x)', table, { ...errors, fixed: ['n'], start: { n: 3 } });
    expect(fixed.names).toEqual(['a', 'b']);
    expect(fixed.parameters.at(-1)).toEqual({ name: 'n', value: 3, error: Number.NaN, status: 'fixed' });
    expect(Math.abs(fixed.values[1] - 1)).toBeLessThan(0.05);

    const whole = fitFormula('a * x^n * exp(-b * x)', table, { ...errors, integer: ['n'] });
    expect(whole.parameters.at(-1)).toMatchObject({ name: 'n', value: 3, status: 'integer' });
    expectClose(whole.values, fixed.values, 1e-6);

    const real = fitFormula('a * x^n * exp(-b * x)', table, errors);
    expect(real.chi2).toBeLessThanOrEqual(whole.chi2);

    const bounds = { b: { lower: 1.2 } };
    const bound = fitFormula('a * x^n * exp(-b * x)', table, { ...errors, bounds, fixed: ['n'], start: { n: 3 } });
    expect(bound.values[1]).toBe(1.2);
    expect(bound.parameters[1].status).toBe('at-bound');
    expect(bound.errors[1]).toBeNaN();
    expect(bound.notes.join()).toContain('at a bound');
    expect(bound.toJSON().parameters[1].error).toBeNull();
    const interval = bound.profile('b');
    expect(interval.low).toBe(1.2);
    expect(interval.atBound).toBe(true);
    expect(interval.high).toBeGreaterThan(1.2);
  });

  it('may be the numbers of a formula, whole exponents excepted', () => {
    const fitted = statisticsOf(parse('1.8 * x^3 * exp(-1.1 * x)'), table, errors);
    expect(fitted.names).toEqual(['c1', 'c2']);
    const named = fitFormula('a * x^3 * exp(-b * x)', table, errors);
    expectClose(fitted.values, [named.values[0], -named.values[1]], 1e-6);
    expect(print(fitted.tree)).toMatch(/^1\.98\d+ \* x\^3 \* exp\(-0\.99\d+ \* x\)$/);
    const free = fitFormula('1.8 * x^3 * exp(q * x)', table, { ...errors, freeConstants: true, start: { q: -1 } });
    expect(free.names).toEqual(['c1', 'q']);
    const still = fitFormula('2 * x^3 * exp(q * x)', table, errors);
    expect(still.names).toEqual(['q']);
  });

  it('keep their names apart from columns', () => {
    const named = Table.from({ c1: x, y, s });
    const fitted = fitFormula('1.5 * c1^3 * exp(-1.0 * c1)', named, { ...errors, freeConstants: true });
    expect(fitted.names).toEqual(['c2', 'c3']);
  });

  it('are found by every optimiser', () => {
    const values = (['levenberg-marquardt', 'bfgs', 'nelder-mead'] as const).map((optimiser) => {
      return fitFormula('a * x^3 * exp(-b * x)', table, { ...errors, optimiser, restarts: 2 }).values;
    });
    for (const other of values.slice(1)) expectClose(other, values[0], 1e-5);
  });

  it('do not depend on their start, and equal seeds give equal fits', () => {
    const far = { ...errors, start: { a: 50, b: 0.05 } };
    const first = fitFormula('a * x^3 * exp(-b * x)', table, far);
    expect(first.toJSON()).toEqual(fitFormula('a * x^3 * exp(-b * x)', table, far).toJSON());
    expectClose(first.values, fitFormula('a * x^3 * exp(-b * x)', table, errors).values, 1e-6);
  });
});

it('a formula without parameters has a chi2 and a p-value all the same', () => {
  const table = Table.from({ x: [1, 2, 3], y: [1, 2, 4], s: [1, 1, 1] });
  for (const fitted of [
    fitFormula('x', table, { target: 'y', sigma: 's' }),
    statisticsOf(parse('x'), table, { target: 'y', sigma: 's' }),
  ]) {
    expect(fitted.toJSON()).toMatchObject({ parameters: [], covariance: [], chi2: 1, ndf: 3, pValue: chi2Sf(1, 3) });
    expect(fitted.notes).toEqual(['the formula has no parameters to fit']);
    expect(fitted.band(table).high).toEqual(Float64Array.of(1, 2, 3));
  }
  expect(fitFormula('x', table, { target: 'y' }).scaledError).toBeCloseTo(Math.sqrt(1 / 3), 12);
});

describe('fits in great number', () => {
  it('may be kept: none holds a WebAssembly memory of its own', () => {
    const table = Table.from({ x: [1, 2, 3], y: [1, 2, 4], s: [1, 1, 1] });
    // About 4000 memories exhaust the address space of a process.
    const fits = Array.from({ length: 6000 }, () =>
      fitFormula('a * x', table, { target: 'y', sigma: 's', restarts: 0 }),
    );
    expect(fits[5999].profile('a').up).toBeCloseTo(fits[0].errors[0], 6);
  });
});

describe('a fit goes to JSON without loss', () => {
  it('as plain numbers and nulls', () => {
    const { x, y, sigma } = fixture.curves[0];
    const fitted = fitFormula('a * exp(-b * x) + c', Table.from({ x, y, sigma }), { target: 'y', sigma: 'sigma' });
    const record = JSON.parse(JSON.stringify(fitted));
    expect(record).toEqual(fitted.toJSON());
    expect(record.covariance[0][1]).toBe(fitted.covariance[1]);
    expect(record.parameters.map(({ name }: { name: string }) => name)).toEqual(['a', 'b', 'c']);
    expect(record.aic).toBeCloseTo(fitted.chi2 + 6, 12);
  });
});

describe('bad input is a typed error', () => {
  const table = Table.from({
    x: [1, 2, 3, 4],
    z: [1, 1, 2, 2],
    y: [1, 2, 3, 5],
    s: [1, 1, 1, 1],
    bad: [1, 0, 1, 1],
    hole: [1, Number.NaN, 1, 1],
    word: ['a', 'b', 'c', 'd'],
  });
  const sigma = { target: 'y', sigma: 's' } as const;

  it.each<[string, string, StatisticsOptions, new (...args: never[]) => Error, RegExp]>([
    ['product', 'a * b * x', sigma, DataError, /do not tell the parameters "a", "b" apart/],
    ['unused', 'a * x + 0 * b', sigma, DataError, /do not determine the parameter "b"/],
    ['sum', 'a * x + b + c', sigma, DataError, /"b", "c"/],
    ['too few rows', 'a + b*x + c*x^2 + d*x^3 + e*x^4', sigma, DataError, /4 rows for 5 parameters/],
    ['no rows for errors', 'a + b*x + c*x^2 + d*x^3', { target: 'y' }, DataError, /4 rows for 4 parameters/],
    ['syntax', 'a * (x', sigma, ParseError, /position/],
    ['undefined', 'a * log(-x)', sigma, DataError, /not finite at any start/],
    ['unknown target', 'a * x', { target: 'yy' }, DataError, /no column "yy"/],
    ['text', 'a * word', sigma, DataError, /"word" holds text/],
    ['target in the formula', 'a * y', sigma, OptionError, /"y" stands in the formula too/],
    ['sigma in the formula', 'a * x * s', sigma, OptionError, /another name/],
    ['zero error', 'a * x', { target: 'y', sigma: 'bad' }, DataError, /row 2/],
    ['hole in an input', 'a * hole', sigma, DataError, /"hole", row 2/],
    ['two kinds of errors', 'a * x', { ...sigma, covariance: [[1]] }, OptionError, /excludes/],
    ['half of the errors', 'a * x', { target: 'y', sigmaUp: 's' }, OptionError, /sigmaDown/],
    ['errors of counts', 'a * x', { ...sigma, likelihood: 'poisson' }, OptionError, /Poisson/],
    ['half of the bins', 'a * x', { target: 'y', likelihood: 'poisson', binLow: 'x' }, OptionError, /all three/],
    ['small matrix', 'a * x', { target: 'y', covariance: [[1]] }, ShapeError, /covariance/],
    ['misspelt start', 'amp * x', { ...sigma, start: { amq: 1 } }, OptionError, /did you mean "amp"/],
    ['start of nothing', 'a * x', { ...sigma, start: { a: Number.NaN } }, OptionError, /starts at NaN/],
    ['bounds', 'a * x', { ...sigma, bounds: { a: { lower: 2, upper: 1 } } }, OptionError, /lower bound/],
    ['unlisted name', 'a * zz', { ...sigma, parameters: ['a'] }, OptionError, /"zz"/],
  ])('%s', (_, formula, options, kind, message) => {
    const run = () => fitFormula(formula, table, options);
    expect(run).toThrow(kind);
    expect(run).toThrow(message);
  });

  it('of a profile and a band', () => {
    const fitted = fitFormula('slope * x', table, sigma);
    expect(() => fitted.profile('slpe')).toThrow(/did you mean "slope"/);
    expect(() => fitted.profile('slope', 1)).toThrow(OptionError);
    expect(() => fitted.band(table, 0)).toThrow(OptionError);
    expect(() => fitted.band(Table.from({ u: [1] }))).toThrow(DataError);
  });
});
