import * as tf from '@tensorflow/tfjs';
import { type RandomStream, ShapeError } from '../../core/index.ts';
import { checkMask, meanOfPlaces } from '../mask.ts';
import { Module } from '../module.ts';
import { checkSize } from '../parameter.ts';
import { Dense } from './dense.ts';
import { Dropout } from './dropout.ts';
import { EdgeConvolution } from './edge-convolution.ts';
import { LayerNorm } from './layer-norm.ts';

/** What a ParticleNet is made of; what is not given is that of the paper's ParticleNet-Lite. */
export interface ParticleNetOptions {
  /** The first so many numbers of a particle are where it is: 2 without a word, rapidity and angle. */
  readonly coordinates?: number;
  /** Numbers of a particle in all, the coordinates among them. */
  readonly inputs: number;
  readonly outputs: number;
  /** Widths of the dense layers of each block; [[32, 32, 32], [64, 64, 64]] without a word. */
  readonly blocks?: readonly (readonly number[])[];
  /** Neighbours of each particle; 7 without a word. */
  readonly neighbours?: number;
  /** Width of the dense layer behind the mean over the particles; 128 without a word. */
  readonly hidden?: number;
  /** Share dropped there in training; 0.1 without a word. */
  readonly dropout?: number;
}

/**
 * Jets as clouds of particles: convolutions over neighbours, in the plane of the coordinates first and in what the block
 * before has learned afterwards, and a mean over the particles. Does not depend on their order.
 *
 * @see Qu, Gouskos, "Jet tagging via particle clouds", Phys. Rev. D 101, 056019, arXiv:1902.08570
 */
export class ParticleNet extends Module {
  readonly norm: LayerNorm;
  readonly blocks: readonly EdgeConvolution[];
  readonly hidden: Dense;
  readonly dropout: Dropout;
  readonly output: Dense;
  readonly coordinates: number;
  readonly inputs: number;

  /** @throws OptionError "size" | "range" */
  constructor(options: ParticleNetOptions, random: RandomStream) {
    super();
    const { coordinates = 2, inputs, outputs, neighbours = 7, hidden = 128, dropout = 0.1 } = options;
    const { blocks = [Array<number>(3).fill(32), Array<number>(3).fill(64)] } = options;
    checkSize('coordinates', coordinates);
    checkSize('inputs', inputs);
    checkSize('blocks', blocks.length);
    this.norm = new LayerNorm(inputs);
    this.blocks = blocks.map((widths, i) => {
      const before = i === 0 ? inputs : blocks[i - 1].at(-1)!;
      return new EdgeConvolution({ inputs: before, widths, neighbours }, random);
    });
    this.hidden = new Dense(blocks.at(-1)!.at(-1)!, hidden, random, { activation: 'relu' });
    this.dropout = new Dropout(dropout, random.split(1));
    this.output = new Dense(hidden, outputs, random);
    this.coordinates = Math.min(coordinates, inputs);
    this.inputs = inputs;
  }

  /**
   * @param x shape [batch, particles, inputs], the coordinates first
   * @param mask 1 for particles and 0 for padded places, shape [batch, particles]; all are particles without it
   * @returns shape [batch, outputs]
   * @throws ShapeError, also for fewer places than neighbours + 1
   */
  override call(x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
    const { inputs, coordinates } = this;
    if (x.rank !== 3 || x.shape[2] !== inputs) {
      throw new ShapeError('x', `[batch, particles, ${inputs}]`, `[${x.shape.join(', ')}]`);
    }
    if (mask) checkMask(mask, x.shape[0], x.shape[1]!);
    const points = tf.slice(x, [0, 0, 0], [-1, -1, coordinates]);
    const seen = this.blocks.reduce(
      (value, block, i) => block.call(value, mask, i === 0 ? points : value),
      this.norm.call(x),
    );
    return this.output.call(this.dropout.call(this.hidden.call(meanOfPlaces(seen, mask))));
  }
}
