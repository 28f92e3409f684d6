import { type IntegerPolynomial, Polynomial } from '../../numerics/index.ts';
import { normalizeRecurrence, type Recurrence, recurrenceOrder } from '../recurrence.ts';

/**
 * The recurrence of v(k) = u(m k + i) that follows from one of u without a constant.
 *
 * The equations at n, n + 1, ..., of which one more than there are unwanted terms, are combined with the minors that
 * make u(n + j) cancel for every j that is no multiple of m; then n = m k + i.
 *
 * @param recurrence of order r, without a constant
 * @param period m >= 2
 * @param residue i, 0 <= i < m
 * @param start first index k for which v is wanted
 * @returns undefined when the minors all vanish
 * @example sectionLaw({ coefficients: [[-1n], [-1n], [1n]], constant: [] }, 2, 0, 0)!.coefficients // [[1n], [-3n], [1n]]
 */
export function sectionLaw(
  recurrence: Recurrence,
  period: number,
  residue: number,
  start: number,
): Recurrence | undefined {
  const order = recurrenceOrder(recurrence);
  const sparse = recurrence.coefficients.every((p, j) => p.length === 0 || j % period === 0);
  const count = sparse ? 1 : equationsNeeded(order, period);
  const rows = Array.from({ length: count }, (_, k) =>
    Array.from({ length: order + count }, (__, j) => Polynomial.shift(recurrence.coefficients[j - k] ?? [], BigInt(k))),
  );
  const unwanted = Array.from({ length: order + count }, (_, j) => j).filter((j) => j % period !== 0);
  const matrix = rows.map((row) => unwanted.map((j) => row[j]));
  while (matrix[0].length > count - 1) for (const row of matrix) row.pop();
  const weights = matrix.map((_, k) => {
    const minor = determinant(matrix.filter((__, other) => other !== k));
    return k % 2 === 1 ? Polynomial.negate(minor) : minor;
  });
  if (weights.every((weight) => weight.length === 0)) return undefined;
  const wanted = Array.from({ length: order + count }, (_, j) => j).filter((j) => j % period === 0);
  const coefficients = wanted.map((j) =>
    rows.reduce((sum, row, k) => Polynomial.add(sum, Polynomial.multiply(weights[k], row[j])), [] as IntegerPolynomial),
  );
  if (coefficients.every((p) => p.length === 0)) return undefined;
  const inner = coefficients.map((p) => compose(p, BigInt(period), BigInt(residue)));
  return normalizeRecurrence({ coefficients: inner, constant: [] }, start);
}

/** The fewest equations that are one more than the unwanted terms in them. */
function equationsNeeded(order: number, period: number): number {
  let count = 1;
  while (Array.from({ length: order + count }, (_, j) => j).filter((j) => j % period !== 0).length >= count) count++;
  return count;
}

/** By the first column. */
function determinant(matrix: readonly (readonly IntegerPolynomial[])[]): IntegerPolynomial {
  if (matrix.length === 0) return [1n];
  return matrix.reduce((sum, [first], k) => {
    if (first.length === 0) return sum;
    const minor = determinant(matrix.filter((_, other) => other !== k).map((row) => row.slice(1)));
    const term = Polynomial.multiply(first, minor);
    return k % 2 === 1 ? Polynomial.subtract(sum, term) : Polynomial.add(sum, term);
  }, [] as IntegerPolynomial);
}

/** p(m k + i) as a polynomial in k. */
function compose(p: IntegerPolynomial, m: bigint, i: bigint): IntegerPolynomial {
  return Polynomial.shift(p, i).map((value, power) => value * m ** BigInt(power));
}
