import { Integer, Polynomial } from '../numerics/index.ts';
import { type Recurrence, recurrenceOrder } from './recurrence.ts';

/** Rows of bigints. */
export type IntegerMatrix = readonly (readonly bigint[])[];

/** matrix / denominator takes (u(from), ..., u(from + r - 1), 1) to (u(to), ..., u(to + r - 1), 1). */
export interface CompanionBlock {
  readonly matrix: IntegerMatrix;
  readonly denominator: bigint;
}

/**
 * The product of the companion matrices of steps from, ..., to - 1, by binary splitting.
 *
 * @param recurrence of order r; its constant is the last column
 * @param from first step
 * @param to one after the last step, > from
 * @returns matrix of shape [r + 1, r + 1] and a common denominator
 * @example companionBlock({ coefficients: [[-1n], [-1n], [1n]], constant: [] }, 0, 5).matrix[0] // [3n, 5n, 0n]
 */
export function companionBlock(recurrence: Recurrence, from: number, to: number): CompanionBlock {
  if (to - from === 1) return companion(recurrence, BigInt(from));
  const middle = (from + to) >> 1;
  const early = companionBlock(recurrence, from, middle);
  const late = companionBlock(recurrence, middle, to);
  const product = { matrix: multiply(late.matrix, early.matrix), denominator: late.denominator * early.denominator };
  return to - from === REDUCED ? reduced(product) : product;
}

/** Blocks of this length are brought to lowest terms: their common factor is worth the division. */
const REDUCED = 64;

function reduced({ matrix, denominator }: CompanionBlock): CompanionBlock {
  let common = denominator;
  for (const row of matrix) {
    for (const value of row) {
      common = Integer.gcd(common, value);
      if (common === 1n) return { matrix, denominator };
    }
  }
  return { matrix: matrix.map((row) => row.map((value) => value / common)), denominator: denominator / common };
}

function companion(recurrence: Recurrence, n: bigint): CompanionBlock {
  const order = recurrenceOrder(recurrence);
  const leading = Polynomial.evaluate(recurrence.coefficients[order], n);
  const matrix = Array.from({ length: order + 1 }, (_, i) =>
    Array.from({ length: order + 1 }, (__, j) => (j === i + 1 && i < order - 1 ? leading : 0n)),
  );
  for (let j = 0; j < order; j++) matrix[order - 1][j] = -Polynomial.evaluate(recurrence.coefficients[j], n);
  if (order > 0) matrix[order - 1][order] = Polynomial.evaluate(recurrence.constant, n);
  matrix[order][order] = leading;
  return { matrix, denominator: leading };
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
