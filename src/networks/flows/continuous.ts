import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../core/index.ts';
import { checkSize } from '../parameter.ts';
import { Conditioner, type ConditionerOptions } from './conditioner.ts';
import { integrate, type SolverOptions } from './dormand-prince.ts';
import { checkRows, Transform, type Transformed } from './transform.ts';

/** What a continuous transform may be told. */
export interface ContinuousOptions extends ConditionerOptions, SolverOptions {
  readonly dimension: number;
  /** Width of the context; 0 without a word. */
  readonly context?: number;
}

/** A time as a network sees it: itself, and sines and cosines of these multiples of pi. */
const FREQUENCIES = [1, 2, 3, 4];
const TIME_WIDTH = 1 + 2 * FREQUENCIES.length;

/**
 * Points that flow along a velocity field, from normal noise at time 0 to data at time 1. The field is fitted by `matchingLoss`,
 * without solving any equation; densities and draws follow dx/dt = v(x, t), densities with the exact divergence, a gradient for
 * each dimension. A slope through `forward` would be one of slopes, and slow: train by the loss.
 *
 * @see Lipman et al., "Flow matching for generative modeling", arXiv:2210.02747; Chen et al., arXiv:1806.07366
 */
export class ContinuousTransform extends Transform {
  readonly dimension: number;
  readonly contextWidth: number;
  readonly field: Conditioner;
  private readonly solver: SolverOptions;

  /** @throws OptionError "size" */
  constructor(
    options: ContinuousOptions,
    private random: RandomStream,
  ) {
    super();
    const { dimension, context = 0, hidden = [128, 128], activation = 'gelu' } = options;
    checkSize('dimension', dimension);
    if (context !== 0) checkSize('context', context);
    this.dimension = dimension;
    this.contextWidth = context;
    this.solver = options;
    const inputs = dimension + TIME_WIDTH + context;
    this.field = new Conditioner(inputs, dimension, { hidden, activation }, random);
  }

  override seed(random: RandomStream): void {
    this.random = random;
  }

  /**
   * The velocity at points and times.
   *
   * @param x shape [batch, dimension]
   * @param times shape [batch, 1], from 0 to 1
   */
  velocity(x: tf.Tensor, times: tf.Tensor, context?: tf.Tensor): tf.Tensor {
    const angles = tf.mul(times, tf.tensor2d(FREQUENCIES, [1, FREQUENCIES.length]));
    const turns = tf.mul(angles, Math.PI);
    const seen = [x, times, tf.sin(turns), tf.cos(turns)];
    if (this.contextWidth > 0) seen.push(context!);
    return this.field.call(tf.concat(seen, 1));
  }

  /**
   * The mean square distance of the field from straight lines between noise and data, drawn anew from the stream that `seed`
   * gave: its minimum is the field that carries the one to the other.
   *
   * @param x data, shape [batch, dimension]
   * @throws ShapeError
   */
  matchingLoss(x: tf.Tensor, context?: tf.Tensor): tf.Scalar {
    const { dimension, random } = this;
    checkRows('x', x, 'batch', dimension);
    const rows = x.shape[0]!;
    if (this.contextWidth > 0) checkRows('context', context, rows, this.contextWidth);
    const draw = (width: number, one: () => number): tf.Tensor =>
      tf.tensor2d(Float32Array.from({ length: rows * width }, one), [rows, width]);
    const noise = draw(dimension, () => random.normal());
    const times = draw(1, () => random.uniform());
    const line = tf.sub(x, noise);
    const found = this.velocity(tf.add(noise, tf.mul(line, times)), times, context);
    return tf.mean(tf.square(tf.sub(found, line))) as tf.Scalar;
  }

  protected override there(x: tf.Tensor, context: tf.Tensor | undefined): Transformed {
    return this.follow(x, context, 1, 0);
  }

  protected override back(z: tf.Tensor, context: tf.Tensor | undefined): Transformed {
    return this.follow(z, context, 0, 1);
  }

  protected override backValues(z: tf.Tensor, context: tf.Tensor | undefined): tf.Tensor {
    return integrate((time, x) => this.velocity(x, timesOf(x, time), context), z, 0, 1, this.solver);
  }

  /** Points with the integral of the divergence along their way in a column behind them. */
  private follow(start: tf.Tensor, context: tf.Tensor | undefined, from: number, to: number): Transformed {
    const { dimension } = this;
    const rows = start.shape[0]!;
    const slope = (time: number, state: tf.Tensor): tf.Tensor => {
      const x = tf.slice(state, [0, 0], [rows, dimension]);
      const times = timesOf(x, time);
      const divergence = Array.from({ length: dimension }, (_, i) => {
        const along = (at: tf.Tensor): tf.Tensor =>
          tf.sum(tf.slice(this.velocity(at, times, context), [0, i], [rows, 1]));
        return tf.slice(tf.grad(along)(x), [0, i], [rows, 1]);
      });
      return tf.concat([this.velocity(x, times, context), tf.addN(divergence)], 1);
    };
    const begin = tf.concat([start, tf.zeros([rows, 1])], 1);
    const [values, logs] = tf.split(integrate(slope, begin, from, to, this.solver), [dimension, 1], 1);
    return { values, logDeterminants: tf.reshape(logs, [rows]) };
  }
}

function timesOf(x: tf.Tensor, time: number): tf.Tensor {
  return tf.fill([x.shape[0]!, 1], time);
}
