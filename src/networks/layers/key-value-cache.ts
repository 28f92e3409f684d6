import * as tf from '@tensorflow/tfjs';
import { ShapeError } from '../../core/index.ts';

/**
 * What a decoder keeps of the tokens that it has read: keys and values, layer by layer, so that a step costs what one
 * token costs and a look back, and not the whole sequence once more. It owns its tensors, also beyond `tf.tidy`.
 *
 * @see Shazeer, "Fast transformer decoding", arXiv:1911.02150
 */
export class KeyValueCache {
  /** Of the tokens read, layer by layer: shape [batch, length, 2 width]. */
  private own: tf.Tensor[] = [];
  /** Of an encoded source, layer by layer: shape [batch, keys, 2 width]. */
  private source: tf.Tensor[] = [];
  private sourceBias: tf.Tensor | undefined;

  /** Tokens read so far. */
  get length(): number {
    return this.own[0]?.shape[1] ?? 0;
  }

  /** Sequences side by side, or undefined before the first token and without a source. */
  get batch(): number | undefined {
    return (this.own[0] ?? this.source[0])?.shape[0];
  }

  /** What hides keys of the source, if anything does. */
  get bias(): tf.Tensor | undefined {
    return this.sourceBias;
  }

  /** Sets the keys and values of a source, a tensor a layer, and what hides some of them. */
  setSource(layers: readonly tf.Tensor[], bias?: tf.Tensor): void {
    const old = [...this.source, ...(this.sourceBias ? [this.sourceBias] : [])];
    this.source = layers.map(keepCopy);
    this.sourceBias = bias && keepCopy(bias);
    tf.dispose(old);
  }

  /** Keys and values of the source for a layer. @throws ShapeError without a source */
  sourceOf(layer: number): tf.Tensor {
    const found = this.source[layer];
    if (!found)
      throw new ShapeError('cache', `a source for layer ${layer}`, 'none', 'make the cache with begin(source)');
    return found;
  }

  /**
   * Adds keys and values of new tokens.
   *
   * @param rows shape [batch, steps, 2 width]
   * @returns those of all tokens so far; the cache owns the tensor
   */
  append(layer: number, rows: tf.Tensor): tf.Tensor {
    const before = this.own[layer];
    this.own[layer] = before ? tf.keep(tf.concat([before, rows], 1)) : keepCopy(rows);
    before?.dispose();
    return this.own[layer];
  }

  /**
   * A cache of some of the sequences, also several times the same; this one stays as it is.
   *
   * @param rows which sequence each of the new ones goes on from
   */
  select(rows: readonly number[]): KeyValueCache {
    const chosen = new KeyValueCache();
    tf.tidy(() => {
      const which = tf.tensor1d([...rows], 'int32');
      const of = (tensor: tf.Tensor): tf.Tensor => tf.keep(tf.gather(tensor, which));
      chosen.own = this.own.map(of);
      chosen.source = this.source.map(of);
      chosen.sourceBias = this.sourceBias && of(this.sourceBias);
    });
    return chosen;
  }

  /** A copy that goes its own way; nothing is computed. */
  clone(): KeyValueCache {
    const copy = new KeyValueCache();
    copy.own = this.own.map(keepCopy);
    copy.source = this.source.map(keepCopy);
    copy.sourceBias = this.sourceBias && keepCopy(this.sourceBias);
    return copy;
  }

  /** Frees the tensors. */
  dispose(): void {
    tf.dispose([...this.own, ...this.source, ...(this.sourceBias ? [this.sourceBias] : [])]);
    this.own = [];
    this.source = [];
    this.sourceBias = undefined;
  }
}

function keepCopy(tensor: tf.Tensor): tf.Tensor {
  return tf.keep(tf.clone(tensor));
}
