import type { Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import { TARGET_TRANSFORMS, type TargetTransform, transformTarget } from '../targets.ts';
import type { Task } from './task.ts';

/** A task's target under one transform, with the way back to a law of the target. */
export interface View {
  readonly transform: TargetTransform;
  /** T(target), shape [rows], finite. */
  readonly z: Float64Array;
  /** Weights that carry those of the target to z, to first order. */
  readonly weights: Float64Array;
  /** The law of the task's target, given that of z. */
  readonly back: (z: Expression | undefined) => Expression | undefined;
}

/** The target under every transform that is finite on it and that the operators can undo, the target itself first. */
export function viewsOf(task: Task, forms: Forms): View[] {
  return TARGET_TRANSFORMS.flatMap((transform) => {
    if (!transform.invert(task.leaves[0].tree, forms)) return [];
    const transformed = transformTarget(transform, task.target, task.weights, task.target.length);
    if (!transformed) return [];
    return { transform, z: transformed.z, weights: transformed.w, back: (z) => transform.invert(z, forms) };
  });
}

/** Weights under which every row's relative error counts the same; undefined where z vanishes. */
export function relativeTo(z: Float64Array): Float64Array | undefined {
  const weights = z.map((value) => 1 / (value * value));
  return weights.every(Number.isFinite) ? weights : undefined;
}
