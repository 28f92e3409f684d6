import { describe, expect, it } from 'vitest';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import { type MadeUpLaw, rounded, tableOf } from './made-up-law.ts';

/** Its logarithm is the largest in few rows, and no law of the first phases comes near in these. */
const LAW: MadeUpLaw = {
  ranges: [
    ['z', 1, 3],
    ['r', 1, 3],
    ['x', 1, 3],
    ['u', 1, 3],
  ],
  law: ({ z, r, x, u }) => (0.37 * z * Math.sqrt(x * x + u * u)) / r ** 5,
};
const OPTIONS: FitOptions = {
  target: 'y',
  seed: 1,
  threads: 1,
  unaryOperators: ['sqrt', 'exp', 'log', 'tanh'],
  phases: ['monomials', 'enumerate', 'products'],
  timeLimit: 1e9,
};

describe('equal errors', () => {
  it('are given up only when no product of functions explains the rows under them', async () => {
    const model = await fit(tableOf(LAW, { noise: 0.01 }), OPTIONS);
    expect(model.notes.join('\n')).toContain('noise: additive');
    expect(rounded(model.best.expression, 2)).toBe('0.37 * z * sqrt(u^2 + x^2) / r^5');
  }, 60_000);
});
