import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../../core/index.ts';
import { linear } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { checkSize, constantParameter, uniformParameter } from '../parameter.ts';

/** Norms of the weights of each output, by what they bound; a new norm is a new row. */
const NORMS = {
  /** The largest weight: an output then moves by at most the sum of what the inputs move. */
  'one-inf': (weight: tf.Tensor) => tf.max(tf.abs(weight), 0),
  /** The sum of the weights: an output then moves by at most the largest of what the inputs move. */
  inf: (weight: tf.Tensor) => tf.sum(tf.abs(weight), 0),
} as const;

/** The name of a norm. */
export type WeightNorm = keyof typeof NORMS;

/** What a Lipschitz layer may be told. */
export interface LipschitzDenseOptions {
  /** `one-inf` for the first layer of a network, `inf` for those after it. */
  readonly norm: WeightNorm;
  /** The most that the norm of an output's weights may be; 1 without a word. */
  readonly bound?: number;
}

/**
 * x w + bias, with the weights of each output shortened to a norm of at most `bound`.
 *
 * @see Kitouni, Nolte, Williams, arXiv:2112.00038
 */
export class LipschitzDense extends Module {
  /** Before it is shortened; shape [inputs, outputs]. */
  readonly weight: tf.Variable;
  /** Shape [outputs]. */
  readonly bias: tf.Variable;
  private readonly norm: WeightNorm;
  private readonly bound: number;

  /** @throws OptionError "size" | "range" */
  constructor(inputs: number, outputs: number, random: RandomStream, { norm, bound = 1 }: LipschitzDenseOptions) {
    super();
    checkSize('inputs', inputs);
    checkSize('outputs', outputs);
    if (!Object.hasOwn(NORMS, norm)) throw new OptionError('range', 'norm', `"${norm}"`, Object.keys(NORMS).join(', '));
    if (!(bound > 0 && Number.isFinite(bound))) throw new OptionError('range', 'bound', `${bound}`, 'a number above 0');
    this.weight = uniformParameter([inputs, outputs], norm === 'inf' ? 3 / inputs : 1, random);
    this.bias = constantParameter([outputs], 0);
    this.norm = norm;
    this.bound = bound;
  }

  /** The weights as they are used: shape [inputs, outputs]. */
  normalised(): tf.Tensor {
    return tf.tidy(() => {
      const norms = NORMS[this.norm](this.weight);
      return tf.mul(this.weight, tf.div(this.bound, tf.maximum(norms, this.bound)));
    });
  }

  /**
   * @param x shape [..., inputs]
   * @returns shape [..., outputs]
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    return linear(x, this.normalised(), this.bias);
  }
}
