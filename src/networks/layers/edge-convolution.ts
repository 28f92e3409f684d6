import * as tf from '@tensorflow/tfjs';
import { type RandomStream, ShapeError } from '../../core/index.ts';
import { embedding, relu } from '../../tensors/index.ts';
import { checkMask } from '../mask.ts';
import { Module } from '../module.ts';
import { checkSize } from '../parameter.ts';
import { Dense } from './dense.ts';
import { LayerNorm } from './layer-norm.ts';

/** So far, as a square, that a place is nobody's neighbour while there is another, whatever the unit of the points. */
export const FAR = 1e30;

/** What a convolution over neighbours is made of. */
export interface EdgeConvolutionOptions {
  /** Numbers of a particle that come in. */
  readonly inputs: number;
  /** Widths of the dense layers on each pair of neighbours; the last is what goes out. */
  readonly widths: readonly number[];
  /** Neighbours of each particle. */
  readonly neighbours: number;
}

/**
 * A convolution over neighbours: the mean over the nearest particles j of h(x_i, x_j - x_i), and a shortcut.
 *
 * The first dense layer of h is linear in both, hence A x_i + B x_j, which is computed once a particle and not once a pair.
 * Layer normalisation stands in the place of batch normalisation, so that an event does not depend on those beside it.
 *
 * @see Wang et al., arXiv:1801.07829; Qu, Gouskos, "Jet tagging via particle clouds", arXiv:1902.08570, for the block
 */
export class EdgeConvolution extends Module {
  readonly fromSelf: Dense;
  readonly fromOther: Dense;
  readonly deeper: readonly Dense[];
  readonly norms: readonly LayerNorm[];
  readonly shortcut: Dense;
  readonly shortcutNorm: LayerNorm;
  readonly neighbours: number;
  readonly inputs: number;

  /** @throws OptionError "size" */
  constructor({ inputs, widths, neighbours }: EdgeConvolutionOptions, random: RandomStream) {
    super();
    checkSize('inputs', inputs);
    checkSize('neighbours', neighbours);
    checkSize('widths', widths.length);
    for (const width of widths) checkSize('widths', width);
    this.fromSelf = new Dense(inputs, widths[0], random);
    this.fromOther = new Dense(inputs, widths[0], random, { bias: false });
    this.deeper = widths.slice(1).map((width, i) => new Dense(widths[i], width, random));
    this.norms = widths.map((width) => new LayerNorm(width));
    this.shortcut = new Dense(inputs, widths.at(-1)!, random);
    this.shortcutNorm = new LayerNorm(widths.at(-1)!);
    this.neighbours = neighbours;
    this.inputs = inputs;
  }

  /**
   * @param x shape [batch, particles, inputs]
   * @param mask 1 for particles and 0 for padded places, shape [batch, particles]; all are particles without it
   * @param points where the particles are, shape [batch, particles, coordinates]; without it, x itself says so
   * @returns shape [batch, particles, outputs]; what stands at padded places means nothing
   * @throws ShapeError, also for fewer than `neighbours` + 1 places
   */
  override call(x: tf.Tensor, mask?: tf.Tensor, points: tf.Tensor = x): tf.Tensor {
    const { inputs, neighbours } = this;
    const [batch, particles] = x.shape as [number, number];
    if (x.rank !== 3 || x.shape[2] !== inputs || particles <= neighbours) {
      const expected = `[batch, ${neighbours + 1} particles at least, ${inputs}]`;
      throw new ShapeError('x', expected, `[${x.shape.join(', ')}]`);
    }
    if (points.rank !== 3 || points.shape[0] !== batch || points.shape[1] !== particles) {
      throw new ShapeError('points', `[${batch}, ${particles}, coordinates]`, `[${points.shape.join(', ')}]`);
    }
    if (mask) checkMask(mask, batch, particles);
    const nearest = nearestNeighbours(points, neighbours, mask);
    const others = rowsAt(this.fromOther.call(x), nearest);
    let edge = tf.add(tf.expandDims(this.fromSelf.call(x), 2), others);
    edge = relu(this.norms[0].call(edge));
    for (const [i, dense] of this.deeper.entries()) edge = relu(this.norms[i + 1].call(dense.call(edge)));
    const seen = mask ? meanOfNeighbours(edge, rowsAt(tf.expandDims(mask, -1), nearest)) : tf.mean(edge, 2);
    return relu(tf.add(seen, this.shortcutNorm.call(this.shortcut.call(x))));
  }
}

/**
 * Numbers of the nearest other places in the same event, by the square of the distance.
 *
 * @param points shape [batch, places, coordinates]
 * @param mask padded places are neighbours only when there are no others; shape [batch, places]
 * @returns int32 in [0, batch * places), counted over all events, shape [batch, places, count]
 */
function nearestNeighbours(points: tf.Tensor, count: number, mask: tf.Tensor | undefined): tf.Tensor {
  const [batch, places] = points.shape as [number, number];
  const squares = tf.sum(tf.square(points), -1, true);
  // |a|^2 is the same for all neighbours b of a, and is left out.
  let distance = tf.sub(tf.transpose(squares, [0, 2, 1]), tf.mul(2, tf.matMul(points, points, false, true)));
  if (mask) {
    const hidden = tf.expandDims(tf.mul(tf.sub(1, mask), FAR), 1);
    distance = tf.add(distance, hidden);
  }
  const self = tf.mul(tf.eye(places), 2 * FAR);
  const { indices } = tf.topk(tf.neg(tf.add(distance, self)), count);
  const first = tf.reshape(tf.range(0, batch * places, places, 'int32'), [batch, 1, 1]);
  return tf.add(indices, first);
}

/** Rows of the places of all events, shape [...at, features]. */
function rowsAt(x: tf.Tensor, at: tf.Tensor): tf.Tensor {
  return embedding(tf.reshape(x, [-1, x.shape.at(-1)!]), at);
}

/** The mean over the neighbours that count, zeros where none does. */
function meanOfNeighbours(edge: tf.Tensor, counts: tf.Tensor): tf.Tensor {
  return tf.div(tf.sum(tf.mul(edge, counts), 2), tf.maximum(tf.sum(counts, 2), 1));
}
