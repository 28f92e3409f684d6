import { accumulate, rowsOf } from './accumulate.ts';
import { checkedColumn } from './checked-column.ts';
import type { Likelihood } from './likelihood.ts';

/** Measured values with errors quoted as +sigmaUp -sigmaDown. */
export interface AsymmetricData {
  /** Shape [rows]. */
  readonly target: Float64Array;
  /** The errors upwards, shape [rows], > 0: of a true value above the measured one. */
  readonly sigmaUp: Float64Array;
  /** The errors downwards, shape [rows], > 0, as positive numbers. */
  readonly sigmaDown: Float64Array;
}

/**
 * Independent errors of two halves: chi2 = sum ((prediction - target) / sigma)^2 with sigma = sigmaUp where the
 * prediction is above the measured value, and sigmaDown where it is below.
 *
 * @see Barlow, "Asymmetric errors", PHYSTAT 2003
 * @throws ShapeError; DataError "no-rows" | "invalid-value"
 * @example asymmetricLikelihood({ target: Float64Array.of(1, 1), sigmaUp: Float64Array.of(2, 2), sigmaDown: Float64Array.of(1, 1) }).value(Float64Array.of(3, -1)) // 5
 */
export function asymmetricLikelihood(data: AsymmetricData): Likelihood {
  const target = checkedColumn(data.target, 'target', 'finite');
  const total = target.length;
  const sigmaUp = checkedColumn(data.sigmaUp, 'sigmaUp', 'positive', total);
  const sigmaDown = checkedColumn(data.sigmaDown, 'sigmaDown', 'positive', total);
  const slope = new Float64Array(total);
  const curvature = new Float64Array(total);
  return {
    name: 'asymmetric',
    scale: '-2logL',
    observations: total,
    rows: total,
    separable: true,
    value(predictions, rows) {
      const count = rowsOf(predictions, rows, total);
      let sum = 0;
      for (let r = 0; r < count; r++) {
        const residual = predictions[r] - target[r];
        const pull = residual / (residual > 0 ? sigmaUp[r] : sigmaDown[r]);
        sum += pull * pull;
      }
      return Number.isFinite(sum) ? sum : Number.NaN;
    },
    normalEquations(predictions, jacobian, parameters, out, rows) {
      const count = rowsOf(predictions, rows, total);
      let sum = 0;
      for (let r = 0; r < count; r++) {
        const residual = predictions[r] - target[r];
        const sigma = residual > 0 ? sigmaUp[r] : sigmaDown[r];
        const pull = residual / sigma;
        sum += pull * pull;
        slope[r] = (2 * pull) / sigma;
        curvature[r] = 2 / (sigma * sigma);
      }
      const finite = accumulate(jacobian, parameters, slope, curvature, out, count);
      return finite && Number.isFinite(sum) ? sum : Number.NaN;
    },
    expectations: (predictions) => predictions.slice(0, total),
  };
}
