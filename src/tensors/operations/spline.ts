import * as tf from '@tensorflow/tfjs';
import { OptionError } from '../../core/index.ts';
import { hasKernel } from '../register-kernels.ts';
import { checkShape } from './shape-checks.ts';
import { plainSpline } from './spline-plain.ts';

/** What a spline may be told. */
export interface SplineOptions {
  /** Bins between -bound and bound; 8 without a word. */
  readonly bins?: number;
  /** Half the length of the domain; 3 without a word. */
  readonly bound?: number;
  /**
   * `linear`: the identity outside [-bound, bound], with slope 1 at both ends. `circular`: a map of the circle of
   * circumference 2 bound onto itself, with one slope at the two ends; x is brought into [-bound, bound] by whole turns.
   */
  readonly tails?: 'linear' | 'circular';
  /** Least width and height of a bin as a share of the domain, and least slope; 1e-3 without a word. */
  readonly minimum?: number;
  /** Whether y is given and x is asked for. */
  readonly inverse?: boolean;
}

/** Values, and logarithms of the derivatives at the same places. */
export type SplineResult = {
  readonly values: tf.Tensor;
  readonly logDerivatives: tf.Tensor;
};

/** Settings with nothing left out; `shift` makes slopes of 1 from parameters of 0. */
export interface SplineSettings {
  readonly bins: number;
  readonly bound: number;
  readonly minimum: number;
  readonly shift: number;
  readonly circular: boolean;
  readonly inverse: boolean;
}

/** Parameters that one spline takes: a width and a height a bin, and a slope for each knot where it is free. */
export function splineParameterCount({ bins = 8, tails = 'linear' }: SplineOptions = {}): number {
  return 3 * bins - (tails === 'circular' ? 0 : 1);
}

/**
 * A monotone rational-quadratic spline for every element, or its inverse, with the logarithm of its derivative.
 *
 * Widths and heights are made from parameters by softmax, slopes by softplus; parameters of 0 give the identity. Values and
 * gradients come from one pass where the back-end has our kernels.
 *
 * @param x any shape
 * @param parameters shape [...x, splineParameterCount(options)]: widths, heights, then slopes from left to right
 * @throws ShapeError, OptionError "range"
 * @see Durkan, Bekasov, Murray, Papamakarios, "Neural spline flows", arXiv:1906.04032; Rezende et al., "Normalizing flows on
 *   tori and spheres", arXiv:2002.02428, for the circle
 */
export function rationalQuadraticSpline(
  x: tf.Tensor,
  parameters: tf.Tensor,
  options: SplineOptions = {},
): SplineResult {
  const settings = settingsOf(options);
  checkShape('parameters', parameters, [...x.shape, splineParameterCount(options)]);
  if (!hasKernel('AnsatzSpline')) return plainSpline(x, parameters, settings);
  const attributes = settings as unknown as tf.NamedAttrMap;
  const outputs = tf.engine().runKernel('AnsatzSpline', { x, parameters }, attributes) as unknown as tf.Tensor[];
  return { values: outputs[0], logDerivatives: outputs[1] };
}

function settingsOf(options: SplineOptions): SplineSettings {
  const { bins = 8, bound = 3, tails = 'linear', minimum = 1e-3, inverse = false } = options;
  const refuse = (option: string, value: unknown, hint: string): never => {
    throw new OptionError('range', option, `${value}`, hint);
  };
  if (!(Number.isSafeInteger(bins) && bins >= 1 && bins <= 1024)) refuse('bins', bins, 'a whole number from 1 to 1024');
  if (!(bound > 0 && Number.isFinite(bound))) refuse('bound', bound, 'a number above 0');
  if (tails !== 'linear' && tails !== 'circular') refuse('tails', tails, 'linear or circular');
  if (!(minimum > 0 && minimum < 1 && bins * minimum < 1)) refuse('minimum', minimum, 'above 0, and below 1 / bins');
  const shift = Math.log(Math.expm1(1 - minimum));
  return { bins, bound, minimum, shift, circular: tails === 'circular', inverse };
}
