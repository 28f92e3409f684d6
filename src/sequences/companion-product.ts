import { Polynomial } from '../numerics/index.ts';
import { type Recurrence, recurrenceOrder } from './recurrence.ts';

/** Rows of bigints. */
export type IntegerMatrix = readonly (readonly bigint[])[];

/**
 * matrix / denominator takes (u(from), ..., u(from + r - 1)) to (u(to), ..., u(to + r - 1)).
 *
 * A recurrence with a constant has a last entry 1 in both, and one more row and column.
 */
export interface CompanionBlock {
  readonly matrix: IntegerMatrix;
  readonly denominator: bigint;
}

/** Steps taken one by one at the bottom of the splitting. */
const LEAF = 12;

/**
 * The product of the companion matrices of steps from, ..., to - 1, by binary splitting.
 *
 * @param recurrence of order r >= 1
 * @param from first step
 * @param to one after the last step, >= from
 * @returns matrix of shape [r, r], or [r + 1, r + 1] with a constant, and a common denominator
 * @example companionBlock({ coefficients: [[-1n], [-1n], [1n]], constant: [] }, 0, 5).matrix // [[3n, 5n], [5n, 8n]]
 */
export function companionBlock(recurrence: Recurrence, from: number, to: number): CompanionBlock {
  if (to - from <= LEAF) return stepByStep(recurrence, from, to);
  const middle = (from + to) >> 1;
  const early = companionBlock(recurrence, from, middle);
  const late = companionBlock(recurrence, middle, to);
  return { matrix: multiply(late.matrix, early.matrix), denominator: late.denominator * early.denominator };
}

/** Rows move up by one, times the leading coefficient; the last is the recurrence. */
function stepByStep(recurrence: Recurrence, from: number, to: number): CompanionBlock {
  const order = recurrenceOrder(recurrence);
  const size = order + (recurrence.constant.length > 0 ? 1 : 0);
  let rows: bigint[][] = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => BigInt(i === j)),
  );
  let denominator = 1n;
  for (let n = from; n < to; n++) {
    const values = recurrence.coefficients.map((coefficient) => Polynomial.evaluate(coefficient, BigInt(n)));
    const leading = values[order];
    const last = Array.from({ length: size }, (_, column) => {
      let sum = 0n;
      for (let j = 0; j < order; j++) sum -= values[j] * rows[j][column];
      return sum;
    });
    const raised = rows.slice(1).map((row) => (leading === 1n ? row : row.map((value) => value * leading)));
    if (size > order) last[order] += Polynomial.evaluate(recurrence.constant, BigInt(n)) * denominator;
    rows = [...raised.slice(0, order - 1), last, ...raised.slice(order - 1)];
    denominator *= leading;
  }
  return { matrix: rows, denominator };
}

function multiply(left: IntegerMatrix, right: IntegerMatrix): bigint[][] {
  return left.map((row) =>
    Array.from({ length: row.length }, (_, j) => {
      let sum = 0n;
      for (let k = 0; k < row.length; k++) if (row[k] !== 0n && right[k][j] !== 0n) sum += row[k] * right[k][j];
      return sum;
    }),
  );
}
