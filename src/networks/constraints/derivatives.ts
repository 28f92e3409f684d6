import * as tf from '@tensorflow/tfjs';
import { ShapeError } from '../../core/index.ts';

/** A field u of points: shape [points, coordinates] to [points] or [points, 1]. */
export type Field = (points: tf.Tensor) => tf.Tensor;

/** A field and its derivatives at points. */
export interface Derivatives {
  /** Shape [points]. */
  readonly value: tf.Tensor;
  /** du / dx_k by the coordinate; shape [points] each. */
  readonly first: readonly tf.Tensor[];
  /** d^2 u / dx_k^2, of the coordinates that were asked for. */
  readonly second: ReadonlyMap<number, tf.Tensor>;
}

function columnOf(matrix: tf.Tensor, k: number): tf.Tensor {
  return tf.reshape(tf.slice(matrix, [0, k], [-1, 1]), [-1]);
}

/**
 * A field and its derivatives by automatic differentiation; all of them can be differentiated in turn, along the parameters of
 * the network behind the field.
 *
 * @param points shape [points, coordinates]
 * @param second the coordinates along which there shall be second derivatives
 * @throws ShapeError
 */
export function derivatives(field: Field, points: tf.Tensor, second: readonly number[] = []): Derivatives {
  if (points.rank !== 2) throw new ShapeError('points', 'shape [points, coordinates]', `[${points.shape.join(', ')}]`);
  const [count, coordinates] = points.shape as [number, number];
  const scalarField = (at: tf.Tensor): tf.Tensor => {
    const value = field(at);
    if (value.size !== count) throw new ShapeError('field', `${count} values`, `[${value.shape.join(', ')}]`);
    return tf.reshape(value, [count]);
  };
  // Points do not see each other, so that the slope of the sum is the slope of each.
  const slopes = tf.grad((at: tf.Tensor) => tf.sum(scalarField(at)));
  const gradient = slopes(points);
  const curvatures = second.map((k): [number, tf.Tensor] => {
    if (!(Number.isInteger(k) && k >= 0 && k < coordinates)) {
      throw new ShapeError('second', `coordinates below ${coordinates}`, `${k}`);
    }
    const along = tf.grad((at: tf.Tensor) => tf.sum(columnOf(slopes(at), k)));
    return [k, columnOf(along(points), k)];
  });
  return {
    value: scalarField(points),
    first: Array.from({ length: coordinates }, (_, k) => columnOf(gradient, k)),
    second: new Map(curvatures),
  };
}
