import type { Task } from '../tasks/task.ts';
import type { LogTransform } from './log-transforms.ts';

/** Least rows with a logarithm, beside the unknowns. */
const SPARE_ROWS = 2;
/** Root weights that differ by less than this factor are as good as equal. */
const SAME_WEIGHTS = 3;
/** Factor from relative errors of y to those of T(y) beyond which a row weighs less. */
const LARGEST_MAGNIFICATION = 1e5;

/** log|T(y)| of a task, to be written as a sum of logarithms: b + sum of p_i log|x_i| + ... */
export interface LogProblem {
  readonly task: Task;
  readonly transform: LogTransform;
  readonly weighting: Weighting;
  /** log|T(y)|, shape [rows]; 0 in rows without weight. */
  readonly z: Float64Array;
  /** T(y), shape [rows]; only its sign is read. */
  readonly transformed: Float64Array;
  /** Square roots of the weights of z, shape [rows]; 0 where T(y) or a weight vanishes. */
  readonly rootWeights: Float64Array;
  /** Whether every row weighs 1. */
  readonly isEven: boolean;
  /** Leaves that vanish in no row of weight, and the logarithms of their absolute values. */
  readonly leaves: readonly number[];
  readonly logs: readonly Float64Array[];
}

/** How errors count: those of T(y) relative to it, the same in every row; or those of y under the task's own weights. */
export type Weighting = 'relative' | 'absolute';

/** The problem, or undefined where T(y) has no logarithm in too many rows or y has both signs and T is even. */
export function logProblem(task: Task, transform: LogTransform, weighting: Weighting): LogProblem | undefined {
  const { target, leaves, weights } = task;
  const rows = target.length;
  const z = new Float64Array(rows);
  const transformed = new Float64Array(rows);
  const rootWeights = new Float64Array(rows);
  let used = 0;
  for (let i = 0; i < rows; i++) {
    const y = target[i];
    transformed[i] = transform.apply(y);
    const log = transform.log(y);
    const slope = transform.slope(y);
    const rootWeight = weighting === 'absolute' ? Math.sqrt(weights[i]) / slope : trust(slope * Math.abs(y));
    // Rows that the user's weights leave out stay out under relative weights too.
    if (!(weights[i] > 0 && rootWeight > 0 && rootWeight < Infinity) || !Number.isFinite(log)) continue;
    z[i] = log;
    rootWeights[i] = rootWeight;
    used++;
  }
  if (used < leaves.length + SPARE_ROWS || used < rows / 2) return undefined;
  if (transform.even && changesSign(target)) return undefined;
  if (weighting === 'absolute') scale(rootWeights);
  const usable = leaves.flatMap((leaf, i) => (leaf.values.some((x, row) => x === 0 && rootWeights[row] > 0) ? [] : i));
  const logs = usable.map((index) => leaves[index].values.map((x) => (x === 0 ? 0 : Math.log(Math.abs(x)))));
  const isEven = rootWeights.every((w) => w === 1);
  return { task, transform, weighting, z, transformed, rootWeights, isEven, leaves: usable, logs };
}

/** Whether errors count so much alike in both problems that one of them is enough. */
export function areAlike(a: LogProblem, b: LogProblem): boolean {
  let low = Infinity;
  let high = 0;
  for (let i = 0; i < a.rootWeights.length; i++) {
    if (a.rootWeights[i] === 0 && b.rootWeights[i] === 0) continue;
    const ratio = a.rootWeights[i] / b.rootWeights[i];
    low = Math.min(low, ratio);
    high = Math.max(high, ratio);
  }
  return high <= SAME_WEIGHTS * low;
}

/** The problems of a transform that differ: the relative one, and the absolute one where rows count otherwise there. */
export function logProblems(task: Task, transform: LogTransform): LogProblem[] {
  const relative = logProblem(task, transform, 'relative');
  const absolute = logProblem(task, transform, 'absolute');
  if (relative && absolute) return areAlike(relative, absolute) ? [relative] : [relative, absolute];
  return [relative ?? absolute ?? []].flat();
}

/** 1, and less where rounding of y is magnified: at y = 1 + 1e-12 nothing is known of y - 1. */
function trust(magnification: number): number {
  return Math.min(1, LARGEST_MAGNIFICATION / magnification);
}

function changesSign(values: Float64Array): boolean {
  return values.some((value) => value > 0) && values.some((value) => value < 0);
}

/** To a largest weight of 1: sums of squares then neither overflow nor vanish. */
function scale(rootWeights: Float64Array): void {
  const largest = rootWeights.reduce((a, b) => Math.max(a, b), 0);
  for (let i = 0; i < rootWeights.length; i++) rootWeights[i] /= largest;
}
