import type { Expression } from '../expressions/index.ts';
import { constant } from '../expressions/index.ts';
import type { Forms } from './forms.ts';

/** A transform z = T(y) of the target under which a law may become linear, and its way back. */
export interface TargetTransform {
  readonly name: string;
  readonly apply: (y: number) => number;
  /** Whether it is of y above 0 alone. */
  readonly positive?: boolean;
  /** |dT/dy|: carries a row's weight from y to z to first order. */
  readonly slope: (y: number) => number;
  /** The tree of y given the tree of z, or undefined when the operators cannot express it. */
  readonly invert: (z: Expression | undefined, forms: Forms) => Expression | undefined;
  /** The tree of y given z = scale * f, where that is shorter than `invert` of the product. */
  readonly invertScaled?: (scale: number, f: Expression, forms: Forms) => Expression | undefined;
}

/** Transforms tried, simplest first; those that are not finite on the data drop out. */
export const TARGET_TRANSFORMS: readonly TargetTransform[] = [
  { name: 'y', apply: (y) => y, slope: () => 1, invert: (z) => z },
  {
    name: '1/y',
    apply: (y) => 1 / y,
    slope: (y) => 1 / (y * y),
    invert: (z, forms) => forms.power(z, -1),
    invertScaled: (scale, f, forms) => forms.divide(constant(1 / scale), f),
  },
  {
    name: 'log y',
    positive: true,
    apply: (y) => (y > 0 ? Math.log(y) : NaN),
    slope: (y) => 1 / Math.abs(y),
    invert: (z, forms) => forms.apply('exp', z),
  },
  {
    name: 'y^2',
    positive: true,
    apply: (y) => (y > 0 ? y * y : NaN),
    slope: (y) => 2 * Math.abs(y),
    invert: (z, forms) => forms.power(z, 0.5),
  },
  {
    name: 'sqrt y',
    positive: true,
    apply: (y) => (y > 0 ? Math.sqrt(y) : NaN),
    slope: (y) => 0.5 / Math.sqrt(Math.abs(y)),
    invert: (z, forms) => forms.power(z, 2),
  },
  {
    name: '1/y^2',
    positive: true,
    apply: (y) => (y > 0 ? 1 / (y * y) : NaN),
    slope: (y) => 2 / Math.abs(y * y * y),
    invert: (z, forms) => forms.power(z, -0.5),
  },
  {
    name: 'exp y',
    apply: (y) => (Math.abs(y) < 100 ? Math.exp(y) : NaN),
    slope: (y) => Math.exp(y),
    invert: (z, forms) => forms.apply('log', z),
  },
];

/** Share of the rows that noise may have carried below 0 where a transform is of y above 0. */
const MOST_BELOW = 0.05;

/** T(y) and what its rows weigh. */
export interface Transformed {
  /** Shape [rows], finite; means nothing where w is 0. */
  readonly z: Float64Array;
  readonly w: Float64Array;
  /** Whether T is finite on every row. */
  readonly isWhole: boolean;
}

/**
 * z and its weights on the probe rows; undefined when the transform is not finite there.
 *
 * A law above 0 that comes near 0 gives a few rows below by noise. They weigh nothing, and a row as near to 0 as the
 * farthest of them weighs no more than one at that distance: near 0 the slope of y^2 says nothing of its error.
 */
export function transformTarget(
  transform: TargetTransform,
  target: Float64Array,
  weights: Float64Array | undefined,
  rows: number,
): Transformed | undefined {
  const z = new Float64Array(rows);
  const w = new Float64Array(rows);
  let below = 0;
  let farthest = 0;
  for (let i = 0; i < rows && transform.positive; i++) {
    if (target[i] > 0) continue;
    below++;
    farthest = Math.max(farthest, -target[i]);
  }
  if (below > MOST_BELOW * rows) return undefined;
  const edgeSlope = farthest > 0 ? transform.slope(farthest) : 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const y = target[i];
    if (transform.positive && !(y > 0)) continue;
    z[i] = transform.apply(y);
    const slope = y < farthest ? Math.max(transform.slope(y), edgeSlope) : transform.slope(y);
    w[i] = (weights ? weights[i] : 1) / (slope * slope);
    total += w[i];
    if (!Number.isFinite(z[i]) || !Number.isFinite(w[i])) return undefined;
  }
  if (!(total > 0)) return undefined;
  return { z, w, isWhole: below === 0 };
}
