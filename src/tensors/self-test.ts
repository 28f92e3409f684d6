import * as tf from '@tensorflow/tfjs';
import { BackendError } from '../core/index.ts';
import { gelu, linear } from './operations/linear.ts';

const TOLERANCE = 1e-4;

/** Numbers that are known beforehand, and the tensors that should hold them. */
const CHECKS: readonly { readonly name: string; compute(): tf.Tensor; readonly expected: readonly number[] }[] = [
  {
    name: 'a product of matrices',
    compute: () =>
      tf.matMul(tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]), tf.tensor2d([1, 0, 2, -1, 0, 3], [2, 3]), false, true),
    expected: [7, 8, 16, 14],
  },
  { name: 'exp', compute: () => tf.exp(tf.tensor1d([-1, 0, 2])), expected: [0.36787944, 1, 7.3890561] },
  { name: 'gelu', compute: () => gelu(tf.tensor1d([-1, 0, 2])), expected: [-0.15865525, 0, 1.9544997] },
  {
    name: 'the gradient of a dense layer',
    compute: () => {
      const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
      return tf.grad((w: tf.Tensor) => tf.sum(tf.square(linear(x, w, undefined, 'relu'))))(
        tf.tensor2d([1, -1, 1, 1], [2, 2]),
      );
    },
    expected: [48, 8, 68, 12],
  },
];

/**
 * Whether a back-end computes what is known beforehand.
 *
 * @throws BackendError "wrong-result" that says what came instead
 */
export async function selfTest(backend: string): Promise<void> {
  for (const { name, compute, expected } of CHECKS) {
    const result = tf.tidy(compute);
    const values = [...(await result.data())];
    result.dispose();
    const fits = expected.every((value, i) => Math.abs(values[i] - value) <= TOLERANCE * (1 + Math.abs(value)));
    if (fits && values.length === expected.length) continue;
    throw new BackendError(
      'wrong-result',
      backend,
      name,
      `${name} on "${backend}" gives ${values.join(', ')} where ${expected.join(', ')} is due`,
      'choose another back-end',
    );
  }
}
