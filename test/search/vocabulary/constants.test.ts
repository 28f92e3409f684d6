import { describe, expect, it } from 'vitest';
import { constantsOf } from '../../../src/expressions/index.ts';
import { nearestAllowed } from '../../../src/search/constant-rules.ts';
import { madeUp, shortFit } from './problems.ts';

const NOISY = madeUp({ x: [-2, 3] }, ({ x }, random) => 1.7 * x * x + 0.62 * x + 0.3 + 0.02 * random.normal());
const EXACT = madeUp({ x: [0.5, 3], y: [0.5, 3] }, ({ x, y }) => 2.5 * x * x + Math.exp(-y));

describe('optimizerAlgorithm', () => {
  it.each(['LM', 'BFGS', 'NelderMead'] as const)('%s fits the constants of a law', async (optimizerAlgorithm) => {
    const model = await shortFit(EXACT, { optimizerAlgorithm, maxEvals: 60_000 });
    expect(model.best.loss).toBeLessThan(1e-12);
  });

  it('each takes its own way', async () => {
    const counts = await Promise.all(
      (['LM', 'BFGS', 'NelderMead'] as const).map(
        async (optimizerAlgorithm) => (await shortFit(EXACT, { optimizerAlgorithm, maxEvals: 60_000 })).evaluations,
      ),
    );
    expect(new Set(counts).size).toBe(3);
  });
});

describe('what constants may be', () => {
  it('constantKind integer', async () => {
    const model = await shortFit(NOISY, { constantKind: 'integer' });
    for (const entry of model.front) for (const value of constantsOf(entry.tree)) expect(value).toBe(Math.round(value));
    expect(model.front.some((entry) => constantsOf(entry.tree).length > 0)).toBe(true);
  });

  it('constantKind rational with maxDenominator', async () => {
    const model = await shortFit(NOISY, { constantKind: 'rational', maxDenominator: 4 });
    const isRational = (value: number): boolean => [1, 2, 3, 4].some((q) => Math.round(value * q) / q === value);
    for (const entry of model.front) for (const value of constantsOf(entry.tree)) expect(isRational(value)).toBe(true);
    expect(model.front.flatMap((entry) => constantsOf(entry.tree)).some((value) => !Number.isInteger(value))).toBe(
      true,
    );
  });

  it('constantBounds', async () => {
    const model = await shortFit(NOISY, { constantBounds: [-0.5, 0.5] });
    for (const entry of model.front) {
      for (const value of constantsOf(entry.tree)) expect(Math.abs(value)).toBeLessThanOrEqual(0.5);
    }
    const free = await shortFit(NOISY);
    expect(free.front.flatMap((entry) => constantsOf(entry.tree)).some((value) => Math.abs(value) > 0.5)).toBe(true);
    await expect(shortFit(NOISY, { constantBounds: [2, 1] })).rejects.toThrow(/not below/);
  });

  it('the nearest allowed value', () => {
    const rules = { optimizer: 'LM' as const, maxDenominator: 3, lower: -1, upper: 2.6 };
    expect(nearestAllowed(2.9, { ...rules, kind: 'real' })).toBe(2.6);
    expect(nearestAllowed(2.9, { ...rules, kind: 'integer' })).toBe(2);
    expect(nearestAllowed(0.3, { ...rules, kind: 'rational' })).toBe(1 / 3);
    expect(nearestAllowed(-7, { ...rules, kind: 'rational' })).toBe(-1);
  });

  it('snapConstants', async () => {
    const table = madeUp({ x: [0.5, 3] }, ({ x }, random) => x ** 1.5 + 0.01 * random.normal());
    const snapped = await shortFit(table);
    expect(snapped.best.expression).toContain('^1.5');
    const raw = await shortFit(table, { snapConstants: false });
    expect(raw.front.map((entry) => entry.expression)).not.toEqual(snapped.front.map((entry) => entry.expression));
  });
});
