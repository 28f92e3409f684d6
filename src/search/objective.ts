import {
  compile,
  type FrozenProgram,
  freeze,
  type Likelihood,
  type LocalEvaluator,
  type Program,
} from '../evaluation/index.ts';
import { constant, constantsOf, type Expression, withConstants } from '../expressions/index.ts';
import { Role } from '../numerics/index.ts';
import { areFree, type ConstantRules, FREE_CONSTANTS, nearestAllowed } from './constant-rules.ts';
import type { Screen } from './device/screen.ts';
import { exponentIndices } from './exponents.ts';
import { Fitter } from './fitter.ts';
import { linearParameters } from './linear-parameters.ts';
import { baselineLoss, PILOT_ROWS, type ProblemData } from './problem.ts';
import type { RequirementSet } from './requirements/index.ts';
import { functionScorer, kernelScorer, type LossFunction, likelihoodScorer, type Scorer } from './scorer.ts';
import { likelihoodOf } from './scoring.ts';
import type { Syntax } from './syntax.ts';

/** A tree with fitted constants and its loss; NaN when it is not finite on the data. */
export interface Fitted {
  readonly tree: Expression;
  readonly loss: number;
}

/** What shapes a loss beside the data. */
export interface ObjectiveRules {
  /** How candidates are compiled; plain trees when absent. */
  readonly syntax?: Pick<Syntax, 'admitted' | 'compile' | 'express' | 'grammar' | 'pinned'>;
  readonly constants?: ConstantRules;
  /** Requirements that must hold, and those whose violation costs. */
  readonly hard?: RequirementSet;
  readonly soft?: RequirementSet;
  /** Added to the loss of a tree: the price of wrong units. */
  readonly surcharge?: (tree: Expression) => number;
  readonly lossFunction?: LossFunction;
  /** Bits of the losses while searching; 64 by default. The evaluator must be of the same precision. */
  readonly precision?: 32 | 64;
}

/** Constants of the largest tree that the options allow, with the parameters of a template. */
const MOST_PARAMETERS = 512;

/** Relative root-mean-square error at which only rounding is left in f64, as far as one number can tell. */
const FLOOR_RELATIVE = 1e-13;
/** The same where the single rows will be looked at: fits go on to the last digit. */
const FLOOR_OF_ROWS = 1e-15;
/** Relative root-mean-square error below which a look at the single rows says whether a law is exact. */
const NEAR_RELATIVE = 1e-9;
/** The same in f32. */
const FLOOR_RELATIVE_32 = 1e-6;

/**
 * The loss of trees on one data set, with their constants fitted.
 */
export class Objective {
  readonly problem: ProblemData;
  readonly rows: number;
  readonly rules: ObjectiveRules;
  /** Independent observations: rows, or bins of a histogram. */
  readonly observations: number;
  /** '-2logL' when half the loss is a log-likelihood. */
  readonly scale: '-2logL' | 'loss' | 'kernel';
  /** Whether many trees can be scored at once: losses of the kernel can, likelihoods and functions of the user's cannot. */
  readonly screens: boolean;
  /** Loss of the best constant, and its size where that serves as a scale. */
  readonly constantLoss: number;
  readonly baseline: number;
  /** Loss below which nothing but rounding can be left. */
  readonly floor: number;
  /** Whether the residuals of single rows decide what is exact. */
  readonly rowwise: boolean;
  /** Loss above which a law is not exact; between the two, rounding may explain it or not. */
  readonly nearFloor: number;
  /** Weighted mean of the squared target, and mean weight. */
  readonly meanSquare: number;
  readonly meanWeight: number;
  /** Most constants that a tree may have: half the observations, or it would interpolate instead of explain. */
  readonly maxParameters: number;
  /** Rows passed over by programs so far; an integer, so that sums do not depend on their order. */
  usedRows = 0;

  /** True while losses are in f32; the polish turns it off. */
  rough: boolean;

  private readonly columnIndex: ReadonlyMap<string, number>;
  /** What evaluates candidates one at a time. */
  get device(): LocalEvaluator {
    return this.evaluator;
  }

  private readonly evaluator: LocalEvaluator;
  private readonly scorer: Scorer;
  private readonly constants: ConstantRules;
  private readonly fitter: Fitter;

  /** @param evaluator holds the problem's data already */
  constructor(problem: ProblemData, evaluator: LocalEvaluator, rules: ObjectiveRules = {}) {
    this.problem = problem;
    this.evaluator = evaluator;
    this.rules = rules;
    this.constants = rules.constants ?? FREE_CONSTANTS;
    this.rows = problem.target.length;
    this.columnIndex = new Map(problem.inputs.map((name, i) => [name, i]));
    const likelihood = rules.lossFunction ? undefined : likelihoodOf(problem);
    this.observations = likelihood?.observations ?? this.rows;
    this.scale =
      likelihood?.scale ?? (rules.lossFunction ? 'loss' : problem.loss.name === 'chi2' ? '-2logL' : 'kernel');
    const most = Math.min(evaluator.capabilities.maxParameters, MOST_PARAMETERS);
    this.maxParameters = Math.min(most, Math.max(1, Math.floor(this.observations / 2)));
    let square = 0;
    let sumWeights = 0;
    for (let i = 0; i < this.rows; i++) {
      const w = problem.weights ? problem.weights[i] : 1;
      square += w * problem.target[i] * problem.target[i];
      sumWeights += w;
    }
    this.meanSquare = square / sumWeights;
    this.meanWeight = sumWeights / this.rows;
    this.scorer = this.createScorer(likelihood);
    const custom = rules.lossFunction !== undefined || likelihood !== undefined;
    this.screens = !custom;
    const scale = problem.loss.name === 'chi2' ? square : square / sumWeights;
    this.rough = rules.precision === 32;
    this.rowwise = this.scale === 'kernel' && !this.rough && !problem.varianceFloor && !rules.syntax?.grammar.template;
    const relative = this.rough ? FLOOR_RELATIVE_32 : this.rowwise ? FLOOR_OF_ROWS : FLOOR_RELATIVE;
    const rounding = problem.loss.name === 'L1' ? Math.sqrt(scale) * relative : scale * relative ** 2;
    const least = problem.varianceFloor ?? 0;
    this.floor = custom ? this.customFloor(likelihood) : Math.max(rounding, least);
    const near = problem.loss.name === 'L1' ? Math.sqrt(scale) * NEAR_RELATIVE : scale * NEAR_RELATIVE ** 2;
    this.nearFloor = this.rowwise ? near : this.floor;
    this.fitter = new Fitter(this.scorer, this.constants, this.maxParameters, this.floor);
    this.constantLoss = custom ? this.lossOfConstant() : baselineLoss(problem);
    this.baseline = !custom || this.constantLoss > 0 ? this.constantLoss : Math.abs(this.constantLoss) || 1;
    this.fitter.require(rules.hard, rules.soft, this.penaltyStrength());
  }

  private createScorer(likelihood: Likelihood | undefined): Scorer {
    const { rules, evaluator, problem } = this;
    if (rules.lossFunction) {
      const express = rules.syntax?.express ?? ((tree: Expression) => tree);
      return functionScorer(evaluator, problem, rules.lossFunction, express, (tree) => compile(tree, this.columnIndex));
    }
    return likelihood
      ? likelihoodScorer(evaluator, likelihood)
      : kernelScorer(evaluator, problem.loss, this.meanWeight, () => this.rough);
  }

  /**
   * A loss that is 0 for perfect predictions ends the search at what rounding leaves of it; of another nobody knows
   * the least value.
   */
  private customFloor(likelihood: Likelihood | undefined): number {
    const { target } = this.problem;
    // In bins the target is a density at nodes, which integrates to the counts.
    if (!likelihood || !(likelihood.value(target) === 0)) return -Infinity;
    const step = FLOOR_RELATIVE * Math.sqrt(this.meanSquare);
    const floor = likelihood.value(target.map((value, i) => value + (i % 2 === 0 ? step : -step)));
    return floor >= 0 ? floor : 0;
  }

  /** Loss of the best constant, or 1 where no constant has one. */
  private lossOfConstant(): number {
    let mean = 0;
    for (let i = 0; i < this.rows; i++) mean += this.problem.target[i] / this.rows;
    const tree = constant(mean);
    const program = compile(tree, this.columnIndex);
    const theta = Float64Array.of(mean);
    const loss = this.fitter.minimise(program, theta, new Uint8Array(1), 30, this.rows, tree);
    return Number.isFinite(loss) ? loss : 1;
  }

  /** What a violation of the size of the target's spread costs per unit of weight. */
  private penaltyStrength(): number {
    return this.scale === '-2logL' ? this.baseline / this.observations : this.baseline;
  }

  /** Passes of a program over the data, a shorter pass as its fraction. */
  get evaluations(): number {
    return this.usedRows / this.rows;
  }

  /** Fits the constants, on the first rows alone when there are many, and returns the loss on all. */
  search(tree: Expression, iterations: number): Fitted {
    const program = this.program(tree);
    if (!program) return { tree, loss: NaN };
    const theta = Float64Array.from(program.constants);
    const { rows } = this;
    if (program.parameters === 0) return { tree, loss: this.value(tree, program, theta, rows) };
    const linear = this.roles(tree, program.parameters);
    const pilot = rows > PILOT_ROWS + 64 && this.scorer.separable;
    const fitted = this.minimise(tree, program, theta, linear, iterations, pilot ? PILOT_ROWS : rows);
    if (Number.isNaN(fitted)) return { tree, loss: NaN };
    const plain = !pilot && areFree(this.constants);
    const loss = plain ? this.finish(tree, program, theta, fitted) : this.value(tree, program, theta, rows);
    return { tree: withConstants(tree, theta), loss: finite(theta, loss) };
  }

  /** Fits the constants to convergence on all rows, starting from those of the tree; `fixed` ones stay. */
  full(tree: Expression, iterations = 30, fixed?: Uint8Array): Fitted {
    const program = this.program(tree);
    if (!program) return { tree, loss: NaN };
    const theta = Float64Array.from(program.constants);
    if (program.parameters === 0) return { tree, loss: this.value(tree, program, theta, this.rows) };
    const roles = this.roles(tree, program.parameters);
    if (fixed) for (let i = 0; i < roles.length; i++) if (fixed[i] === Role.fixed) roles[i] = Role.fixed;
    const fitted = this.minimise(tree, program, theta, roles, iterations, this.rows);
    const plain = areFree(this.constants);
    const loss = plain ? this.finish(tree, program, theta, fitted) : this.value(tree, program, theta, this.rows);
    return { tree: withConstants(tree, theta), loss: finite(theta, loss) };
  }

  /** Loss of the tree as it stands. */
  lossOf(tree: Expression): number {
    const program = this.program(tree);
    return program ? this.value(tree, program, program.constants, this.rows) : NaN;
  }

  /**
   * Losses of many trees with the constants that they have, shape [trees]; NaN where one is not finite.
   *
   * Requirements are left to the fit of those that are chosen.
   *
   * @param device holds the problem's data, and may be of less precision
   */
  screen(trees: readonly Expression[], device: Pick<Screen, 'losses'> = this.evaluator): Float64Array {
    const losses = new Float64Array(trees.length).fill(NaN);
    const programs: Program[] = [];
    const places: number[] = [];
    trees.forEach((tree, i) => {
      const program = this.program(tree);
      if (!program) return;
      programs.push(program);
      places.push(i);
    });
    this.usedRows += programs.length * this.rows;
    const { surcharge } = this.rules;
    device.losses(programs, this.problem.loss).forEach((loss, k) => {
      losses[places[k]] = surcharge ? loss + surcharge(trees[places[k]]) : loss;
    });
    return losses;
  }

  /**
   * Diagonal of the Gauss-Newton matrix at the tree's constants, shape [parameters]; undefined when not finite.
   * A diagnostic, not a step of the search: it does not count as an evaluation, for progress reports ask too.
   */
  curvature(tree: Expression): Float64Array | undefined {
    const program = this.program(tree);
    if (!program) return undefined;
    if (!this.scorer.differentiable) return new Float64Array(program.parameters);
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
    const loss = this.scorer.normalEquations(program, program.constants, out, this.rows);
    if (!Number.isFinite(loss)) return undefined;
    return Float64Array.from({ length: n }, (_, i) => hessian[i * n + i]);
  }

  /** Predictions, shape [rows]. */
  values(tree: Expression): Float64Array {
    return this.evaluator.values(this.compile(tree), this.rows).values;
  }

  private compile(tree: Expression): Program {
    const { syntax } = this.rules;
    return syntax ? syntax.compile(tree, this.columnIndex) : compile(tree, this.columnIndex);
  }

  /** What a fit may do with each constant. */
  private roles(tree: Expression, parameters: number): Uint8Array {
    const roles = linearParameters(tree, parameters);
    const pinned = this.pinned(tree);
    if (pinned) for (let i = 0; i < parameters; i++) if (pinned[i] === 1) roles[i] = Role.fixed;
    return roles;
  }

  /** 1 for a constant that no fit may move; undefined without any. */
  pinned(tree: Expression): Uint8Array | undefined {
    return this.rules.syntax?.pinned(tree);
  }

  /** The program of a tree, with the constants that it has; undefined where a limit forbids it. */
  program(tree: Expression): Program | undefined {
    for (const value of constantsOf(tree)) if (!Number.isFinite(value)) return undefined;
    const program = this.compile(tree);
    const { maxStackDepth } = this.evaluator.capabilities;
    return program.parameters > this.maxParameters || program.stackDepth > maxStackDepth ? undefined : program;
  }

  private value(tree: Expression, program: Program, theta: Float64Array, rows: number): number {
    this.usedRows += rows;
    return this.finish(tree, program, theta, this.scorer.value(program, theta, rows, tree));
  }

  /** The loss with what violations cost; NaN where a hard requirement fails. */
  private finish(tree: Expression, program: Program, theta: Float64Array, loss: number): number {
    const { hard, soft, surcharge } = this.rules;
    if (Number.isNaN(loss) || !this.areAllowed(theta, program.parameters)) return NaN;
    let total = loss;
    if (hard && !hard.holds(program, theta)) return NaN;
    if (soft) total += this.penaltyStrength() * soft.penalty(program, theta);
    if (surcharge) total += surcharge(tree);
    return total;
  }

  private areAllowed(theta: Float64Array, parameters: number): boolean {
    if (areFree(this.constants)) return true;
    for (let i = 0; i < parameters; i++) if (nearestAllowed(theta[i], this.constants) !== theta[i]) return false;
    return true;
  }

  /** Fits `theta` in place and returns the loss of the data alone; integer exponents of a negative base stay. */
  private minimise(
    tree: Expression,
    program: Program,
    theta: Float64Array,
    roles: Uint8Array,
    iterations: number,
    rows: number,
  ): number {
    const loss = this.descend(tree, program, theta, roles, iterations, rows);
    if (!Number.isNaN(loss)) return loss;
    const frozen = frozenExponents(program, tree);
    if (!frozen) return loss;
    const { position } = frozen;
    const moved = Float64Array.from(frozen.program.constants);
    const movedRoles = new Uint8Array(frozen.program.parameters);
    for (let i = 0; i < roles.length; i++) if (position[i] < movedRoles.length) movedRoles[position[i]] = roles[i];
    const second = this.descend(tree, frozen.program, moved, movedRoles, iterations, rows);
    for (let i = 0; i < theta.length; i++) theta[i] = moved[position[i]];
    return second;
  }

  private descend(
    tree: Expression,
    program: Program,
    theta: Float64Array,
    roles: Uint8Array,
    iterations: number,
    rows: number,
  ): number {
    const before = this.fitter.evaluations;
    const loss = this.settle(program, theta, roles, iterations, rows, tree);
    this.usedRows += (this.fitter.evaluations - before) * rows;
    return loss;
  }

  /** A fit, and where constants may not be any number, one constant after another moved to an allowed value. */
  private settle(
    program: Program,
    theta: Float64Array,
    roles: Uint8Array,
    iterations: number,
    rows: number,
    tree: Expression,
  ): number {
    let loss = this.fitter.minimise(program, theta, roles, iterations, rows, tree);
    if (areFree(this.constants) || Number.isNaN(loss)) return loss;
    const left = Uint8Array.from(roles);
    for (let round = 0; round < left.length; round++) {
      let nearest = -1;
      let distance = Infinity;
      for (let i = 0; i < left.length; i++) {
        const gap = Math.abs(nearestAllowed(theta[i], this.constants) - theta[i]);
        if (left[i] !== Role.fixed && (this.constants.kind !== 'real' || gap > 0) && gap < distance) {
          nearest = i;
          distance = gap;
        }
      }
      if (nearest < 0) break;
      theta[nearest] = nearestAllowed(theta[nearest], this.constants);
      left[nearest] = Role.fixed;
      loss = this.fitter.minimise(program, theta, left, iterations, rows, tree);
      if (Number.isNaN(loss)) return loss;
    }
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
