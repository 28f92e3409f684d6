import { constantsOf, type Expression } from '../../expressions/index.ts';
import { leastPrediction } from '../noise-weights.ts';
import type { Objective } from '../objective.ts';

/** How far apart two predictions are, and in what. */
export interface ResidualScale {
  readonly unit: 'sigma' | 'relative';
  /** True when the law leaves no more than rounding. */
  readonly exact: boolean;
  readonly distance: (a: number, b: number) => number;
}

/** Relative root-mean-square error below which data count as exact, and to which laws agree on such data. */
export const EXACT = 1e-6;
/** Least size of a prediction that a difference is compared with, in units of the root mean square target. */
const LEAST_SIZE = 1e-3;

/**
 * The scale that a new measurement would be judged on, from the residuals of a law.
 *
 * Known errors: their median. Relative noise: the relative residual times the prediction of `law`. Otherwise the root
 * mean square of the residuals. Of exact data, and of a loss that nobody can read as residuals, the size of the prediction.
 *
 * @param relative true when the errors were found to be proportional to the prediction
 */
export function residualScale(objective: Objective, law: Expression, relative: boolean): ResidualScale {
  const { target, weights } = objective.problem;
  const predictions = Float64Array.from(objective.values(law));
  const rows = target.length;
  const size = rootMeanSquare(target);
  const least = leastPrediction(target);
  let square = 0;
  let sumWeights = 0;
  let ratios = 0;
  let plain = 0;
  for (let i = 0; i < rows; i++) {
    const r = target[i] - predictions[i];
    const w = weights ? weights[i] : 1;
    plain += r * r;
    square += w * r * r;
    sumWeights += w;
    ratios += (r / Math.max(Math.abs(predictions[i]), least)) ** 2;
  }
  const exact = Math.sqrt(plain / rows) < EXACT * size;
  // Errors that were given hold, however well a law fits.
  if (objective.scale === '-2logL' && weights) return inSigmas(exact, constantly(medianError(weights)));
  if (exact || objective.rules.lossFunction) return { unit: 'relative', exact, distance: relativeDistance(size) };
  const freedom = rows / Math.max(1, rows - constantsOf(law).length);
  if (relative) {
    const ratio = Math.sqrt((ratios / rows) * freedom);
    return inSigmas(exact, (prediction) => ratio * Math.max(Math.abs(prediction), least));
  }
  return inSigmas(exact, constantly(Math.sqrt((square / sumWeights) * freedom)));
}

/** |a - b| beside the larger of the two, or beside a thousandth of the size of the target. */
export function relativeDistance(size: number): (a: number, b: number) => number {
  return (a, b) => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), LEAST_SIZE * size);
}

export function rootMeanSquare(values: Float64Array): number {
  let square = 0;
  for (let i = 0; i < values.length; i++) square += values[i] * values[i];
  return Math.sqrt(square / values.length);
}

function inSigmas(exact: boolean, sigma: (prediction: number) => number): ResidualScale {
  return { unit: 'sigma', exact, distance: (a, b) => Math.abs(a - b) / sigma(a) };
}

function constantly(value: number): () => number {
  return () => value;
}

/** Median of 1 / sqrt(w) over the rows that weigh anything. */
function medianError(weights: Float64Array): number {
  const errors = weights
    .filter((weight) => weight > 0)
    .map((weight) => 1 / Math.sqrt(weight))
    .sort();
  return errors[errors.length >> 1];
}
