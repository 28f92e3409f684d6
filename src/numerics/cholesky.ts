/**
 * Solves A x = b for a symmetric positive definite A, in place.
 *
 * A pivot below `tolerance` times its diagonal is treated as a null direction: its unknown is set to 0,
 * which is the minimum-change answer for a rank-deficient normal matrix.
 *
 * @param matrix row-major [n * stride]; the lower triangle is overwritten by the factor
 * @param rhs [n]; overwritten by the solution
 * @returns false when nothing of the matrix is usable (a NaN or all pivots null)
 */
export function choleskySolve(
  matrix: Float64Array,
  rhs: Float64Array,
  n: number,
  stride = n,
  tolerance = 1e-14,
): boolean {
  let usable = 0;
  for (let j = 0; j < n; j++) {
    const diagonal = matrix[j * stride + j];
    let pivot = diagonal;
    for (let k = 0; k < j; k++) pivot -= matrix[j * stride + k] * matrix[j * stride + k];
    if (Number.isNaN(pivot)) return false;
    if (!(pivot > tolerance * diagonal) || pivot === 0) {
      matrix[j * stride + j] = 0;
      for (let i = j + 1; i < n; i++) matrix[i * stride + j] = 0;
      continue;
    }
    usable++;
    const root = Math.sqrt(pivot);
    matrix[j * stride + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = matrix[i * stride + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * stride + k] * matrix[j * stride + k];
      matrix[i * stride + j] = sum / root;
    }
  }
  if (usable === 0 && n > 0) return false;
  for (let i = 0; i < n; i++) {
    const root = matrix[i * stride + i];
    let sum = rhs[i];
    for (let k = 0; k < i; k++) sum -= matrix[i * stride + k] * rhs[k];
    rhs[i] = root === 0 ? 0 : sum / root;
  }
  for (let i = n - 1; i >= 0; i--) {
    const root = matrix[i * stride + i];
    let sum = rhs[i];
    for (let k = i + 1; k < n; k++) sum -= matrix[k * stride + i] * rhs[k];
    rhs[i] = root === 0 ? 0 : sum / root;
  }
  return true;
}
