import { multiplyAdd, sumLanes } from './multiply-add';

/** c = a b for a matrix a [m, k] and a vector b [k]; pitches in bytes, `pitchC` from value to value. */
export function matrixVector(m: i32, k: i32, a: usize, pitchA: usize, b: usize, c: usize, pitchC: usize): void {
  const whole = k & ~7;
  for (let i = 0; i < m; i++) {
    let even = f32x4.splat(0);
    let odd = f32x4.splat(0);
    for (let p = 0; p < whole; p += 8) {
      const at = <usize>p << 2;
      even = multiplyAdd(v128.load(a + at), v128.load(b + at), even);
      odd = multiplyAdd(v128.load(a + at, 16), v128.load(b + at, 16), odd);
    }
    let sum = sumLanes(f32x4.add(even, odd));
    for (let p = whole; p < k; p++) sum += load<f32>(a + (<usize>p << 2)) * load<f32>(b + (<usize>p << 2));
    store<f32>(c, sum);
    a += pitchA;
    c += pitchC;
  }
}

/** c = a^T b for a matrix a [k, m], a vector b [k] and a vector c [m] without gaps; four rows of a at a time. */
export function transposedMatrixVector(m: i32, k: i32, a: usize, pitchA: usize, b: usize, c: usize): void {
  memory.fill(c, 0, <usize>m << 2);
  const whole = m & ~3;
  let p = 0;
  for (; p + 4 <= k; p += 4) {
    const r1 = a + pitchA;
    const r2 = r1 + pitchA;
    const r3 = r2 + pitchA;
    const x0 = load<f32>(b);
    const x1 = load<f32>(b, 4);
    const x2 = load<f32>(b, 8);
    const x3 = load<f32>(b, 12);
    for (let j = 0; j < whole; j += 4) {
      const at = <usize>j << 2;
      let y = v128.load(c + at);
      y = multiplyAdd(v128.load(a + at), f32x4.splat(x0), y);
      y = multiplyAdd(v128.load(r1 + at), f32x4.splat(x1), y);
      y = multiplyAdd(v128.load(r2 + at), f32x4.splat(x2), y);
      y = multiplyAdd(v128.load(r3 + at), f32x4.splat(x3), y);
      v128.store(c + at, y);
    }
    for (let j = whole; j < m; j++) {
      const at = <usize>j << 2;
      const sum = load<f32>(a + at) * x0 + load<f32>(r1 + at) * x1 + load<f32>(r2 + at) * x2 + load<f32>(r3 + at) * x3;
      store<f32>(c + at, load<f32>(c + at) + sum);
    }
    a = r3 + pitchA;
    b += 16;
  }
  for (; p < k; p++) {
    const x = load<f32>(b);
    for (let j = 0; j < m; j++) {
      const at = <usize>j << 2;
      store<f32>(c + at, load<f32>(c + at) + load<f32>(a + at) * x);
    }
    a += pitchA;
    b += 4;
  }
}
