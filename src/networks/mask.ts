import * as tf from '@tensorflow/tfjs';
import { ShapeError } from '../core/index.ts';

/** @throws ShapeError unless a mask has a number for each place */
export function checkMask(mask: tf.Tensor, batch: number, places: number): void {
  if (mask.rank === 2 && mask.shape[0] === batch && mask.shape[1] === places) return;
  throw new ShapeError(
    'mask',
    `[${batch}, ${places}]`,
    `[${mask.shape.join(', ')}]`,
    '1 for a place that counts, else 0',
  );
}

/**
 * 0 where a mask is above 0, minus infinity elsewhere: what is added to the scores of attention.
 *
 * @returns shape [batch, 1, 1, places]
 * @throws ShapeError
 */
export function hideMasked(mask: tf.Tensor, batch: number, places: number): tf.Tensor {
  checkMask(mask, batch, places);
  const shape: [number, number, number, number] = [batch, 1, 1, places];
  const seen = tf.greater(tf.reshape(mask, shape), 0);
  return tf.where(seen, tf.zeros(shape), tf.fill(shape, Number.NEGATIVE_INFINITY));
}

/**
 * The sum over the places that count.
 *
 * @param x shape [batch, places, features]
 * @param mask shape [batch, places], 1 for a place that counts and 0 for a padded one; all count without it
 * @returns shape [batch, features]
 * @throws ShapeError
 */
export function sumOfPlaces(x: tf.Tensor, mask: tf.Tensor | undefined): tf.Tensor {
  if (!mask) return tf.sum(x, 1);
  const [batch, places] = x.shape;
  checkMask(mask, batch, places!);
  return tf.sum(tf.mul(x, tf.expandDims(mask, -1)), 1);
}

/** The mean over the places that count, zeros where none does; shapes as in `sumOfPlaces`. */
export function meanOfPlaces(x: tf.Tensor, mask: tf.Tensor | undefined): tf.Tensor {
  if (!mask) return tf.mean(x, 1);
  const sum = sumOfPlaces(x, mask);
  return tf.div(sum, tf.maximum(tf.sum(mask, 1, true), 1));
}
