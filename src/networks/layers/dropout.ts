import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../../core/index.ts';
import { Module } from '../module.ts';

/**
 * Sets a share of the numbers to zero in training, and makes up for it by the size of the others; otherwise nothing.
 *
 * @see Srivastava et al., Journal of Machine Learning Research 15 (2014) 1929
 */
export class Dropout extends Module {
  /**
   * @param rate the share, from 0 to below 1
   * @param random draws what is dropped: the same stream drops the same
   * @throws OptionError "range"
   */
  constructor(
    private readonly rate: number,
    private random: RandomStream,
  ) {
    super();
    if (!(rate >= 0 && rate < 1)) throw new OptionError('range', 'rate', `${rate}`, 'a number from 0 to below 1');
  }

  override seed(random: RandomStream): void {
    this.random = random;
  }

  /** @param x any shape */
  override call(x: tf.Tensor): tf.Tensor {
    const { rate, random } = this;
    if (!this.training || rate === 0) return x;
    const kept = Float32Array.from({ length: x.size }, () => (random.uniform() < rate ? 0 : 1 / (1 - rate)));
    return tf.mul(x, tf.tensor(kept, x.shape));
  }
}
