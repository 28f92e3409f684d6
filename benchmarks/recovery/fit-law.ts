import { choleskySolve, LevenbergMarquardt, Role } from '../../src/numerics/index.ts';
import type { FreeLaw } from './free-law.ts';
import type { Point } from './sampling.ts';

const MOST_STEPS = 60;
const TOLERANCE = 1e-14;

/** A law with its constants fitted to values. */
export interface FittedLaw {
  readonly constants: Float64Array;
  /** Standard errors of the constants, relative to them; those of constants that only count together are shared out. */
  readonly errors: readonly number[];
  /** How much worse other constants fit: the sum of squares above the least, in units of its value per degree of freedom. */
  excess(constants: ArrayLike<number>): number;
}

/**
 * Fits the free constants of a law to values at points by least squares of (f - value) / scale.
 *
 * The constants move as multiples of their start, so that their sizes do not matter. They stay at the start when the
 * law is not finite there.
 */
export function fitLaw(
  law: FreeLaw,
  points: readonly Point[],
  values: ArrayLike<number>,
  scales: ArrayLike<number>,
  start: ArrayLike<number> = law.truth,
): FittedLaw {
  const n = start.length;
  const constantsAt = (multiples: Float64Array): Float64Array => multiples.map((multiple, j) => multiple * start[j]);
  const normalEquations = (multiples: Float64Array, hessian: Float64Array, gradient: Float64Array): number => {
    const constants = constantsAt(multiples);
    hessian.fill(0);
    gradient.fill(0);
    let loss = 0;
    for (let i = 0; i < points.length; i++) {
      const residual = (law.value(points[i], constants) - values[i]) / scales[i];
      loss += residual * residual;
      const slopes = law.slopes(points[i], constants);
      for (let j = 0; j < n; j++) {
        const by = slopes[j] / multiples[j] / scales[i];
        gradient[j] += by * residual;
        for (let k = 0; k <= j; k++) hessian[j * n + k] += (by * slopes[k]) / multiples[k] / scales[i];
      }
    }
    for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) hessian[k * n + j] = hessian[j * n + k];
    return gradient.subarray(0, n).every(Number.isFinite) ? loss : Number.NaN;
  };
  const multiples = new Float64Array(n).fill(1);
  if (n > 0) {
    const solver = new LevenbergMarquardt(n);
    const options = { maxIterations: MOST_STEPS, tolerance: TOLERANCE, floor: 0 };
    solver.minimise({ normalEquations }, multiples, n, new Uint8Array(n).fill(Role.free), options);
  }
  const hessian = new Float64Array(n * n);
  const loss = normalEquations(multiples, hessian, new Float64Array(n));
  const variance = loss / Math.max(1, points.length - n);
  const errors = Array.from(multiples, (multiple, j) => {
    const solution = new Float64Array(n);
    solution[j] = 1;
    if (!choleskySolve(hessian.slice(), solution, n)) return 0;
    return Math.sqrt(Math.max(0, solution[j] * variance)) / Math.abs(multiple);
  });
  const sumOfSquares = (constants: ArrayLike<number>): number => {
    return points.reduce((sum, point, i) => sum + ((law.value(point, constants) - values[i]) / scales[i]) ** 2, 0);
  };
  const excess = (constants: ArrayLike<number>): number => (sumOfSquares(constants) - loss) / variance;
  return { constants: constantsAt(multiples), errors, excess };
}
