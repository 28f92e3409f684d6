import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../core/index.ts';
import { Module } from '../module.ts';
import { checkSize } from '../parameter.ts';
import { Dense } from './dense.ts';
import { Dropout } from './dropout.ts';
import { LayerNorm } from './layer-norm.ts';
import { SelfAttention, type SelfAttentionOptions } from './self-attention.ts';

/** What a transformer is made of. */
export interface TransformerOptions extends SelfAttentionOptions {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  /** Width between the two dense layers of a block; four times the width without a word. */
  readonly hidden?: number;
  /** Share of what a block adds that is dropped in training; 0 without a word. */
  readonly dropout?: number;
}

/** Attention and two dense layers, each added to what came in, which is normalised before. */
export class TransformerBlock extends Module {
  readonly first: LayerNorm;
  readonly attention: SelfAttention;
  readonly second: LayerNorm;
  readonly widen: Dense;
  readonly narrow: Dense;
  private readonly dropouts: readonly Dropout[];

  /** @throws OptionError "size" | "heads" | "range" */
  constructor(options: Omit<TransformerOptions, 'layers'>, random: RandomStream) {
    super();
    const { width, heads, hidden = 4 * width, dropout = 0 } = options;
    this.first = new LayerNorm(width);
    this.attention = new SelfAttention(width, heads, random, options);
    this.second = new LayerNorm(width);
    this.widen = new Dense(width, hidden, random, { activation: 'gelu' });
    this.narrow = new Dense(hidden, width, random);
    this.dropouts = [1, 2].map((label) => new Dropout(dropout, random.split(label)));
  }

  /**
   * @param x shape [batch, steps, width]
   * @param mask 1 for steps to be seen and 0 for padded ones, shape [batch, steps]; all are seen without it
   * @returns the same shape
   * @throws ShapeError
   */
  override call(x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
    const [afterAttention, afterDense] = this.dropouts;
    const looked = tf.add(x, afterAttention.call(this.attention.call(this.first.call(x), mask)));
    return tf.add(looked, afterDense.call(this.narrow.call(this.widen.call(this.second.call(looked)))));
  }
}

/**
 * A stack of blocks with a normalisation behind the last; with `causal` it is what decodes sequences step by step.
 *
 * @see Vaswani et al., arXiv:1706.03762; Xiong et al., arXiv:2002.04745, for the place of the normalisation
 */
export class Transformer extends Module {
  readonly blocks: readonly TransformerBlock[];
  readonly last: LayerNorm;

  /** @throws OptionError "size" | "heads" | "range" */
  constructor(options: TransformerOptions, random: RandomStream) {
    super();
    checkSize('layers', options.layers);
    checkSize('width', options.width);
    this.blocks = Array.from({ length: options.layers }, () => new TransformerBlock(options, random));
    this.last = new LayerNorm(options.width);
  }

  /**
   * @param x shape [batch, steps, width]
   * @param mask 1 for steps to be seen and 0 for padded ones, shape [batch, steps]; all are seen without it
   * @returns the same shape
   * @throws ShapeError
   */
  override call(x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
    return this.last.call(this.blocks.reduce((value, block) => block.call(value, mask), x));
  }
}
