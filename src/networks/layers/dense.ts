import type * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../core/index.ts';
import { type Activation, linear } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { checkSize, constantParameter, uniformParameter } from '../parameter.ts';

/** What a dense layer may be told. */
export interface DenseOptions {
  readonly activation?: Activation;
  /** Whether there is a bias; true without a word. */
  readonly bias?: boolean;
}

/** activation(x weight + bias), weights drawn after Glorot and Bengio: variance 2 / (inputs + outputs). */
export class Dense extends Module {
  /** Shape [inputs, outputs]. */
  readonly weight: tf.Variable;
  /** Shape [outputs]. */
  readonly bias: tf.Variable | undefined;
  readonly activation: Activation;

  /** @throws OptionError "size" */
  constructor(inputs: number, outputs: number, random: RandomStream, options: DenseOptions = {}) {
    super();
    checkSize('inputs', inputs);
    checkSize('outputs', outputs);
    this.weight = uniformParameter([inputs, outputs], Math.sqrt(6 / (inputs + outputs)), random);
    this.bias = options.bias === false ? undefined : constantParameter([outputs], 0);
    this.activation = options.activation ?? 'linear';
  }

  /**
   * @param x shape [..., inputs]
   * @returns shape [..., outputs]
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    return linear(x, this.weight, this.bias, this.activation);
  }
}
