import { goalReached, mayContinue } from '../context.ts';
import { proposeBest } from '../families/choose.ts';
import { searchCurves } from '../families/curve-search.ts';
import { partsOf, REACHES } from '../families/parts.ts';
import type { Step, Task } from '../tasks/task.ts';

/** Fewest rows on which constants inside functions mean anything. */
const LEAST_ROWS = 6;

/**
 * Laws with one or two constants inside a function: exponentials, waves, logarithms and powers of sums, peaks, steps and
 * every operator of the user's, of small arguments h.
 *
 * T(y) / m = a phi(k h) + b for simple factors m; T(y) = a phi(k h) + c g + b; y and its like as a product of powers of
 * the inputs and of phi(k h), all exponents free. The constants inside are searched on a grid by projection and refined;
 * the laws that leave least are fitted.
 *
 * Losses other than squares, bounds on constants, requirements and limits on nesting count only where a law is fitted;
 * the parts of a template have no data to project on.
 */
export const families: Step & { readonly name: 'families' } = {
  name: 'families',
  async run(context, task, effort) {
    const { rows, choice } = REACHES[effort];
    const few = fewRows(task, rows);
    if (few.length < LEAST_ROWS) return;
    for (const { name, make } of partsOf(context, task, effort, few)) {
      const step = `families ${task.name} ${name}`;
      if (context.log.isDone(step)) continue;
      if (goalReached(context) || !(await mayContinue(context))) return;
      const hits = await searchCurves({ ...make(), few, mayContinue: () => mayContinue(context) });
      if (!hits) return;
      proposeBest(context, task, hits, choice);
      context.log.finish(step);
    }
    goalReached(context);
  },
};

/** The first rows that weigh anything. */
function fewRows({ weights }: Task, most: number): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < weights.length && rows.length < most; row++) if (weights[row] > 0) rows.push(row);
  return Int32Array.from(rows);
}
