import { describe, expect, it } from 'vitest';
import type { FitOptions } from '../../../src/search/index.ts';
import { shortFit, traceOf, WAVY } from './problems.ts';

const BASE: Partial<FitOptions> = {
  phases: ['evolve'],
  unaryOperators: ['sin', 'exp'],
  ncyclesPerIteration: 20,
  maxEvals: 6000,
  patience: 99,
};

/** Each of these changes the course of a run; an option that nothing reads would leave the trace as it is. */
const CHANGES: readonly Partial<FitOptions>[] = [
  { populations: 5 },
  { populationSize: 40 },
  { ncyclesPerIteration: 31 },
  { tournamentSelectionN: 5 },
  { tournamentSelectionP: 0.6 },
  { useFrequency: false },
  { useFrequencyInTournament: false },
  { adaptiveParsimonyScaling: 1040 },
  { crossoverProbability: 0.4 },
  { mutationWeights: { addNode: 0, deleteNode: 4 } },
  { perturbationFactor: 2, mutationWeights: { mutateConstant: 5 } },
  { skipMutationFailures: false, maxSize: 5 },
  { annealing: true },
  { annealing: true, alpha: 0.01 },
  { fractionReplaced: 0.4 },
  { fractionReplacedHof: 0.5 },
  { hofMigration: false },
  { migration: false, fractionReplaced: 0.4 },
  { topn: 1, fractionReplaced: 0.4 },
  { shouldSimplify: false, mutationWeights: { simplify: 0 } },
  { parsimony: 0.1 },
  { optimizerIterations: 2 },
  { optimizerNrestarts: 2 },
  { optimizeProbability: 0.2 },
  { probabilityNegateConstant: 1, mutationWeights: { mutateConstant: 5 } },
  { guesses: ['sin(2 * x) * y'], fractionReplacedGuesses: 0.5 },
  { seed: 4 },
  { phases: ['monomials', 'evolve'] },
];

/** The run that a change is compared with: the same but for the option in question. */
const BESIDE: Readonly<Record<string, Partial<FitOptions>>> = {
  perturbationFactor: { mutationWeights: { mutateConstant: 5 } },
  probabilityNegateConstant: { mutationWeights: { mutateConstant: 5 } },
  skipMutationFailures: { maxSize: 5 },
  alpha: { annealing: true },
  migration: { fractionReplaced: 0.4 },
  topn: { fractionReplaced: 0.4 },
  shouldSimplify: { mutationWeights: { simplify: 0 } },
  fractionReplacedGuesses: { guesses: ['sin(2 * x) * y'], fractionReplacedGuesses: 0 },
};

const traces = new Map<string, Promise<string>>();
function trace(options: Partial<FitOptions>): Promise<string> {
  const key = JSON.stringify(options);
  const known = traces.get(key) ?? shortFit(WAVY, { ...BASE, ...options }).then(traceOf);
  traces.set(key, known);
  return known;
}

describe('every option of the evolution changes the run', () => {
  it.each(CHANGES)('%j', async (change) => {
    const name = Object.keys(change).find((key) => key in BESIDE);
    expect(await trace(change)).not.toBe(await trace(name ? BESIDE[name] : {}));
  });

  it('and the same options do not', async () => {
    expect(traceOf(await shortFit(WAVY, BASE))).toBe(await trace({}));
  });
});
