import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../../core/index.ts';
import { linear } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { checkSize, constantParameter, uniformParameter } from '../parameter.ts';

/** What a variational dense layer may be told. */
export interface VariationalDenseOptions {
  /** Deviation of the normal prior of every weight; 1 without a word. */
  readonly prior?: number;
  /** Logarithm of the variance that weights begin with; -9 without a word. */
  readonly logVariance?: number;
}

/**
 * x weight + bias with weights that are independent normal variables, means and variances being what is learnt; the bias is
 * a plain parameter. Each call draws anew, until `mean` is asked for.
 *
 * Minimise the mean of -log p plus `divergence()` / N for N rows of data; variances then become those of the posterior.
 *
 * @see Blundell et al., "Weight uncertainty in neural networks", arXiv:1505.05424; Kingma et al., arXiv:1506.02557, for
 *   drawing the sums instead of the weights
 */
export class VariationalDense extends Module {
  /** Means of the weights; shape [inputs, outputs], like `logVariance`. */
  readonly weight: tf.Variable;
  readonly logVariance: tf.Variable;
  /** Shape [outputs]. */
  readonly bias: tf.Variable;
  private readonly prior: number;

  /** @throws OptionError "size" | "range" */
  constructor(
    inputs: number,
    outputs: number,
    private random: RandomStream,
    { prior = 1, logVariance = -9 }: VariationalDenseOptions = {},
  ) {
    super();
    checkSize('inputs', inputs);
    checkSize('outputs', outputs);
    if (!(prior > 0 && Number.isFinite(prior))) throw new OptionError('range', 'prior', `${prior}`, 'a number above 0');
    if (!Number.isFinite(logVariance)) {
      throw new OptionError('range', 'logVariance', `${logVariance}`, 'a finite number');
    }
    this.weight = uniformParameter([inputs, outputs], Math.sqrt(6 / (inputs + outputs)), random);
    this.logVariance = constantParameter([inputs, outputs], logVariance);
    this.bias = constantParameter([outputs], 0);
    this.prior = prior;
  }

  override seed(random: RandomStream): void {
    this.random = random;
  }

  /**
   * With weights drawn anew for every row.
   *
   * @param x shape [..., inputs]
   * @returns shape [..., outputs]
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    const centre = this.mean(x);
    // A bound keeps the root's slope finite where a row is 0.
    const variance = tf.add(linear(tf.square(x), tf.exp(this.logVariance)), 1e-12);
    const { random } = this;
    const noise = tf.tensor(
      Float32Array.from({ length: centre.size }, () => random.normal()),
      centre.shape,
    );
    return tf.add(centre, tf.mul(tf.sqrt(variance), noise));
  }

  /** With every weight at its mean. */
  mean(x: tf.Tensor): tf.Tensor {
    return linear(x, this.weight, this.bias);
  }

  /** The Kullback-Leibler divergence of the weights from their prior, in nats. */
  divergence(): tf.Scalar {
    const { weight, logVariance, prior } = this;
    const square = tf.div(tf.add(tf.exp(logVariance), tf.square(weight)), prior ** 2);
    const logRatio = tf.sub(logVariance, 2 * Math.log(prior));
    return tf.mul(tf.sum(tf.sub(tf.sub(square, 1), logRatio)), 0.5) as tf.Scalar;
  }
}
