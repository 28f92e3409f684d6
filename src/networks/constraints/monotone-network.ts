import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../../core/index.ts';
import { Module } from '../module.ts';
import { checkSize } from '../parameter.ts';
import { GroupSort } from './group-sort.ts';
import { LipschitzDense } from './lipschitz-dense.ts';

/** The make of a monotone network. */
export interface MonotoneOptions {
  /** Along each input: 1 rising, -1 falling, 0 free. */
  readonly directions: readonly (-1 | 0 | 1)[];
  /** Widths of the hidden layers, even numbers. */
  readonly hidden: readonly number[];
  /** Bound of the slopes of the free part along every input; 1 without a word. */
  readonly lipschitz?: number;
}

/**
 * g(x) + lipschitz * sum of directions x, g of slopes within [-lipschitz, lipschitz] along every input: rising, falling or free
 * by construction, at every point and not only at those trained on, with slopes of at most 2 lipschitz.
 *
 * @see Kitouni, Nolte, Williams, arXiv:2112.00038
 */
export class MonotoneNetwork extends Module {
  readonly layers: readonly Module[];
  private readonly ramps: readonly number[];

  /** @throws OptionError "size" | "range" */
  constructor({ directions, hidden, lipschitz = 1 }: MonotoneOptions, random: RandomStream) {
    super();
    checkSize('directions', directions.length);
    if (directions.some((one) => ![-1, 0, 1].includes(one))) {
      throw new OptionError('range', 'directions', `${directions.join(', ')}`, 'each is 1, -1 or 0');
    }
    for (const width of hidden) {
      checkSize('hidden', width);
      if (width % 2 === 1) throw new OptionError('range', 'hidden', `${width} is odd`, 'neurons are sorted in pairs');
    }
    const layers: Module[] = [];
    [...hidden, 1].forEach((width, i) => {
      if (i > 0) layers.push(new GroupSort());
      const inputs = i === 0 ? directions.length : hidden[i - 1];
      const options = i === 0 ? ({ norm: 'one-inf', bound: lipschitz } as const) : ({ norm: 'inf' } as const);
      layers.push(new LipschitzDense(inputs, width, random, options));
    });
    this.layers = layers;
    this.ramps = directions.map((one) => one * lipschitz);
  }

  /**
   * @param x shape [..., inputs]
   * @returns shape [..., 1]
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const bounded = this.layers.reduce((value, layer) => layer.call(value), x);
      return tf.add(bounded, tf.sum(tf.mul(x, tf.tensor1d([...this.ramps])), -1, true));
    });
  }
}
