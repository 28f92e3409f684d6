import * as tf from '@tensorflow/tfjs';
import { ConvergenceError } from '../../core/index.ts';
import { pairSquares } from './pairs.ts';

interface SinkhornSettings {
  readonly epsilon: number;
  readonly iterations: number;
  /** Of the potentials, relative to epsilon. */
  readonly tolerance: number;
}

interface Potentials {
  readonly f: tf.Tensor;
  readonly g: tf.Tensor;
}

/** Iterations between two looks at how far the potentials still move. */
const LOOK = 10;

/** -epsilon log sum_j exp(log b_j + (g_j - C_ij) / epsilon), along the second axis. */
function softMinimum(cost: tf.Tensor, g: tf.Tensor, logB: tf.Tensor, epsilon: number): tf.Tensor {
  return tf.mul(-epsilon, tf.logSumExp(tf.add(logB, tf.div(tf.sub(g, cost), epsilon)), 1));
}

function potentials(cost: tf.Tensor, logA: tf.Tensor, logB: tf.Tensor, s: SinkhornSettings, same: boolean): Potentials {
  const back = same ? cost : tf.transpose(cost);
  let g: tf.Tensor = tf.zerosLike(logB);
  let f = softMinimum(cost, g, logB, s.epsilon);
  let moved = Number.POSITIVE_INFINITY;
  for (let i = 1; i <= s.iterations; i++) {
    const last = f;
    [f, g] = tf.tidy(() => {
      // Of one cloud and itself both potentials are one; averaging then converges in a few steps.
      if (same) {
        const next = tf.mul(0.5, tf.add(f, softMinimum(cost, f, logA, s.epsilon)));
        return [next, tf.clone(next)];
      }
      const nextG = softMinimum(back, f, logA, s.epsilon);
      return [softMinimum(cost, nextG, logB, s.epsilon), nextG];
    });
    if (i % LOOK === 0 || i === s.iterations) {
      moved = tf.tidy(() => tf.max(tf.abs(tf.sub(f, last))).dataSync()[0]) / s.epsilon;
      if (!(moved > s.tolerance)) break;
    }
  }
  if (!(moved <= s.tolerance)) {
    throw new ConvergenceError('the potentials of the transport still move', s.iterations, moved, 'raise epsilon');
  }
  return { f, g };
}

/**
 * OT(x, y) with its gradient by the envelope theorem: at the optimum only the cost moves, so that no iteration is differentiated.
 */
function transport(x: tf.Tensor, y: tf.Tensor, a: tf.Tensor, b: tf.Tensor, settings: SinkhornSettings, same: boolean) {
  const compute = tf.customGrad((...given) => {
    const save = given.pop() as unknown as (tensors: tf.Tensor[]) => void;
    const [p, q, ofP, ofQ] = given as tf.Tensor[];
    const { f, g } = tf.tidy(() => {
      const cost = pairSquares(p, q);
      const found = potentials(cost, tf.log(ofP), tf.log(ofQ), settings, same);
      return { f: found.f, g: found.g };
    });
    save([p, q, ofP, ofQ, f, g]);
    const value = tf.add(tf.sum(tf.mul(ofP, f)), tf.sum(tf.mul(ofQ, g)));
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [s, t, ofS, ofT, u, v] = saved;
        const exponent = tf.div(tf.sub(tf.add(tf.expandDims(u, 1), v), pairSquares(s, t)), settings.epsilon);
        const plan = tf.mul(tf.mul(tf.expandDims(ofS, 1), ofT), tf.exp(exponent));
        const twice = tf.mul(2, dy);
        const ofFirst = tf.sub(tf.mul(s, tf.sum(plan, 1).expandDims(1)), tf.matMul(plan, t));
        const ofSecond = tf.sub(tf.mul(t, tf.sum(plan, 0).expandDims(1)), tf.matMul(plan, s, true));
        return [tf.mul(twice, ofFirst), tf.mul(twice, ofSecond), tf.mul(dy, u), tf.mul(dy, v)];
      },
    };
  });
  return compute(x, y, a, b);
}

/**
 * The debiased divergence of two weighted clouds.
 *
 * @param x shape [m, dimensions]
 * @param y shape [n, dimensions]
 * @param a shares of the points of x, shape [m]
 * @param b those of y, shape [n]
 * @throws ConvergenceError when the potentials still move after the last iteration
 */
export function sinkhornDivergence(
  x: tf.Tensor,
  y: tf.Tensor,
  a: tf.Tensor,
  b: tf.Tensor,
  settings: SinkhornSettings,
): tf.Tensor {
  const own = tf.add(transport(x, x, a, a, settings, true), transport(y, y, b, b, settings, true));
  return tf.sub(transport(x, y, a, b, settings, false), tf.mul(0.5, own));
}
