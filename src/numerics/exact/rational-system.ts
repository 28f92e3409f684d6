import { Rational } from './rational.ts';

/**
 * One solution of a linear system over the rationals; undefined where there is none.
 *
 * Elimination of the augmented matrix; free unknowns are set to 0.
 *
 * @param rows coefficients: shape [equations, unknowns]
 * @param right right sides: shape [equations]
 * @returns shape [unknowns]
 * @example solveRational([[Rational.of(2)]], [Rational.of(1)])!.map(Rational.print) // ["1/2"]
 */
export function solveRational(
  rows: readonly (readonly Rational[])[],
  right: readonly Rational[],
): Rational[] | undefined {
  const unknowns = rows[0]?.length ?? 0;
  const { matrix, pivots } = eliminate(rows.map((row, index) => [...row, right[index]]));
  if (pivots.includes(unknowns)) return undefined;
  const solution = new Array<Rational>(unknowns).fill(Rational.ZERO);
  pivots.forEach((column, row) => {
    solution[column] = matrix[row][unknowns];
  });
  return solution;
}

/**
 * A basis of the vectors that a matrix takes to 0, over the rationals.
 *
 * @param rows shape [equations, unknowns]
 * @param unknowns number of unknowns; needed when there are no rows
 * @returns vectors of shape [unknowns], one for each unknown left free
 * @example rationalKernel([[Rational.of(1), Rational.of(2)]])[0].map(Rational.print) // ["-2", "1"]
 */
export function rationalKernel(
  rows: readonly (readonly Rational[])[],
  unknowns: number = rows[0]?.length ?? 0,
): Rational[][] {
  const { matrix, pivots } = eliminate(rows.map((row) => [...row]));
  const free = Array.from({ length: unknowns }, (_, column) => column).filter((column) => !pivots.includes(column));
  return free.map((chosen) => {
    const vector = new Array<Rational>(unknowns).fill(Rational.ZERO);
    vector[chosen] = Rational.ONE;
    pivots.forEach((column, row) => {
      vector[column] = Rational.negate(matrix[row][chosen]);
    });
    return vector;
  });
}

/** Reduced row echelon form, and the column of each row's leading 1. */
function eliminate(matrix: Rational[][]): { matrix: Rational[][]; pivots: number[] } {
  const pivots: number[] = [];
  const width = matrix[0]?.length ?? 0;
  for (let column = 0; column < width && pivots.length < matrix.length; column++) {
    const top = pivots.length;
    const found = matrix.findIndex((row, index) => index >= top && row[column].num !== 0n);
    if (found < 0) continue;
    [matrix[top], matrix[found]] = [matrix[found], matrix[top]];
    const pivot = matrix[top][column];
    matrix[top] = matrix[top].map((value) => (value.num === 0n ? value : Rational.divide(value, pivot)));
    matrix.forEach((row, index) => {
      const factor = row[column];
      if (index === top || factor.num === 0n) return;
      matrix[index] = row.map((value, place) => {
        const other = matrix[top][place];
        return other.num === 0n ? value : Rational.subtract(value, Rational.multiply(factor, other));
      });
    });
    pivots.push(column);
  }
  return { matrix, pivots };
}
