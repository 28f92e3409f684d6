import type { Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import { varies } from '../library.ts';
import type { Task } from './task.ts';

/** A part of a law that is taken away from a task: a function of its leaves with values on the probe rows. */
export interface Part {
  readonly tree: Expression;
  readonly values: Float64Array;
}

/** What is left of a task once its target is divided by a factor; undefined where nothing varies or is not finite. */
export function divided(task: Task, factor: Part, forms: Forms, name: string): Task | undefined {
  const target = task.target.map((y, i) => y / factor.values[i]);
  const weights = task.weights.map((w, i) => w * factor.values[i] ** 2);
  return derive(task, target, weights, name, (z) => forms.multiply(factor.tree, z));
}

/** What is left of a task once a term is subtracted from its target. */
export function reduced(task: Task, term: Part, forms: Forms, name: string): Task | undefined {
  const target = task.target.map((y, i) => y - term.values[i]);
  return derive(task, target, task.weights, name, (z) => forms.add(term.tree, z));
}

function derive(
  task: Task,
  target: Float64Array,
  weights: Float64Array,
  name: string,
  rebuild: (z: Expression) => Expression | undefined,
): Task | undefined {
  let total = 0;
  for (let i = 0; i < target.length; i++) {
    if (!Number.isFinite(target[i]) || !Number.isFinite(weights[i])) return undefined;
    total += weights[i];
  }
  if (!(total > 0) || !varies(target)) return undefined;
  const wrap = (z: Expression): Expression | undefined => {
    const whole = rebuild(z);
    return whole && task.wrap(whole);
  };
  return { name: `${task.name}${name} `, leaves: task.leaves, target, weights, wrap };
}
