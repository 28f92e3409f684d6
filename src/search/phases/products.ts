import { goalReached, mayContinue, type SearchContext } from '../context.ts';
import type { Choice } from '../products/choose-laws.ts';
import { type LogColumn, logColumns } from '../products/log-columns.ts';
import { logProblems } from '../products/log-problem.ts';
import { LOG_TRANSFORMS, type LogTransform } from '../products/log-transforms.ts';
import type { ProductLaw } from '../products/product-law.ts';
import { powerLaws, productsOf, proposeBest } from '../products/propose-laws.ts';
import type { SubsetOptions } from '../tasks/subset-search.ts';
import type { Effort, Step, Task } from '../tasks/task.ts';

interface Reach {
  /** Columns that take part, simplest first. */
  readonly columns: number;
  readonly subsets: SubsetOptions;
}

/** How far subsets of factors are looked for: for the target itself, and for its other transforms. */
const REACH: Readonly<Record<Effort, Readonly<Record<'target' | 'others', Reach>>>> = {
  full: {
    target: { columns: Infinity, subsets: { pool: 1200, triples: 300, beam: 30, depth: 3, keep: 3 } },
    others: { columns: 2500, subsets: { pool: 500, triples: 120, beam: 12, depth: 3, keep: 2 } },
  },
  quick: {
    target: { columns: 600, subsets: { pool: 250, triples: 60, beam: 0, depth: 3, keep: 1 } },
    others: { columns: 300, subsets: { pool: 120, triples: 0, beam: 0, depth: 2, keep: 1 } },
  },
};
/** Which of the subsets become laws, and which of the laws are fitted. */
const CHOICE: Readonly<Record<Effort, Choice>> = { full: { keep: 3, slack: 4 }, quick: { keep: 1, slack: 1 } };

/**
 * Products: T(y) = c * product of |x_i|^p_i * product of f_j^q_j * exp(sum of a_k g_k), with up to three functions
 * f_j, g_k of the library, for T(y) among y, exp y, y -+ 1 and y^2 -+ 1.
 *
 * In log|T(y)| the law is linear, and the exponents of all leaves are free in every fit: log|f| and g compete by what
 * they explain beyond {1, log|x_i|}. Exponents are then snapped together, signs come back through odd powers, and the
 * laws that miss the target least at their complexity are fitted by the user's loss.
 *
 * Of the options it reads only the operators and limits of the search space, and units where these build trees;
 * losses, likelihoods, requirements and rules for constants act when a law is fitted, so that it looks for laws by
 * least squares whatever they are. It does not run on the parts of a template, which have no data of their own.
 */
export const products = {
  name: 'products',
  async run(context, task, effort) {
    if (effort === 'quick') await runQuick(context, task);
    else await runFull(context, task);
  },
} as const satisfies Step;

/** One transform after another, each handing its laws in: the first are the likeliest. */
async function runFull(context: SearchContext, task: Task): Promise<void> {
  const { log } = context;
  const batch = async (name: string, laws: () => readonly ProductLaw[]): Promise<boolean> => {
    if (goalReached(context) || !(await mayContinue(context))) return false;
    const step = `products ${task.name}${name}`;
    if (log.isDone(step)) return true;
    const goesOn = await proposeBest(context, task, laws(), CHOICE.full);
    if (goesOn) log.finish(step);
    return goesOn;
  };
  if (!(await batch('powers', () => powerLaws(context, task)))) return;
  for (const [transform, reach] of transformsOf(context, task, 'full')) {
    for (const problem of logProblems(task, transform)) {
      const laws = () =>
        productsOf(context, problem, columnsOf(context, task, 'full', reach), reach.subsets, CHOICE.full.slack);
      if (!(await batch(`${transform.name} ${problem.weighting}`, laws))) return;
    }
  }
}

/** All transforms at once, so that only the best of all are fitted. */
async function runQuick(context: SearchContext, task: Task): Promise<void> {
  const step = `products ${task.name}quick`;
  if (context.log.isDone(step) || goalReached(context) || !(await mayContinue(context))) return;
  const laws = powerLaws(context, task);
  for (const [transform, reach] of transformsOf(context, task, 'quick')) {
    const problems = logProblems(task, transform).slice(0, reach === REACH.quick.target ? 2 : 1);
    for (const problem of problems) {
      laws.push(
        ...productsOf(context, problem, columnsOf(context, task, 'quick', reach), reach.subsets, CHOICE.quick.slack),
      );
    }
    if (!(await mayContinue(context))) return;
  }
  if (await proposeBest(context, task, laws, CHOICE.quick)) context.log.finish(step);
}

/** Transforms that the operators can undo. */
function transformsOf({ syntax }: SearchContext, task: Task, effort: Effort): [LogTransform, Reach][] {
  const usable = LOG_TRANSFORMS.filter(({ invert }) => invert(task.leaves[0].tree, syntax.forms));
  return usable.map((transform) => [transform, REACH[effort][transform === LOG_TRANSFORMS[0] ? 'target' : 'others']]);
}

function columnsOf(context: SearchContext, task: Task, effort: Effort, { columns }: Reach): readonly LogColumn[] {
  return logColumns(context, task, effort).slice(0, columns);
}
