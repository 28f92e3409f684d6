import { z } from 'zod';
import { MUTATIONS } from '../mutations.ts';
import { PHASE_NAMES } from '../phases/names.ts';
import { count, fraction, nonNegative } from './rows.ts';

export const MUTATION_NAMES = MUTATIONS.map((mutation) => mutation.name) as [string, ...string[]];

/** How the search goes about it. */
export const EVOLUTION_OPTIONS = {
  phases: z
    .array(z.enum(PHASE_NAMES))
    .default([...PHASE_NAMES])
    .describe('phases to run'),
  populations: count(1, 1024).default(8).describe('islands'),
  populationSize: count(2, 100_000).default(32).describe('members of an island'),
  brood: count(1, 1_000_000)
    .optional()
    .describe('children bred at once: all are scored, and the best of each size are fitted'),
  ncyclesPerIteration: count(1, 1_000_000).default(100).describe('cycles of an island between migrations'),
  tournamentSelectionN: count(1, 100_000).default(12).describe('contestants of a tournament'),
  tournamentSelectionP: fraction.default(0.982).describe('probability that the best contestant wins'),
  useFrequency: z.boolean().default(true).describe('accept rare complexities more readily'),
  useFrequencyInTournament: z.boolean().default(true).describe('let crowded complexities cost in tournaments'),
  adaptiveParsimonyScaling: nonNegative.default(20).describe('how much a crowded complexity costs'),
  crossoverProbability: fraction.default(0.0259).describe('share of events that cross two parents'),
  mutationWeights: z
    .partialRecord(z.enum(MUTATION_NAMES), nonNegative)
    .default({})
    .describe('weights of the mutations'),
  perturbationFactor: nonNegative.default(0.129).describe('spread of a mutated constant'),
  probabilityNegateConstant: fraction.default(0.00743).describe('probability that a mutated constant changes sign'),
  skipMutationFailures: z.boolean().default(true).describe('pass over an event whose mutations all failed'),
  annealing: z.boolean().default(false).describe('accept worse children by temperature'),
  alpha: z.number().positive().default(3.17).describe('scale of the annealing temperature'),
  migration: z.boolean().default(true).describe('send members between islands'),
  hofMigration: z.boolean().default(true).describe('send members from the hall of fame'),
  fractionReplaced: fraction.default(0.00036).describe('share of an island replaced by migrants'),
  fractionReplacedHof: fraction.default(0.0614).describe('share of an island replaced from the hall of fame'),
  fractionReplacedGuesses: fraction.default(0.001).describe('share of an island replaced from the guesses'),
  topn: count(1, 1000).default(12).describe('members an island offers to others'),
  shouldSimplify: z.boolean().default(true).describe('simplify the members of an island after each epoch'),
};
