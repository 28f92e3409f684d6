import { goalReached, mayContinue, type SearchContext } from '../context.ts';
import type { Effort, Task } from '../tasks/task.ts';
import { deriveTasks } from './derive-tasks.ts';
import { scanTask, type TaskScan } from './scan-task.ts';
import type { TargetUnit } from './target-unit.ts';

interface Ranked {
  readonly task: Task;
  readonly family: number;
  readonly residual: number;
}

const held = new WeakMap<Task, Partial<Record<Effort, readonly Task[]>>>();

/**
 * The tasks for F of target = prefactor * F(groups), those first where small functions come nearest: the best of every
 * set of constants, then the second best of every set, and so on. Those without groups are left out.
 *
 * @param visit called with every task and what small functions make of it; with nothing where there is no group
 * @returns undefined when the goal is reached or the run must stop
 */
export async function rankTasks(
  context: SearchContext,
  task: Task,
  target: TargetUnit,
  effort: Effort,
  visit: (task: Task, found: TaskScan | undefined) => void = () => {},
): Promise<readonly Task[] | undefined> {
  const known = held.get(task)?.[effort];
  if (known) return known;
  const { units, constants = [] } = context.syntax.grammar;
  const ranked: Ranked[] = [];
  const families = units ? deriveTasks(task, context.syntax, units, constants, target, effort) : [];
  for (const [family, { tasks }] of families.entries()) {
    for (const derived of tasks) {
      if (goalReached(context) || !(await mayContinue(context))) return undefined;
      const found = derived.leaves.length === 0 ? undefined : scanTask(context, derived);
      visit(derived, found);
      if (found) ranked.push({ task: derived, family, residual: found.residual });
    }
  }
  const order = inTurn(ranked);
  held.set(task, { ...held.get(task), [effort]: order });
  return order;
}

function inTurn(ranked: readonly Ranked[]): Task[] {
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
