import * as tf from '@tensorflow/tfjs';
import { DataError, ShapeError } from '../../core/index.ts';
import { attention } from '../../tensors/index.ts';
import type { KeyValueCache } from './key-value-cache.ts';
import type { SelfAttention } from './self-attention.ts';

/**
 * Causal attention of new steps on themselves and on all steps that a cache holds, to which they are added.
 *
 * @param x the new steps, shape [batch, steps, width]
 * @param layer which layer of the cache
 * @returns the same shape: what the whole sequence at once would give for these steps
 */
export function cachedAttention(
  { project, join }: SelfAttention,
  heads: number,
  x: tf.Tensor,
  cache: KeyValueCache,
  layer: number,
): tf.Tensor {
  const [, steps, width] = x.shape;
  const [queries, rows] = tf.split(project.call(x), [width, 2 * width], -1);
  const memory = cache.append(layer, rows);
  // One new step sees everything there is.
  const bias = steps > 1 ? hideLater(steps, memory.shape[1]!) : undefined;
  return join.call(attention(queries, { heads, memory, ...(bias && { bias }) }));
}

/** Minus infinity where a key comes after the step, the last step being that of the last key; shape [steps, keys]. */
function hideLater(steps: number, keys: number): tf.Tensor {
  const hidden = (_: unknown, i: number) =>
    (i % keys) - (keys - steps) > Math.floor(i / keys) ? Number.NEGATIVE_INFINITY : 0;
  return tf.tensor2d(Float32Array.from({ length: steps * keys }, hidden), [steps, keys]);
}

/**
 * Refuses tokens that do not fit a cache, before anything is added to it.
 *
 * @throws ShapeError for another batch, or beyond the `longest` sequence; DataError "id-type"
 */
export function checkStep(ids: tf.Tensor, cache: KeyValueCache, longest: number): void {
  const room = longest - cache.length;
  const [batch, steps] = ids.shape;
  const wanted = cache.batch ?? batch;
  if (ids.rank !== 2 || batch !== wanted || steps < 1 || steps > room) {
    const expected = `[${ids.rank === 2 ? wanted : 'batch'}, 1 to ${room}]`;
    throw new ShapeError('ids', expected, `[${ids.shape.join(', ')}]`, `the cache holds ${cache.length} of ${longest}`);
  }
  if (ids.dtype !== 'int32') throw new DataError('id-type', `ids are ${ids.dtype}`, "make them of type 'int32'");
}
