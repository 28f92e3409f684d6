import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../../core/index.ts';
import { attention } from '../../tensors/index.ts';
import { hideMasked } from '../mask.ts';
import { Module } from '../module.ts';
import { checkSize } from '../parameter.ts';
import { Dense } from './dense.ts';
import { RelativePositions } from './relative-positions.ts';

/** What attention of a sequence on itself may be told. */
export interface SelfAttentionOptions {
  /** Whether a step sees only itself and those before; false without a word. */
  readonly causal?: boolean;
  /** Scores get a learned number for each head and each distance of two steps, up to this one; none without a word. */
  readonly relativePositions?: number;
}

/** Attention of a sequence on itself by several heads. */
export class SelfAttention extends Module {
  readonly project: Dense;
  readonly join: Dense;
  readonly positions: RelativePositions | undefined;
  readonly causal: boolean;

  /** @throws OptionError "heads" | "size" */
  constructor(
    width: number,
    readonly heads: number,
    random: RandomStream,
    { causal = false, relativePositions }: SelfAttentionOptions = {},
  ) {
    super();
    checkSize('width', width);
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
    this.positions = relativePositions === undefined ? undefined : new RelativePositions(heads, relativePositions);
    this.causal = causal;
  }

  /**
   * @param x shape [batch, steps, width]
   * @param mask 1 for steps to be seen and 0 for padded ones, shape [batch, steps]; all are seen without it
   * @returns the same shape; what stands at padded steps means nothing
   * @throws ShapeError
   */
  override call(x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
    const [batch, steps] = [x.shape[0] ?? 0, x.shape[1] ?? 0];
    const seen = this.project.call(x);
    const terms: tf.Tensor[] = [];
    if (this.positions) terms.push(this.positions.bias(steps));
    if (this.causal) terms.push(hideLater(steps));
    if (mask) terms.push(hideMasked(mask, batch, steps));
    const bias = terms.length > 0 ? terms.reduce((sum, term) => tf.add(sum, term)) : undefined;
    return this.join.call(attention(seen, { heads: this.heads, ...(bias && { bias }) }));
  }
}

/** 0 for a step itself and those before, minus infinity for later ones; shape [steps, steps]. */
function hideLater(steps: number): tf.Tensor {
  const hidden = (_: unknown, i: number) => (i % steps > Math.floor(i / steps) ? Number.NEGATIVE_INFINITY : 0);
  return tf.tensor2d(Float32Array.from({ length: steps * steps }, hidden), [steps, steps]);
}
