import { compile, createWasmEvaluator, type LocalEvaluator } from '../../evaluation/index.ts';
import { constant, type Expression, substitute } from '../../expressions/index.ts';
import type { SearchContext } from '../context.ts';
import { rankTasks } from '../groups/rank-tasks.ts';
import { targetUnit } from '../groups/target-unit.ts';
import type { Grammar, ProblemData } from '../problem.ts';
import { rootTask, type Task } from '../tasks/task.ts';
import { groupName, MOST_GROUPS, MOST_REDUCTIONS } from './group-names.ts';

/**
 * The user's problem in fewer variables: target = prefactor * F(groups), by Buckingham's theorem. Its loss is that of
 * the user's problem up to a factor.
 */
export interface Reduction {
  /** Columns are the groups, the target is target / prefactor and the weights carry the residuals over. */
  readonly problem: ProblemData;
  /** Loss of a law of the user's target over the loss of its F. */
  readonly lossFactor: number;
  /** The law of the user's target that F stands for; undefined where the operators cannot express it. */
  expand(tree: Expression): Expression | undefined;
}

/**
 * The likeliest reductions, by how near small functions of the groups come to the target. None without units, and none
 * where laws are more than trees with a sum of squares: templates, likelihoods, requirements and user functions speak
 * of the user's own variables.
 */
export async function createReductions(context: SearchContext): Promise<Reduction[]> {
  const { syntax, objective, objectiveWire } = context;
  const { units, template, rules } = syntax.grammar;
  const { lossFunction, hard, soft } = objective.rules;
  const { loss, likelihood, varianceFloor } = objective.problem;
  if (!units?.constructs || template || lossFunction || hard || soft || likelihood || varianceFloor) return [];
  if ((loss.name !== 'L2' && loss.name !== 'chi2') || rules?.complexity?.mapping || objectiveWire.precision === 32) {
    return [];
  }
  const task = rootTask(context);
  const target = targetUnit(context, task);
  const tasks = target ? ((await rankTasks(context, task, target, 'full')) ?? []) : [];
  const fewer = tasks.filter(({ leaves }) => leaves.length < objective.problem.inputs.length);
  if (fewer.length === 0) return [];
  const evaluator = createWasmEvaluator({ precision: 64 });
  evaluator.setData(objective.problem);
  try {
    return fewer
      .slice(0, MOST_REDUCTIONS)
      .flatMap((task, i) => reductionOf(task, i, objective.problem, evaluator) ?? []);
  } finally {
    evaluator.dispose();
  }
}

/** The grammar of F: the user's, in which everything is a pure number. */
export function reducedGrammar(grammar: Grammar): Grammar {
  return { ...grammar, units: undefined, constants: undefined };
}

function reductionOf(
  task: Task,
  index: number,
  problem: ProblemData,
  evaluator: LocalEvaluator,
): Reduction | undefined {
  if (task.leaves.length === 0 || task.leaves.length > MOST_GROUPS) return undefined;
  const one = task.wrap(constant(1));
  if (!one) return undefined;
  const column = new Map(problem.inputs.map((name, i) => [name, i]));
  const valuesOf = (tree: Expression): Float64Array => evaluator.values(compile(tree, column)).values.slice();
  const prefactor = valuesOf(one);
  const target = problem.target.map((y, i) => y / prefactor[i]);
  const weights = prefactor.map((p, i) => (problem.weights?.[i] ?? 1) * p * p);
  const columns = task.leaves.map(({ tree }) => valuesOf(tree));
  const largest = weights.reduce((most, w) => Math.max(most, w), 0);
  if (!(largest > 0 && Number.isFinite(largest))) return undefined;
  if (![target, ...columns].every((values) => values.every(Number.isFinite))) return undefined;
  let before = 0;
  let after = 0;
  weights.forEach((w, i) => {
    before += problem.weights?.[i] ?? 1;
    // Only ratios of weights mean anything; those of tiny quantities would underflow.
    weights[i] = w / largest;
    after += weights[i];
  });
  const inputs = task.leaves.map((_, i) => groupName(index, i));
  const groups = Object.fromEntries(inputs.map((name, i) => [name, task.leaves[i].tree]));
  return {
    problem: { inputs, columns, target, weights, loss: problem.loss },
    lossFactor: problem.loss.name === 'chi2' ? largest : (largest * after) / before,
    expand: (tree) => task.wrap(substitute(tree, groups)),
  };
}
