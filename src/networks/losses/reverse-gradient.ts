import * as tf from '@tensorflow/tfjs';

/**
 * The same values, with the gradient turned round: what lies before this learns to hinder what lies behind.
 *
 * An adversary that guesses the mass from the reversed score learns to guess, and the classifier that it cannot be guessed.
 *
 * @param x any shape
 * @param strength the factor on the turned gradient, >= 0
 * @see Ganin et al., arXiv:1505.07818; Louppe, Kagan, Cranmer, arXiv:1611.01046
 */
export function reverseGradient(x: tf.Tensor, strength = 1): tf.Tensor {
  const reverse = tf.customGrad((given) => ({
    value: tf.clone(given as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.mul(dy, -strength),
  }));
  return reverse(x);
}
