import * as tf from '@tensorflow/tfjs';
import { type RandomStream, ShapeError } from '../../core/index.ts';
import { Module } from '../module.ts';
import { checkStep } from './cached-attention.ts';
import { DecoderBlock } from './decoder-block.ts';
import { Dense } from './dense.ts';
import { Embedding } from './embedding.ts';
import { KeyValueCache } from './key-value-cache.ts';
import { LayerNorm } from './layer-norm.ts';
import { PositionalEncoding, type PositionalKind } from './positional-encoding.ts';
import type { TokenDecoder } from './token-decoder.ts';
import { Transformer, type TransformerOptions } from './transformer.ts';

/** What a transformer from sequences to sequences is made of; as many layers encode as decode. */
export interface SequenceTransformerOptions extends Omit<TransformerOptions, 'causal' | 'relativePositions'> {
  readonly sourceVocabulary: number;
  /** Of the sequences that come out. */
  readonly vocabulary: number;
  /** The longest source. */
  readonly sourceLength: number;
  /** The longest sequence that comes out. */
  readonly length: number;
  /** The token that fills short sources up; what stands there is not seen. */
  readonly padding?: number;
  /** Learned ones without a word. */
  readonly positions?: PositionalKind;
}

/**
 * Turns a sequence into another, of other tokens and another length: an encoder that sees the whole source, and a decoder
 * that says at every place which token comes next.
 *
 * @see Vaswani et al., "Attention is all you need", arXiv:1706.03762
 */
export class SequenceTransformer extends Module implements TokenDecoder {
  readonly vocabulary: number;
  readonly length: number;
  readonly sourceEmbedding: Embedding;
  readonly sourcePositions: PositionalEncoding;
  readonly encoder: Transformer;
  readonly embedding: Embedding;
  readonly positions: PositionalEncoding;
  readonly decoder: readonly DecoderBlock[];
  readonly last: LayerNorm;
  readonly logits: Dense;
  private readonly padding: number | undefined;

  /** @throws OptionError "size" | "heads" | "range" */
  constructor(options: SequenceTransformerOptions, random: RandomStream) {
    super();
    const { sourceVocabulary, vocabulary, sourceLength, length, padding, positions = 'learned' } = options;
    const { layers, width, heads, hidden = 4 * width, dropout = 0 } = options;
    const block = { width, heads, hidden, dropout };
    this.vocabulary = vocabulary;
    this.length = length;
    this.padding = padding;
    this.sourceEmbedding = new Embedding(sourceVocabulary, width, random);
    this.sourcePositions = new PositionalEncoding(sourceLength, width, positions, random);
    this.encoder = new Transformer({ ...block, layers }, random);
    this.embedding = new Embedding(vocabulary, width, random);
    this.positions = new PositionalEncoding(length, width, positions, random);
    this.decoder = Array.from({ length: layers }, () => new DecoderBlock(block, random));
    this.last = new LayerNorm(width);
    this.logits = new Dense(width, vocabulary, random);
  }

  /**
   * @param source int32, shape [batch, keys]
   * @param ids int32, what has come out so far, shape [batch, steps]
   * @returns logits of the token that follows each, shape [batch, steps, vocabulary]
   * @throws ShapeError; DataError "id-range" | "id-type"
   */
  override call(source: tf.Tensor, ids: tf.Tensor): tf.Tensor {
    if (ids.rank !== 2 || ids.shape[0] !== source.shape[0]) {
      throw new ShapeError('ids', `[${source.shape[0]}, steps]`, `[${ids.shape.join(', ')}]`, 'as many as sources');
    }
    const mask = this.maskOf(source);
    const memory = this.encode(source, mask);
    const x = this.positions.call(this.embedding.call(ids));
    return this.logits.call(this.last.call(this.decoder.reduce((value, block) => block.call(value, memory, mask), x)));
  }

  /**
   * Reads sources, to be decoded step by step.
   *
   * @param source int32, shape [batch, keys]
   * @returns a cache, to be disposed of
   * @throws ShapeError; DataError "id-range" | "id-type"
   */
  begin(source: tf.Tensor): KeyValueCache {
    const cache = new KeyValueCache();
    tf.tidy(() => {
      const mask = this.maskOf(source);
      const memory = this.encode(source, mask);
      const layers = this.decoder.map(({ cross }) => cross.remember.call(memory));
      cache.setSource(layers, mask);
    });
    return cache;
  }

  /**
   * The same logits as `call` for new tokens alone, from a cache of `begin`; never with dropout.
   *
   * @param ids int32, shape [batch, steps]
   * @returns shape [batch, steps, vocabulary]
   * @throws ShapeError for another batch, beyond the length, or without a source; DataError "id-range" | "id-type"; then
   *   the cache stays as it is
   */
  step(ids: tf.Tensor, cache: KeyValueCache): tf.Tensor {
    checkStep(ids, cache, this.length);
    cache.sourceOf(this.decoder.length - 1);
    return tf.tidy(() => {
      const x = this.positions.from(this.embedding.call(ids), cache.length);
      const decoded = this.decoder.reduce((value, block, layer) => block.step(value, cache, layer), x);
      return this.logits.call(this.last.call(decoded));
    });
  }

  /** What the encoder says of sources: shape [batch, keys, width]. */
  private encode(source: tf.Tensor, mask: tf.Tensor | undefined): tf.Tensor {
    return this.encoder.call(this.sourcePositions.call(this.sourceEmbedding.call(source)), mask);
  }

  /** 1 for a token and 0 for padding, shape [batch, keys]; undefined where all are tokens. */
  private maskOf(source: tf.Tensor): tf.Tensor | undefined {
    const { padding } = this;
    if (source.rank !== 2) throw new ShapeError('source', '[batch, keys]', `[${source.shape.join(', ')}]`);
    if (padding === undefined || !source.dataSync().includes(padding)) return undefined;
    return tf.cast(tf.notEqual(source, padding), 'float32');
  }
}
