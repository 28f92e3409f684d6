import { multiplyAdd, sumLanes } from './multiply-add';

/**
 * y = (x - mean) / sqrt(variance + epsilon) gain + shift, row by row; two passes, so that a large mean costs no digits.
 *
 * @param x shape [rows, n], like y
 * @param gain shape [n], like shift
 * @param statistics mean and 1 / deviation of each row, shape [rows, 2]
 */
export function layerNorm(
  rows: i32,
  n: i32,
  x: usize,
  gain: usize,
  shift: usize,
  epsilon: f32,
  y: usize,
  statistics: usize,
): void {
  const whole = n & ~3;
  const bytes = <usize>n << 2;
  for (let i = 0; i < rows; i++) {
    let sums = f32x4.splat(0);
    for (let j = 0; j < whole; j += 4) sums = f32x4.add(sums, v128.load(x + (<usize>j << 2)));
    let sum = sumLanes(sums);
    for (let j = whole; j < n; j++) sum += load<f32>(x + (<usize>j << 2));
    const mean: f32 = sum / <f32>n;
    const m = f32x4.splat(mean);
    let squares = f32x4.splat(0);
    for (let j = 0; j < whole; j += 4) {
      const d = f32x4.sub(v128.load(x + (<usize>j << 2)), m);
      squares = multiplyAdd(d, d, squares);
    }
    let square = sumLanes(squares);
    for (let j = whole; j < n; j++) {
      const d = load<f32>(x + (<usize>j << 2)) - mean;
      square += d * d;
    }
    const inverse: f32 = 1 / sqrt<f32>(square / <f32>n + epsilon);
    const r = f32x4.splat(inverse);
    for (let j = 0; j < whole; j += 4) {
      const at = <usize>j << 2;
      const z = f32x4.mul(f32x4.sub(v128.load(x + at), m), r);
      v128.store(y + at, multiplyAdd(z, v128.load(gain + at), v128.load(shift + at)));
    }
    for (let j = whole; j < n; j++) {
      const at = <usize>j << 2;
      store<f32>(y + at, (load<f32>(x + at) - mean) * inverse * load<f32>(gain + at) + load<f32>(shift + at));
    }
    store<f32>(statistics, mean);
    store<f32>(statistics, inverse, 4);
    statistics += 8;
    x += bytes;
    y += bytes;
  }
}

/** The gradients of `layerNorm`: dx of shape [rows, n], dgain and dshift of shape [n], which are set, not added to. */
export function layerNormGradient(
  rows: i32,
  n: i32,
  dy: usize,
  x: usize,
  gain: usize,
  statistics: usize,
  dx: usize,
  dgain: usize,
  dshift: usize,
): void {
  const whole = n & ~3;
  const bytes = <usize>n << 2;
  memory.fill(dgain, 0, bytes);
  memory.fill(dshift, 0, bytes);
  const share: f32 = 1 / <f32>n;
  for (let i = 0; i < rows; i++) {
    const mean = load<f32>(statistics);
    const inverse = load<f32>(statistics, 4);
    const m = f32x4.splat(mean);
    const r = f32x4.splat(inverse);
    let sumsA = f32x4.splat(0);
    let sumsB = f32x4.splat(0);
    for (let j = 0; j < whole; j += 4) {
      const at = <usize>j << 2;
      const d = v128.load(dy + at);
      const z = f32x4.mul(f32x4.sub(v128.load(x + at), m), r);
      v128.store(dgain + at, multiplyAdd(d, z, v128.load(dgain + at)));
      v128.store(dshift + at, f32x4.add(d, v128.load(dshift + at)));
      const w = f32x4.mul(d, v128.load(gain + at));
      sumsA = f32x4.add(sumsA, w);
      sumsB = multiplyAdd(w, z, sumsB);
    }
    let a = sumLanes(sumsA);
    let b = sumLanes(sumsB);
    for (let j = whole; j < n; j++) {
      const at = <usize>j << 2;
      const d = load<f32>(dy + at);
      const z = (load<f32>(x + at) - mean) * inverse;
      store<f32>(dgain + at, load<f32>(dgain + at) + d * z);
      store<f32>(dshift + at, load<f32>(dshift + at) + d);
      const w = d * load<f32>(gain + at);
      a += w;
      b += w * z;
    }
    a *= share;
    b *= share;
    const av = f32x4.splat(a);
    const bv = f32x4.splat(b);
    for (let j = 0; j < whole; j += 4) {
      const at = <usize>j << 2;
      const z = f32x4.mul(f32x4.sub(v128.load(x + at), m), r);
      const w = f32x4.mul(v128.load(dy + at), v128.load(gain + at));
      v128.store(dx + at, f32x4.mul(r, f32x4.sub(f32x4.sub(w, av), f32x4.mul(z, bv))));
    }
    for (let j = whole; j < n; j++) {
      const at = <usize>j << 2;
      const z = (load<f32>(x + at) - mean) * inverse;
      store<f32>(dx + at, inverse * (load<f32>(dy + at) * load<f32>(gain + at) - a - z * b));
    }
    statistics += 8;
    dy += bytes;
    x += bytes;
    dx += bytes;
  }
}
