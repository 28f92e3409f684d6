import * as tf from '@tensorflow/tfjs';
import { DomainError, type RandomStream } from '../../core/index.ts';
import type { Loss } from './loss.ts';
import { kernelMean, pairDistances, pairSquares, shares } from './pairs.ts';
import { sinkhornDivergence } from './sinkhorn.ts';

const LINES = { x: ['m'], y: ['n'], 'xWeights?': ['m'], 'yWeights?': ['n'] } as const;
const CLOUDS = { x: ['m', 'dimensions'], y: ['n', 'dimensions'], 'xWeights?': ['m'], 'yWeights?': ['n'] } as const;
const POWER = { power: { default: 1, least: 1 } } as const;

/** The order that sorts values; sorting has no gradient in tfjs, gathering in a fixed order has. */
function sortingOrder(values: ArrayLike<number>): Int32Array {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new DomainError('not-finite', `sample ${i} is ${values[i]}`, 'samples to compare must be finite', { row: i });
  }
  return Int32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
}

const indices = (list: Int32Array): tf.Tensor1D => tf.tensor1d(list, 'int32');

/**
 * W_p^p of two weighted samples on a line, exactly: the integral over u of |X(u) - Y(u)|^p, X and Y the quantile functions.
 *
 * Both the positions and the weights have gradients.
 */
function line(x: tf.Tensor, y: tf.Tensor, ofX: tf.Tensor | undefined, ofY: tf.Tensor | undefined, power: number) {
  const sorted = [x, y].map((values, side) => {
    const order = indices(sortingOrder(values.dataSync()));
    const weights = tf.gather(shares([ofX, ofY][side], values.size), order);
    return { values: tf.gather(values, order), upTo: tf.cumsum(weights) };
  });
  const marks = sorted.map(({ upTo }) => upTo.dataSync());
  const [m, n] = marks.map(({ length }) => length);
  const merged = sortingOrder([...marks[0], ...marks[1]]);
  const [fromX, fromY] = [new Int32Array(m + n), new Int32Array(m + n)];
  let [i, j] = [0, 0];
  merged.forEach((at, k) => {
    // Up to this mark both quantile functions stand where they stood; rounding may put the last marks apart from 1.
    [fromX[k], fromY[k]] = [Math.min(i, m - 1), Math.min(j, n - 1)];
    if (at < m) i++;
    else j++;
  });
  const places = tf.gather(tf.concat([sorted[0].upTo, sorted[1].upTo]), indices(merged));
  const steps = tf.sub(places, tf.concat([tf.zeros([1]), tf.slice(places, 0, m + n - 1)]));
  const apart = tf.abs(
    tf.sub(tf.gather(sorted[0].values, indices(fromX)), tf.gather(sorted[1].values, indices(fromY))),
  );
  return tf.sum(tf.mul(steps, power === 1 ? apart : tf.pow(apart, power)));
}

/**
 * Directions for the sliced distance, uniform on the sphere.
 *
 * @returns shape [count, dimensions], rows of length 1
 */
export function randomDirections(count: number, dimensions: number, random: RandomStream): tf.Tensor2D {
  const values = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const own = Array.from({ length: dimensions }, () => random.normal());
    const length = Math.hypot(...own);
    own.forEach((value, i) => {
      values[row * dimensions + i] = value / length;
    });
  }
  return tf.tensor2d(values, [count, dimensions]);
}

/** Distances of samples, with weights where these are given; they need no densities. */
export const TRANSPORTS = {
  /** W_p^p on a line, exact; the earth mover's distance for `power` 1. */
  wasserstein: {
    family: 'transport',
    inputs: LINES,
    settings: POWER,
    compute: ({ x, y, xWeights, yWeights }, { power }) => line(x, y, xWeights, yWeights, power),
  },
  /** The mean of W_p^p over projections on `directions`, see `randomDirections`. */
  'sliced-wasserstein': {
    family: 'transport',
    inputs: { ...CLOUDS, directions: ['directions', 'dimensions'] },
    settings: POWER,
    compute: ({ x, y, xWeights, yWeights, directions }, { power }) => {
      const [ofX, ofY] = [x, y].map((points) => tf.matMul(directions, points, false, true));
      // Not tf.unstack, whose gradient stops for a single direction.
      const row = (of: tf.Tensor, i: number): tf.Tensor => tf.reshape(tf.slice(of, [i, 0], [1, -1]), [-1]);
      const parts = Array.from({ length: directions.shape[0] }, (_, i) =>
        line(row(ofX, i), row(ofY, i), xWeights, yWeights, power),
      );
      return tf.mean(tf.stack(parts));
    },
  },
  /**
   * Debiased entropic transport at cost |x - y|^2: OT(x, y) - OT(x, x) / 2 - OT(y, y) / 2, OT the least of <P, C> +
   * epsilon KL(P | a b). Goes to W_2^2 for small epsilon. First derivatives only.
   *
   * @see Feydy et al., arXiv:1810.08278; Janati et al., arXiv:2006.02572 for Gaussians
   */
  sinkhorn: {
    family: 'transport',
    inputs: CLOUDS,
    settings: {
      epsilon: { default: 0.1, least: 0, above: true },
      iterations: { default: 1000, least: 1, whole: true },
      tolerance: { default: 1e-4, least: 0, above: true },
    },
    compute: ({ x, y, xWeights, yWeights }, { epsilon, iterations, tolerance }) =>
      sinkhornDivergence(x, y, shares(xWeights, x.shape[0]), shares(yWeights, y.shape[0]), {
        epsilon,
        iterations,
        tolerance,
      }),
  },
  /** 2 E|X - Y| - E|X - X'| - E|Y - Y'|, pairs of a point with itself included. */
  energy: {
    family: 'transport',
    inputs: CLOUDS,
    compute: ({ x, y, xWeights, yWeights }) => {
      const [a, b] = [shares(xWeights, x.shape[0]), shares(yWeights, y.shape[0])];
      const across = kernelMean(pairDistances(x, y), a, b);
      return tf.sub(
        tf.mul(2, across),
        tf.add(kernelMean(pairDistances(x, x), a, a), kernelMean(pairDistances(y, y), b, b)),
      );
    },
  },
  /** Squared maximum mean discrepancy of the kernel exp(-|x - y|^2 / 2 width^2), pairs of a point with itself included. */
  'mean-discrepancy': {
    family: 'transport',
    inputs: CLOUDS,
    settings: { width: { default: 1, least: 0, above: true } },
    compute: ({ x, y, xWeights, yWeights }, { width }) => {
      const [a, b] = [shares(xWeights, x.shape[0]), shares(yWeights, y.shape[0])];
      const kernel = (s: tf.Tensor, t: tf.Tensor): tf.Tensor => tf.exp(tf.mul(pairSquares(s, t), -0.5 / width ** 2));
      const own = tf.add(kernelMean(kernel(x, x), a, a), kernelMean(kernel(y, y), b, b));
      return tf.sub(own, tf.mul(2, kernelMean(kernel(x, y), a, b)));
    },
  },
} as const satisfies Readonly<Record<string, Loss>>;
