import { describe, expect, it } from 'vitest';
import { AnsatzError, RandomStream, Table } from '../../src/core/index.ts';
import { fit } from '../../src/search/index.ts';

/** Columns that break careless arithmetic: constant, huge, tiny, integer, nearly constant, over forty decades. */
const COLUMNS: readonly ((random: RandomStream) => number)[] = [
  (random) => random.normal(),
  (random) => 1e300 * random.normal(),
  (random) => 1e-300 * random.normal(),
  (random) => random.integer(3),
  () => 0,
  (random) => 1e8 + random.normal(),
  (random) => Math.exp(40 * random.normal()),
  (random) => -5 * random.uniform(),
  () => 5e-324,
];
const LOSSES = ['L2', 'L1', 'Huber', 'log-cosh'] as const;

describe('fit on any table of numbers', () => {
  it.each(Array.from({ length: 25 }, (_, seed) => seed))('answers or refuses, seed %d', async (seed) => {
    const random = new RandomStream(seed);
    const rows = 3 + random.integer(seed % 3 === 0 ? 3 : 40);
    const column = (): number[] => {
      const draw = COLUMNS[random.integer(COLUMNS.length)];
      return Array.from({ length: rows }, () => draw(random));
    };
    const inputs = Array.from({ length: 1 + random.integer(4) }, (_, i) => [`x${i}`, column()] as const);
    const table = Table.from({ ...Object.fromEntries(inputs), y: column() });
    const unaryOperators = random.uniform() < 0.5 ? ['sin', 'exp', 'log', 'gamma', 'tan'] : [];
    const options = { target: 'y', threads: 1, seed, maxEvals: 4000, loss: LOSSES[random.integer(4)], unaryOperators };
    try {
      const model = await fit(table, options);
      for (const entry of model.front) {
        expect([entry.loss, entry.score, ...entry.constants].every(Number.isFinite)).toBe(true);
        expect(model.predict(table, entry).every(Number.isFinite)).toBe(true);
      }
    } catch (error) {
      if (!(error instanceof AnsatzError)) throw error;
      expect(['constant-target', 'target-scale', 'no-expression']).toContain(error.code);
    }
  });
});
