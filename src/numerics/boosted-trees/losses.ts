/** A loss that trees descend, by its derivatives in the score of a row. */
export interface BoostingLoss {
  /** The constant score of least loss. */
  start(target: Float64Array, weights: Float64Array): number;
  derivatives(
    scores: Float64Array,
    target: Float64Array,
    weights: Float64Array,
    gradients: Float64Array,
    curvatures: Float64Array,
  ): void;
  /** The mean loss. */
  mean(scores: Float64Array, target: Float64Array): number;
  /** From a score to what is predicted. */
  prediction(score: number): number;
}

/** Names of the losses. */
export type BoostingLossName = 'squared' | 'logistic';

/** Scores of a constant class are kept this far from infinity. */
const MOST_ODDS = 1e6;

/** The losses of boosted trees; a new one is a new row. */
export const BOOSTING_LOSSES: Readonly<Record<BoostingLossName, BoostingLoss>> = {
  squared: {
    start: weightedMean,
    derivatives(scores, target, weights, gradients, curvatures) {
      for (let row = 0; row < scores.length; row++) {
        gradients[row] = weights[row] * (scores[row] - target[row]);
        curvatures[row] = weights[row];
      }
    },
    mean: (scores, target) => average(scores, (score, row) => 0.5 * (score - target[row]) ** 2),
    prediction: (score) => score,
  },
  logistic: {
    start(target, weights) {
      const mean = weightedMean(target, weights);
      const odds = mean / (1 - mean);
      return Math.log(Math.min(Math.max(odds, 1 / MOST_ODDS), MOST_ODDS));
    },
    derivatives(scores, target, weights, gradients, curvatures) {
      for (let row = 0; row < scores.length; row++) {
        const probability = sigmoid(scores[row]);
        gradients[row] = weights[row] * (probability - target[row]);
        curvatures[row] = weights[row] * probability * (1 - probability);
      }
    },
    // log(1 + e^s) - t s, without overflow.
    mean: (scores, target) =>
      average(
        scores,
        (score, row) => Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - target[row] * score,
      ),
    prediction: sigmoid,
  },
};

function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

function weightedMean(target: Float64Array, weights: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    sum += weights[row] * target[row];
    total += weights[row];
  }
  return sum / total;
}

function average(scores: Float64Array, of: (score: number, row: number) => number): number {
  let sum = 0;
  for (let row = 0; row < scores.length; row++) sum += of(scores[row], row);
  return sum / scores.length;
}
