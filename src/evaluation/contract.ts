import type { Program } from './program.ts';

/**
 * The loss of one row, r = prediction - target:
 * L2 r^2; L1 |r|; Huber r^2/2 for |r| <= d, else d(|r| - d/2); log-cosh log(cosh r); chi2 r^2.
 *
 * The loss of a program is sum(w rho(r)) / sum(w), except chi2 = sum(w r^2) with w = 1 / sigma^2.
 */
export type LossName = 'L2' | 'L1' | 'Huber' | 'log-cosh' | 'chi2';

/** A loss and its parameter. */
export interface Loss {
  readonly name: LossName;
  /** d of the Huber loss; 1 by default. */
  readonly delta?: number;
}

/** The data of a fit, as columns. */
export interface EvaluationData {
  /** Columns of equal length, shape [inputs][rows]. Copied; the caller keeps its arrays. */
  readonly columns: readonly Float64Array[];
  /** Shape [rows]; absent when only values are wanted. */
  readonly target?: Float64Array;
  /** Shape [rows], >= 0; 1 everywhere when absent. */
  readonly weights?: Float64Array;
}

/** Losses of a batch, shape [programs]. A program that is non-finite at any row has loss NaN. */
export type Losses = Float64Array;

export interface Values {
  /** Shape [rows]. */
  readonly values: Float64Array;
  /** False when any value is not finite. */
  readonly finite: boolean;
}

export interface Jacobian extends Values {
  /** d value / d constant, shape [parameters * rows], one column of rows after another. */
  readonly jacobian: Float64Array;
}

/** What Gauss-Newton needs at one point; the arrays are written, never kept. */
export interface NormalEquations {
  /** sum of w rho'(r)/r J J^T, shape [parameters * parameters], both triangles. */
  readonly hessian: Float64Array;
  /** sum of w rho'(r) J, shape [parameters]. */
  readonly gradient: Float64Array;
}

export interface Capabilities {
  /** 'reference' | 'wasm' | ... */
  readonly name: string;
  readonly precision: 32 | 64;
  /** Operators this back-end lacks on purpose. */
  readonly absent: ReadonlySet<string>;
  readonly losses: readonly LossName[];
  /** Largest number of rows, stack depth and parameters of a program. */
  readonly maxRows: number;
  readonly maxStackDepth: number;
  readonly maxParameters: number;
  /** Whether values below the smallest normal number are kept; a GPU makes them 0. */
  readonly keepsSubnormals: boolean;
}

/**
 * What every back-end does. Data is set once; programs come in any number.
 *
 * `rows` limits a call to the first rows of the data, so that a search may score on a shuffled subset.
 * A value is non-finite exactly when the f64 rules of the operator table make it so at that row: the
 * verdict is about the program's value, not about what happened on the way.
 */
export interface Evaluator {
  readonly capabilities: Capabilities;
  /** @throws ShapeError when the columns, target and weights differ in length; BackendError "too-many-rows" */
  setData(data: EvaluationData): void;
  /** Losses of many programs, shape [programs]. */
  losses(programs: readonly Program[], loss: Loss, rows?: number): Losses | Promise<Losses>;
  values(program: Program, rows?: number): Values | Promise<Values>;
  dispose(): void;
}

/** A back-end on this thread: answers at once, and differentiates. */
export interface LocalEvaluator extends Evaluator {
  /**
   * Overwrites one column of the data, or its first entries; no allocation.
   *
   * @param values copied, shape [rows] or shorter
   * @throws ShapeError when there is no such column or it is shorter
   */
  updateColumn(index: number, values: Float64Array): void;
  losses(programs: readonly Program[], loss: Loss, rows?: number): Losses;
  /** Loss of one program with other constants; no allocation. NaN when non-finite. */
  loss(program: Program, constants: Float64Array, loss: Loss, rows?: number): number;
  values(program: Program, rows?: number): Values;
  jacobian(program: Program, rows?: number): Jacobian;
  /**
   * Normal equations of a fit and the loss at `constants`; no allocation. Returns NaN, and leaves `out`
   * undefined, when the value or a derivative is not finite.
   */
  normalEquations(program: Program, constants: Float64Array, loss: Loss, out: NormalEquations, rows?: number): number;
}
