import { DataError, RandomStream, ShapeError } from '../core/index.ts';
import { Bfgs } from './bfgs.ts';
import { choleskyFactor, inverseFromFactor, solveLower, solveUpper } from './positive-definite.ts';

/** The covariance of a Gaussian process: signal^2 exp(-sum ((x_k - x'_k) / length_k)^2 / 2) + noise^2 on the diagonal. */
export interface ProcessKernel {
  /** Correlation length along every column, in its unit, shape [columns]. */
  readonly lengths: Float64Array;
  /** Standard deviation of the process, in the unit of the target. */
  readonly signal: number;
  /** Standard deviation of the white noise, in the unit of the target. */
  readonly noise: number;
}

/** How much of a table a Gaussian process reads; the cost grows with the cube of both numbers. */
export interface DenoiseOptions {
  /** Rows that lengths, signal and noise are fitted on; 200 by default. */
  readonly fitRows?: number;
  /** Rows that the mean is conditioned on; 1000 by default. */
  readonly trainingRows?: number;
  /** Seed of the choice of rows where a table has more. */
  readonly seed?: number;
  /** Places of the answer, shape [columns][any]; the rows themselves by default. */
  readonly at?: readonly Float64Array[];
}

const LOG_TWO_PI = Math.log(2 * Math.PI);
/** Box of the logarithms of lengths, signal and noise, on data of unit variance. */
const LENGTHS = [0.02, 50] as const;
const SIGNAL = [0.02, 50] as const;
const NOISE = [1e-4, 2] as const;
/** First guesses: much noise and long waves, little noise and short ones. */
const STARTS: readonly { readonly length: number; readonly noise: number }[] = [
  { length: 1, noise: 0.5 },
  { length: 0.3, noise: 0.1 },
];

/**
 * Half the squared distances of all pairs of rows, column by column; with y, what the evidence is computed from.
 *
 * Theta holds log length of every column, log signal and log noise.
 */
export class ProcessEvidence {
  private readonly rows: number;
  private readonly halfSquares: Float64Array[];
  private readonly target: Float64Array;
  private readonly covariance: Float64Array;
  private readonly smooth: Float64Array;
  private readonly residual: Float64Array;
  private readonly ones: Float64Array;

  constructor(columns: readonly Float64Array[], target: Float64Array) {
    const n = target.length;
    this.rows = n;
    this.target = target;
    this.halfSquares = columns.map((column) => {
      const half = new Float64Array(n * n);
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) half[i * n + j] = 0.5 * (column[i] - column[j]) ** 2;
      return half;
    });
    this.covariance = new Float64Array(n * n);
    this.smooth = new Float64Array(n * n);
    this.residual = new Float64Array(n);
    this.ones = new Float64Array(n);
  }

  /**
   * Minus the log of the marginal likelihood, with the constant mean at its best value, and its gradient.
   *
   * The gradient by a parameter t of K is -tr((a a^T - K^-1) dK/dt) / 2 with a = K^-1 (y - mean).
   *
   * @returns NaN when the covariance matrix is singular to rounding
   */
  gradient(theta: Float64Array, out: Float64Array): number {
    const { rows: n, halfSquares, smooth, covariance, residual } = this;
    const dimensions = halfSquares.length;
    const signal = Math.exp(2 * theta[dimensions]);
    const noise = Math.exp(2 * theta[dimensions + 1]);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        let exponent = 0;
        for (let k = 0; k < dimensions; k++) exponent += halfSquares[k][i * n + j] * Math.exp(-2 * theta[k]);
        smooth[i * n + j] = covariance[i * n + j] = signal * Math.exp(-exponent);
      }
      smooth[i * n + i] = signal;
      covariance[i * n + i] = signal + noise;
    }
    if (choleskyFactor(covariance, n) >= 0) return Number.NaN;
    let value = 0.5 * n * LOG_TWO_PI;
    for (let i = 0; i < n; i++) value += Math.log(covariance[i * n + i]);
    weightsOf(covariance, this.target, residual, this.ones);
    let quadratic = 0;
    for (let i = 0; i < n; i++) quadratic += residual[i] * this.target[i];
    // The mean is stationary: K^-1 (y - mean) sums to 0, so y stands for y - mean here.
    value += 0.5 * quadratic;
    const inverse = inverseFromFactor(covariance, n);
    out.fill(0, 0, dimensions + 2);
    for (let i = 0; i < n; i++) {
      const diagonal = residual[i] * residual[i] - inverse[i * n + i];
      out[dimensions] -= diagonal * signal;
      out[dimensions + 1] -= diagonal * noise;
      for (let j = 0; j < i; j++) {
        const pull = 2 * (residual[i] * residual[j] - inverse[i * n + j]) * smooth[i * n + j];
        out[dimensions] -= pull;
        for (let k = 0; k < dimensions; k++) out[k] -= pull * halfSquares[k][i * n + j] * Math.exp(-2 * theta[k]);
      }
    }
    return value;
  }
}

/**
 * Writes K^-1 (y - mean) with the mean of least squares, 1^T K^-1 y / 1^T K^-1 1.
 *
 * @param factor Cholesky factor of K
 * @param scratch shape [rows]
 * @returns the mean
 */
function weightsOf(factor: Float64Array, target: Float64Array, out: Float64Array, scratch: Float64Array): number {
  const n = target.length;
  out.set(target);
  scratch.fill(1);
  for (const values of [out, scratch]) {
    solveLower(factor, n, values);
    solveUpper(factor, n, values);
  }
  let above = 0;
  let below = 0;
  for (let i = 0; i < n; i++) {
    above += out[i];
    below += scratch[i];
  }
  const mean = above / below;
  for (let i = 0; i < n; i++) out[i] -= mean * scratch[i];
  return mean;
}

/**
 * Kernel of the largest marginal likelihood, found by `Bfgs` from two starts.
 *
 * @param columns shape [columns][rows]; columns that are constant get an infinite length
 * @param target shape [rows]
 */
export function fitProcess(columns: readonly Float64Array[], target: Float64Array): ProcessKernel {
  const spreads = columns.map(spread);
  const scale = spread(target) || 1;
  const used = columns.flatMap((column, k) => (spreads[k] > 0 ? [column.map((x) => x / spreads[k])] : []));
  const mean = target.reduce((sum, y) => sum + y / target.length, 0);
  const evidence = new ProcessEvidence(
    used,
    target.map((y) => (y - mean) / scale),
  );
  const size = used.length + 2;
  const box = (side: 0 | 1) =>
    Float64Array.from({ length: size }, (_, k) =>
      Math.log((k < used.length ? LENGTHS : k === used.length ? SIGNAL : NOISE)[side]),
    );
  const options = { maxIterations: 60, tolerance: 1e-6, lower: box(0), upper: box(1) };
  const optimiser = new Bfgs(size);
  let best = new Float64Array(size);
  let lowest = Number.POSITIVE_INFINITY;
  for (const { length, noise } of STARTS) {
    const theta = Float64Array.from({ length: size }, (_, k) =>
      k < used.length ? Math.log(length * Math.sqrt(used.length)) : k === used.length ? 0 : Math.log(noise),
    );
    const value = optimiser.minimise(evidence, theta, size, options);
    if (value < lowest) {
      lowest = value;
      best = theta;
    }
  }
  let next = 0;
  return {
    lengths: Float64Array.from(spreads, (s) => (s > 0 ? s * Math.exp(best[next++]) : Number.POSITIVE_INFINITY)),
    signal: scale * Math.exp(best[size - 2]),
    noise: scale * Math.exp(best[size - 1]),
  };
}

/**
 * Mean of a Gaussian process given its values with noise: mean + k(x, X) K^-1 (y - mean), the constant mean by
 * least squares.
 *
 * @param columns places of the values, shape [columns][rows]
 * @param target values, shape [rows]
 * @param at places of the answer, shape [columns][any]; `columns` when absent
 * @throws DataError "singular-kernel" when the noise is too small for the rows to be told apart
 * @see Rasmussen and Williams, Gaussian Processes for Machine Learning, 2.2 and 2.7
 */
export function processMean(
  columns: readonly Float64Array[],
  target: Float64Array,
  kernel: ProcessKernel,
  at: readonly Float64Array[] = columns,
): Float64Array {
  const n = target.length;
  const inverse = Array.from(kernel.lengths, (length) => 1 / length);
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) covariance[i * n + j] = between(columns, i, columns, j, inverse, kernel.signal);
    covariance[i * n + i] += kernel.noise ** 2;
  }
  if (choleskyFactor(covariance, n) >= 0) {
    throw new DataError('singular-kernel', 'rows of a Gaussian process coincide', 'give it some noise');
  }
  const weights = new Float64Array(n);
  const mean = weightsOf(covariance, target, weights, new Float64Array(n));
  const answer = new Float64Array(at[0]?.length ?? n);
  for (let i = 0; i < answer.length; i++) {
    let sum = mean;
    for (let j = 0; j < n; j++) sum += weights[j] * between(at, i, columns, j, inverse, kernel.signal);
    answer[i] = sum;
  }
  return answer;
}

function between(
  a: readonly Float64Array[],
  i: number,
  b: readonly Float64Array[],
  j: number,
  inverse: readonly number[],
  signal: number,
): number {
  let exponent = 0;
  for (let k = 0; k < inverse.length; k++) exponent += ((a[k][i] - b[k][j]) * inverse[k]) ** 2;
  return signal * signal * Math.exp(-0.5 * exponent);
}

/**
 * The target without its noise: the mean of a Gaussian process with a squared-exponential kernel, white noise and a
 * constant mean, in every row.
 *
 * Lengths, signal and noise have the largest marginal likelihood on `fitRows` rows, and the mean is conditioned on
 * `trainingRows` rows; larger tables are represented by rows drawn with `seed`, and every row gets its prediction.
 *
 * @param columns shape [columns][rows], finite
 * @param target shape [rows], finite
 * @returns shape [rows], or that of `at`
 * @throws ShapeError when the columns differ in length; DataError "non-finite-cell" | "too-few-rows"
 */
export function denoise(
  columns: readonly Float64Array[],
  target: Float64Array,
  options: DenoiseOptions = {},
): Float64Array {
  const { fitRows = 200, trainingRows = 1000, seed = 0, at: places = columns } = options;
  [...columns, target].forEach((column, k) => {
    if (column.length !== target.length) {
      throw new ShapeError(`columns[${k}]`, `[${target.length}]`, `[${column.length}]`);
    }
    const at = column.findIndex((value) => !Number.isFinite(value));
    if (at < 0) return;
    const name = k < columns.length ? `columns[${k}]` : 'target';
    throw new DataError('non-finite-cell', `${name}, row ${at + 1} is ${column[at]}`, 'remove the row', {
      row: at + 1,
    });
  });
  if (target.length < 3) {
    throw new DataError('too-few-rows', `${target.length} rows tell no noise from signal`, 'give at least 3');
  }
  const order = new RandomStream(seed).permutation(target.length);
  const sample = (count: number, column: Float64Array) =>
    column.length <= count ? column : Float64Array.from({ length: count }, (_, i) => column[order[i]]);
  const kernel = fitProcess(
    columns.map((column) => sample(fitRows, column)),
    sample(fitRows, target),
  );
  const known = columns.map((column) => sample(trainingRows, column));
  return processMean(known, sample(trainingRows, target), kernel, places);
}

/** Standard deviation; 0 for a constant. */
function spread(values: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  let square = 0;
  for (let i = 0; i < values.length; i++) square += (values[i] - mean) ** 2;
  const deviation = Math.sqrt(square / values.length);
  return deviation > 1e-12 * Math.abs(mean) ? deviation : 0;
}
