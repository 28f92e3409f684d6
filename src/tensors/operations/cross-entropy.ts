import * as tf from '@tensorflow/tfjs';
import { DataError } from '../../core/index.ts';
import { isNested } from '../nested-gradients.ts';
import { hasKernel } from '../register-kernels.ts';
import { checkShape } from './shape-checks.ts';

/**
 * -log softmax(logits)[label] of each place, in nats.
 *
 * @param logits shape [..., classes]
 * @param labels int32, shape [...]; a negative label leaves its place out: loss 0, no gradient
 * @returns shape [...]
 * @throws ShapeError, DataError "label-type"
 */
export function crossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  checkShape('labels', labels, logits.shape.slice(0, -1));
  if (labels.dtype !== 'int32') {
    throw new DataError('label-type', `labels are ${labels.dtype}`, "make them with tf.tensor(labels, shape, 'int32')");
  }
  if (hasKernel('AnsatzCrossEntropy') && !isNested()) {
    const outputs = tf.engine().runKernel('AnsatzCrossEntropy', { logits, labels }) as unknown as tf.Tensor[];
    return outputs[0];
  }
  // -1 gives a row of zeros, and with it loss and gradient 0.
  const chosen = tf.oneHot(labels as tf.Tensor1D, logits.shape.at(-1)!);
  // Not tf.logSoftmax, whose second derivative tfjs gets wrong.
  const logShares = tf.sub(logits, tf.logSumExp(logits, -1, true));
  return tf.neg(tf.sum(tf.mul(logShares, tf.cast(chosen, 'float32')), -1));
}
