/**
 * Inner products of every row of one matrix with every row of another: out[i * bRows + j] = a_i . b_j.
 *
 * Blocks of 2 by 4 keep eight sums in registers.
 *
 * @param a row-major, shape [aRows][length]
 * @param b row-major, shape [bRows][length]
 * @param out shape [aRows][bRows]
 * @param triangle a and b are one matrix: entries right of the diagonal's blocks are left as they are
 */
export function innerProducts(
  a: Float64Array,
  aRows: number,
  b: Float64Array,
  bRows: number,
  length: number,
  out: Float64Array,
  triangle = false,
): void {
  for (let i = 0; i < aRows; i += 2) {
    // The last row stands in for one that is not there.
    const p = i * length;
    const q = Math.min(i + 1, aRows - 1) * length;
    const end = triangle ? Math.min(bRows, i + 2) : bRows;
    for (let j = 0; j < end; j += 4) {
      const r = j * length;
      const s = Math.min(j + 1, bRows - 1) * length;
      const t = Math.min(j + 2, bRows - 1) * length;
      const u = Math.min(j + 3, bRows - 1) * length;
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s03 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s13 = 0;
      for (let k = 0; k < length; k++) {
        const x = a[p + k];
        const y = a[q + k];
        const b0 = b[r + k];
        const b1 = b[s + k];
        const b2 = b[t + k];
        const b3 = b[u + k];
        s00 += x * b0;
        s01 += x * b1;
        s02 += x * b2;
        s03 += x * b3;
        s10 += y * b0;
        s11 += y * b1;
        s12 += y * b2;
        s13 += y * b3;
      }
      const first = i * bRows + j;
      out[first] = s00;
      if (j + 1 < bRows) out[first + 1] = s01;
      if (j + 2 < bRows) out[first + 2] = s02;
      if (j + 3 < bRows) out[first + 3] = s03;
      if (i + 1 === aRows) continue;
      const second = first + bRows;
      out[second] = s10;
      if (j + 1 < bRows) out[second + 1] = s11;
      if (j + 2 < bRows) out[second + 2] = s12;
      if (j + 3 < bRows) out[second + 3] = s13;
    }
  }
}
