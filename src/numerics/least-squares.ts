/**
 * Linear least squares by twice-iterated modified Gram-Schmidt.
 *
 * @param columns shape [k][n]
 * @param target shape [n]
 * @param tolerance a column whose remainder is below this fraction of its norm gets coefficient 0
 * @returns coefficients, shape [k]
 */
export function leastSquares(columns: readonly Float64Array[], target: Float64Array, tolerance = 1e-12): Float64Array {
  const n = target.length;
  const k = columns.length;
  const q = columns.map((column) => Float64Array.from(column));
  const y = Float64Array.from(target);
  const r = new Float64Array(k * k);
  const used = new Uint8Array(k);
  for (let j = 0; j < k; j++) {
    const column = q[j];
    let original = 0;
    for (let i = 0; i < n; i++) original += columns[j][i] * columns[j][i];
    // Two passes of modified Gram-Schmidt hold orthogonality at the level of Householder's.
    for (let pass = 0; pass < 2; pass++) {
      for (let p = 0; p < j; p++) {
        if (!used[p]) continue;
        let dot = 0;
        for (let i = 0; i < n; i++) dot += q[p][i] * column[i];
        r[p * k + j] += dot;
        for (let i = 0; i < n; i++) column[i] -= dot * q[p][i];
      }
    }
    let norm = 0;
    for (let i = 0; i < n; i++) norm += column[i] * column[i];
    if (!(norm > tolerance * tolerance * original)) continue;
    used[j] = 1;
    norm = Math.sqrt(norm);
    r[j * k + j] = norm;
    for (let i = 0; i < n; i++) column[i] /= norm;
  }
  const solution = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    if (!used[j]) continue;
    let dot = 0;
    for (let i = 0; i < n; i++) dot += q[j][i] * y[i];
    for (let i = 0; i < n; i++) y[i] -= dot * q[j][i];
    solution[j] = dot;
  }
  for (let j = k - 1; j >= 0; j--) {
    if (!used[j]) continue;
    for (let p = j + 1; p < k; p++) if (used[p]) solution[j] -= r[j * k + p] * solution[p];
    solution[j] /= r[j * k + j];
  }
  return solution;
}
