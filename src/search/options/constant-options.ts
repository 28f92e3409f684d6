import { z } from 'zod';
import { count, fraction } from './rows.ts';

/** How constants are fitted and what they may be. */
export const CONSTANT_OPTIONS = {
  optimizerAlgorithm: z
    .enum(['LM', 'BFGS', 'NelderMead'])
    .default('LM')
    .describe('Levenberg-Marquardt, BFGS, or Nelder-Mead without derivatives'),
  optimizerIterations: count(1, 1000).default(8).describe('steps of the optimiser on a new structure'),
  optimizerNrestarts: count(0, 100).default(0).describe('more fits of a new structure, from other constants'),
  optimizeProbability: fraction.default(1).describe('share of new structures whose constants are fitted'),
  constantBounds: z
    .tuple([z.number().or(z.literal(-Infinity)), z.number().or(z.literal(Infinity))])
    .optional()
    .describe('least and greatest value of every constant, [low, high]'),
  constantKind: z.enum(['real', 'integer', 'rational']).default('real').describe('what numbers constants may be'),
  maxDenominator: count(1, 1000).default(6).describe('largest denominator of a rational constant'),
  snapConstants: z
    .boolean()
    .default(true)
    .describe('make fitted constants small rationals where the description gets shorter'),
};
