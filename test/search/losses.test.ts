import { describe, expect, it } from 'vitest';
import { RandomStream, Table } from '../../src/core/index.ts';
import { evaluate } from '../../src/expressions/index.ts';
import { type FitOptions, fit } from '../../src/search/index.ts';

const random = new RandomStream(21);
const rows = 60;
const x = Float64Array.from({ length: rows }, (_, i) => 1 + i / 10);
/** 2 x^1.5 with small noise; every twelfth row is off by a hundred. */
const y = x.map((value, i) => 2 * value ** 1.5 + 0.01 * random.normal() + (i % 12 === 5 ? 100 : 0));
const sigma = x.map((_, i) => (i % 12 === 5 ? 1000 : 0.01));
const QUICK: Partial<FitOptions> = { threads: 1, phases: ['monomials', 'enumerate'] };

describe('losses', () => {
  it.each(['L1', 'Huber', 'log-cosh'] as const)('%s is not led astray by outliers', async (loss) => {
    const model = await fit(Table.from({ x, y }), {
      target: 'y',
      loss,
      maxSize: 9,
      modelSelection: 'accuracy',
      ...QUICK,
    });
    expect(evaluate(model.best.tree, { x: 4 }) / 16).toBeCloseTo(1, 1);
    expect(evaluate(model.best.tree, { x: 2 }) / 2 ** 2.5).toBeCloseTo(1, 1);
  });

  it('L2 is', async () => {
    const options: Partial<FitOptions> = { maxSize: 9, modelSelection: 'accuracy', noise: 'additive' };
    const model = await fit(Table.from({ x, y }), { target: 'y', ...options, ...QUICK });
    expect(Math.abs(evaluate(model.best.tree, { x: 4 }) / 16 - 1)).toBeGreaterThan(0.05);
  });

  it('standard errors make the loss chi2 and settle the exponent', async () => {
    const model = await fit(Table.from({ x, y, sigma }), { target: 'y', sigma: 'sigma', ...QUICK });
    expect(model.inputs).toEqual(['x']);
    expect(model.best.constants).toContain(1.5);
    // chi2 per degree of freedom is near 1 for errors that are right.
    expect(model.best.loss / rows).toBeGreaterThan(0.5);
    expect(model.best.loss / rows).toBeLessThan(1.6);
  });

  it('reads a relative noise from the data and says so', async () => {
    const wide = Float64Array.from({ length: 80 }, (_, i) => 10 ** (i / 20));
    const noisy = wide.map((value) => 3 * value ** 2 * (1 + 0.03 * random.normal()));
    const model = await fit(Table.from({ x: wide, y: noisy }), { target: 'y', ...QUICK });
    expect(model.notes.join()).toContain('noise: relative');
    expect(model.best.constants).toContain(2);
    expect(evaluate(model.best.tree, { x: 1 })).toBeCloseTo(3, 1);
    const plain = await fit(Table.from({ x: wide, y: noisy }), { target: 'y', noise: 'additive', ...QUICK });
    expect(plain.notes.join()).not.toContain('noise: relative');
    // Constant noise, told to be relative: done as told, and said.
    const told = await fit(Table.from({ x, y: x.map((value) => 2 * value + 0.1) }), {
      target: 'y',
      noise: 'relative',
      stopAtLoss: 0,
      unaryOperators: [],
      binaryOperators: ['*'],
      ...QUICK,
    });
    expect(told.notes.join()).toContain('noise: relative');
  });

  it('searches a large table on a batch and scores it whole', async () => {
    const many = Float64Array.from({ length: 50_000 }, () => 1 + 4 * random.uniform());
    const values = many.map((value) => 3 / value + 0.1 * random.normal());
    const model = await fit(Table.from({ x: many, y: values }), { target: 'y', noise: 'additive', ...QUICK });
    expect(model.notes.join()).toContain('searched on 4096 of 50000 rows');
    const predictions = model.predict(Table.from({ x: many }));
    const loss = predictions.reduce((sum, value, i) => sum + (value - values[i]) ** 2, 0) / many.length;
    expect(model.best.loss / loss).toBeCloseTo(1, 9);
    expect(evaluate(model.best.tree, { x: 1 })).toBeCloseTo(3, 1);
  });
});
