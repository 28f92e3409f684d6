import type { Expression } from '../expressions/index.ts';
import type { Objective } from './objective.ts';

/** Smallest |prediction| that sets a weight, as a fraction of the small targets, and which those are. */
const PREDICTION_FLOOR = 1e-2;
const SMALL_TARGETS = 0.05;

/** Least prediction beside the largest target: the squares of smaller ones are lost in f64. */
const WIDEST = 1e-100;

/** Size below which a prediction sets no smaller error. A target may span many decades: no mean says what is small. */
export function leastPrediction(target: Float64Array): number {
  const sizes = target.map(Math.abs).sort();
  const small = sizes.find((size, i) => size > 0 && i >= SMALL_TARGETS * sizes.length) ?? 1;
  return Math.max(PREDICTION_FLOOR * small, WIDEST * sizes[sizes.length - 1]);
}

/** Weights of errors in proportion to the prediction: 1 / max(|prediction|, floor)^2, scaled to mean 1. */
export function relativeWeights(objective: Objective, tree: Expression): Float64Array | undefined {
  const predictions = objective.values(tree);
  const { target } = objective.problem;
  const least = leastPrediction(target);
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

/** Ratio of the largest to the smallest target from which on no law under equal errors says much of the small ones. */
const WIDE = 100;

/** Weights 1 / target^2 where the target has one sign and spans decades; biased, so good for a first look alone. */
export function observedWeights({ problem: { target } }: Objective): Float64Array | undefined {
  const sign = Math.sign(target[0]);
  let smallest = Infinity;
  let largest = 0;
  for (let i = 0; i < target.length; i++) {
    if (sign === 0 || Math.sign(target[i]) !== sign) return undefined;
    smallest = Math.min(smallest, Math.abs(target[i]));
    largest = Math.max(largest, Math.abs(target[i]));
  }
  if (!(largest > WIDE * smallest)) return undefined;
  const least = leastPrediction(target);
  const weights = target.map((y) => (least / Math.max(Math.abs(y), least)) ** 2);
  const mean = weights.reduce((sum, w) => sum + w / weights.length, 0);
  return mean > 0 && weights.every((w) => w > 0) ? weights.map((w) => w / mean) : undefined;
}

/** (1/2) sum ln w: what the weights add to the log-likelihood. */
export function logWeights(weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += Math.log(weights[i]);
  return sum / 2;
}
