/** Inner products of the rows of two matrices. */

/**
 * out[i * pitch + j] = a_i . b_j for i < 2 ceil(aRows / 2) and j < 4 ceil(bRows / 4): the host leaves room.
 *
 * Rows are of `bytes` bytes, a multiple of 16.
 */
export function innerProducts(
  a: usize, aRows: i32, b: usize, bRows: i32, bytes: usize, out: usize, pitch: usize,
): void {
  for (let i = 0; i < aRows; i += 2) {
    const p = a + <usize>i * bytes;
    const q = p + bytes;
    const first = out + <usize>i * pitch;
    const second = first + pitch;
    for (let j = 0; j < bRows; j += 4) {
      const r = b + <usize>j * bytes;
      const s = r + bytes;
      const t = s + bytes;
      const u = t + bytes;
      let s00 = f64x2.splat(0);
      let s01 = f64x2.splat(0);
      let s02 = f64x2.splat(0);
      let s03 = f64x2.splat(0);
      let s10 = f64x2.splat(0);
      let s11 = f64x2.splat(0);
      let s12 = f64x2.splat(0);
      let s13 = f64x2.splat(0);
      for (let k: usize = 0; k < bytes; k += 16) {
        const x = v128.load(p + k);
        const y = v128.load(q + k);
        const b0 = v128.load(r + k);
        s00 = f64x2.add(s00, f64x2.mul(x, b0));
        s10 = f64x2.add(s10, f64x2.mul(y, b0));
        const b1 = v128.load(s + k);
        s01 = f64x2.add(s01, f64x2.mul(x, b1));
        s11 = f64x2.add(s11, f64x2.mul(y, b1));
        const b2 = v128.load(t + k);
        s02 = f64x2.add(s02, f64x2.mul(x, b2));
        s12 = f64x2.add(s12, f64x2.mul(y, b2));
        const b3 = v128.load(u + k);
        s03 = f64x2.add(s03, f64x2.mul(x, b3));
        s13 = f64x2.add(s13, f64x2.mul(y, b3));
      }
      const at = <usize>j << 3;
      store<f64>(first + at, sum(s00), 0);
      store<f64>(first + at, sum(s01), 8);
      store<f64>(first + at, sum(s02), 16);
      store<f64>(first + at, sum(s03), 24);
      store<f64>(second + at, sum(s10), 0);
      store<f64>(second + at, sum(s11), 8);
      store<f64>(second + at, sum(s12), 16);
      store<f64>(second + at, sum(s13), 24);
    }
  }
}

@inline function sum(lanes: v128): f64 {
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1);
}
