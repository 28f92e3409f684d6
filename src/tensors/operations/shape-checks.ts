import type * as tf from '@tensorflow/tfjs';
import { ShapeError } from '../../core/index.ts';

/** A shape as messages show it. */
export function shapeText(shape: readonly (number | string)[]): string {
  return `[${shape.join(', ')}]`;
}

/**
 * Refuses a tensor whose shape or type does not fit.
 *
 * @param expected lengths of the axes; a name stands for any length
 * @throws ShapeError that names the axis, what was expected and what was given
 */
export function checkShape(argument: string, tensor: tf.Tensor, expected: readonly (number | string)[]): void {
  const { shape } = tensor;
  if (shape.length !== expected.length) {
    throw new ShapeError(argument, `shape ${shapeText(expected)}`, shapeText(shape), 'the number of axes differs');
  }
  expected.forEach((length, axis) => {
    if (typeof length === 'number' && shape[axis] !== length) {
      throw new ShapeError(argument, `shape ${shapeText(expected)}`, shapeText(shape), `axis ${axis} differs`);
    }
  });
}

/** @throws ShapeError unless the last axis has that length */
export function checkLastAxis(argument: string, tensor: tf.Tensor, length: number): void {
  const { shape } = tensor;
  if (shape.length === 0 || shape.at(-1) !== length) {
    throw new ShapeError(argument, `shape [..., ${length}]`, shapeText(shape), `axis ${shape.length - 1} differs`);
  }
}
