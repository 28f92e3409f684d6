import * as tf from '@tensorflow/tfjs';
import { isNested } from '../nested-gradients.ts';
import { hasKernel } from '../register-kernels.ts';
import { checkLastAxis, checkShape } from './shape-checks.ts';

/**
 * Layer normalisation over the last axis: (x - mean) / sqrt(variance + epsilon) gain + shift.
 *
 * @param x shape [..., features]
 * @param gain shape [features], like shift
 * @throws ShapeError
 * @see Ba, Kiros, Hinton, "Layer normalization", arXiv:1607.06450
 */
export function layerNorm(x: tf.Tensor, gain: tf.Tensor, shift: tf.Tensor, epsilon = 1e-5): tf.Tensor {
  checkShape('gain', gain, ['features']);
  checkShape('shift', shift, [gain.shape[0]]);
  checkLastAxis('x', x, gain.shape[0]);
  if (hasKernel('AnsatzLayerNorm') && !isNested()) {
    const outputs = tf.engine().runKernel('AnsatzLayerNorm', { x, gain, shift }, { epsilon }) as unknown as tf.Tensor[];
    return outputs[0];
  }
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), gain), shift);
}
