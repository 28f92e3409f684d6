import { goalReached, mayContinue } from '../context.ts';
import { LOG_TRANSFORMS } from '../products/log-transforms.ts';
import { logProblems, proposePowerLaws, proposeProducts } from '../products/propose-laws.ts';
import type { SubsetOptions } from '../tasks/subset-search.ts';
import type { Effort, Step } from '../tasks/task.ts';

/** How far subsets of factors are looked for: for the target itself, and for its other transforms. */
const SUBSETS: Readonly<Record<Effort, Readonly<Record<'target' | 'others', SubsetOptions>>>> = {
  full: {
    target: { pool: 1200, triples: 300, beam: 30, depth: 3, keep: 3 },
    others: { pool: 500, triples: 120, beam: 12, depth: 3, keep: 2 },
  },
  quick: {
    target: { pool: 250, triples: 60, beam: 0, depth: 3, keep: 1 },
    others: { pool: 120, triples: 0, beam: 0, depth: 2, keep: 1 },
  },
};
/** Laws of one complexity that are fitted. */
const LAWS_KEPT: Readonly<Record<Effort, number>> = { full: 3, quick: 1 };

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
    const { log, syntax } = context;
    if (goalReached(context) || !(await mayContinue(context))) return;
    const powerLaws = `products ${task.name} power laws`;
    if (!log.isDone(powerLaws)) {
      proposePowerLaws(context, task, LAWS_KEPT[effort]);
      log.finish(powerLaws);
    }
    for (const [index, transform] of LOG_TRANSFORMS.entries()) {
      if (!transform.invert(task.leaves[0].tree, syntax.forms)) continue;
      const options = SUBSETS[effort][index === 0 ? 'target' : 'others'];
      for (const [weighting, problem] of logProblems(task, transform).entries()) {
        if (goalReached(context) || !(await mayContinue(context))) return;
        const step = `products ${task.name} ${transform.name} ${weighting}`;
        if (log.isDone(step)) continue;
        proposeProducts(context, problem, effort, options, LAWS_KEPT[effort]);
        log.finish(step);
      }
    }
    goalReached(context);
  },
} as const satisfies Step;
