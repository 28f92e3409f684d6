import { goalReached, mayContinue, type SearchContext } from '../context.ts';
import type { Forms } from '../forms.ts';
import { isSettled } from '../is-settled.ts';
import { valueKey } from '../library.ts';
import { divided, type Part, reduced } from '../tasks/derived.ts';
import { factorGuesses } from '../tasks/factor-guesses.ts';
import { type Library, libraryOf } from '../tasks/libraries.ts';
import type { Step, Task } from '../tasks/task.ts';

/** Derived tasks at most, by kind. */
const MOST_FACTORS = 24;
const MOST_POWERS = 16;
const MOST_TERMS = 8;
/** Derived tasks, the likeliest factors, on which as much is spent as on the user's own. */
const MOST_DEEP = 3;
/** Derived tasks where larger laws than those known fit the noise alone. */
const MOST_WHEN_SETTLED = 8;
/** The likeliest factors whose rest is divided by a leaf as well, and such tasks at most. */
const MOST_TWICE = 8;
const MOST_TASKS_TWICE = 48;
/** Steps that see r + p and r - p, p a product, once they are divided by r, and that cost little. */
const STEPS_TWICE: ReadonlySet<string> = new Set(['backSolve', 'products']);
/** Functions that may stand beside powers in a factor. */
const FUNCTIONS = 1200;

/**
 * Takes a part away and looks for the law of what is left: divides by a factor that the slopes of log|y| suggest or
 * by a simple product of powers, or subtracts a simple term without a coefficient. What is left of the likeliest factors
 * is divided by every leaf in turn as well: f (r + p) takes two parts away, a factor and a bare term. What the steps
 * propose for the rest obeys the same options as on the user's own task.
 *
 * @param steps those that look at what is left
 */
export function createPeel(steps: readonly Step[]): Step {
  return {
    name: 'peel',
    async run(context, task) {
      const { log, syntax } = context;
      // Noted down, for a run that is taken up again must decide alike.
      if (!log.isDone('peel all') && !log.isDone('peel few')) {
        log.finish(isSettled(context) ? 'peel few' : 'peel all');
      }
      const settled = log.isDone('peel few');
      let left = settled ? MOST_WHEN_SETTLED : Infinity;
      const firsts: Task[] = [];
      for (const rest of remainders(task, syntax.forms, libraryOf(context, task, 'quick'))) {
        if (left-- <= 0) break;
        firsts.push(rest);
        if (!(await runQuick(context, rest, steps))) return;
      }
      if (settled) return;
      const few = steps.filter(({ name }) => STEPS_TWICE.has(name));
      const twice = firsts.slice(0, MOST_TWICE).flatMap((rest) => dividedByLeaves(rest, syntax.forms));
      for (const rest of twice.slice(0, MOST_TASKS_TWICE)) if (!(await runQuick(context, rest, few))) return;
      const deep = firsts.slice(0, MOST_DEEP);
      for (const rest of deep) {
        for (const step of steps) {
          const name = `peel ${rest.name}${step.name} in full`;
          if (log.isDone(name)) continue;
          await step.run(context, { ...rest, name: `${rest.name}in full ` }, 'full');
          if (goalReached(context) || !(await mayContinue(context))) return;
          log.finish(name);
        }
      }
    },
  };
}

/** @returns false when the goal is reached or the run must stop */
async function runQuick(context: SearchContext, rest: Task, steps: readonly Step[]): Promise<boolean> {
  for (const step of steps) {
    const name = `peel ${rest.name}${step.name}`;
    if (context.log.isDone(name)) continue;
    await step.run(context, rest, 'quick');
    if (goalReached(context) || !(await mayContinue(context))) return false;
    context.log.finish(name);
  }
  return true;
}

function dividedByLeaves(task: Task, forms: Forms): Task[] {
  return task.leaves.flatMap((leaf, i) => divided(task, leaf, forms, `leaf ${i}`) ?? []);
}

/** The tasks that are left when parts are taken away, each once. */
function* remainders(task: Task, forms: Forms, { simple, powers, elementary }: Library): Generator<Task> {
  const seen = new Set<number>();
  const fresh = (rest: Task | undefined): rest is Task => {
    if (!rest) return false;
    const key = valueKey(rest.target);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  const functions = [...elementary.slice(0, FUNCTIONS), ...simple.slice(0, FUNCTIONS)];
  const factors: readonly Part[] = factorGuesses(task, functions, forms).slice(0, MOST_FACTORS);
  let index = 0;
  for (const factor of factors) {
    const rest = divided(task, factor, forms, `factor ${index++}`);
    if (fresh(rest)) yield rest;
  }
  for (const factor of powers.slice(0, MOST_POWERS)) {
    const rest = divided(task, factor, forms, `power ${index++}`);
    if (fresh(rest)) yield rest;
  }
  for (const term of powers.filter((power) => power.complexity <= 3).slice(0, MOST_TERMS)) {
    const rest = reduced(task, term, forms, `term ${index++}`);
    if (fresh(rest)) yield rest;
  }
}
