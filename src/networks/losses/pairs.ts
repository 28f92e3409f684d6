import * as tf from '@tensorflow/tfjs';

/** Keeps the slope of a root finite where two points are one. */
const NEAR = 1e-12;

/**
 * Weights as shares of their sum; equal shares without weights.
 *
 * @returns shape [count]
 */
export function shares(weights: tf.Tensor | undefined, count: number): tf.Tensor {
  return weights ? tf.div(weights, tf.sum(weights)) : tf.fill([count], 1 / count);
}

/**
 * |x_i - y_j|^2 of all pairs; differences are taken first, since those of squares would cancel.
 *
 * @param x shape [m, dimensions]
 * @param y shape [n, dimensions]
 * @returns shape [m, n]
 */
export function pairSquares(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return tf.sum(tf.square(tf.sub(tf.expandDims(x, 1), tf.expandDims(y, 0))), 2);
}

/** |x_i - y_j| of all pairs, shape [m, n]. */
export function pairDistances(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.add(pairSquares(x, y), NEAR));
}

/** The sum of a_i b_j k_ij, a scalar. */
export function kernelMean(kernel: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.sum(tf.mul(a, tf.sum(tf.mul(kernel, b), 1)));
}
