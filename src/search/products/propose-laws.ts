import { goalReached, mayContinue, type SearchContext } from '../context.ts';
import { project } from '../scan.ts';
import type { Subset } from '../tasks/kept-subsets.ts';
import { type SubsetOptions, searchSubsets } from '../tasks/subset-search.ts';
import { proposeFor, type Task } from '../tasks/task.ts';
import { type Choice, chooseLaws } from './choose-laws.ts';
import type { LogColumn } from './log-columns.ts';
import { type LogProblem, logProblems } from './log-problem.ts';
import { LOG_TRANSFORMS } from './log-transforms.ts';
import { type ProductLaw, productLaws } from './product-law.ts';

/** What an exponential costs beside its argument: a factor, exp, a product. */
const EXPONENTIAL_COST = 3;
/** Share of a target outside the basis that is rounding. */
const IN_BASIS = 1e-26;

/** T(y) = c * product of |x_i|^p_i for every T, over all leaves and for y itself also over one or two of them. */
export function powerLaws({ syntax }: SearchContext, task: Task): ProductLaw[] {
  const anyExponent = syntax.forms.has('pow');
  return LOG_TRANSFORMS.flatMap((transform) =>
    logProblems(task, transform).flatMap((problem) => {
      const parts = transform === LOG_TRANSFORMS[0] ? withFewLeaves(problem) : [];
      return [problem, ...parts].flatMap((part) => productLaws(part, [], anyExponent));
    }),
  );
}

/** The problem in single leaves and in pairs of leaves, where there are more. */
function withFewLeaves(problem: LogProblem): LogProblem[] {
  const { leaves, logs } = problem;
  const subsets = leaves.flatMap((_, i) => [[i], ...leaves.slice(0, i).map((_, j) => [j, i])]);
  return subsets
    .filter((subset) => subset.length < leaves.length)
    .map((subset) => ({ ...problem, leaves: subset.map((k) => leaves[k]), logs: subset.map((k) => logs[k]) }));
}

/**
 * Power laws times functions, the best subsets of the columns.
 *
 * @param slack factor by which a subset may leave more of the target than a simpler one
 */
export function productsOf(
  { syntax }: SearchContext,
  problem: LogProblem,
  columns: readonly LogColumn[],
  options: SubsetOptions,
  slack: number,
): ProductLaw[] {
  const usable = columns.filter(({ direction, values }) => direction || isUsable(values, problem.rootWeights));
  const complexities = usable.map(({ entry, kind }) => entry.complexity + (kind === 'power' ? 0 : EXPONENTIAL_COST));
  const subsets = bestSubsets(problem, usable, { ...options, complexities });
  const anyExponent = syntax.forms.has('pow');
  return promising(subsets, complexities, slack).flatMap((subset) =>
    productLaws(
      problem,
      subset.map((index) => usable[index]),
      anyExponent,
    ),
  );
}

/**
 * Fits the laws that miss the target least, a few of each complexity.
 *
 * @returns false when the goal is reached or the run must stop
 */
export async function proposeBest(
  context: SearchContext,
  task: Task,
  laws: readonly ProductLaw[],
  choice: Choice,
): Promise<boolean> {
  for (const tree of chooseLaws(context, task, laws, choice)) {
    proposeFor(context, task, tree);
    if (goalReached(context) || !(await mayContinue(context))) return false;
  }
  return true;
}

function promising(subsets: readonly Subset[], complexities: readonly number[], slack: number): (readonly number[])[] {
  const sized = subsets.map(({ subset, residual }) => {
    return { subset, residual, size: subset.reduce((sum, index) => sum + complexities[index], 0) };
  });
  sized.sort((a, b) => a.size - b.size || a.residual - b.residual);
  let least = Infinity;
  return sized.flatMap(({ subset, residual }) => {
    if (residual > slack * least) return [];
    least = Math.min(least, residual);
    return [subset];
  });
}

function bestSubsets(
  { z, rootWeights, logs, isEven }: LogProblem,
  columns: readonly LogColumn[],
  options: SubsetOptions,
): Subset[] {
  const basis = [new Float64Array(z.length).fill(1), ...logs];
  if (!isEven) {
    const values = columns.map((column) => withoutZeros(column, rootWeights));
    return searchSubsets(values, z, rootWeights, basis, options);
  }
  // Directions lie outside the basis already; only the target is left to project.
  const { remainder, remainderSquare } = project(z, rootWeights, basis);
  const whole = z.reduce((sum, value) => sum + value * value, 0);
  if (!(remainderSquare > IN_BASIS * whole)) return [];
  const directions = columns.map(({ direction }) => direction as Float64Array);
  return searchSubsets(directions, remainder, rootWeights, [], options);
}

/** Whether the infinities of a column lie where no weight is. */
function isUsable(values: Float64Array, rootWeights: Float64Array): boolean {
  return values.every((value, i) => Number.isFinite(value) || rootWeights[i] === 0);
}

function withoutZeros({ direction, values }: LogColumn, rootWeights: Float64Array): Float64Array {
  return direction ? values : values.map((value, i) => (rootWeights[i] === 0 ? 0 : value));
}
