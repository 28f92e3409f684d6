import { constant } from '../../expressions/index.ts';
import type { Dimension } from '../../units/index.ts';
import type { SearchContext } from '../context.ts';
import { rootTask, type Task } from '../tasks/task.ts';

/** What the numbers of a task's target mean. */
export interface TargetUnit {
  readonly dimension: Dimension;
  /** Coherent units in one of its own. */
  readonly scale: number;
}

/** Stands for the target in the law of the user's target; no constant of a law has this value by chance. */
const MARK = 0.7310585786300049;

/**
 * The unit of a task's target: that of the user's own, and of what is left of it the dimension that its place in the
 * law asks for. Undefined where it is open, and where columns have units of other sizes.
 */
export function targetUnit(context: SearchContext, task: Task): TargetUnit | undefined {
  const { units } = context.syntax.grammar;
  const own = units?.units.target;
  if (!units || !own) return undefined;
  if (task === rootTask(context)) return own;
  if (own.scale !== 1 || [...units.units.inputs.values()].some(({ scale }) => scale !== 1)) return undefined;
  const mark = constant(MARK);
  const law = task.wrap(mark);
  if (!law) return undefined;
  const { nodes, slots, violations, count } = units.analyse(law);
  if (violations > 0) return undefined;
  const at = nodes.indexOf(mark);
  if (at < 0 || at >= count || slots[at] < 0) return undefined;
  return { dimension: units.algebra.table.dimension(slots[at]), scale: 1 };
}
