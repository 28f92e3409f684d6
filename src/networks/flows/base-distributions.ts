import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../core/index.ts';

/** A distribution of independent numbers that a flow starts from. */
export interface BaseDistribution {
  /** @param z shape [batch, dimension]; @returns shape [batch] */
  logProbability(z: tf.Tensor): tf.Tensor;
  /** One number. */
  draw(random: RandomStream): number;
}

/** The distributions by name; a new one is a new row. `bound` is half the length of the interval of the uniform one. */
export const BASE_DISTRIBUTIONS = {
  normal: (): BaseDistribution => ({
    logProbability: (z) => tf.sub(tf.mul(tf.sum(tf.square(z), 1), -0.5), 0.5 * Math.log(2 * Math.PI) * z.shape[1]!),
    draw: (random) => random.normal(),
  }),
  uniform: (bound: number): BaseDistribution => ({
    logProbability(z) {
      const [rows, dimension] = z.shape as [number, number];
      // The last bin of a spline may end a rounding beyond its domain.
      const edge = bound * (1 + 1e-6);
      const height = -dimension * Math.log(2 * bound);
      const operation = tf.customGrad((given) => {
        const inside = tf.all(tf.lessEqual(tf.abs(given as tf.Tensor), edge), 1);
        const value = tf.where(inside, tf.fill([rows], height), tf.fill([rows], Number.NEGATIVE_INFINITY));
        return { value, gradFunc: () => tf.zeros([rows, dimension]) };
      });
      return operation(z);
    },
    draw: (random) => bound * (2 * random.uniform() - 1),
  }),
} as const;

/** The name of a base distribution. */
export type BaseName = keyof typeof BASE_DISTRIBUTIONS;
