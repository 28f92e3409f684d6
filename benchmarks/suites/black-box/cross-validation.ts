import { RandomStream } from '../../../src/core/index.ts';

/** What a method predicts for every row from the folds that do not hold it. */
export interface Prediction {
  /** Shape [rows]. */
  readonly values: Float64Array;
  /** Nodes of the model of each fold. */
  readonly sizes: readonly number[];
}

/** Rows dealt out at random into folds whose sizes differ by at most one; equal seeds give equal folds. */
export function foldsOf(rows: number, folds: number, seed: number): Int32Array[] {
  const order = new RandomStream(seed).permutation(rows);
  return Array.from({ length: folds }, (_, fold) => order.filter((_, i) => i % folds === fold).sort());
}

/** The rows that are not in a fold, in order. */
export function otherRows(rows: number, fold: Int32Array): Int32Array {
  const held = new Set(fold);
  return Int32Array.from({ length: rows }, (_, i) => i).filter((row) => !held.has(row));
}

/** Values at some rows. */
export function at(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]);
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * R2 over all held-out rows at once, 1 - sum (y - p)^2 / sum (y - mean y)^2: also where a fold has one row.
 *
 * @example rSquared(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3)) // 1
 */
export function rSquared(target: Float64Array, predicted: Float64Array): number {
  const centre = mean(target);
  let residual = 0;
  let total = 0;
  for (let i = 0; i < target.length; i++) {
    residual += (target[i] - predicted[i]) ** 2;
    total += (target[i] - centre) ** 2;
  }
  return 1 - residual / total;
}

/** A model of some rows: its prediction at others, and its size. */
export interface Fitted {
  readonly predicted: Float64Array;
  readonly size: number;
}

/**
 * Predicts every row from a model of the other folds.
 *
 * @param fit models the rows of `train` and predicts those of `test`; a value that is not finite becomes the mean of
 *   the target over the rows of `train`
 */
export async function crossValidate(
  target: Float64Array,
  folds: readonly Int32Array[],
  fit: (train: Int32Array, test: Int32Array, fold: number) => Fitted | Promise<Fitted>,
): Promise<Prediction> {
  const values = new Float64Array(target.length);
  const sizes: number[] = [];
  for (const [i, test] of folds.entries()) {
    const train = otherRows(target.length, test);
    const { predicted, size } = await fit(train, test, i);
    const fallback = mean(at(target, train));
    for (const [j, row] of test.entries()) values[row] = Number.isFinite(predicted[j]) ? predicted[j] : fallback;
    sizes.push(size);
  }
  return { values, sizes };
}
