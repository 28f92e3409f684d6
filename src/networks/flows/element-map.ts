import * as tf from '@tensorflow/tfjs';
import { rationalQuadraticSpline, type SplineResult, splineParameterCount } from '../../tensors/index.ts';

/** What the maps of single numbers may be told. */
export interface ElementMapOptions {
  /** Bins of a spline; 8 without a word. */
  readonly bins?: number;
  /** Half the length of the domain of a spline, or of a circle; 4 without a word, and pi for circles. */
  readonly bound?: number;
}

/** A monotone map of single numbers by parameters that a network gives. */
export interface ElementMap {
  /** Parameters for each number. */
  readonly parameterCount: number;
  /** How many numbers a network sees of one; on a circle two, so that it does not see a seam. */
  readonly seenWidth: number;
  /** What a network sees: shape [batch, columns] to [batch, seenWidth * columns], the first of every column first. */
  see(x: tf.Tensor): tf.Tensor;
  /**
   * @param x shape [batch, columns]
   * @param parameters shape [batch, columns, parameterCount]; 0 gives the identity
   */
  map(x: tf.Tensor, parameters: tf.Tensor, inverse: boolean): SplineResult;
}

/** No scale leaves [exp(-LARGEST), exp(LARGEST)]. */
const LARGEST = 4;

function affine(): ElementMap {
  return {
    parameterCount: 2,
    seenWidth: 1,
    see: (x) => x,
    map(x, parameters, inverse) {
      const [raw, shift] = tf.unstack(parameters, -1);
      const log = tf.mul(tf.tanh(tf.div(raw, LARGEST)), LARGEST);
      if (!inverse) return { values: tf.add(tf.mul(x, tf.exp(log)), shift), logDerivatives: log };
      const down = tf.neg(log);
      return { values: tf.mul(tf.sub(x, shift), tf.exp(down)), logDerivatives: down };
    },
  };
}

function spline({ bins = 8, bound = 4 }: ElementMapOptions): ElementMap {
  return {
    parameterCount: splineParameterCount({ bins }),
    seenWidth: 1,
    see: (x) => x,
    map: (x, parameters, inverse) => rationalQuadraticSpline(x, parameters, { bins, bound, inverse }),
  };
}

/** A spline on the circle of circumference 2 bound, and then a turn. */
function circularSpline({ bins = 8, bound = Math.PI }: ElementMapOptions): ElementMap {
  const count = splineParameterCount({ bins, tails: 'circular' });
  return {
    parameterCount: count + 1,
    seenWidth: 2,
    see(x) {
      const angle = tf.mul(x, Math.PI / bound);
      return tf.concat([tf.cos(angle), tf.sin(angle)], -1);
    },
    map(x, parameters, inverse) {
      const [shape, turn] = tf.split(parameters, [count, 1], -1);
      const phase = tf.reshape(turn, x.shape);
      const options = { bins, bound, tails: 'circular', inverse } as const;
      if (inverse) return rationalQuadraticSpline(tf.sub(x, phase), shape, options);
      const { values, logDerivatives } = rationalQuadraticSpline(x, shape, options);
      return { values: onCircle(tf.add(values, phase), bound), logDerivatives };
    },
  };
}

/** x brought into [-bound, bound] by whole turns, which have no slope. */
function onCircle(x: tf.Tensor, bound: number): tf.Tensor {
  const operation = tf.customGrad((given) => ({
    value: tf.sub(
      given as tf.Tensor,
      tf.mul(tf.floor(tf.div(tf.add(given as tf.Tensor, bound), 2 * bound)), 2 * bound),
    ),
    gradFunc: (dy: tf.Tensor) => dy,
  }));
  return operation(x);
}

/** The maps by name; a new one is a new row. */
export const ELEMENT_MAPS = { affine, spline, circularSpline } as const;

/** The name of a map of single numbers. */
export type ElementMapName = keyof typeof ELEMENT_MAPS;
