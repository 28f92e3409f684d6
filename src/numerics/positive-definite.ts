/**
 * Factors A = L L^T of a symmetric positive definite matrix, in place.
 *
 * @param matrix row-major [n * n]; its lower triangle is read and overwritten by L, the upper one is left alone
 * @param tolerance least pivot relative to the diagonal entry that it came from
 * @returns the first index without a usable pivot, or -1 when the matrix is positive definite
 */
export function choleskyFactor(matrix: Float64Array, n: number, tolerance = 1e-15): number {
  for (let i = 0; i < n; i++) {
    const own = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      let sum = matrix[own + j];
      for (let k = 0; k < j; k++) sum -= matrix[own + k] * matrix[other + k];
      matrix[own + j] = sum / matrix[other + j];
    }
    const diagonal = matrix[own + i];
    let pivot = diagonal;
    for (let k = 0; k < i; k++) pivot -= matrix[own + k] * matrix[own + k];
    if (!(pivot > tolerance * diagonal) || !Number.isFinite(pivot)) return i;
    matrix[own + i] = Math.sqrt(pivot);
  }
  return -1;
}

/**
 * Solves L x = b in place for a lower triangular L.
 *
 * @param factor row-major [n * n]
 * @param offset where b starts in `values`
 */
export function solveLower(factor: Float64Array, n: number, values: Float64Array, offset = 0): void {
  for (let i = 0; i < n; i++) {
    const own = i * n;
    let sum = values[offset + i];
    for (let k = 0; k < i; k++) sum -= factor[own + k] * values[offset + k];
    values[offset + i] = sum / factor[own + i];
  }
}

/**
 * Solves L^T x = b in place for a lower triangular L.
 *
 * @param factor row-major [n * n]
 * @param offset where b starts in `values`
 */
export function solveUpper(factor: Float64Array, n: number, values: Float64Array, offset = 0): void {
  for (let i = n - 1; i >= 0; i--) {
    const own = i * n;
    const x = values[offset + i] / factor[own + i];
    values[offset + i] = x;
    for (let k = 0; k < i; k++) values[offset + k] -= factor[own + k] * x;
  }
}

/**
 * The inverse of A = L L^T.
 *
 * @param factor L, row-major [n * n]
 * @returns row-major [n * n], both triangles
 */
export function inverseFromFactor(factor: Float64Array, n: number): Float64Array {
  // Rows of M hold columns of L^-1, so that both products below run along rows.
  const columns = new Float64Array(n * n);
  for (let c = 0; c < n; c++) {
    const own = c * n;
    columns[own + c] = 1 / factor[c * n + c];
    for (let i = c + 1; i < n; i++) {
      let sum = 0;
      for (let k = c; k < i; k++) sum -= factor[i * n + k] * columns[own + k];
      columns[own + i] = sum / factor[i * n + i];
    }
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += columns[i * n + k] * columns[j * n + k];
      inverse[i * n + j] = sum;
      inverse[j * n + i] = sum;
    }
  }
  return inverse;
}
