import type { Likelihood, LocalEvaluator, Loss, NormalEquations, Program } from '../evaluation/index.ts';
import type { Expression } from '../expressions/index.ts';
import type { ProblemData } from './problem.ts';

/** What scores a law: a loss of the kernel, a likelihood, or a function of the user's. */
export interface Scorer {
  /** Whether the first rows alone have a score. */
  readonly separable: boolean;
  /** Whether `normalEquations` works; else the score is a number and nothing more. */
  readonly differentiable: boolean;
  /** Divisor of the sum that the matrix and the gradient belong to: 1, or the rows of a mean. */
  divisor(rows: number): number;
  /** NaN when undefined. */
  value(program: Program, theta: Float64Array, rows: number, tree: Expression): number;
  normalEquations(program: Program, theta: Float64Array, out: NormalEquations, rows: number): number;
}

/**
 * A loss of the kernel, fused with the evaluation.
 *
 * @param meanWeight mean of the row weights
 * @param isRough asked before every value: true for f32, where the evaluator has it
 */
export function kernelScorer(
  evaluator: LocalEvaluator,
  loss: Loss,
  meanWeight: number,
  isRough: () => boolean = () => false,
): Scorer {
  return {
    separable: true,
    differentiable: true,
    divisor: (rows) => (loss.name === 'chi2' ? 1 : rows * meanWeight),
    value: (program, theta, rows) =>
      isRough()
        ? evaluator.losses([{ ...program, constants: theta }], loss, rows)[0]
        : evaluator.loss(program, theta, loss, rows),
    normalEquations: (program, theta, out, rows) => evaluator.normalEquations(program, theta, loss, out, rows),
  };
}

/** A likelihood of predictions. */
export function likelihoodScorer(evaluator: LocalEvaluator, likelihood: Likelihood): Scorer {
  const at = (program: Program, theta: Float64Array): Program => ({ ...program, constants: theta });
  return {
    separable: likelihood.separable,
    differentiable: true,
    // Likelihoods give the matrix and the gradient of their value itself.
    divisor: () => 1,
    value(program, theta, rows) {
      const { values, finite } = evaluator.values(at(program, theta), rows);
      return finite ? likelihood.value(values, rows) : Number.NaN;
    },
    normalEquations(program, theta, out, rows) {
      const { values, jacobian, finite } = evaluator.jacobian(at(program, theta), rows);
      if (!finite) return Number.NaN;
      return likelihood.normalEquations(values, jacobian, program.parameters, out, rows);
    },
  };
}

/** What a user's objective sees of a candidate. */
export interface LossCall {
  /** The formula with its constants. */
  readonly expression: Expression;
  /** Its values, shape [rows]; finite. */
  readonly predictions: Float64Array;
  readonly target: Float64Array;
  /** Undefined when all rows weigh the same. */
  readonly weights: Float64Array | undefined;
  /** Columns by name, shape [rows] each. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** Values of another formula of the same columns, such as a derivative of this one; shape [rows]. */
  readonly predict: (expression: Expression) => Float64Array;
}

/** An objective over the tree and the data: smaller is better, NaN forbids the tree. */
export type LossFunction = (candidate: LossCall) => number;

/** A function of the user's; its constants are fitted without derivatives. */
export function functionScorer(
  evaluator: LocalEvaluator,
  problem: ProblemData,
  lossFunction: LossFunction,
  express: (tree: Expression) => Expression,
  compileColumns: (expression: Expression) => Program,
): Scorer {
  const columns = Object.fromEntries(problem.inputs.map((name, i) => [name, problem.columns[i]]));
  return {
    separable: false,
    differentiable: false,
    divisor: () => 1,
    value(program, theta, rows, tree) {
      const { values, finite } = evaluator.values({ ...program, constants: theta }, rows);
      if (!finite) return Number.NaN;
      const loss = lossFunction({
        expression: express(tree),
        predictions: values,
        target: problem.target,
        weights: problem.weights,
        columns,
        predict: (expression) => evaluator.values(compileColumns(expression), rows).values,
      });
      return typeof loss === 'number' && Number.isFinite(loss) ? loss : Number.NaN;
    },
    normalEquations: () => Number.NaN,
  };
}
