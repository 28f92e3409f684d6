import * as tf from '@tensorflow/tfjs';
import { type RandomStream, ShapeError } from '../../core/index.ts';
import { Module } from '../module.ts';
import { checkSize, constantParameter, normalParameter } from '../parameter.ts';

/** How a sequence says where its steps stand. */
export type PositionalKind = 'learned' | 'sinusoidal';

/** Waves are between 2 pi and 2 pi times this long, in steps. */
const LONGEST_WAVE = 10_000;

/**
 * Adds a vector of its own to every step: learned ones, or sines and cosines, which stay as they are.
 *
 * @see Vaswani et al., arXiv:1706.03762, for the sines
 */
export class PositionalEncoding extends Module {
  /** Shape [length, features]. */
  readonly table: tf.Variable;

  /** @throws OptionError "size" */
  constructor(length: number, features: number, kind: PositionalKind, random: RandomStream) {
    super();
    checkSize('length', length);
    checkSize('features', features);
    if (kind === 'learned') this.table = normalParameter([length, features], 0.02, random);
    else {
      this.table = constantParameter([length, features], 0);
      this.table.trainable = false;
      tf.tidy(() => this.table.assign(waves(length, features)));
    }
  }

  /**
   * @param x shape [..., steps, features], steps up to the length
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    return this.from(x, 0);
  }

  /**
   * As `call`, for steps that come after others.
   *
   * @param before how many steps came before
   * @throws ShapeError
   */
  from(x: tf.Tensor, before: number): tf.Tensor {
    const [length, features] = this.table.shape as [number, number];
    const [steps, width] = x.shape.slice(-2);
    if (x.rank < 2 || before + steps > length || width !== features) {
      throw new ShapeError('x', `[..., up to ${length - before}, ${features}]`, `[${x.shape.join(', ')}]`);
    }
    return tf.add(x, tf.slice(this.table, [before, 0], [steps, features]));
  }
}

function waves(length: number, features: number): tf.Tensor {
  const values = new Float32Array(length * features);
  for (let step = 0; step < length; step++) {
    for (let i = 0; i < features; i++) {
      const angle = step / LONGEST_WAVE ** ((i - (i % 2)) / features);
      values[step * features + i] = i % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return tf.tensor(values, [length, features]);
}
