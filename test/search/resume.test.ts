import { afterEach, describe, expect, test, vi } from 'vitest';
import { RandomStream, Table } from '../../src/core/index.ts';
import { type FitOptions, fit, type Model } from '../../src/search/index.ts';

afterEach(() => vi.restoreAllMocks());

/** What must not depend on an interruption. */
function outcome({ front, best, evaluations, stoppedBy, lastPhase, notes }: Model): unknown {
  const steps = front.map(({ tree: _, ...rest }) => rest);
  return { front: steps, best: best.expression, evaluations, stoppedBy, lastPhase, notes };
}

const random = new RandomStream(11);
const x = Array.from({ length: 40 }, () => 0.5 + 3 * random.uniform());
const z = Array.from({ length: 40 }, () => 0.5 + 2 * random.uniform());
const kind = x.map((_, i) => ['a', 'b', 'c'][i % 3]);
const noise = x.map(() => random.normal());
const base = { maxEvals: 3000, patience: 1000, timeLimit: 1e9, threads: 1, populations: 3, populationSize: 12 };

const cases: Readonly<Record<string, { readonly y: number[]; readonly options?: Partial<FitOptions> }>> = {
  'noise that is the same everywhere': { y: x.map((v, i) => Math.sin(2 * v) * z[i] + 0.3 * noise[i]) },
  'noise in proportion, which weighs the rows': { y: x.map((v, i) => 3 * v * v * z[i] * Math.exp(0.1 * noise[i])) },
  'decades of the target under noise that is the same everywhere': {
    y: x.map((v, i) => Math.exp(2 * v) * z[i] + 0.3 * noise[i]),
    options: { maxEvals: 20_000, phases: ['monomials', 'enumerate'] },
  },
  'an exact law that ends the run among the small forms': { y: x.map((v, i) => 2 * v * v + 3 * z[i]) },
  'a loss that is good enough': { y: x.map((v, i) => v * z[i] + 0.1 * noise[i]), options: { stopAtLoss: 0.02 } },
  'guesses, requirements and few rows at a time': {
    y: x.map((v, i) => Math.exp(-v) + 0.1 * noise[i] * z[i]),
    options: { guesses: ['exp(-x) + 1', 'z'], requirements: ['decreasing in x'], batching: true, batchSize: 24 },
  },
  'a template with a parameter for every kind': {
    y: x.map((v, i) => v * v + [1, 2, 5][i % 3] + 0.1 * noise[i]),
    options: { template: 'f(x) + p[kind] * g(z)' },
  },
  'evolution alone, with every rule of its own': {
    y: x.map((v, i) => Math.cos(v) * z[i] + 0.2 * noise[i]),
    options: {
      phases: ['evolve'],
      maxSize: 15,
      warmupMaxsizeBy: 0.5,
      annealing: true,
      optimizerNrestarts: 1,
      optimizeProbability: 0.5,
      nestedConstraints: { exp: { exp: 0 } },
      niterations: 6,
      ncyclesPerIteration: 20,
    },
  },
  'laws of the right dimension': {
    y: x.map((v, i) => (v / z[i]) * Math.sin(v) + 0.2 * noise[i]),
    options: { xUnits: { x: 'm', z: 's' }, yUnits: 'm/s', unaryOperators: ['sqrt', 'exp', 'log', 'sin'] },
  },
  'islands that evolve in dimensionless groups': {
    y: x.map((v, i) => v * Math.sin(v / z[i]) + 0.2 * noise[i]),
    options: { phases: ['evolve'], xUnits: { x: 'm', z: 'm' }, yUnits: 'm', unaryOperators: ['exp', 'sin'] },
  },
  'wrong dimensions that cost, in 32 bits, under a loss of its own': {
    y: x.map((v, i) => v * z[i] * z[i] + 0.5 * noise[i]),
    options: {
      xUnits: { x: 'm', z: 's' },
      yUnits: 'm s',
      dimensionMode: 'penalty',
      precision: 32,
      loss: 'abs(prediction - target)^1.5',
    },
  },
  'whole constants within bounds': {
    y: x.map((v, i) => 3 * v - 2 * z[i] + 0.3 * noise[i]),
    options: { constantKind: 'integer', constantBounds: [-5, 5], optimizerAlgorithm: 'NelderMead' },
  },
};

/** A clock that jumps, so that a state is saved wherever one can be. */
function hurry(): void {
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    time += 450;
    return time;
  });
}

describe('a run goes on as if nothing had happened from every state of', () => {
  test.each(Object.entries(cases))('%s', async (_name, { y, options }) => {
    const table = Table.from({ x, z, ...(options?.template ? { kind } : {}), y });
    const whole = await fit(table, { target: 'y', ...base, ...options });
    const states: Uint8Array[] = [];
    hurry();
    const watched = await fit(table, { target: 'y', ...base, ...options, onCheckpoint: (state) => states.push(state) });
    vi.restoreAllMocks();
    expect(outcome(watched)).toEqual(outcome(whole));
    expect(states.length).toBeGreaterThan(5);
    // All early states, where the phases change, and a sample of the many of the evolution.
    const step = Math.max(1, Math.floor(states.length / 25));
    const chosen = states.filter((_, i) => i % step === 0 || i < 15 || i > states.length - 10);
    for (const [i, resume] of chosen.entries()) {
      const resumed = await fit(table, { target: 'y', ...base, ...options, resume });
      expect({ state: i, ...(outcome(resumed) as object) }).toEqual({ state: i, ...(outcome(whole) as object) });
    }
  });
});
