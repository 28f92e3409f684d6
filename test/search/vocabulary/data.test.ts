import { describe, expect, it } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { evaluate } from '../../../src/expressions/index.ts';
import { chi2Sf, featureImportances } from '../../../src/numerics/index.ts';
import { madeUp, shortFit, traceOf } from './problems.ts';

const LINE = madeUp({ x: [0, 3] }, ({ x }, random) => 2 * x + 1 + 0.1 * random.normal(), 40);
const slopeOf = (model: Awaited<ReturnType<typeof shortFit>>): number => {
  const { tree } = model.front.find((entry) => entry.complexity === 5)!;
  return evaluate(tree, { x: 1 }) - evaluate(tree, { x: 0 });
};
const LINES = { phases: ['monomials' as const], noise: 'additive' as const };

describe('errors of the target', () => {
  const { x, t } = { x: LINE.numbers('x'), t: LINE.numbers('t') };
  const late = x.map((v) => (v > 1.5 ? 1 : 1e-6));

  it('weights pull', async () => {
    const bent = Table.from({ x, t: t.map((v, i) => (x[i] > 1.5 ? v : 9 - v)), w: late });
    const model = await shortFit(bent, { ...LINES, weights: 'w' });
    expect(Math.abs(slopeOf(model) - 2)).toBeLessThan(0.2);
  });

  it('sigma makes the loss chi2', async () => {
    const table = Table.from({ x, t, s: x.map(() => 0.1) });
    const model = await shortFit(table, { ...LINES, sigma: 's' });
    const line = model.front.find((entry) => entry.complexity === 5)!;
    const chi2 = t.reduce((sum, v, i) => sum + ((v - evaluate(line.tree, { x: x[i] })) / 0.1) ** 2, 0);
    expect(line.loss).toBeCloseTo(chi2, 8);
    expect(line.ndf).toBe(38);
    expect(line.pValue).toBeCloseTo(chi2Sf(chi2, 38), 12);
    expect((await shortFit(table, { ...LINES, inputs: ['x'] })).best.ndf).toBeUndefined();
  });

  it('sigmaUp counts where the law lies above, sigmaDown below', async () => {
    const table = Table.from({ x, t, up: x.map(() => 0.1), down: x.map(() => 0.4) });
    const model = await shortFit(table, { ...LINES, sigmaUp: 'up', sigmaDown: 'down' });
    const line = model.front.find((entry) => entry.complexity === 5)!;
    const chi2 = t.reduce((sum, v, i) => {
      const residual = evaluate(line.tree, { x: x[i] }) - v;
      return sum + (residual / (residual > 0 ? 0.1 : 0.4)) ** 2;
    }, 0);
    expect(line.loss).toBeCloseTo(chi2, 8);
    await expect(shortFit(table, { sigmaUp: 'up' })).rejects.toThrow(/come in pairs/);
  });

  it('covariance: a common shift is forgiven, a bent slope is not', async () => {
    const covariance = Array.from(x, (_, i) => Array.from(x, (_, j) => (i === j ? 0.01 : 0) + 4));
    const shifted = Table.from({ x, t: t.map((v) => v + 1.5) });
    const model = await shortFit(shifted, { ...LINES, covariance });
    const through = model.front.find((entry) => entry.complexity === 3)!;
    // 2 x without its offset is wrong by 2.5 everywhere, which the shift explains at a cost of (2.5 / 2)^2.
    expect(through.loss).toBeLessThan(80);
    expect(Math.abs(evaluate(through.tree, { x: 1 }) - 2)).toBeLessThan(0.15);
    await expect(shortFit(LINE, { covariance: [[1]] })).rejects.toThrow(/covariance/);
  });

  it('likelihood poisson with binLow, binHigh, binVariable and nodesPerBin integrates over bins', async () => {
    const random = new RandomStream(2);
    const edges = Array.from({ length: 13 }, (_, i) => i);
    const content = (i: number): number => 4000 * (Math.exp(-edges[i] / 2.5) - Math.exp(-edges[i + 1] / 2.5));
    // Bins as wide as the decay: centres would be wrong by two per cent.
    const counts = Array.from({ length: 12 }, (_, i) =>
      Math.round(content(i) + Math.sqrt(content(i)) * random.normal() * 0.1),
    );
    const table = Table.from({ low: edges.slice(0, 12), high: edges.slice(1), n: counts });
    const options = { target: 'n', likelihood: 'poisson' as const, binLow: 'low', binHigh: 'high', maxEvals: 8000 };
    const model = await shortFit(table, { ...options, binVariable: 'time', nodesPerBin: 6 });
    expect(model.best.expression).toMatch(/exp\(-0\.4\d* \* time\)|exp\(time \/ -2\.5|exp\(-0\.39\d* \* time\)/);
    expect(evaluate(model.best.tree, { time: 0 }) / 1600).toBeCloseTo(1, 1);
    const centres = await shortFit(table, { ...options, nodesPerBin: 1 });
    // One node takes the density at the centre: an exponential then comes out too high by sinh(u)/u, u = 1/5.
    const ratio = evaluate(centres.best.tree, { x: 0 }) / evaluate(model.best.tree, { time: 0 });
    expect(ratio).toBeCloseTo(Math.sinh(0.2) / 0.2, 3);
    await expect(shortFit(table, { target: 'n', binLow: 'low', binHigh: 'high' })).rejects.toThrow(/poisson/);
  });

  it('noise', async () => {
    const table = madeUp({ x: [0.1, 100] }, ({ x }, random) => 3 * x * x * (1 + 0.03 * random.normal()), 50);
    const options = { maxEvals: 20_000 };
    expect((await shortFit(table, options)).notes.join()).toMatch(/noise: relative/);
    expect((await shortFit(table, { ...options, noise: 'additive' })).notes.join()).toMatch(
      /noise: additive, as asked/,
    );
  });
});

describe('inputs', () => {
  const MANY = madeUp(
    { a: [0, 1], b: [0, 1], c: [0, 1], d: [0, 1], e: [0, 1], f: [0, 1] },
    ({ b, e }) => Math.sin(5 * b) + 2 * e * e,
    200,
  );

  it('inputs names them', async () => {
    expect((await shortFit(MANY, { inputs: ['b', 'c'] })).inputs).toEqual(['b', 'c']);
  });

  it('selectKFeatures keeps the ones that matter', async () => {
    const model = await shortFit(MANY, { selectKFeatures: 2, unaryOperators: ['sin'] });
    expect(model.inputs).toEqual(['b', 'e']);
    expect(model.notes).toContain('selected inputs: b, e');
  });

  it('importances: shares that add to 1, nothing for noise and constants', () => {
    const columns = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => MANY.numbers(name));
    const shares = featureImportances([...columns, new Float64Array(200)], MANY.numbers('t'), new RandomStream(1));
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    expect(shares[1] + shares[4]).toBeGreaterThan(0.8);
    expect(shares[6]).toBe(0);
    expect([...featureImportances(columns, new Float64Array(200).fill(2), new RandomStream(1))]).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
  });

  it('denoise and xResampled', async () => {
    const noisy = madeUp({ x: [0, 6] }, ({ x }, random) => Math.sin(x) + 0.2 * random.normal(), 150);
    const options = { unaryOperators: ['sin'], maxEvals: 3000 };
    const smooth = await shortFit(noisy, { ...options, denoise: true });
    expect(smooth.front.find((entry) => entry.expression === 'sin(x)')?.loss).toBeLessThan(0.02);
    const grid = Table.from({ x: Array.from({ length: 30 }, (_, i) => i / 5) });
    const resampled = await shortFit(noisy, { ...options, denoise: true, xResampled: grid });
    expect(traceOf(resampled)).not.toBe(traceOf(smooth));
    expect(resampled.notes.join()).toMatch(/resampled inputs/);
    await expect(shortFit(noisy, { xResampled: grid })).rejects.toThrow(/denoise/);
  });
});

describe('rows', () => {
  const LONG = madeUp({ x: [0, 3] }, ({ x }, random) => 2 * x * x + 0.1 * random.normal(), 3000);

  it('batching and batchSize', async () => {
    const all = await shortFit(LONG, { batching: false });
    const batched = await shortFit(LONG, { batching: true, batchSize: 100 });
    expect(all.notes.join()).not.toMatch(/searched on/);
    expect(batched.notes.join()).toMatch(/searched on 100 of 3000 rows/);
    const law = all.front.find((entry) => /x\^2$/.test(entry.expression))!;
    const same = batched.front.find((entry) => entry.complexity === law.complexity)!;
    // Losses of a batched run are those of all rows.
    expect(same.loss).toBeCloseTo(law.loss, 6);
    expect((await shortFit(LONG, { batchSize: 4096 })).notes.join()).not.toMatch(/searched on/);
  });

  it('precision 32 searches in f32 and ends in f64', async () => {
    const table = madeUp({ x: [0.5, 3] }, ({ x }) => 1.75 * x ** 2 + 0.3 * x);
    const options = { phases: ['evolve' as const], maxEvals: 20_000 };
    const single = await shortFit(table, { ...options, precision: 32 });
    const double = await shortFit(table, options);
    expect(single.best.loss).toBeLessThan(1e-20);
    expect(traceOf(single)).not.toBe(traceOf(double));
  });
});
