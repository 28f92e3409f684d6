import * as tf from '@tensorflow/tfjs';
import { type RandomStream, ShapeError } from '../../core/index.ts';
import { Module } from '../module.ts';
import { checkSize } from '../parameter.ts';
import { Dense } from './dense.ts';

/**
 * A gated recurrent unit: reads a sequence step by step and keeps a state.
 *
 * r = sigmoid(x W_r + h U_r), z = sigmoid(x W_z + h U_z), n = tanh(x W_n + r (h U_n)), h <- (1 - z) n + z h.
 *
 * @see Cho et al., arXiv:1406.1078; the place of r is that of PyTorch
 */
export class GatedRecurrentUnit extends Module {
  /** From inputs to the three gates r, z, n. */
  readonly fromInput: Dense;
  /** From the state to the same. */
  readonly fromState: Dense;

  /** @throws OptionError "size" */
  constructor(
    private readonly inputs: number,
    readonly hidden: number,
    random: RandomStream,
  ) {
    super();
    checkSize('inputs', inputs);
    checkSize('hidden', hidden);
    this.fromInput = new Dense(inputs, 3 * hidden, random);
    this.fromState = new Dense(hidden, 3 * hidden, random);
  }

  /**
   * @param x shape [batch, steps, inputs]
   * @returns the states after every step, shape [batch, steps, hidden]
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    const [batch, steps, inputs] = x.shape;
    if (x.rank !== 3 || inputs !== this.inputs) {
      throw new ShapeError('x', `[batch, steps, ${this.inputs}]`, `[${x.shape.join(', ')}]`);
    }
    const seen = tf.unstack(this.fromInput.call(x), 1);
    let state: tf.Tensor = tf.zeros([batch, this.hidden]);
    const states = Array.from({ length: steps }, (_, step) => {
      const [rx, zx, nx] = tf.split(seen[step], 3, -1);
      const [rh, zh, nh] = tf.split(this.fromState.call(state), 3, -1);
      const reset = tf.sigmoid(tf.add(rx, rh));
      const keep = tf.sigmoid(tf.add(zx, zh));
      const candidate = tf.tanh(tf.add(nx, tf.mul(reset, nh)));
      state = tf.add(candidate, tf.mul(keep, tf.sub(state, candidate)));
      return state;
    });
    return tf.stack(states, 1);
  }
}
