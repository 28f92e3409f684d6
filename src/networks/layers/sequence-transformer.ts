import * as tf from '@tensorflow/tfjs';
import { DataError, type RandomStream, ShapeError } from '../../core/index.ts';
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
export interface SequenceTransformerOptions extends Omit<TransformerOptions, 'causal'> {
  readonly sourceVocabulary: number;
  /** Of the sequences that come out. */
  readonly vocabulary: number;
  /** The longest source. */
  readonly sourceLength: number;
  /** The longest sequence that comes out. */
  readonly length: number;
  /** The token that fills short sources up at their end; what stands there does not count. */
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
    const { sourceVocabulary, vocabulary, sourceLength, length, padding, positions = 'learned', ...layers } = options;
    const { width } = layers;
    this.vocabulary = vocabulary;
    this.length = length;
    this.padding = padding;
    this.sourceEmbedding = new Embedding(sourceVocabulary, width, random);
    this.sourcePositions = new PositionalEncoding(sourceLength, width, positions, random);
    this.encoder = new Transformer({ ...layers, causal: false }, random);
    this.embedding = new Embedding(vocabulary, width, random);
    this.positions = new PositionalEncoding(length, width, positions, random);
    this.decoder = Array.from({ length: layers.layers }, () => new DecoderBlock(layers, random));
    this.last = new LayerNorm(width);
    this.logits = new Dense(width, vocabulary, random);
  }

  /**
   * @param source int32, shape [batch, keys]
   * @param ids int32, what has come out so far, shape [batch, steps]
   * @returns logits of the token that follows each, shape [batch, steps, vocabulary]
   * @throws ShapeError; DataError "id-range" | "id-type" | "padding"
   */
  override call(source: tf.Tensor, ids: tf.Tensor): tf.Tensor {
    if (ids.rank !== 2 || ids.shape[0] !== source.shape[0]) {
      throw new ShapeError('ids', `[${source.shape[0]}, steps]`, `[${ids.shape.join(', ')}]`, 'as many as sources');
    }
    const bias = this.hidePadding(source);
    const memory = this.encode(source);
    const x = this.positions.call(this.embedding.call(ids));
    return this.logits.call(this.last.call(this.decoder.reduce((value, block) => block.call(value, memory, bias), x)));
  }

  /**
   * Reads sources, to be decoded step by step.
   *
   * @param source int32, shape [batch, keys]
   * @returns a cache, to be disposed of
   * @throws ShapeError; DataError "id-range" | "id-type" | "padding"
   */
  begin(source: tf.Tensor): KeyValueCache {
    const cache = new KeyValueCache();
    tf.tidy(() => {
      const bias = this.hidePadding(source);
      const memory = this.encode(source);
      const layers = this.decoder.map(({ cross }) => cross.remember.call(memory));
      cache.setSource(layers, bias);
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

  /** What the encoder says of sources: shape [batch, keys, width]; zeros where they are filled up. */
  private encode(source: tf.Tensor): tf.Tensor {
    const read = (ids: tf.Tensor): tf.Tensor =>
      this.encoder.call(this.sourcePositions.call(this.sourceEmbedding.call(ids)));
    const lengths = this.lengthsOf(source);
    const keys = source.shape[1]!;
    const different = [...new Set(lengths)];
    if (different.length === 1 && different[0] === keys) return read(source);
    // Sources of one length at a time: nothing that fills up is read at all.
    const order = different.map((length) => lengths.flatMap((own, row) => (own === length ? [row] : [])));
    const parts = different.map((length, i) => {
      const rows = tf.gather(source, tf.tensor1d(order[i], 'int32'));
      const encoded = read(tf.slice(rows, [0, 0], [order[i].length, length]));
      return tf.pad(encoded, [
        [0, 0],
        [0, keys - length],
        [0, 0],
      ]);
    });
    const places = new Int32Array(lengths.length);
    for (const [i, row] of order.flat().entries()) places[row] = i;
    return tf.gather(tf.concat(parts, 0), tf.tensor1d(places, 'int32'));
  }

  /** Minus infinity for what fills sources up, 0 for the rest; shape [batch, 1, 1, keys]. */
  private hidePadding(source: tf.Tensor): tf.Tensor | undefined {
    const [batch, keys] = source.shape as [number, number];
    const lengths = this.lengthsOf(source);
    if (lengths.every((length) => length === keys)) return undefined;
    const hidden = lengths.flatMap((length) =>
      Array.from({ length: keys }, (_, key) => (key < length ? 0 : Number.NEGATIVE_INFINITY)),
    );
    return tf.tensor4d(hidden, [batch, 1, 1, keys]);
  }

  private lengthsOf(source: tf.Tensor): number[] {
    const [batch, keys] = source.shape as [number, number];
    if (source.rank !== 2) throw new ShapeError('source', '[batch, keys]', `[${source.shape.join(', ')}]`);
    if (this.padding === undefined) return Array.from({ length: batch }, () => keys);
    const ids = source.dataSync();
    return Array.from({ length: batch }, (_, row) => {
      const own = ids.subarray(row * keys, (row + 1) * keys);
      const end = own.indexOf(this.padding!);
      if (end === 0 || (end > 0 && own.subarray(end).some((id) => id !== this.padding))) {
        const message = `row ${row + 1} of the source ${end === 0 ? 'begins with' : 'goes on after'} padding`;
        throw new DataError('padding', message, 'fill short sources up at their end');
      }
      return end < 0 ? keys : end;
    });
  }
}
