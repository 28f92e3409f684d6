import * as tf from '@tensorflow/tfjs';
import { ConvergenceError, OptionError } from '../../core/index.ts';

/** How an equation is followed. */
export interface SolverOptions {
  /** Error of a step, absolute and relative to the largest value; 1e-5 without a word. */
  readonly tolerance?: number;
  /** Steps, accepted or not, before it is given up; 1000 without a word. */
  readonly maximumSteps?: number;
}

/** Slopes of dy/dt = f(t, y). */
export type Slope = (time: number, y: tf.Tensor) => tf.Tensor;

/** The method of order 5 with one of order 4 in it: times, and weights of the slopes before each. */
const TIMES = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1] as const;
const WEIGHTS: readonly (readonly number[])[] = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** Order 5 less order 4. */
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40] as const;

function weighted(slopes: readonly tf.Tensor[], weights: readonly number[], step: number): tf.Tensor {
  return tf.addN(weights.flatMap((weight, i) => (weight === 0 ? [] : [tf.mul(slopes[i], weight * step)])));
}

/**
 * Follows dy/dt = f(t, y) with steps as long as the worst component allows.
 *
 * @param start y at `from`
 * @returns y at `to`, which may come before `from`
 * @throws OptionError "range"; ConvergenceError where the steps run out, or a slope is not finite
 * @see Dormand, Prince, Journal of Computational and Applied Mathematics 6 (1980) 19
 */
export function integrate(
  f: Slope,
  start: tf.Tensor,
  from: number,
  to: number,
  options: SolverOptions = {},
): tf.Tensor {
  const { tolerance = 1e-5, maximumSteps = 1000 } = options;
  if (!(tolerance > 0)) throw new OptionError('range', 'tolerance', `${tolerance}`, 'a number above 0');
  const length = Math.abs(to - from);
  const sign = Math.sign(to - from);
  return tf.tidy(() => {
    let [done, step] = [0, Math.min(0.05, length)];
    let y = start;
    let first = f(from, y);
    for (let tried = 0; done < length; tried++) {
      const last = step >= length - done;
      const long = sign * (last ? length - done : step);
      const now = from + sign * done;
      const [next, slope, worst] = tf.tidy(() => tryStep(f, now, long, y, first, tolerance));
      if (tried >= maximumSteps || !Number.isFinite(worst)) {
        const why = 'the field is too steep, or not finite: train it longer, or allow a larger tolerance';
        throw new ConvergenceError(`the equation is not solved beyond time ${now}`, tried, worst, why);
      }
      if (worst <= 1) {
        done = last ? length : done + step;
        [y, first] = [next, slope];
      }
      step *= Math.min(5, Math.max(0.2, 0.9 * Math.max(worst, 1e-10) ** -0.2));
    }
    return y;
  });
}

/** y after a step, the slope there, and the largest error in units of what is allowed. */
function tryStep(
  f: Slope,
  time: number,
  step: number,
  y: tf.Tensor,
  first: tf.Tensor,
  tolerance: number,
): [tf.Tensor, tf.Tensor, number] {
  const slopes = [first];
  let next = y;
  for (let stage = 1; stage < TIMES.length; stage++) {
    next = tf.add(y, weighted(slopes, WEIGHTS[stage], step));
    slopes.push(f(time + TIMES[stage] * step, next));
  }
  const allowed = tf.mul(tf.add(tf.maximum(tf.abs(y), tf.abs(next)), 1), tolerance);
  const worst = tf.max(tf.abs(tf.div(weighted(slopes, ERROR, step), allowed))).dataSync()[0];
  return [next, slopes.at(-1)!, worst];
}
