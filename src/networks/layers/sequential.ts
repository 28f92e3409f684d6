import type * as tf from '@tensorflow/tfjs';
import { Module } from '../module.ts';

/** Layers, one after the other. */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(layers: readonly Module[]) {
    super();
    this.layers = layers;
  }

  /** @param beside handed to every layer, such as a mask of padded places */
  override call(x: tf.Tensor, beside?: tf.Tensor): tf.Tensor {
    return this.layers.reduce((value, layer) => layer.call(value, beside), x);
  }
}
