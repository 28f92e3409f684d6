import type { Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import { TARGET_TRANSFORMS, type TargetTransform, transformTarget } from '../targets.ts';
import type { Task } from './task.ts';

/** A task's target under one transform, with the way back to a law of the target. */
export interface View {
  readonly transform: TargetTransform;
  /** T(target), shape [rows], finite; means nothing in rows without weight. */
  readonly z: Float64Array;
  /** Weights that carry those of the target to z, to first order. */
  readonly weights: Float64Array;
  /** Whether T is finite on every row; a few rows below 0 have no logarithm, but noise may have put them there. */
  readonly isWhole: boolean;
  /** The law of the task's target, given that of z. */
  readonly back: (z: Expression | undefined) => Expression | undefined;
}

/** The target under every transform that is finite on it, or on nearly all of it, and that the operators can undo, the target itself first. */
export function viewsOf(task: Task, forms: Forms): View[] {
  return TARGET_TRANSFORMS.flatMap((transform) => {
    if (!transform.invert(task.leaves[0].tree, forms)) return [];
    const transformed = transformTarget(transform, task.target, task.weights, task.target.length);
    if (!transformed) return [];
    const { z, w: weights, isWhole } = transformed;
    return { transform, z, weights, isWhole, back: (z) => transform.invert(z, forms) };
  });
}

/** The same without the transforms that miss a row. */
export function wholeViewsOf(task: Task, forms: Forms): View[] {
  return viewsOf(task, forms).filter(({ isWhole }) => isWhole);
}

/** Weights under which the relative error of every row of weight counts the same; undefined where z vanishes there. */
export function relativeTo({ z, weights }: Pick<View, 'z' | 'weights'>): Float64Array | undefined {
  const relative = z.map((value, i) => (weights[i] > 0 ? 1 / (value * value) : 0));
  return relative.every(Number.isFinite) ? relative : undefined;
}
