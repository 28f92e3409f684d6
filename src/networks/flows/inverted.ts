import type * as tf from '@tensorflow/tfjs';
import { Transform, type Transformed } from './transform.ts';

/**
 * Another transform the other way round. Around `MaskedAutoregressive` it is the inverse autoregressive flow: points are drawn
 * in one pass, and the density of given ones takes a pass for each column.
 *
 * @see Kingma et al., "Improving variational inference with inverse autoregressive flow", arXiv:1606.04934
 */
export class Inverted extends Transform {
  readonly dimension: number;
  readonly contextWidth: number;

  constructor(readonly transform: Transform) {
    super();
    this.dimension = transform.dimension;
    this.contextWidth = transform.contextWidth;
  }

  protected override there(x: tf.Tensor, context: tf.Tensor | undefined): Transformed {
    return this.transform.inverse(x, context);
  }

  protected override back(z: tf.Tensor, context: tf.Tensor | undefined): Transformed {
    return this.transform.forward(z, context);
  }
}
