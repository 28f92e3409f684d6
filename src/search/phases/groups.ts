import { goalReached, mayContinue, type SearchContext } from '../context.ts';
import { deriveTasks, meanOf } from '../groups/derive-tasks.ts';
import { proposeScan, scanTask } from '../groups/scan-task.ts';
import { targetUnit } from '../groups/target-unit.ts';
import { type Effort, proposeFor, type Step, type Task } from '../tasks/task.ts';

/** Derived tasks that the other steps are run on: with full effort, and with little. */
const FULL_TASKS = 1;
const QUICK_TASKS = 5;

/**
 * Laws of the form prefactor * F(groups), where the groups are dimensionless products of inputs and known constants:
 * few variables instead of many. With units alone; without a unit of the target there is nothing to divide by.
 *
 * For every set of constants that puts the target's dimension into the span, fewest first, and every prefactor, F is
 * looked for among small functions; then the other steps look for it where that came nearest. It reads the options of
 * units and `knownConstants`; loss, errors and requirements enter where a proposal is fitted; templates run no steps.
 *
 * @param steps what is run on the derived tasks
 */
export function createGroups(steps: readonly Step[]): Step & { readonly name: 'groups' } {
  return {
    name: 'groups',
    run: (context, task, effort) => run(context, task, effort, steps),
  };
}

async function run(context: SearchContext, task: Task, effort: Effort, steps: readonly Step[]): Promise<void> {
  const { syntax, log } = context;
  const { units, constants = [] } = syntax.grammar;
  const target = targetUnit(context, task);
  if (!units || !target) return;
  const families = deriveTasks(task, syntax, units, constants, target, effort);
  const ranked: { readonly task: Task; readonly family: number; readonly residual: number }[] = [];
  for (const [family, { tasks }] of families.entries()) {
    for (const derived of tasks) {
      const name = `groups ${derived.name}`;
      if (!log.isDone(name) && (goalReached(context) || !(await mayContinue(context)))) return;
      if (derived.leaves.length === 0) {
        if (!log.isDone(name)) proposeFor(context, derived, meanOf(derived));
      } else {
        // A run that is taken up ranks the tasks as it did before.
        const found = scanTask(context, derived);
        if (!log.isDone(name)) proposeScan(context, derived, found);
        ranked.push({ task: derived, family, residual: found.residual });
      }
      log.finish(name);
    }
  }
  if (effort === 'quick' || steps.length === 0) return;
  const order = inTurn(ranked);
  for (const [i, derived] of order.slice(0, FULL_TASKS + QUICK_TASKS).entries()) {
    for (const step of steps) {
      const name = `groups ${step.name} ${derived.name}`;
      if (log.isDone(name)) continue;
      if (goalReached(context) || !(await mayContinue(context))) return;
      await step.run(context, derived, i < FULL_TASKS ? 'full' : 'quick');
      if (context.stoppedBy === undefined) log.finish(name);
    }
  }
}

/** The best task of every family, then the second best of every family, and so on. */
function inTurn(
  ranked: readonly { readonly task: Task; readonly family: number; readonly residual: number }[],
): Task[] {
  const places = new Map<number, number>();
  return [...ranked]
    .sort((a, b) => a.residual - b.residual)
    .map(({ task, family }) => {
      const place = places.get(family) ?? 0;
      places.set(family, place + 1);
      return { task, family, place };
    })
    .sort((a, b) => a.place - b.place || a.family - b.family)
    .map(({ task }) => task);
}
