import { describe, expect, it } from 'vitest';
import { normalisedError, toyTable } from '../../benchmarks/suites/toy/toy-data.ts';
import { RandomStream, Table } from '../../src/core/index.ts';
import { fit } from '../../src/search/index.ts';

const quick = process.env['ANSATZ_QUICK'] === '1';
const SEEDS = Array.from({ length: quick ? 5 : 20 }, (_, seed) => seed);
/** Evolution is judged by its budget, not by when it rests. */
const UNHURRIED = { maxEvals: 200_000, patience: 1000, timeLimit: 60 };
const TOY = { target: 'y', binaryOperators: ['+', '-', '*', '/'], unaryOperators: ['sin', 'cos'], threads: 1 };

describe('the toy law y = 2.5382 cos(x3) + x0^2 - 0.5', () => {
  it.each(SEEDS)('is exact at seed %d', async (seed) => {
    const table = toyTable(1000, seed);
    const model = await fit(table, { ...TOY, seed });
    expect(normalisedError(model.predict(table), table.numbers('y'))).toBeLessThan(1e-12);
  });

  it('is found by evolution alone at most seeds', async () => {
    let found = 0;
    for (const seed of SEEDS) {
      const table = toyTable(1000, seed);
      const model = await fit(table, { ...TOY, seed, phases: ['evolve'], ...UNHURRIED });
      if (normalisedError(model.predict(table), table.numbers('y')) < 1e-12) found++;
    }
    expect(found).toBeGreaterThanOrEqual(Math.ceil(0.8 * SEEDS.length));
  });
});

describe('best under noise', () => {
  /** Laws of one or two inputs with 5% additive noise on 200 rows; the chosen formula must be as simple as the law, and near it. */
  const LAWS: readonly [string, (x: number, u: number) => number][] = [
    ['power', (x, u) => (3 * x * x) / u],
    ['exponential', (x) => 2 * Math.exp(-0.7 * x)],
    ['sum', (x, u) => 1.5 * x + 4 * u],
  ];

  it.each(LAWS)('%s', async (_, law) => {
    let right = 0;
    for (const seed of SEEDS) {
      const random = new RandomStream(seed);
      const x = Float64Array.from({ length: 200 }, () => 0.5 + 3 * random.uniform());
      const u = Float64Array.from({ length: 200 }, () => 0.5 + 3 * random.uniform());
      const clean = x.map((value, i) => law(value, u[i]));
      const spread = Math.sqrt(clean.reduce((sum, value) => sum + value * value, 0) / clean.length);
      const y = clean.map((value) => value + 0.05 * spread * random.normal());
      const model = await fit(Table.from({ x, u, y }), {
        target: 'y',
        seed,
        threads: 1,
        phases: ['monomials', 'enumerate'],
      });
      const truth = Table.from({ x, u });
      const predictions = model.predict(truth);
      // The right form estimates the clean law far below the noise; a wrong or bloated one does not.
      const error = clean.reduce((sum, value, i) => sum + (value - predictions[i]) ** 2, 0) / clean.length;
      if (error < (0.015 * spread) ** 2 && model.best.complexity <= 9) right++;
    }
    expect(right).toBeGreaterThanOrEqual(Math.ceil(0.8 * SEEDS.length));
  });
});
