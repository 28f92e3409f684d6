import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../core/index.ts';
import type { Activation } from '../../tensors/index.ts';
import { Dense } from '../layers/dense.ts';
import { Sequential } from '../layers/sequential.ts';
import { Module } from '../module.ts';

/** The first parameters of a transform are this share of a usual draw: a flow begins near the identity. */
export const FIRST_SHARE = 0.01;

/** The network that gives the parameters of a transform. */
export interface ConditionerOptions {
  /** Widths of its hidden layers; [64, 64] without a word. */
  readonly hidden?: readonly number[];
  /** Between them; relu without a word. */
  readonly activation?: Activation;
}

/** Parameters from what a transform sees and from the context; constants where there is neither. */
export class Conditioner extends Module {
  readonly network: Sequential;

  /** @throws OptionError "size" */
  constructor(
    private readonly inputs: number,
    outputs: number,
    { hidden = [64, 64], activation = 'relu' }: ConditionerOptions,
    random: RandomStream,
  ) {
    super();
    const widths = [Math.max(1, inputs), ...hidden];
    const layers = hidden.map((width, i) => new Dense(widths[i], width, random, { activation }));
    const last = new Dense(widths.at(-1)!, outputs, random);
    tf.tidy(() => last.weight.assign(tf.mul(last.weight, FIRST_SHARE)));
    this.network = new Sequential([...layers, last]);
  }

  /** @param seen shape [batch, inputs] */
  override call(seen: tf.Tensor): tf.Tensor {
    return this.network.call(this.inputs === 0 ? tf.ones([seen.shape[0]!, 1]) : seen);
  }
}
