import * as tf from '@tensorflow/tfjs';

/** The order that undoes another. */
export function inverseOrder(order: readonly number[]): number[] {
  const back = Array<number>(order.length);
  order.forEach((from, to) => {
    back[from] = to;
  });
  return back;
}

/** Columns in another order: column i of the result is column order[i] of x, shape [batch, columns]. */
export function reorderColumns(x: tf.Tensor, order: readonly number[]): tf.Tensor {
  if (order.every((from, to) => from === to)) return x;
  const take = (given: tf.Tensor, which: readonly number[]): tf.Tensor =>
    tf.gather(given, tf.tensor1d([...which], 'int32'), 1);
  // The rule of tfjs for gather would add up over segments; an order has an inverse.
  const operation = tf.customGrad((given) => ({
    value: take(given as tf.Tensor, order),
    gradFunc: (dy: tf.Tensor) => take(dy, inverseOrder(order)),
  }));
  return operation(x);
}
