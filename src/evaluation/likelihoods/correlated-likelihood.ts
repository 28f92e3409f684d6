import { DataError, ShapeError } from '../../core/index.ts';
import { choleskyFactor, solveLower } from '../../numerics/index.ts';
import { accumulate, rowsOf } from './accumulate.ts';
import { checkedColumn } from './checked-column.ts';
import type { Likelihood } from './likelihood.ts';

/** Measured values with correlated errors. */
export interface CorrelatedData {
  /** Shape [rows]. */
  readonly target: Float64Array;
  /** Covariance matrix, row-major, shape [rows * rows]: symmetric and positive definite. */
  readonly covariance: Float64Array;
}

/** Largest difference of mirrored entries, relative to the errors of their rows. */
const SYMMETRY = 1e-8;
/** Least part of a variance that the other rows may leave. */
const LEAST_PIVOT = 1e-13;

/**
 * Correlated Gaussian errors: chi2 = (prediction - target)^T V^-1 (prediction - target).
 *
 * V is factored once as L L^T; residuals and Jacobian are whitened by L^-1.
 *
 * @throws ShapeError; DataError "no-rows" | "invalid-value" | "asymmetric-covariance" | "singular-covariance"
 * @example correlatedLikelihood({ target: Float64Array.of(0, 0), covariance: Float64Array.of(1, 0.5, 0.5, 1) }).value(Float64Array.of(1, 1)) // 1.3333
 */
export function correlatedLikelihood(data: CorrelatedData): Likelihood {
  const target = checkedColumn(data.target, 'target', 'finite');
  const total = target.length;
  const factor = factored(data.covariance, total);
  const slope = new Float64Array(total);
  const twos = new Float64Array(total).fill(2);
  let white = new Float64Array(0);
  const residuals = (predictions: Float64Array): number => {
    for (let r = 0; r < total; r++) slope[r] = predictions[r] - target[r];
    solveLower(factor, total, slope);
    let sum = 0;
    for (let r = 0; r < total; r++) sum += slope[r] * slope[r];
    return Number.isFinite(sum) ? sum : Number.NaN;
  };
  return {
    name: 'correlated',
    scale: '-2logL',
    observations: total,
    rows: total,
    separable: false,
    value(predictions, rows) {
      rowsOf(predictions, rows, total, false);
      return residuals(predictions);
    },
    normalEquations(predictions, jacobian, parameters, out, rows) {
      rowsOf(predictions, rows, total, false);
      const value = residuals(predictions);
      for (let r = 0; r < total; r++) slope[r] *= 2;
      if (white.length < parameters * total) white = new Float64Array(parameters * total);
      for (let at = 0; at < parameters * total; at++) white[at] = jacobian[at];
      for (let k = 0; k < parameters; k++) solveLower(factor, total, white, k * total);
      return accumulate(white, parameters, slope, twos, out, total) ? value : Number.NaN;
    },
    expectations: (predictions) => predictions.slice(0, total),
  };
}

function factored(covariance: Float64Array, n: number): Float64Array {
  if (covariance.length !== n * n) {
    throw new ShapeError('covariance', `[${n} * ${n}], a row and a column for every row`, `[${covariance.length}]`);
  }
  const at = covariance.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    const place = `row ${Math.floor(at / n) + 1}, column ${(at % n) + 1}`;
    throw new DataError('invalid-value', `covariance, ${place} is ${covariance[at]}`, 'mend the cell');
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const size = Math.sqrt(Math.abs(covariance[i * n + i] * covariance[j * n + j]));
      if (Math.abs(covariance[i * n + j] - covariance[j * n + i]) <= SYMMETRY * size) continue;
      const message = `covariance: entries (${i + 1}, ${j + 1}) and (${j + 1}, ${i + 1}) differ`;
      throw new DataError('asymmetric-covariance', message, 'a covariance matrix is symmetric');
    }
  }
  const factor = covariance.slice();
  const bad = choleskyFactor(factor, n, LEAST_PIVOT);
  if (bad < 0) return factor;
  const message =
    covariance[bad * n + bad] > 0
      ? `covariance: row ${bad + 1} is not independent of the rows before it`
      : `covariance: the variance of row ${bad + 1} is ${covariance[bad * n + bad]}`;
  throw new DataError(
    'singular-covariance',
    message,
    'a covariance matrix is positive definite; add the uncorrelated errors',
    {
      row: bad + 1,
    },
  );
}
