import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runOrders } from '../../benchmarks/recovery/pool.ts';
import type { Problem } from '../../benchmarks/recovery/problem.ts';
import type { Trial } from '../../benchmarks/recovery/result.ts';
import { readSettings } from '../../benchmarks/recovery/settings.ts';

const FAULTY = fileURLToPath(new URL('../fixtures/benchmarks/faulty-trials.ts', import.meta.url));

const problem = (name: string): Problem => ({
  name,
  law: '2 * x',
  target: { name: 'y' },
  inputs: [{ name: 'x', low: 1, high: 2, sampling: 'linear', sign: 'positive' }],
  source: 'made up',
});

test.each([1, 2])('trials that crash, end or hang fail alone, with %i at a time', async (jobs) => {
  const names = ['good', 'crash', 'fine', 'exit', 'hang', 'last'];
  const trials: Trial[] = [];
  const orders = names.map((name) => ({ problem: problem(name), seed: 1 }));
  const settings = { ...readSettings(['--seconds', '0.1']), jobs };
  await runOrders(orders, settings, (trial) => trials.push(trial), { module: FAULTY, grace: 0.4 });
  const errors = Object.fromEntries(trials.map((trial) => [trial.problem, trial.error]));
  expect(Object.keys(errors).sort()).toEqual([...names].sort());
  expect(errors).toMatchObject({ good: null, fine: null, last: null });
  expect(errors.crash).toMatch(/ended by code 1: .*out of luck/);
  expect(errors.exit).toBe('the process ended by code 3');
  expect(errors.hang).toBe('no end 0.4 s after its limit of 0.1 s');
});
