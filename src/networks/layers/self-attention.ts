import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../../core/index.ts';
import { attention } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { Dense } from './dense.ts';

/** What attention of a sequence on itself may be told. */
export interface SelfAttentionOptions {
  /** Whether a step sees only itself and those before; false without a word. */
  readonly causal?: boolean;
}

/** Attention of a sequence on itself by several heads. */
export class SelfAttention extends Module {
  readonly project: Dense;
  readonly join: Dense;
  readonly causal: boolean;

  /** @throws OptionError "heads" | "size" */
  constructor(
    width: number,
    readonly heads: number,
    random: RandomStream,
    { causal = false }: SelfAttentionOptions = {},
  ) {
    super();
    if (!(Number.isSafeInteger(heads) && heads > 0 && width % heads === 0)) {
      throw new OptionError(
        'heads',
        'heads',
        `a width of ${width} does not divide into ${heads} heads`,
        'a divisor of the width',
      );
    }
    this.project = new Dense(width, 3 * width, random);
    this.join = new Dense(width, width, random);
    this.causal = causal;
  }

  /**
   * @param x shape [batch, steps, width]
   * @returns the same shape
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    const steps = x.shape[1] ?? 0;
    const bias = this.causal ? hideLater(steps) : undefined;
    return this.join.call(attention(this.project.call(x), { heads: this.heads, ...(bias && { bias }) }));
  }
}

/** 0 for a step itself and those before, minus infinity for later ones; shape [steps, steps]. */
function hideLater(steps: number): tf.Tensor {
  const hidden = (_: unknown, i: number) => (i % steps > Math.floor(i / steps) ? Number.NEGATIVE_INFINITY : 0);
  return tf.tensor2d(Float32Array.from({ length: steps * steps }, hidden), [steps, steps]);
}
