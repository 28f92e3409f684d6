import type * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream, ShapeError } from '../../core/index.ts';
import { attention } from '../../tensors/index.ts';
import { hideMasked } from '../mask.ts';
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
   * @param mask 1 for keys to be seen and 0 for padded ones, shape [batch, keys]; all are seen without it
   * @returns shape [batch, steps, width]
   * @throws ShapeError
   */
  override call(x: tf.Tensor, memory: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
    check('memory', memory, x.shape[0], this.width);
    return this.look(x, this.remember.call(memory), mask);
  }

  /**
   * As `call`, from keys and values that `remember` made before.
   *
   * @param remembered shape [batch, keys, 2 width]
   * @throws ShapeError
   */
  look(x: tf.Tensor, remembered: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
    const { width, heads } = this;
    check('x', x, undefined, width);
    check('remembered', remembered, x.shape[0], 2 * width);
    const [batch, keys] = remembered.shape as [number, number];
    const bias = mask && hideMasked(mask, batch, keys);
    const seen = attention(this.project.call(x), { heads, memory: remembered, ...(bias && { bias }) });
    return this.join.call(seen);
  }
}

function check(name: string, tensor: tf.Tensor, batch: number | undefined, width: number): void {
  const { rank, shape } = tensor;
  if (rank === 3 && shape[2] === width && (batch === undefined || shape[0] === batch)) return;
  throw new ShapeError(name, `[${batch ?? 'batch'}, steps, ${width}]`, `[${shape.join(', ')}]`);
}
