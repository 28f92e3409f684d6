import { goalReached, type SearchContext } from '../context.ts';
import { type SubsetOptions, searchSubsets } from '../tasks/subset-search.ts';
import { type Effort, proposeFor, type Task } from '../tasks/task.ts';
import { chooseLaws } from './choose-laws.ts';
import { type LogColumn, logColumns } from './log-columns.ts';
import { areAlike, type LogProblem, logProblem, type Weighting } from './log-problem.ts';
import { LOG_TRANSFORMS, type LogTransform } from './log-transforms.ts';
import { type ProductLaw, productLaws } from './product-law.ts';

const WEIGHTINGS: readonly Weighting[] = ['relative', 'absolute'];
/** What an exponential costs beside its argument: a factor, exp, a product. */
const EXPONENTIAL_COST = 3;

/** The target under one transform, with the weights that make a difference. */
export function logProblems(task: Task, transform: LogTransform): LogProblem[] {
  const problems = WEIGHTINGS.flatMap((weighting) => logProblem(task, transform, weighting) ?? []);
  return problems.length === 2 && areAlike(problems[0], problems[1]) ? [problems[1]] : problems;
}

/** Proposes T(y) = c * product of |x_i|^p_i for every T, a few laws of each complexity. */
export function proposePowerLaws(context: SearchContext, task: Task, keep: number): void {
  const laws = LOG_TRANSFORMS.flatMap((transform) =>
    logProblems(task, transform).flatMap((problem) => productLaws(problem, [])),
  );
  proposeBest(context, task, laws, keep);
}

/** Proposes power laws times functions of the library, a few of each complexity. */
export function proposeProducts(
  context: SearchContext,
  problem: LogProblem,
  effort: Effort,
  options: SubsetOptions,
  keep: number,
): void {
  const columns = logColumns(context, problem.task, effort);
  const { z, rootWeights, logs } = problem;
  const complexities = columns.map(({ entry, kind }) => entry.complexity + (kind === 'power' ? 0 : EXPONENTIAL_COST));
  const values = columns.map((column) => withoutZeros(column, rootWeights));
  const basis = [new Float64Array(z.length).fill(1), ...logs];
  const subsets = searchSubsets(values, z, rootWeights, basis, { ...options, complexities });
  const laws = subsets.flatMap(({ subset }) =>
    productLaws(
      problem,
      subset.map((index) => columns[index]),
    ),
  );
  proposeBest(context, problem.task, laws, keep);
}

function proposeBest(context: SearchContext, task: Task, laws: readonly ProductLaw[], keep: number): void {
  for (const tree of chooseLaws(context, task, laws, keep)) {
    proposeFor(context, task, tree);
    if (goalReached(context)) return;
  }
}

/** The column with its infinities put away where no weight lies on them. */
function withoutZeros({ values }: LogColumn, rootWeights: Float64Array): Float64Array {
  if (values.every(Number.isFinite)) return values;
  return values.map((value, i) => (rootWeights[i] === 0 ? 0 : value));
}
