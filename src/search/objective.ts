import { compile, type FrozenProgram, freeze, type LocalEvaluator, type Program } from '../evaluation/index.ts';
import { constantsOf, type Expression, withConstants } from '../expressions/index.ts';
import { LevenbergMarquardt, type NormalProblem, Role } from '../numerics/index.ts';
import { exponentIndices } from './exponents.ts';
import { linearParameters } from './linear-parameters.ts';
import { baselineLoss, PILOT_ROWS, type ProblemData } from './problem.ts';

/** A tree with fitted constants and its loss; NaN when it is not finite on the data. */
export interface Fitted {
  readonly tree: Expression;
  readonly loss: number;
}

/** Constants of the largest tree that the options allow: every second node a leaf. */
const MOST_PARAMETERS = 128;

/** Relative root-mean-square error at which only rounding is left in f64. */
const FLOOR_RELATIVE = 1e-13;

/**
 * The loss of trees on one data set, with their constants fitted.
 */
export class Objective {
  readonly problem: ProblemData;
  readonly rows: number;
  /** Loss of the best constant. */
  readonly baseline: number;
  /** Loss below which a model is exact to rounding. */
  readonly floor: number;
  /** Weighted mean of the squared target, and mean weight. */
  readonly meanSquare: number;
  readonly meanWeight: number;
  /** Most constants that a tree may have: half the rows, or it would interpolate instead of explain. */
  readonly maxParameters: number;
  /** Rows passed over by programs so far; an integer, so that sums do not depend on their order. */
  usedRows = 0;

  private readonly columnIndex: ReadonlyMap<string, number>;
  private readonly optimiser: LevenbergMarquardt;
  private readonly normalProblem: NormalProblem;
  private program!: Program;
  private activeRows = 0;
  private readonly evaluator: LocalEvaluator;

  /** @param evaluator holds the problem's data already */
  constructor(problem: ProblemData, evaluator: LocalEvaluator) {
    this.problem = problem;
    this.evaluator = evaluator;
    this.rows = problem.target.length;
    this.baseline = baselineLoss(problem);
    const most = Math.min(evaluator.capabilities.maxParameters, MOST_PARAMETERS);
    this.maxParameters = Math.min(most, Math.max(1, Math.floor(this.rows / 2)));
    this.columnIndex = new Map(problem.inputs.map((name, i) => [name, i]));
    this.optimiser = new LevenbergMarquardt(this.maxParameters);
    this.normalProblem = {
      normalEquations: (theta, hessian, gradient) =>
        evaluator.normalEquations(this.program, theta, problem.loss, { hessian, gradient }, this.activeRows),
    };
    let square = 0;
    let sumWeights = 0;
    for (let i = 0; i < this.rows; i++) {
      const w = problem.weights ? problem.weights[i] : 1;
      square += w * problem.target[i] * problem.target[i];
      sumWeights += w;
    }
    const scale = problem.loss.name === 'chi2' ? square : square / sumWeights;
    this.floor = problem.loss.name === 'L1' ? Math.sqrt(scale) * FLOOR_RELATIVE : scale * FLOOR_RELATIVE ** 2;
    this.meanSquare = square / sumWeights;
    this.meanWeight = sumWeights / this.rows;
  }

  /** Passes of a program over the data, a shorter pass as its fraction. */
  get evaluations(): number {
    return this.usedRows / this.rows;
  }

  /** Fits the constants, on the first rows alone when there are many, and returns the loss on all. */
  search(tree: Expression, iterations: number): Fitted {
    const program = this.prepare(tree);
    if (!program) return { tree, loss: NaN };
    const theta = Float64Array.from(program.constants);
    const { rows } = this;
    if (program.parameters === 0) return { tree, loss: this.value(program, theta, rows) };
    const linear = linearParameters(tree, program.parameters);
    if (rows <= PILOT_ROWS + 64) {
      const loss = this.minimise(tree, program, theta, linear, iterations, rows);
      return { tree: withConstants(tree, theta), loss: finite(theta, loss) };
    }
    const pilot = this.minimise(tree, program, theta, linear, iterations, PILOT_ROWS);
    if (Number.isNaN(pilot)) return { tree, loss: NaN };
    const loss = this.value(program, theta, rows);
    return { tree: withConstants(tree, theta), loss: finite(theta, loss) };
  }

  /** Fits the constants to convergence on all rows, starting from those of the tree; `fixed` ones stay. */
  full(tree: Expression, iterations = 30, fixed?: Uint8Array): Fitted {
    const program = this.prepare(tree);
    if (!program) return { tree, loss: NaN };
    const theta = Float64Array.from(program.constants);
    if (program.parameters === 0) return { tree, loss: this.value(program, theta, this.rows) };
    const roles = linearParameters(tree, program.parameters);
    if (fixed) for (let i = 0; i < roles.length; i++) if (fixed[i] === Role.fixed) roles[i] = Role.fixed;
    const loss = this.minimise(tree, program, theta, roles, iterations, this.rows);
    return { tree: withConstants(tree, theta), loss: finite(theta, loss) };
  }

  /** Loss of the tree as it stands. */
  lossOf(tree: Expression): number {
    const program = this.prepare(tree);
    return program ? this.value(program, program.constants, this.rows) : NaN;
  }

  /**
   * Diagonal of the Gauss-Newton matrix at the tree's constants, shape [parameters]; undefined when not finite.
   * A diagnostic, not a step of the search: it does not count as an evaluation, for progress reports ask too.
   */
  curvature(tree: Expression): Float64Array | undefined {
    const program = this.prepare(tree);
    if (!program) return undefined;
    const diagonal = this.diagonal(program);
    if (diagonal) return diagonal;
    const frozen = frozenExponents(program, tree);
    const free = frozen && this.diagonal(frozen.program);
    if (!frozen || !free) return undefined;
    return Float64Array.from({ length: program.parameters }, (_, i) => free[frozen.position[i]] ?? 0);
  }

  private diagonal(program: Program): Float64Array | undefined {
    const n = program.parameters;
    const hessian = new Float64Array(n * n);
    const out = { hessian, gradient: new Float64Array(n) };
    const loss = this.evaluator.normalEquations(program, program.constants, this.problem.loss, out, this.rows);
    if (!Number.isFinite(loss)) return undefined;
    return Float64Array.from({ length: n }, (_, i) => hessian[i * n + i]);
  }

  /** Predictions, shape [rows]. */
  values(tree: Expression): Float64Array {
    return this.evaluator.values(compile(tree, this.columnIndex), this.rows).values;
  }

  private prepare(tree: Expression): Program | undefined {
    for (const value of constantsOf(tree)) if (!Number.isFinite(value)) return undefined;
    const program = compile(tree, this.columnIndex);
    const { maxStackDepth } = this.evaluator.capabilities;
    return program.parameters > this.maxParameters || program.stackDepth > maxStackDepth ? undefined : program;
  }

  private value(program: Program, theta: Float64Array, rows: number): number {
    this.usedRows += rows;
    return this.evaluator.loss(program, theta, this.problem.loss, rows);
  }

  /** Fits `theta` in place; integer exponents of a negative base stay as they are. */
  private minimise(
    tree: Expression,
    program: Program,
    theta: Float64Array,
    roles: Uint8Array,
    iterations: number,
    rows: number,
  ): number {
    const loss = this.descend(program, theta, roles, iterations, rows);
    if (!Number.isNaN(loss)) return loss;
    const frozen = frozenExponents(program, tree);
    if (!frozen) return loss;
    const { position } = frozen;
    const moved = Float64Array.from(frozen.program.constants);
    const movedRoles = new Uint8Array(frozen.program.parameters);
    for (let i = 0; i < roles.length; i++) if (position[i] < movedRoles.length) movedRoles[position[i]] = roles[i];
    const second = this.descend(frozen.program, moved, movedRoles, iterations, rows);
    for (let i = 0; i < theta.length; i++) theta[i] = moved[position[i]];
    return second;
  }

  private descend(program: Program, theta: Float64Array, roles: Uint8Array, iterations: number, rows: number): number {
    if (program.parameters === 0) return this.value(program, theta, rows);
    this.program = program;
    this.activeRows = rows;
    const options = { maxIterations: iterations, tolerance: 1e-9, floor: this.floor };
    const loss = this.optimiser.minimise(this.normalProblem, theta, program.parameters, roles, options);
    this.usedRows += this.optimiser.evaluations * rows;
    return loss;
  }
}

/** The program without its integer exponents as parameters; undefined when it has none. */
function frozenExponents(program: Program, tree: Expression): FrozenProgram | undefined {
  const exponents = exponentIndices(tree, Number.isInteger);
  return exponents.size > 0 ? freeze(program, exponents) : undefined;
}

/** A loss counts only when every constant that gave it is a finite number. */
function finite(theta: Float64Array, loss: number): number {
  for (let i = 0; i < theta.length; i++) if (!Number.isFinite(theta[i])) return NaN;
  return loss;
}
