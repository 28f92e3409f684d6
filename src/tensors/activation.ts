import * as tf from '@tensorflow/tfjs';

/** Activations that a linear map can carry; the numbers are those of kernel/activation.ts. */
export const ACTIVATIONS = { linear: 0, relu: 1, sigmoid: 2, tanh: 3, gelu: 4 } as const;

/** The name of an activation. */
export type Activation = keyof typeof ACTIVATIONS;

/** The same functions from tfjs's own, for back-ends without our kernels. */
export const PLAIN_ACTIVATIONS: Readonly<Record<Activation, (x: tf.Tensor) => tf.Tensor>> = {
  linear: (x) => x,
  relu: (x) => tf.relu(x),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  gelu: (x) => tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))))),
};
