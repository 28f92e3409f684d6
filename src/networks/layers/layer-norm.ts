import type * as tf from '@tensorflow/tfjs';
import { layerNorm } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { checkSize, constantParameter } from '../parameter.ts';

/** Layer normalisation over the last axis. */
export class LayerNorm extends Module {
  /** Shape [features], like `shift`. */
  readonly gain: tf.Variable;
  readonly shift: tf.Variable;
  /** Added to the variance, so that equal numbers do not divide by zero. */
  readonly epsilon = 1e-5;

  /** @throws OptionError "size" */
  constructor(features: number) {
    super();
    checkSize('features', features);
    this.gain = constantParameter([features], 1);
    this.shift = constantParameter([features], 0);
  }

  /**
   * @param x shape [..., features]
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    return layerNorm(x, this.gain, this.shift, this.epsilon);
  }
}
