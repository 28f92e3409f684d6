import { goalReached, mayContinue, type SearchContext } from '../context.ts';
import { meanOf } from '../groups/derive-tasks.ts';
import { rankTasks } from '../groups/rank-tasks.ts';
import { proposeScan } from '../groups/scan-task.ts';
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
  const { log } = context;
  const target = targetUnit(context, task);
  if (!target) return;
  const order = await rankTasks(context, task, target, effort, (derived, found) => {
    const name = `groups ${derived.name}`;
    if (log.isDone(name)) return;
    if (found) proposeScan(context, derived, found);
    else proposeFor(context, derived, meanOf(derived));
    log.finish(name);
  });
  if (!order) return;
  if (effort === 'quick' || steps.length === 0) return;
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
