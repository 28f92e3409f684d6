import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DataError, RandomStream, ShapeError } from '../../src/core/index.ts';
import { ProcessEvidence } from '../../src/numerics/gaussian-process.ts';
import { denoise, fitProcess, processMean } from '../../src/numerics/index.ts';

const path = fileURLToPath(new URL('../fixtures/scipy/gaussian-process.json', import.meta.url));
const fixture = JSON.parse(readFileSync(path, 'utf8'));
const columns: Float64Array[] = fixture.columns.map((column: number[]) => Float64Array.from(column));
const at: Float64Array[] = fixture.at.map((column: number[]) => Float64Array.from(column));
const target = Float64Array.from(fixture.target);
const kernel = { lengths: Float64Array.from(fixture.lengths), signal: fixture.signal, noise: fixture.noise };
const theta = Float64Array.from([...fixture.lengths, fixture.signal, fixture.noise], Math.log);

const TOLERANCE = 1e-11;

const rms = (a: Float64Array, b: Float64Array): number =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length);

describe('Gaussian process', () => {
  it('has the posterior mean that direct linear algebra gives', () => {
    expect(rms(processMean(columns, target, kernel), Float64Array.from(fixture.mean))).toBeLessThan(TOLERANCE);
    expect(rms(processMean(columns, target, kernel, at), Float64Array.from(fixture.predicted))).toBeLessThan(TOLERANCE);
  });

  it('has the evidence of scipy, and its gradient', () => {
    const evidence = new ProcessEvidence(columns, target);
    const gradient = new Float64Array(4);
    const scratch = new Float64Array(4);
    expect(Math.abs(evidence.gradient(theta, gradient) + fixture.evidence)).toBeLessThan(1e-9);
    const step = 1e-5;
    for (let k = 0; k < 4; k++) {
      const value = (t: number) =>
        evidence.gradient(
          theta.map((x, i) => (i === k ? x + t : x)),
          scratch,
        );
      const difference = (value(step) - value(-step)) / (2 * step);
      expect(Math.abs(difference - gradient[k])).toBeLessThan(1e-6 * (1 + Math.abs(gradient[k])));
    }
  });

  it('fits hyper-parameters of at least the evidence of the true ones', () => {
    const fitted = fitProcess(columns, target);
    const logs = Float64Array.from([...fitted.lengths, fitted.signal, fitted.noise], Math.log);
    const evidence = new ProcessEvidence(columns, target);
    const out = new Float64Array(4);
    expect(evidence.gradient(logs, out)).toBeLessThan(evidence.gradient(theta, out));
    expect(fitted.noise).toBeGreaterThan(0.05);
    expect(fitted.noise).toBeLessThan(0.2);
  });
});

describe('denoise', () => {
  const noisy = (rows: number, noise: number, seed: number) => {
    const random = new RandomStream(seed);
    const x = Float64Array.from({ length: rows }, () => 10 * random.uniform());
    const truth = x.map((value) => 100 + 3 * Math.sin(value));
    return { x, truth, y: truth.map((value) => value + noise * random.normal()) };
  };

  it.each([
    [80, 0.3, 0.5],
    [300, 0.6, 0.35],
    [1500, 0.6, 0.25],
  ])('lowers the error of sin with %i rows and noise %d', (rows, noise, factor) => {
    const { x, truth, y } = noisy(rows, noise, rows);
    const smooth = denoise([x], y);
    expect(rms(smooth, truth)).toBeLessThan(factor * rms(y, truth));
  });

  it('leaves exact data as they are, and does not mind the units', () => {
    const { x, truth, y } = noisy(120, 0, 1);
    expect(rms(denoise([x], y), truth)).toBeLessThan(3e-3);
    const noise = noisy(100, 0.5, 2);
    const plain = denoise([noise.x], noise.y);
    const scaled = denoise(
      [noise.x.map((v) => 1e-9 * v)],
      noise.y.map((v) => 1e6 * v),
    );
    expect(
      rms(
        scaled.map((v) => 1e-6 * v),
        plain,
      ),
    ).toBeLessThan(1e-3);
  });

  it('takes a column that is constant, a target that is constant, and equal seeds give equal answers', () => {
    const { x, truth, y } = noisy(60, 0.3, 3);
    const smooth = denoise([x, new Float64Array(60).fill(7)], y);
    expect(rms(smooth, truth)).toBeLessThan(0.6 * rms(y, truth));
    expect(rms(denoise([x], new Float64Array(60).fill(5)), new Float64Array(60).fill(5))).toBeLessThan(1e-6);
    const options = { fitRows: 40, trainingRows: 50, seed: 4 };
    expect(denoise([x], y, options)).toEqual(denoise([x], y, options));
  });

  it('refuses bad columns', () => {
    const three = Float64Array.of(1, 2, 3);
    expect(() => denoise([Float64Array.of(1)], three)).toThrow(ShapeError);
    expect(() => denoise([three], Float64Array.of(1, Number.NaN, 2))).toThrow(/target, row 2/);
    expect(() => denoise([Float64Array.of(1, 2)], Float64Array.of(1, 2))).toThrow(DataError);
  });
});
