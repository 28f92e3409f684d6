import * as tf from '@tensorflow/tfjs';
import { embedding } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { checkSize, constantParameter } from '../parameter.ts';

/**
 * A learned number for each head and each distance of two steps, to be added to the scores of attention; zero at first.
 *
 * @see Shaw, Uszkoreit, Vaswani, arXiv:1803.02155; Raffel et al., arXiv:1910.10683, for one number a head
 */
export class RelativePositions extends Module {
  /** Row `longest + d` is for keys d steps after a query; shape [2 longest + 1, heads]. */
  readonly table: tf.Variable;

  /**
   * @param longest distances beyond this one count as this one
   * @throws OptionError "size"
   */
  constructor(
    readonly heads: number,
    readonly longest: number,
  ) {
    super();
    checkSize('heads', heads);
    checkSize('relativePositions', longest);
    this.table = constantParameter([2 * longest + 1, heads], 0);
  }

  /** Rows of the table for every query and key in turn. */
  rows(steps: number): number[] {
    const { longest } = this;
    return Array.from({ length: steps * steps }, (_, i) => {
      const distance = (i % steps) - Math.floor(i / steps);
      return longest + Math.max(-longest, Math.min(longest, distance));
    });
  }

  /** Shape [1, heads, steps, steps]. */
  bias(steps: number): tf.Tensor {
    const ids = tf.tensor1d(this.rows(steps), 'int32');
    const found = tf.transpose(embedding(this.table, ids));
    return tf.reshape(found, [1, this.heads, steps, steps]);
  }

  /** @param x shape [batch, steps, ...]: what its steps are told of each other, as `bias` */
  override call(x: tf.Tensor): tf.Tensor {
    return this.bias(x.shape[1] ?? 0);
  }
}
