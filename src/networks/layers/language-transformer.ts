import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../core/index.ts';
import { Module } from '../module.ts';
import { cachedAttention, checkStep } from './cached-attention.ts';
import { Dense } from './dense.ts';
import { Embedding } from './embedding.ts';
import type { KeyValueCache } from './key-value-cache.ts';
import { PositionalEncoding, type PositionalKind } from './positional-encoding.ts';
import type { TokenDecoder } from './token-decoder.ts';
import { Transformer, type TransformerOptions } from './transformer.ts';

/** What a transformer that continues sequences is made of. */
export interface LanguageTransformerOptions extends Omit<TransformerOptions, 'causal' | 'relativePositions'> {
  /** Tokens are 0 to vocabulary - 1. */
  readonly vocabulary: number;
  /** The longest sequence. */
  readonly length: number;
  /** Learned ones without a word. */
  readonly positions?: PositionalKind;
}

/**
 * Says at every place of a sequence which token comes next: embedding, positions, a causal transformer, logits.
 *
 * @see Radford et al., "Improving language understanding by generative pre-training" (2018)
 */
export class LanguageTransformer extends Module implements TokenDecoder {
  readonly vocabulary: number;
  readonly length: number;
  readonly embedding: Embedding;
  readonly positions: PositionalEncoding;
  readonly transformer: Transformer;
  readonly logits: Dense;
  private readonly heads: number;

  /** @throws OptionError "size" | "heads" | "range" */
  constructor(options: LanguageTransformerOptions, random: RandomStream) {
    super();
    const {
      vocabulary,
      length,
      positions = 'learned',
      layers,
      width,
      heads,
      hidden = 4 * width,
      dropout = 0,
    } = options;
    this.vocabulary = vocabulary;
    this.length = length;
    this.heads = heads;
    this.embedding = new Embedding(vocabulary, width, random);
    this.positions = new PositionalEncoding(length, width, positions, random);
    this.transformer = new Transformer({ layers, width, heads, hidden, dropout, causal: true }, random);
    this.logits = new Dense(width, vocabulary, random);
  }

  /**
   * @param ids int32, shape [batch, steps], steps up to the length
   * @returns logits of the token that follows each, shape [batch, steps, vocabulary]
   * @throws ShapeError, DataError "id-range" | "id-type"
   */
  override call(ids: tf.Tensor): tf.Tensor {
    return this.logits.call(this.transformer.call(this.positions.call(this.embedding.call(ids))));
  }

  /**
   * The same logits for new tokens alone, from what a cache holds of those before; never with dropout. A step costs what
   * its tokens cost, and one look at each of those before.
   *
   * @param ids int32, shape [batch, steps]
   * @returns shape [batch, steps, vocabulary]
   * @throws ShapeError for another batch or beyond the length, DataError "id-range" | "id-type"; then the cache stays as it is
   */
  step(ids: tf.Tensor, cache: KeyValueCache): tf.Tensor {
    checkStep(ids, cache, this.length);
    return tf.tidy(() => {
      const { blocks, last } = this.transformer;
      let x = this.positions.from(this.embedding.call(ids), cache.length);
      blocks.forEach((block, layer) => {
        x = tf.add(x, cachedAttention(block.attention, this.heads, block.first.call(x), cache, layer));
        x = tf.add(x, block.narrow.call(block.widen.call(block.second.call(x))));
      });
      return this.logits.call(last.call(x));
    });
  }
}
