import type { Program } from '../evaluation/index.ts';
import type { Expression } from '../expressions/index.ts';
import { Bfgs, type DescentOptions, LevenbergMarquardt, NelderMead, Role } from '../numerics/index.ts';
import type { ConstantRules } from './constant-rules.ts';
import type { RequirementSet } from './requirements/index.ts';
import type { Scorer } from './scorer.ts';

/** Relative fall of the loss below which a fit has converged. */
const TOLERANCE = 1e-9;
/** Moves of a simplex that are worth one step with derivatives, per parameter. */
const SIMPLEX_MOVES = 12;

/**
 * Fits the constants of one program after another by the optimiser of the options.
 *
 * Levenberg-Marquardt and BFGS need derivatives; a score without any is left to Nelder and Mead. Requirements
 * join the fit as a penalty, so that it ends where they can hold.
 */
export class Fitter {
  /** Scores computed so far, each a pass over the rows. */
  evaluations = 0;
  private readonly hessian: Float64Array;
  private readonly optimizer: ConstantRules['optimizer'];
  private readonly marquardt: LevenbergMarquardt;
  private readonly bfgs: Bfgs | undefined;
  private readonly simplex: NelderMead | undefined;
  private sets: readonly RequirementSet[] = [];
  private strength = 0;

  private program!: Program;
  private tree!: Expression;
  private rows = 0;
  /** Parameters that move, as indices into all of them; BFGS and the simplex see only these. */
  private moving: number[] = [];
  private theta!: Float64Array;

  constructor(
    private readonly scorer: Scorer,
    rules: ConstantRules,
    maxParameters: number,
    private readonly floor: number,
  ) {
    this.optimizer = scorer.differentiable ? rules.optimizer : 'NelderMead';
    this.marquardt = new LevenbergMarquardt(this.optimizer === 'LM' ? maxParameters : 1);
    this.bfgs = this.optimizer === 'BFGS' ? new Bfgs(maxParameters) : undefined;
    this.simplex = this.optimizer === 'NelderMead' ? new NelderMead(maxParameters) : undefined;
    this.hessian = new Float64Array(this.optimizer === 'BFGS' ? maxParameters * maxParameters : 0);
  }

  /** Requirements that join every fit from now on. @param strength of a unit of their penalty */
  require(hard: RequirementSet | undefined, soft: RequirementSet | undefined, strength: number): void {
    this.sets = [hard, soft].filter((set) => set !== undefined);
    this.strength = strength;
  }

  /**
   * Moves `theta` to a minimum.
   *
   * @param roles `Role` of each parameter, shape [parameters]
   * @returns the score reached, without penalties; NaN when it is not finite
   */
  minimise(
    program: Program,
    theta: Float64Array,
    roles: Uint8Array,
    iterations: number,
    rows: number,
    tree: Expression,
  ): number {
    this.program = program;
    this.tree = tree;
    this.rows = rows;
    if (program.parameters === 0) return this.score(theta);
    const loss =
      this.optimizer === 'LM' ? this.byMarquardt(theta, roles, iterations) : this.byDescent(theta, roles, iterations);
    return this.sets.length === 0 || Number.isNaN(loss) ? loss : this.score(theta);
  }

  private byMarquardt(theta: Float64Array, roles: Uint8Array, iterations: number): number {
    const options = { maxIterations: iterations, tolerance: TOLERANCE, floor: this.floor };
    const loss = this.marquardt.minimise(this.normalProblem, theta, this.program.parameters, roles, options);
    this.evaluations += this.marquardt.evaluations;
    return loss;
  }

  private readonly normalProblem = {
    normalEquations: (theta: Float64Array, hessian: Float64Array, gradient: Float64Array): number => {
      const loss = this.scorer.normalEquations(this.program, theta, { hessian, gradient }, this.rows);
      if (this.sets.length === 0 || Number.isNaN(loss)) return loss;
      return loss + this.addPenalties(theta, hessian, gradient);
    },
  };

  private addPenalties(theta: Float64Array, hessian: Float64Array, gradient: Float64Array): number {
    const divisor = this.scorer.divisor(this.rows);
    let total = 0;
    for (const set of this.sets) {
      total += set.addNormalEquations(this.program, theta, this.strength * divisor, hessian, gradient) / divisor;
    }
    return total;
  }

  private byDescent(theta: Float64Array, roles: Uint8Array, iterations: number): number {
    this.theta = theta;
    this.moving = [];
    for (let i = 0; i < roles.length; i++) if (roles[i] !== Role.fixed) this.moving.push(i);
    if (this.moving.length === 0) return this.penalised(theta);
    const point = Float64Array.from(this.moving, (i) => theta[i]);
    const options: DescentOptions = {
      maxIterations: this.bfgs ? iterations : iterations * SIMPLEX_MOVES * this.moving.length,
      tolerance: TOLERANCE,
    };
    const { bfgs, simplex } = this;
    const loss = bfgs
      ? bfgs.minimise({ gradient: this.reducedGradient }, point, point.length, options)
      : simplex!.minimise({ value: this.reducedValue }, point, point.length, options);
    this.spread(point);
    return loss;
  }

  private spread(point: Float64Array): Float64Array {
    for (let k = 0; k < this.moving.length; k++) this.theta[this.moving[k]] = point[k];
    return this.theta;
  }

  private readonly reducedValue = (point: Float64Array): number => this.penalised(this.spread(point));

  private readonly reducedGradient = (point: Float64Array, out: Float64Array): number => {
    const n = this.program.parameters;
    const theta = this.spread(point);
    const gradient = new Float64Array(n);
    this.evaluations++;
    const loss = this.normalProblem.normalEquations(theta, this.hessian.subarray(0, n * n), gradient);
    // The matrix and the gradient belong to the sum over rows, the loss may be its mean.
    const divisor = this.scorer.divisor(this.rows);
    for (let k = 0; k < this.moving.length; k++) out[k] = gradient[this.moving[k]] / divisor;
    return loss;
  };

  private score(theta: Float64Array): number {
    this.evaluations++;
    return this.scorer.value(this.program, theta, this.rows, this.tree);
  }

  private penalised(theta: Float64Array): number {
    let total = this.score(theta);
    for (const set of this.sets) total += this.strength * set.penalty(this.program, theta);
    return total;
  }
}
