import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';

/** Standard normal numbers as a tensor. */
export function normal(shape: number[], seed: number): tf.Tensor {
  const stream = new RandomStream(seed);
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => stream.normal());
  return tf.tensor(values, shape);
}

/**
 * The slope of a function along random directions of all its inputs, by the tape and by a difference quotient, which is central,
 * at two steps, and extrapolated.
 */
export function slopes(
  f: (inputs: Record<string, tf.Tensor>) => tf.Scalar,
  inputs: Readonly<Record<string, tf.Tensor>>,
  movable: readonly string[],
  step: number,
): { name: string; slope: number; quotient: number }[] {
  return movable.map((name, i) =>
    tf.tidy(() => {
      const x = inputs[name];
      const along = normal(x.shape, 70 + i);
      const at = (moved: tf.Tensor): tf.Scalar => f({ ...inputs, [name]: moved });
      const slope = tf.sum(tf.mul(tf.grad(at)(x), along)).dataSync()[0];
      const value = (by: number): number => at(tf.add(x, tf.mul(along, by))).dataSync()[0];
      const central = (h: number): number => (value(h) - value(-h)) / (2 * h);
      return { name, slope, quotient: (4 * central(step) - central(2 * step)) / 3 };
    }),
  );
}
