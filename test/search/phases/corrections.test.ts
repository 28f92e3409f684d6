import { describe, expect, it } from 'vitest';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import { expectLaw, interrupt, type MadeUpLaw, outcome, tableOf } from './made-up-law.ts';

const options: FitOptions = {
  target: 'y',
  phases: ['monomials', 'products', 'corrections'],
  unaryOperators: ['exp', 'sqrt'],
  noise: 'additive',
  threads: 1,
  timeLimit: 1e9,
  maxSize: 30,
};
const small: MadeUpLaw = {
  ranges: [
    ['q', 1, 5],
    ['x', 0.1, 2],
    ['d', 3, 6],
    ['v', 0.5, 4],
  ],
  law: ({ q, x, d, v }) => (2 * q * q * x) / (d * d - x * x) + (1e-6 * q * v) / d ** 2,
};

describe('corrections', () => {
  it('find a term too small to be seen beside the rest', async () => {
    const table = tableOf(small);
    const alone = await fit(table, { ...options, phases: ['monomials', 'products'] });
    expect(alone.stoppedBy).not.toBe('floor');
    const model = await fit(table, options);
    expect(model.stoppedBy).toBe('floor');
    expectLaw(model, '2 * q^2 * x / (d^2 - x^2) + 0.000001 * q * v / d^2', small.ranges);
  });

  it('need no law to start from', async () => {
    const none = await fit(tableOf(small, { rows: 40 }), { ...options, phases: ['corrections'] });
    expect(none.front.length).toBeGreaterThan(0);
  });

  it('give the same front when they are broken off and taken up again', async () => {
    const table = tableOf(small, { rows: 40, noise: 0.01 });
    const whole = await fit(table, options);
    const states = await interrupt(table, options);
    for (const resume of states.slice(-3)) {
      expect(outcome(await fit(table, { ...options, resume }))).toEqual(outcome(whole));
    }
  });
});
