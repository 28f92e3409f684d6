import * as tf from '@tensorflow/tfjs';
import { DataError } from '../../core/index.ts';
import { checkShape } from './shape-checks.ts';

/**
 * The rows of a table by number, with gradients that add up in a fixed order.
 *
 * @param table shape [entries, features]
 * @param ids int32, any shape, in [0, entries): the caller checks, since a look at the values would stop a GPU
 * @returns shape [...ids, features]
 * @throws ShapeError, DataError "id-type"
 */
export function embedding(table: tf.Tensor, ids: tf.Tensor): tf.Tensor {
  checkShape('table', table, ['entries', 'features']);
  if (ids.dtype !== 'int32') throw new DataError('id-type', `ids are ${ids.dtype}`, "make them of type 'int32'");
  const [entries, features] = table.shape as [number, number];
  const flat = tf.reshape(ids, [-1]) as tf.Tensor1D;
  // What the forward pass makes is gone by the time of the gradient, unless it is saved.
  const lookUp = tf.customGrad((given, save) => {
    (save as tf.GradSaveFunc)([flat]);
    const gradFunc = (dy: tf.Tensor, [of]: tf.Tensor[]): tf.Tensor =>
      tf.unsortedSegmentSum(dy, of as tf.Tensor1D, entries);
    return { value: tf.gather(given as tf.Tensor, flat), gradFunc };
  });
  const rows = lookUp(table);
  return tf.reshape(rows, [...ids.shape, features]);
}
