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
  private sourceMask: tf.Tensor | undefined;

  /** Tokens read so far. */
  get length(): number {
    return this.own[0]?.shape[1] ?? 0;
  }

  /** Sequences side by side, or undefined before the first token and without a source. */
  get batch(): number | undefined {
    return (this.own[0] ?? this.source[0])?.shape[0];
  }

  /** 1 for places of the source and 0 for padded ones, shape [batch, keys], if there are such. */
  get mask(): tf.Tensor | undefined {
    return this.sourceMask;
  }

  /** Sets the keys and values of a source, a tensor a layer, and which of them are to be seen. */
  setSource(layers: readonly tf.Tensor[], mask?: tf.Tensor): void {
    const old = [...this.source, ...(this.sourceMask ? [this.sourceMask] : [])];
    this.source = layers.map(keepCopy);
    this.sourceMask = mask && keepCopy(mask);
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
      chosen.sourceMask = this.sourceMask && of(this.sourceMask);
    });
    return chosen;
  }

  /** A copy that goes its own way; nothing is computed. */
  clone(): KeyValueCache {
    const copy = new KeyValueCache();
    copy.own = this.own.map(keepCopy);
    copy.source = this.source.map(keepCopy);
    copy.sourceMask = this.sourceMask && keepCopy(this.sourceMask);
    return copy;
  }

  /** Frees the tensors. */
  dispose(): void {
    tf.dispose([...this.own, ...this.source, ...(this.sourceMask ? [this.sourceMask] : [])]);
    this.own = [];
    this.source = [];
    this.sourceMask = undefined;
  }
}

function keepCopy(tensor: tf.Tensor): tf.Tensor {
  return tf.keep(tf.clone(tensor));
}
