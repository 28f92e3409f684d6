import { z } from 'zod';
import { REQUIREMENTS_OPTION } from '../requirements/index.ts';
import type { LossFunction } from '../scorer.ts';
import { callback, nonNegative } from './rows.ts';

const ownConstant = z.strictObject({ value: z.number().positive(), unit: z.string().optional() });

/** What makes a law good. */
export const OBJECTIVE_OPTIONS = {
  loss: z
    .string()
    .min(1)
    .optional()
    .describe(
      'loss of a row: L2, L1, Huber, log-cosh, chi2, or a formula in prediction, target and weight; L2, or chi2 with sigma',
    ),
  huberDelta: z.number().positive().default(1).describe('where the Huber loss turns linear'),
  lossFunction: callback<LossFunction>()
    .optional()
    .describe('objective over the expression and the data, instead of a loss of rows; runs on one thread'),
  lossScale: z.enum(['log', 'linear']).default('log').describe('whether score is a fall of log loss or of loss'),
  modelSelection: z.enum(['best', 'score', 'accuracy']).default('best').describe('which entry of the front is best'),
  parsimony: nonNegative.default(0).describe('cost per unit of complexity'),
  xUnits: z
    .record(z.string(), z.string())
    .default({})
    .describe('units of inputs, {"x": "m/s^2"}; an input without one is a pure number once any unit is given'),
  yUnits: z.string().optional().describe('unit of the target'),
  unitSystem: z.enum(['SI', 'natural']).default('SI').describe('SI, or powers of GeV with hbar = c = 1'),
  dimensionMode: z
    .enum(['construct', 'penalty'])
    .default('construct')
    .describe('whether laws of wrong dimension are never made, or cost'),
  dimensionalConstraintPenalty: nonNegative.default(1000).describe('added to the loss of a law of wrong dimension'),
  dimensionlessConstantsOnly: z.boolean().default(false).describe('constants are pure numbers, not of any unit'),
  knownConstants: z
    .union([z.array(z.string().min(1)), z.record(z.string().min(1), z.union([z.literal(true), ownConstant]))])
    .optional()
    .describe(
      'constants that a law may hold by name, ["c", "k_B"]; with values of your own {"c": true, "v0": {value, unit}}',
    ),
  requirements: REQUIREMENTS_OPTION,
};
