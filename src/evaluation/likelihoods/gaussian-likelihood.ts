import { accumulate, rowsOf } from './accumulate.ts';
import { checkedColumn } from './checked-column.ts';
import type { Likelihood } from './likelihood.ts';

/** Measured values with standard errors. */
export interface GaussianData {
  /** Shape [rows]. */
  readonly target: Float64Array;
  /** Standard errors, shape [rows], > 0. */
  readonly sigma: Float64Array;
}

/**
 * Independent Gaussian errors: chi2 = sum ((prediction - target) / sigma)^2.
 *
 * @throws ShapeError; DataError "no-rows" | "invalid-value"
 * @example gaussianLikelihood({ target: Float64Array.of(1, 2), sigma: Float64Array.of(1, 0.5) }).value(Float64Array.of(2, 3)) // 5
 */
export function gaussianLikelihood(data: GaussianData): Likelihood {
  const target = checkedColumn(data.target, 'target', 'finite');
  const total = target.length;
  const sigma = checkedColumn(data.sigma, 'sigma', 'positive', total);
  const slope = new Float64Array(total);
  const curvature = sigma.map((error) => 2 / (error * error));
  return {
    name: 'gaussian',
    scale: '-2logL',
    observations: total,
    rows: total,
    separable: true,
    value(predictions, rows) {
      const count = rowsOf(predictions, rows, total);
      let sum = 0;
      for (let r = 0; r < count; r++) {
        const pull = (predictions[r] - target[r]) / sigma[r];
        sum += pull * pull;
      }
      return Number.isFinite(sum) ? sum : Number.NaN;
    },
    normalEquations(predictions, jacobian, parameters, out, rows) {
      const count = rowsOf(predictions, rows, total);
      let sum = 0;
      for (let r = 0; r < count; r++) {
        const pull = (predictions[r] - target[r]) / sigma[r];
        sum += pull * pull;
        slope[r] = (2 * pull) / sigma[r];
      }
      const finite = accumulate(jacobian, parameters, slope, curvature, out, count);
      return finite && Number.isFinite(sum) ? sum : Number.NaN;
    },
    expectations: (predictions) => predictions.slice(0, total),
  };
}
