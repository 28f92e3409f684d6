import { multiplyAdd } from './multiply-add';

/**
 * A step of Adam on n values, in place.
 *
 * p -= rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon) + rate decay p; the caller folds 1 - b1^t into `rate` and
 * gives `root` = 1 / sqrt(1 - b2^t).
 *
 * @param shrink 1 - rate decay of the decoupled weight decay
 * @param scale factor on the gradient, for clipping
 */
export function adam(
  n: i32,
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  rate: f32,
  beta1: f32,
  beta2: f32,
  root: f32,
  epsilon: f32,
  shrink: f32,
  scale: f32,
): void {
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const c1 = f32x4.splat(1 - beta1);
  const c2 = f32x4.splat(1 - beta2);
  const s = f32x4.splat(scale);
  const r = f32x4.splat(root);
  const e = f32x4.splat(epsilon);
  const q = f32x4.splat(shrink);
  const minus = f32x4.splat(-rate);
  for (let i = 0; i < n; i += 4) {
    // The memory behind the last values belongs to others: the end goes lane by lane.
    const at = <usize>i << 2;
    const left = n - i;
    const gi = f32x4.mul(read(g + at, left), s);
    const mi = multiplyAdd(b1, read(m + at, left), f32x4.mul(c1, gi));
    const vi = multiplyAdd(b2, read(v + at, left), f32x4.mul(c2, f32x4.mul(gi, gi)));
    const step = f32x4.div(mi, multiplyAdd(f32x4.sqrt(vi), r, e));
    write(m + at, mi, left);
    write(v + at, vi, left);
    write(p + at, multiplyAdd(minus, step, f32x4.mul(q, read(p + at, left))), left);
  }
}

// @ts-ignore: decorator
@inline
function read(at: usize, left: i32): v128 {
  if (left >= 4) return v128.load(at);
  let x = v128.load32_zero(at);
  if (left > 1) x = v128.load_lane<f32>(at + 4, x, 1);
  if (left > 2) x = v128.load_lane<f32>(at + 8, x, 2);
  return x;
}

// @ts-ignore: decorator
@inline
function write(at: usize, x: v128, left: i32): void {
  if (left >= 4) {
    v128.store(at, x);
    return;
  }
  store<f32>(at, f32x4.extract_lane(x, 0));
  if (left > 1) store<f32>(at + 4, f32x4.extract_lane(x, 1));
  if (left > 2) store<f32>(at + 8, f32x4.extract_lane(x, 2));
}

/** The sum of squares of n values, in f64. */
export function squareSum(n: i32, x: usize): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  for (let i = 0; i < n; i += 4) {
    const v = read(x + (<usize>i << 2), n - i);
    const low = f64x2.promote_low_f32x4(v);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 1));
    a = f64x2.add(a, f64x2.mul(low, low));
    b = f64x2.add(b, f64x2.mul(high, high));
  }
  const s = f64x2.add(a, b);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}
