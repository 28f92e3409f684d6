import { choleskySolve } from '../../numerics/index.ts';
import { dot } from '../scan.ts';

/**
 * The order in which columns are best left out of a least-squares fit, the one whose loss raises what is left least first.
 *
 * One inverse of the Gram matrix gives what every column is worth beside the others: c^2 / inverse[j][j]. It is swept
 * when a column goes, so that the whole order costs what a single fit does.
 *
 * @param columns shape [columns][rows]; the first stays to the end
 * @param target shape [rows]
 * @returns indices into the columns, all but the first
 */
export function eliminationOrder(columns: readonly Float64Array[], target: Float64Array): number[] {
  const n = columns.length;
  const units = columns.map((column) => {
    const length = Math.sqrt(dot(column, column)) || 1;
    return column.map((value) => value / length);
  });
  const gram = Float64Array.from({ length: n * n }, (_, at) => dot(units[Math.floor(at / n)], units[at % n]));
  const solve = (right: Float64Array): Float64Array => {
    choleskySolve(gram.slice(), right, n);
    return right;
  };
  const inverse = units.map((_, j) => solve(Float64Array.from({ length: n }, (_, i) => (i === j ? 1 : 0))));
  const coefficients = solve(Float64Array.from(units, (unit) => dot(unit, target)));
  const left = columns.map((_, j) => j);
  const order: number[] = [];
  while (left.length > 1) {
    const worth = (j: number): number => (inverse[j][j] > 0 ? coefficients[j] ** 2 / inverse[j][j] : 0);
    const out = left.slice(1).reduce((least, j) => (worth(j) < worth(least) ? j : least));
    order.push(out);
    left.splice(left.indexOf(out), 1);
    const pivot = inverse[out][out];
    if (!(pivot > 0)) continue;
    for (const i of left) {
      const share = inverse[i][out] / pivot;
      coefficients[i] -= share * coefficients[out];
      for (const j of left) inverse[i][j] -= share * inverse[out][j];
    }
  }
  return order;
}
