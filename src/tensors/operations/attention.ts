import * as tf from '@tensorflow/tfjs';
import { OptionError } from '../../core/index.ts';
import { isNested } from '../nested-gradients.ts';
import { hasKernel } from '../register-kernels.ts';
import { checkShape } from './shape-checks.ts';

/** What attention may be told. */
export interface AttentionOptions {
  readonly heads: number;
  /** Keys and values of another sequence, side by side: shape [batch, keys, 2 width]. Without it, a sequence looks at itself. */
  readonly memory?: tf.Tensor;
  /**
   * Added to the scores, shape [steps, keys] or [batch, heads, steps, keys], where each of the first three lengths may be 1
   * for one that is shared; minus infinity hides a key. A step that sees no key gets zeros.
   */
  readonly bias?: tf.Tensor;
}

/**
 * Scaled dot-product attention, softmax(q k^T / sqrt(depth) + bias) v, head by head.
 *
 * @param queries queries, keys and values side by side, shape [batch, steps, 3 width]; with `memory` queries alone,
 *   shape [batch, steps, width]; heads lie side by side in a width, width = heads * depth
 * @returns shape [batch, steps, width]
 * @throws ShapeError, OptionError "heads"
 * @see Vaswani et al., "Attention is all you need", arXiv:1706.03762
 */
export function attention(queries: tf.Tensor, { heads, memory, bias }: AttentionOptions): tf.Tensor {
  checkShape('queries', queries, ['batch', 'steps', memory ? 'width' : '3 width']);
  const [batch, steps, wide] = queries.shape;
  const width = memory ? wide : wide / 3;
  if (!Number.isInteger(heads) || heads < 1 || width % heads !== 0) {
    throw new OptionError(
      'heads',
      'heads',
      `a width of ${width} does not divide into ${heads} heads`,
      'a divisor of the width',
    );
  }
  if (memory) checkShape('memory', memory, [batch, 'keys', 2 * width]);
  const keys = memory ? memory.shape[1]! : steps;
  if (bias) checkBias(bias, [batch, heads, steps, keys]);
  const kernel = memory ? 'AnsatzCrossAttention' : 'AnsatzSelfAttention';
  if (hasKernel(kernel) && !isNested()) {
    const inputs: tf.NamedTensorMap = { queries };
    if (memory) inputs['memory'] = memory;
    if (bias) inputs['bias'] = bias;
    const outputs = tf.engine().runKernel(kernel, inputs, { heads, ...(bias && { biasShape: bias.shape }) });
    return (outputs as unknown as tf.Tensor[])[0];
  }
  const apart = (x: tf.Tensor, count: number): tf.Tensor =>
    tf.transpose(tf.reshape(x, [batch, count, heads, width / heads]), [0, 2, 1, 3]);
  const parts = memory ? [queries, ...tf.split(memory, 2, -1)] : tf.split(queries, 3, -1);
  const [q, k, v] = [apart(parts[0], steps), apart(parts[1], keys), apart(parts[2], keys)];
  const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(width / heads));
  const weights = bias ? softmaxOfSeen(tf.add(scores, bias)) : tf.softmax(scores);
  return tf.reshape(tf.transpose(tf.matMul(weights, v), [0, 2, 1, 3]), [batch, steps, width]);
}

/** @throws ShapeError */
function checkBias(bias: tf.Tensor, [batch, heads, steps, keys]: readonly number[]): void {
  if (bias.rank === 2) checkShape('bias', bias, [steps, keys]);
  else {
    const shared = [batch, heads, steps].map((length, axis) => (bias.shape[axis] === 1 ? 1 : length));
    checkShape('bias', bias, [...shared, keys]);
  }
}

/** softmax, zeros where every score is minus infinity. */
function softmaxOfSeen(scores: tf.Tensor): tf.Tensor {
  const seen = tf.greater(tf.max(scores, -1, true), Number.NEGATIVE_INFINITY);
  const safe = tf.where(seen, scores, tf.zerosLike(scores));
  return tf.mul(tf.softmax(safe), tf.cast(seen, 'float32'));
}
