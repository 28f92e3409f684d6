import type * as tf from '@tensorflow/tfjs';
import { Module } from '../module.ts';

/** Layers, one after the other. */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(layers: readonly Module[]) {
    super();
    this.layers = layers;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return this.layers.reduce((value, layer) => layer.call(value), x);
  }
}
