import type { Expression } from '../expressions/index.ts';
import type { Objective } from './objective.ts';

/** Smallest |prediction| that sets a weight, as a fraction of the root mean square target. */
export const PREDICTION_FLOOR = 1e-3;

/** Weights of errors in proportion to the prediction: 1 / max(|prediction|, floor)^2, scaled to mean 1. */
export function relativeWeights(objective: Objective, tree: Expression): Float64Array | undefined {
  const predictions = objective.values(tree);
  const { target } = objective.problem;
  let square = 0;
  for (let i = 0; i < target.length; i++) square += target[i] * target[i];
  const least = PREDICTION_FLOOR * Math.sqrt(square / target.length);
  const weights = new Float64Array(target.length);
  let total = 0;
  for (let i = 0; i < target.length; i++) {
    weights[i] = 1 / Math.max(Math.abs(predictions[i]), least) ** 2;
    total += weights[i];
  }
  if (!Number.isFinite(total)) return undefined;
  for (let i = 0; i < target.length; i++) weights[i] *= target.length / total;
  return weights;
}

/** (1/2) sum ln w: what the weights add to the log-likelihood. */
export function logWeights(weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += Math.log(weights[i]);
  return sum / 2;
}
