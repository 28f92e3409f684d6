import type * as tf from '@tensorflow/tfjs';
import { OptionError } from '../../core/index.ts';
import { DEPENDENCES } from './dependence.ts';
import { DIVERGENCES } from './divergences.ts';
import { LIKELIHOODS, REGRESSIONS } from './likelihoods.ts';
import { computeLoss, type Loss, type LossInputs, type LossSettings } from './loss.ts';
import { PHYSICS } from './physics.ts';
import { TRANSPORTS } from './transport.ts';

/** Every loss by name: its family, its arguments, its settings, and how it is computed. A new loss is a new row. */
export const LOSSES = {
  ...LIKELIHOODS,
  ...REGRESSIONS,
  ...DIVERGENCES,
  ...TRANSPORTS,
  ...DEPENDENCES,
  ...PHYSICS,
} as const satisfies Readonly<Record<string, Loss>>;

/** The name of a loss. */
export type LossName = keyof typeof LOSSES;

/**
 * A loss by its name: the mean over events, weighted where `weights` are given, or one number for the whole sample.
 *
 * @param inputs tensors by the names and of the shapes that the row of `LOSSES` states
 * @param settings numbers by the names that it states
 * @throws ShapeError that names the argument, OptionError "loss" | "argument" | "setting" | "range"
 */
export function loss(name: LossName, inputs: LossInputs, settings: LossSettings = {}): tf.Scalar {
  if (!Object.hasOwn(LOSSES, name)) {
    throw new OptionError('loss', 'loss', `"${name}" is unknown`, `one of ${Object.keys(LOSSES).join(', ')}`);
  }
  return computeLoss(name, LOSSES[name], inputs, settings);
}
