import type { NormalEquations } from '../contract.ts';

/**
 * How predictions are scored beyond the losses that the kernel knows; the data live in the closure.
 *
 * A likelihood sees only predictions on rows and their Jacobian, so that it serves every model. Like the
 * evaluators it writes the gradient d value/d theta and a Gauss-Newton matrix that stands for
 * d2 value/d theta2, so that `LevenbergMarquardt` takes either.
 */
export interface Likelihood {
  readonly name: string;
  /** '-2logL': the value is minus twice the log-likelihood against the saturated model; 'loss': any other scale, a weighted mean. */
  readonly scale: '-2logL' | 'loss';
  /** Independent observations: data points, or bins of a histogram. */
  readonly observations: number;
  /** Rows that predictions are given on; a multiple of `observations` when bins are integrated. */
  readonly rows: number;
  /** True when the value is a sum or mean over rows, so that the first `rows` rows have a value of their own. */
  readonly separable: boolean;
  /**
   * Value at predictions, shape [rows]; NaN when undefined there.
   *
   * @throws ShapeError when the predictions are too few, or for a part of the rows of a likelihood that is not separable
   */
  value(predictions: Float64Array, rows?: number): number;
  /**
   * Value, gradient and a positive semi-definite Gauss-Newton matrix.
   *
   * @param predictions shape [rows]
   * @param jacobian d prediction / d parameter, shape [parameters * rows], one column of rows after another
   * @param out gradient, shape [parameters], and matrix, shape [parameters * parameters]; overwritten
   * @returns the value; NaN, with `out` undefined, when anything is not finite
   * @throws ShapeError as `value`
   */
  normalEquations(
    predictions: Float64Array,
    jacobian: Float64Array,
    parameters: number,
    out: NormalEquations,
    rows?: number,
  ): number;
  /** Predicted value of every observation, shape [observations]: the predictions, or the contents of bins. */
  expectations(predictions: Float64Array): Float64Array;
}
