import * as tf from '@tensorflow/tfjs';
import { ShapeError } from '../../core/index.ts';
import { Module } from '../module.ts';

/**
 * The last axis sorted in pairs, the larger ones first: an activation whose slopes have length 1 everywhere, so that a network of
 * bounded slopes can use its whole bound.
 *
 * @see Anil, Lucas, Grosse, arXiv:1811.05381
 */
export class GroupSort extends Module {
  /**
   * @param x shape [..., an even number]
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    const width = x.shape.at(-1) ?? 0;
    if (width === 0 || width % 2 === 1) throw new ShapeError('x', 'an even last axis', `[${x.shape.join(', ')}]`);
    return tf.tidy(() => {
      const [a, b] = tf.split(x, 2, -1);
      return tf.concat([tf.maximum(a, b), tf.minimum(a, b)], -1);
    });
  }
}
