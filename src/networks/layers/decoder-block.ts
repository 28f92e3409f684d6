import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../core/index.ts';
import { Module } from '../module.ts';
import { cachedAttention } from './cached-attention.ts';
import { CrossAttention } from './cross-attention.ts';
import { Dense } from './dense.ts';
import { Dropout } from './dropout.ts';
import type { KeyValueCache } from './key-value-cache.ts';
import { LayerNorm } from './layer-norm.ts';
import { SelfAttention } from './self-attention.ts';
import type { TransformerOptions } from './transformer.ts';

/**
 * Causal attention, attention on another sequence, and two dense layers, each added to what came in, which is normalised
 * before.
 *
 * @see Vaswani et al., arXiv:1706.03762; Xiong et al., arXiv:2002.04745, for the place of the normalisation
 */
export class DecoderBlock extends Module {
  readonly first: LayerNorm;
  readonly attention: SelfAttention;
  readonly second: LayerNorm;
  readonly cross: CrossAttention;
  readonly third: LayerNorm;
  readonly widen: Dense;
  readonly narrow: Dense;
  private readonly dropouts: readonly Dropout[];
  private readonly heads: number;

  /** @throws OptionError "size" | "heads" | "range" */
  constructor(options: Omit<TransformerOptions, 'layers' | 'causal' | 'relativePositions'>, random: RandomStream) {
    super();
    const { width, heads, hidden = 4 * width, dropout = 0 } = options;
    this.heads = heads;
    this.first = new LayerNorm(width);
    this.attention = new SelfAttention(width, heads, random, { causal: true });
    this.second = new LayerNorm(width);
    this.cross = new CrossAttention(width, heads, random);
    this.third = new LayerNorm(width);
    this.widen = new Dense(width, hidden, random, { activation: 'gelu' });
    this.narrow = new Dense(hidden, width, random);
    this.dropouts = [1, 2, 3].map((label) => new Dropout(dropout, random.split(label)));
  }

  /**
   * @param x shape [batch, steps, width]
   * @param memory what is decoded, shape [batch, keys, width]
   * @param mask 1 for keys to be seen and 0 for padded ones, shape [batch, keys]; all are seen without it
   * @returns shape [batch, steps, width]
   * @throws ShapeError
   */
  override call(x: tf.Tensor, memory: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
    const [afterSelf, afterCross, afterDense] = this.dropouts;
    const own = tf.add(x, afterSelf.call(this.attention.call(this.first.call(x))));
    const both = tf.add(own, afterCross.call(this.cross.call(this.second.call(own), memory, mask)));
    return tf.add(both, afterDense.call(this.narrow.call(this.widen.call(this.third.call(both)))));
  }

  /** The new steps alone, from a cache, to which they are added; never with dropout. */
  step(x: tf.Tensor, cache: KeyValueCache, layer: number): tf.Tensor {
    const own = tf.add(x, cachedAttention(this.attention, this.heads, this.first.call(x), cache, layer));
    const both = tf.add(own, this.cross.look(this.second.call(own), cache.sourceOf(layer), cache.mask));
    return tf.add(both, this.narrow.call(this.widen.call(this.third.call(both))));
  }
}
