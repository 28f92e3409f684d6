import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import type { Module } from '../../../src/networks/index.ts';

export function normal(shape: number[], seed: number): tf.Tensor {
  const stream = new RandomStream(seed);
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => stream.normal());
  return tf.tensor(values, shape);
}

/** Moves every trainable parameter by a normal step, so that nothing is near the identity where it began. */
export function shaken<M extends Module>(network: M, size: number): M {
  network.trainable().forEach((variable, i) => {
    tf.tidy(() => variable.assign(tf.add(variable, tf.mul(normal(variable.shape, 100 + i), size))));
  });
  return network;
}

/** The Jacobian at every row, from gradients of one coordinate at a time: rows of a batch do not mix. */
export function jacobians(map: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): number[][][] {
  const [count, dimension] = x.shape as [number, number];
  const slopes = Array.from({ length: dimension }, (_, i) => {
    const coordinate = (at: tf.Tensor): tf.Tensor => tf.sum(tf.slice(map(at), [0, i], [count, 1]));
    return tf.grad(coordinate)(x).arraySync() as number[][];
  });
  return Array.from({ length: count }, (_, row) => slopes.map((gradient) => gradient[row]));
}

/** By expansion along the first row. */
export function determinant(rows: readonly (readonly number[])[]): number {
  if (rows.length === 0) return 1;
  const [first, ...rest] = rows;
  return first.reduce((sum, value, j) => {
    const minor = rest.map((row) => row.filter((_, column) => column !== j));
    return sum + (j % 2 === 0 ? value : -value) * determinant(minor);
  }, 0);
}
