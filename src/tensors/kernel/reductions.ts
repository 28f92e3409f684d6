/** out = the sum of the rows of x: x of shape [rows, n], out of shape [n]. */
export function columnSum(rows: i32, n: i32, x: usize, out: usize): void {
  memory.fill(out, 0, <usize>n << 2);
  for (let i = 0; i < rows; i++) {
    addRow(n, x, out);
    x += <usize>n << 2;
  }
}

/** out += x, n values. */
// @ts-ignore: decorator
@inline
export function addRow(n: i32, x: usize, out: usize): void {
  const whole = n & ~3;
  for (let j = 0; j < whole; j += 4) {
    const at = <usize>j << 2;
    v128.store(out + at, f32x4.add(v128.load(out + at), v128.load(x + at)));
  }
  for (let j = whole; j < n; j++) {
    const at = <usize>j << 2;
    store<f32>(out + at, load<f32>(out + at) + load<f32>(x + at));
  }
}

/**
 * out[s] = the sum of the rows whose segment is s: rows of shape [count, n], out of shape [segments, n].
 *
 * Rows of a segment below 0 or past the last are left out, as in TensorFlow.
 */
export function segmentSum(count: i32, n: i32, segments: i32, rows: usize, segmentOf: usize, out: usize): void {
  memory.fill(out, 0, (<usize>segments * n) << 2);
  for (let i = 0; i < count; i++) {
    const s = load<i32>(segmentOf + (<usize>i << 2));
    if (s >= 0 && s < segments) addRow(n, rows, out + ((<usize>s * n) << 2));
    rows += <usize>n << 2;
  }
}

/**
 * out[i] = rows[ids[i]]: rows of shape [entries, n], out of shape [count, n].
 *
 * @returns the first place whose id is not in [0, entries), or -1
 */
export function gatherRows(count: i32, n: i32, entries: i32, rows: usize, ids: usize, out: usize): i32 {
  const bytes = <usize>n << 2;
  for (let i = 0; i < count; i++) {
    const id = load<i32>(ids + (<usize>i << 2));
    if (id < 0 || id >= entries) return i;
    memory.copy(out, rows + <usize>id * bytes, bytes);
    out += bytes;
  }
  return -1;
}
