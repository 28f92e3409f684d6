import { inverseMod } from './prime-field.ts';

/** A dense matrix over the integers mod p, row by row: shape [rows, columns]. */
export interface ModularMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Residues 0 <= r < p, p < 2^26; length rows * columns. */
  readonly entries: Float64Array;
}

/** The reduced row echelon form: `pivots[i]` is the column of the leading one of row i. */
export interface Echelon {
  readonly entries: Float64Array;
  readonly pivots: readonly number[];
}

/** Gauss-Jordan elimination mod p; the entries are overwritten. */
export function reduceRows({ rows, columns, entries }: ModularMatrix, p: number): Echelon {
  const pivots: number[] = [];
  for (let column = 0; column < columns && pivots.length < rows; column++) {
    const top = pivots.length;
    let found = top;
    while (found < rows && entries[found * columns + column] === 0) found++;
    if (found === rows) continue;
    if (found !== top) swapRows(entries, columns, found, top, column);
    scaleRow(entries, columns, top, column, p);
    for (let row = 0; row < rows; row++) {
      if (row === top) continue;
      const factor = entries[row * columns + column];
      if (factor !== 0) subtractRow(entries, columns, row, top, factor, column, p);
    }
    pivots.push(column);
  }
  return { entries, pivots };
}

/** How many leading columns are independent mod p, by elimination below the pivots. The entries are overwritten. */
export function independentColumns({ rows, columns, entries }: ModularMatrix, p: number): number {
  let rank = 0;
  for (let column = 0; column < columns; column++) {
    let found = rank;
    while (found < rows && entries[found * columns + column] === 0) found++;
    if (found === rows) return rank;
    if (found !== rank) swapRows(entries, columns, found, rank, column);
    scaleRow(entries, columns, rank, column, p);
    for (let row = rank + 1; row < rows; row++) {
      const factor = entries[row * columns + column];
      if (factor !== 0) subtractRow(entries, columns, row, rank, factor, column, p);
    }
    rank++;
  }
  return rank;
}

/**
 * The null vectors of a matrix mod p, one for each column without a pivot, where it is 1; the other such columns are 0.
 *
 * The entries are overwritten.
 *
 * @returns vectors of length `columns`, residues 0 <= r < p; none where the columns are independent
 */
export function nullVectors(matrix: ModularMatrix, p: number): { free: number; vector: Float64Array }[] {
  const { columns } = matrix;
  const { entries, pivots } = reduceRows(matrix, p);
  const found: { free: number; vector: Float64Array }[] = [];
  let next = 0;
  for (let column = 0; column < columns; column++) {
    if (pivots[next] === column) {
      next++;
      continue;
    }
    const vector = new Float64Array(columns);
    vector[column] = 1;
    for (let row = 0; row < pivots.length && pivots[row] < column; row++) {
      const entry = entries[row * columns + column];
      if (entry !== 0) vector[pivots[row]] = p - entry;
    }
    found.push({ free: column, vector });
  }
  return found;
}

function swapRows(entries: Float64Array, columns: number, a: number, b: number, from: number): void {
  for (let c = from; c < columns; c++) {
    const kept = entries[a * columns + c];
    entries[a * columns + c] = entries[b * columns + c];
    entries[b * columns + c] = kept;
  }
}

function scaleRow(entries: Float64Array, columns: number, row: number, pivot: number, p: number): void {
  const factor = inverseMod(entries[row * columns + pivot], p);
  if (factor === 1) return;
  for (let c = pivot; c < columns; c++) {
    const i = row * columns + c;
    entries[i] = (entries[i] * factor) % p;
  }
}

/** row -= factor * top, mod p. The quotient by a multiplication, for the remainder of floats is slow. */
function subtractRow(
  entries: Float64Array,
  columns: number,
  row: number,
  top: number,
  factor: number,
  from: number,
  p: number,
): void {
  const minus = p - factor;
  const inverse = 1 / p;
  const target = row * columns;
  const source = top * columns;
  for (let c = from; c < columns; c++) {
    // At most p^2 + p < 2^53: exact.
    const sum = entries[target + c] + minus * entries[source + c];
    let rest = sum - Math.floor(sum * inverse) * p;
    // The quotient may be one off either way.
    if (rest < 0) rest += p;
    else if (rest >= p) rest -= p;
    entries[target + c] = rest;
  }
}
