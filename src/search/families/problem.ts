import type { Expression } from '../../expressions/index.ts';
import { leastSquares } from '../../numerics/index.ts';
import type { Argument } from './argument.ts';
import type { Shape } from './shape.ts';

/** A shape of an argument at its best constants, for one problem. */
export interface Hit {
  readonly problem: Problem;
  readonly group: ProblemGroup;
  readonly argument: Argument;
  readonly shape: Shape;
  readonly k: number;
  readonly c: number;
  /** Fraction of the target's square that is left. */
  readonly unexplained: number;
}

/** Finds z = fitted columns of a shape + fitted basis. */
export interface Problem {
  /** Shape [rows]. */
  readonly z: Float64Array;
  /** An error of z times this is one of the task's target, to first order. Shape [rows]. */
  readonly slope: Float64Array;
  /** Shapes worth a second look. */
  readonly keep: number;
  /** Laws of the task's target, the most likely first. The fit holds the coefficients of the shape, then of the basis. */
  laws(hit: Hit, fit: WeightedFit): (Expression | undefined)[];
}

/** Problems that share row weights and basis. */
export interface ProblemGroup {
  /** sqrt(w), shape [rows]. */
  readonly rootWeights: Float64Array;
  /** Shape [columns][rows]. */
  readonly basis: readonly Float64Array[];
  readonly problems: readonly Problem[];
}

/** Coefficients, and what they leave of z. */
export interface WeightedFit {
  readonly coefficients: Float64Array;
  /** sqrt(w), shape [rows]. */
  readonly rootWeights: Float64Array;
  /** z minus the fit, shape [rows]. */
  readonly residuals: Float64Array;
  /** Weighted sum of their squares. */
  readonly square: number;
}

/** z fitted by columns under weights. */
export function weightedFit(columns: readonly Float64Array[], z: Float64Array, rootWeights: Float64Array): WeightedFit {
  const weigh = (column: Float64Array): Float64Array => column.map((value, i) => value * rootWeights[i]);
  const coefficients = leastSquares(columns.map(weigh), weigh(z));
  const residuals = Float64Array.from(z);
  columns.forEach((column, j) => {
    for (let i = 0; i < residuals.length; i++) residuals[i] -= coefficients[j] * column[i];
  });
  let square = 0;
  for (let i = 0; i < residuals.length; i++) square += (residuals[i] * rootWeights[i]) ** 2;
  return { coefficients, rootWeights, residuals, square };
}

/** The columns of a hit on all rows. */
export function columnsOf({ argument, shape, k, c }: Hit): Float64Array[] {
  const columns = Array.from({ length: shape.columns }, () => new Float64Array(argument.all.length));
  shape.fill(argument, 'all', k, c, columns[0], columns[1]);
  return columns;
}
