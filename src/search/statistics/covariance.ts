import { DataError } from '../../core/index.ts';
import { choleskyFactor, inverseFromFactor, solveUpper } from '../../numerics/index.ts';

/** Least part of a parameter's information that the others may leave; below it only rounding is left. */
const LEAST_PIVOT = 1e-13;
/** Share in the undetermined direction from which on a parameter is named. */
const NAMED_SHARE = 1e-3;

/**
 * Covariance of parameters at the minimum of a -2 log L: twice the inverse of its second derivatives.
 *
 * @param hessian shape [n * n]
 * @param held parameters at a bound, which have no parabola: their rows are NaN, and the others are as if they were known
 * @returns row-major, shape [n * n]
 * @throws DataError "undetermined-parameter" when the data leave a combination of parameters open, with their names
 */
export function parameterCovariance(
  hessian: Float64Array,
  names: readonly string[],
  held: readonly boolean[],
): Float64Array {
  const n = names.length;
  const free = names.flatMap((_, i) => (held[i] ? [] : [i]));
  const m = free.length;
  const scale = free.map((i) => Math.sqrt(hessian[i * n + i]));
  const without = free.find((_, k) => !(scale[k] > 0));
  if (without !== undefined) undetermined([names[without]]);
  // In units of the diagonal, so that the pivots compare whatever the units of the parameters.
  const scaled = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < m; b++) scaled[a * m + b] = hessian[free[a] * n + free[b]] / scale[a] / scale[b];
  }
  const factor = scaled.slice();
  const bad = choleskyFactor(factor, m, LEAST_PIVOT);
  if (bad >= 0) undetermined(openDirection(factor, m, bad).map((k) => names[free[k]]));
  const inverse = inverseFromFactor(factor, m);
  const covariance = new Float64Array(n * n).fill(Number.NaN);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < m; b++) covariance[free[a] * n + free[b]] = (2 * inverse[a * m + b]) / (scale[a] * scale[b]);
  }
  return covariance;
}

/** Indices that take part in the null direction of which index `bad` is the last. */
function openDirection(factor: Float64Array, m: number, bad: number): number[] {
  // The row of the failed index already holds L^-1 a, so one more substitution gives A^-1 a.
  const leading = new Float64Array(bad * bad);
  for (let i = 0; i < bad; i++) for (let k = 0; k <= i; k++) leading[i * bad + k] = factor[i * m + k];
  const share = factor.slice(bad * m, bad * m + bad);
  solveUpper(leading, bad, share);
  return [...share.keys()].filter((k) => Math.abs(share[k]) > NAMED_SHARE).concat(bad);
}

function undetermined(names: readonly string[]): never {
  const list = names.map((name) => `"${name}"`).join(', ');
  const message =
    names.length === 1
      ? `the data do not determine the parameter ${list}`
      : `the data do not tell the parameters ${list} apart`;
  throw new DataError('undetermined-parameter', message, 'fix one of them, or write the formula without it', {
    parameters: names,
  });
}

/** Correlations out of a covariance matrix, shape [n * n]; NaN where the covariance is. */
export function correlationsOf(covariance: Float64Array, n: number): Float64Array {
  return covariance.map((value, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return i === j && !Number.isNaN(value) ? 1 : value / Math.sqrt(covariance[i * n + i] * covariance[j * n + j]);
  });
}
