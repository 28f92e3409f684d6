import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream, ShapeError } from '../../core/index.ts';
import { checkSize } from '../parameter.ts';
import { BASE_DISTRIBUTIONS, type BaseDistribution, type BaseName } from './base-distributions.ts';
import { checkRows, Transform, type Transformed } from './transform.ts';

/** What a flow starts from. */
export interface FlowBase {
  /** normal without a word: mean 0, deviation 1. */
  readonly base?: BaseName;
  /** Half the length of the interval of the uniform distribution; 1 without a word. */
  readonly bound?: number;
}

/** Points, and the logarithm of the density at each. */
export type Drawn = {
  /** Shape [count, dimension]. */
  readonly samples: tf.Tensor;
  /** Shape [count], in nats. */
  readonly logProbabilities: tf.Tensor;
};

/**
 * A probability density made by transforms from a simple one: exact densities, and exact draws.
 *
 * It is a transform itself: `forward` takes data to latent space.
 *
 * @see Papamakarios et al., "Normalizing flows for probabilistic modeling and inference", arXiv:1912.02762
 */
export class Flow extends Transform {
  readonly dimension: number;
  readonly contextWidth: number;
  /** From data to latent space. */
  readonly transforms: readonly Transform[];
  private readonly base: BaseDistribution;

  /** @throws OptionError "transforms" | "base" | "range", ShapeError for transforms of different dimensions or contexts */
  constructor(transforms: readonly Transform[], { base = 'normal', bound = 1 }: FlowBase = {}) {
    super();
    if (transforms.length === 0) throw new OptionError('transforms', 'transforms', 'none', 'give one at least');
    if (!Object.hasOwn(BASE_DISTRIBUTIONS, base)) {
      throw new OptionError('base', 'base', `"${base}"`, `give ${Object.keys(BASE_DISTRIBUTIONS).join(' or ')}`);
    }
    if (!(bound > 0 && Number.isFinite(bound))) throw new OptionError('range', 'bound', `${bound}`, 'a number above 0');
    this.dimension = transforms[0].dimension;
    this.contextWidth = Math.max(...transforms.map(({ contextWidth }) => contextWidth));
    transforms.forEach(({ dimension, contextWidth }, i) => {
      const fits = dimension === this.dimension && (contextWidth === 0 || contextWidth === this.contextWidth);
      if (fits) return;
      const expected = `dimension ${this.dimension}, context ${this.contextWidth} or none`;
      throw new ShapeError(`transforms[${i}]`, expected, `dimension ${dimension}, context ${contextWidth}`);
    });
    this.transforms = transforms;
    this.base = BASE_DISTRIBUTIONS[base](bound);
  }

  protected override there(x: tf.Tensor, context: tf.Tensor | undefined): Transformed {
    return follow(this.transforms, x, (transform, at) => transform.forward(at, context));
  }

  protected override back(z: tf.Tensor, context: tf.Tensor | undefined): Transformed {
    return follow([...this.transforms].reverse(), z, (transform, at) => transform.inverse(at, context));
  }

  protected override backValues(z: tf.Tensor, context: tf.Tensor | undefined): tf.Tensor {
    return this.transforms.reduceRight((at, transform) => transform.inverseValues(at, context), z);
  }

  /**
   * The logarithm of the density, in nats.
   *
   * @param x shape [batch, dimension]
   * @param context shape [batch, contextWidth], or [1, contextWidth] for all
   * @returns shape [batch]
   * @throws ShapeError
   */
  logProbability(x: tf.Tensor, context?: tf.Tensor): tf.Tensor {
    const { values, logDeterminants } = this.forward(x, this.spread(context, x.shape[0] ?? 0));
    return tf.add(this.base.logProbability(values), logDeterminants);
  }

  /**
   * Draws points; the same stream draws the same.
   *
   * @param context shape [count, contextWidth], or [1, contextWidth] for all
   * @returns shape [count, dimension]
   * @throws OptionError "size", ShapeError
   */
  sample(count: number, random: RandomStream, context?: tf.Tensor): tf.Tensor {
    return tf.tidy(() => this.inverseValues(this.draw(count, random), this.spread(context, count)));
  }

  /**
   * Draws points, with the logarithm of the density at each, in the same pass; differentiable along the parameters.
   *
   * @param context shape [count, contextWidth], or [1, contextWidth] for all
   * @throws OptionError "size", ShapeError
   */
  sampleWithDensity(count: number, random: RandomStream, context?: tf.Tensor): Drawn {
    const z = this.draw(count, random);
    const { values, logDeterminants } = this.inverse(z, this.spread(context, count));
    return { samples: values, logProbabilities: tf.sub(this.base.logProbability(z), logDeterminants) };
  }

  private draw(count: number, random: RandomStream): tf.Tensor {
    checkSize('count', count);
    const values = Float32Array.from({ length: count * this.dimension }, () => this.base.draw(random));
    return tf.tensor2d(values, [count, this.dimension]);
  }

  /** One row of context serves all points. */
  private spread(context: tf.Tensor | undefined, count: number): tf.Tensor | undefined {
    if (this.contextWidth === 0 || context?.shape[0] !== 1 || count === 1) return context;
    checkRows('context', context, 1, this.contextWidth);
    return tf.tile(context, [count, 1]);
  }
}

function follow(
  transforms: readonly Transform[],
  start: tf.Tensor,
  step: (transform: Transform, at: tf.Tensor) => Transformed,
): Transformed {
  let values = start;
  const logs: tf.Tensor[] = [];
  for (const transform of transforms) {
    const next = step(transform, values);
    values = next.values;
    logs.push(next.logDeterminants);
  }
  return { values, logDeterminants: tf.addN(logs) };
}
