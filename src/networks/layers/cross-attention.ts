import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream, ShapeError } from '../../core/index.ts';
import { attention } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { Dense } from './dense.ts';

/**
 * Attention of a sequence on another by several heads: queries from the one, keys and values from the other.
 *
 * @see Vaswani et al., arXiv:1706.03762
 */
export class CrossAttention extends Module {
  readonly project: Dense;
  /** Keys and values of the other sequence, side by side. */
  readonly remember: Dense;
  readonly join: Dense;

  /** @throws OptionError "heads" | "size" */
  constructor(
    private readonly width: number,
    private readonly heads: number,
    random: RandomStream,
  ) {
    super();
    if (!(Number.isSafeInteger(heads) && heads > 0 && width % heads === 0)) {
      const message = `a width of ${width} does not divide into ${heads} heads`;
      throw new OptionError('heads', 'heads', message, 'a divisor of the width');
    }
    this.project = new Dense(width, width, random);
    this.remember = new Dense(width, 2 * width, random);
    this.join = new Dense(width, width, random);
  }

  /**
   * @param x shape [batch, steps, width]
   * @param memory the other sequence, shape [batch, keys, width]
   * @param bias added to the scores, shape [batch, 1, 1, keys]; minus infinity hides a key
   * @returns shape [batch, steps, width]
   * @throws ShapeError
   */
  override call(x: tf.Tensor, memory: tf.Tensor, bias?: tf.Tensor): tf.Tensor {
    check('memory', memory, x.shape[0], this.width);
    return this.look(x, this.remember.call(memory), bias);
  }

  /**
   * As `call`, from keys and values that `remember` made before.
   *
   * @param remembered shape [batch, keys, 2 width]
   * @throws ShapeError
   */
  look(x: tf.Tensor, remembered: tf.Tensor, bias?: tf.Tensor): tf.Tensor {
    const { width, heads } = this;
    check('x', x, undefined, width);
    check('remembered', remembered, x.shape[0], 2 * width);
    const queries = this.project.call(x);
    if (!bias) return this.join.call(attention(queries, { heads, memory: remembered }));
    const [batch, keys] = remembered.shape;
    if (!tf.util.arraysEqual(bias.shape, [batch, 1, 1, keys])) {
      throw new ShapeError('bias', `[${batch}, 1, 1, ${keys}]`, `[${bias.shape.join(', ')}]`);
    }
    return this.join.call(biasedAttention(queries, remembered, heads, bias));
  }
}

/** Attention whose bias differs from sequence to sequence, by the operations of tfjs. */
function biasedAttention(queries: tf.Tensor, remembered: tf.Tensor, heads: number, bias: tf.Tensor): tf.Tensor {
  const [batch, steps, width] = queries.shape as [number, number, number];
  const apart = (x: tf.Tensor): tf.Tensor =>
    tf.transpose(tf.reshape(x, [batch, x.shape[1]!, heads, width / heads]), [0, 2, 1, 3]);
  const [q, k, v] = [queries, ...tf.split(remembered, 2, -1)].map(apart);
  const scores = tf.mul(tf.matMul(q, k, false, true), Math.sqrt(heads / width));
  const seen = tf.matMul(tf.softmax(tf.add(scores, bias)), v);
  return tf.reshape(tf.transpose(seen, [0, 2, 1, 3]), [batch, steps, width]);
}

function check(name: string, tensor: tf.Tensor, batch: number | undefined, width: number): void {
  const { rank, shape } = tensor;
  if (rank === 3 && shape[2] === width && (batch === undefined || shape[0] === batch)) return;
  throw new ShapeError(name, `[${batch ?? 'batch'}, steps, ${width}]`, `[${shape.join(', ')}]`);
}
