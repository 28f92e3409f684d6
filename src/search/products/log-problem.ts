import type { Task } from '../tasks/task.ts';
import type { LogTransform } from './log-transforms.ts';

/** Least rows with a logarithm, beside the unknowns. */
const SPARE_ROWS = 2;
/** Root weights that differ by less than this factor are as good as equal. */
const SAME_WEIGHTS = 3;

/** log|T(y)| of a task, to be written as a sum of logarithms: b + sum of p_i log|x_i| + ... */
export interface LogProblem {
  readonly task: Task;
  readonly transform: LogTransform;
  /** log|T(y)|, shape [rows]; 0 in rows without weight. */
  readonly z: Float64Array;
  /** T(y), shape [rows]; only its sign is read. */
  readonly transformed: Float64Array;
  /** Square roots of the weights of z, shape [rows]; 0 where T(y) or a weight vanishes. */
  readonly rootWeights: Float64Array;
  /** Weights of errors of y, shape [rows], by which laws are compared. */
  readonly weights: Float64Array;
  /** Leaves that vanish in no row of weight, and the logarithms of their absolute values. */
  readonly leaves: readonly number[];
  readonly logs: readonly Float64Array[];
}

/** The weights of a task's own, and those of relative errors. */
export type Weighting = 'absolute' | 'relative';

/** The problem, or undefined where T(y) has no logarithm in too many rows or y has both signs and T is even. */
export function logProblem(task: Task, transform: LogTransform, weighting: Weighting): LogProblem | undefined {
  const { target, leaves } = task;
  const rows = target.length;
  const z = new Float64Array(rows);
  const transformed = new Float64Array(rows);
  const rootWeights = new Float64Array(rows);
  const weights = weightsOf(task, weighting);
  let used = 0;
  for (let i = 0; i < rows; i++) {
    const y = target[i];
    transformed[i] = transform.apply(y);
    const slope = transform.slope(y);
    const rootWeight = Math.sqrt(weights[i]) / slope;
    const log = transform.log(y);
    // A slope of 0 says nothing against the row: there y^2 + 1 does not feel y at all.
    if (!(rootWeight > 0) || !Number.isFinite(rootWeight) || !Number.isFinite(log)) continue;
    z[i] = log;
    rootWeights[i] = rootWeight;
    used++;
  }
  if (used < leaves.length + SPARE_ROWS || used < rows / 2) return undefined;
  if (transform.even && changesSign(target)) return undefined;
  scale(rootWeights);
  const usable = leaves.flatMap((leaf, i) => (leaf.values.some((x, row) => x === 0 && rootWeights[row] > 0) ? [] : i));
  const logs = usable.map((index) => leaves[index].values.map((x) => (x === 0 ? 0 : Math.log(Math.abs(x)))));
  return { task, transform, z, transformed, rootWeights, weights, leaves: usable, logs };
}

/** Whether errors count so much alike under both weightings that one of them is enough. */
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

/** Rows that the user's weights leave out stay out under relative weights too. */
function weightsOf({ target, weights }: Task, weighting: Weighting): Float64Array {
  if (weighting === 'absolute') return weights;
  return weights.map((w, i) => (w > 0 && target[i] !== 0 ? 1 / (target[i] * target[i]) : 0));
}

function changesSign(values: Float64Array): boolean {
  return values.some((value) => value > 0) && values.some((value) => value < 0);
}

/** To a largest weight of 1: sums of squares then neither overflow nor vanish. */
function scale(rootWeights: Float64Array): void {
  const largest = rootWeights.reduce((a, b) => Math.max(a, b), 0);
  for (let i = 0; i < rootWeights.length; i++) rootWeights[i] /= largest;
}
