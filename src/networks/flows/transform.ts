import type * as tf from '@tensorflow/tfjs';
import { ShapeError } from '../../core/index.ts';
import { Module } from '../module.ts';

/** Where points go, and how the map stretches space there. */
export type Transformed = {
  /** Shape [batch, dimension]. */
  readonly values: tf.Tensor;
  /** log |det d values / d given|, shape [batch]. */
  readonly logDeterminants: tf.Tensor;
};

/** An invertible map of points of a number of dimensions, which may depend on a context. */
export abstract class Transform extends Module {
  /** Numbers that describe a point. */
  abstract readonly dimension: number;
  /** Numbers of the context that the map depends on; 0 where it depends on none. */
  abstract readonly contextWidth: number;

  /** From data to latent space; shapes are checked before. */
  protected abstract there(x: tf.Tensor, context: tf.Tensor | undefined): Transformed;

  /** From latent space to data; shapes are checked before. */
  protected abstract back(z: tf.Tensor, context: tf.Tensor | undefined): Transformed;

  /** Where points go from latent space, for transforms to which the determinant is dear. */
  protected backValues(z: tf.Tensor, context: tf.Tensor | undefined): tf.Tensor {
    return this.back(z, context).values;
  }

  /**
   * From data to latent space.
   *
   * @param x shape [batch, dimension]
   * @param context shape [batch, contextWidth]; a transform without a context takes none into account
   * @throws ShapeError
   */
  forward(x: tf.Tensor, context?: tf.Tensor): Transformed {
    this.check('x', x, context);
    return this.there(x, context);
  }

  /**
   * From latent space to data.
   *
   * @param z shape [batch, dimension]
   * @param context shape [batch, contextWidth]
   * @throws ShapeError
   */
  inverse(z: tf.Tensor, context?: tf.Tensor): Transformed {
    this.check('z', z, context);
    return this.back(z, context);
  }

  /**
   * From latent space to data, without the determinant.
   *
   * @throws ShapeError
   */
  inverseValues(z: tf.Tensor, context?: tf.Tensor): tf.Tensor {
    this.check('z', z, context);
    return this.backValues(z, context);
  }

  /** The latent point of a point without context. */
  override call(x: tf.Tensor): tf.Tensor {
    return this.forward(x).values;
  }

  private check(name: string, points: tf.Tensor, context: tf.Tensor | undefined): void {
    checkRows(name, points, 'batch', this.dimension);
    if (this.contextWidth > 0) checkRows('context', context, points.shape[0], this.contextWidth);
  }
}

/** @throws ShapeError unless a tensor has rows of that width, and as many as asked for */
export function checkRows(name: string, tensor: tf.Tensor | undefined, rows: number | string, width: number): void {
  const expected = `[${rows}, ${width}]`;
  if (!tensor) throw new ShapeError(name, expected, 'none', 'it was made to depend on one');
  const { shape } = tensor;
  if (shape.length === 2 && shape[1] === width && (typeof rows === 'string' || shape[0] === rows)) return;
  throw new ShapeError(name, expected, `[${shape.join(', ')}]`);
}
