import * as tf from '@tensorflow/tfjs';
import { OptionError, ShapeError } from '../../core/index.ts';
import { type PoolingKind, pooling } from '../../tensors/index.ts';
import { checkMask, meanOfPlaces } from '../mask.ts';
import { Module } from '../module.ts';
import { checkSize } from '../parameter.ts';
import { both } from './convolution.ts';

/** The window of a pooling; two numbers are for images, down and across. */
export interface PoolingLayerOptions {
  readonly kind: PoolingKind;
  readonly size: number | readonly [number, number];
  /** Steps of the window; its size without a word. */
  readonly stride?: number | readonly [number, number];
}

function checkKind(kind: PoolingKind): void {
  if (kind !== 'max' && kind !== 'mean') {
    throw new OptionError('kind', 'kind', `"${String(kind)}"`, 'give "max" or "mean"');
  }
}

/** The largest number, or the mean, under a window that moves over a sequence or an image. */
export class Pooling extends Module {
  readonly kind: PoolingKind;
  readonly size: readonly [number, number];
  readonly stride: readonly [number, number];

  /** @throws OptionError "kind" | "size" */
  constructor({ kind, size, stride = size }: PoolingLayerOptions) {
    super();
    checkKind(kind);
    for (const [name, value] of Object.entries({ size, stride }))
      for (const length of both(value)) checkSize(name, length);
    this.kind = kind;
    this.size = both(size);
    this.stride = both(stride);
  }

  /**
   * @param x shape [batch, steps, channels], of which the window takes its second number, or [batch, height, width, channels]
   * @returns as many places as fit, the other axes as they are
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    const { kind, size, stride } = this;
    if (x.rank !== 3) return pooling(x, { kind, size, stride });
    return tf.squeeze(pooling(tf.expandDims(x, 1), { kind, size: [1, size[1]], stride: [1, stride[1]] }), [1]);
  }
}

/** Lower than all that counts. */
export const LOWEST = -1e30;

/** The largest number, or the mean, over all places between batch and channels. */
export class GlobalPooling extends Module {
  /** @throws OptionError "kind" */
  constructor(readonly kind: PoolingKind) {
    super();
    checkKind(kind);
  }

  /**
   * @param x shape [batch, ...places, channels]
   * @param mask 1 for places that count and 0 for padded ones, shape [batch, places]; all count without it
   * @returns shape [batch, channels]; zeros where no place counts
   * @throws ShapeError
   */
  override call(x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
    if (x.rank < 3) throw new ShapeError('x', '[batch, ...places, channels]', `[${x.shape.join(', ')}]`);
    const [batch, places, channels] = [x.shape[0], tf.util.sizeFromShape(x.shape.slice(1, -1)), x.shape.at(-1)!];
    const flat = tf.reshape(x, [batch, places, channels]);
    if (this.kind === 'mean') return meanOfPlaces(flat, mask);
    if (!mask) return tf.max(flat, 1);
    checkMask(mask, batch, places);
    const counts = tf.tile(tf.greater(tf.expandDims(mask, -1), 0), [1, 1, channels]);
    const largest = tf.max(tf.where(counts, flat, tf.fill(flat.shape, LOWEST)), 1);
    return tf.where(tf.greater(largest, LOWEST), largest, tf.zerosLike(largest));
  }
}
