import { type Expression, variable } from '../../expressions/index.ts';
import { propose, type SearchContext } from '../context.ts';
import { naturalLeaves } from '../groups/natural-leaves.ts';
import type { Fitted } from '../objective.ts';

/** Rows that the cheap phases look at: rows are shuffled, so that the first are a fair sample. */
const PROBE_ROWS = 128;

/** What stands for an input of a task: a function of the user's inputs, with its values on the probe rows. */
export interface Leaf {
  readonly tree: Expression;
  /** Shape [rows], finite. */
  readonly values: Float64Array;
}

/**
 * A regression problem met in the search: the user's own, or what is left of it once a part was taken away.
 *
 * A law z of the task's leaves is a law `wrap(z)` of the user's target.
 */
export interface Task {
  /** Unlike that of any other task of the run; steps that a saved run has done are named by it. */
  readonly name: string;
  readonly leaves: readonly Leaf[];
  /** Shape [rows], finite. */
  readonly target: Float64Array;
  /** Shape [rows], at least one of them above 0: weights of the target's squares. */
  readonly weights: Float64Array;
  /** The law of the user's target; undefined when the operators cannot express it. */
  readonly wrap: (z: Expression) => Expression | undefined;
}

/** One way of looking for the law of a task; the user's own task or one derived from it. */
export interface Step {
  readonly name: string;
  /**
   * Proposes laws; returns when there is nothing more to try, when the goal is reached or when the run must stop.
   *
   * @param effort 'quick' where many tasks are tried: a tenth of the work for most of the laws
   */
  run(context: SearchContext, task: Task, effort: Effort): Promise<void>;
}

/** How much is spent on a task. */
export type Effort = 'full' | 'quick';

const roots = new WeakMap<object, Task>();

/**
 * The user's own problem on the probe rows; the same object until its weights change. With known constants, pure numbers
 * that they make with the inputs, such as v / c, are leaves beside the inputs.
 */
export function rootTask(context: SearchContext): Task {
  const { problem } = context.objective;
  const held = roots.get(problem);
  if (held) return held;
  const plain = taskOfRows(context, PROBE_ROWS);
  const task = { ...plain, leaves: [...plain.leaves, ...naturalLeaves(plain, context.syntax)] };
  roots.set(problem, task);
  return task;
}

/** The user's own problem on its first rows. */
export function taskOfRows({ objective }: SearchContext, most: number): Task {
  const { inputs, columns, target, weights } = objective.problem;
  const rows = Math.min(most, target.length);
  return {
    name: '',
    leaves: inputs.map((name, i) => ({ tree: variable(name), values: columns[i].subarray(0, rows) })),
    target: target.subarray(0, rows),
    weights: weights?.subarray(0, rows) ?? new Float64Array(rows).fill(1),
    wrap: (z) => z,
  };
}

/** Fits the law of the user's target that z stands for, and enters it. */
export function proposeFor(
  context: SearchContext,
  task: Task,
  z: Expression | undefined,
  held = false,
): Fitted | undefined {
  return z && propose(context, task.wrap(z), held);
}
