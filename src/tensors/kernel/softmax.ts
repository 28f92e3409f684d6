import { exponential } from './elementary';
import { sumLanes } from './multiply-add';

// @ts-ignore: decorator
@inline
function largest(n: i32, x: usize): f32 {
  let m = f32x4.splat(-Infinity);
  const whole = n & ~3;
  for (let j = 0; j < whole; j += 4) m = f32x4.max(m, v128.load(x + (<usize>j << 2)));
  let top = max(
    max(f32x4.extract_lane(m, 0), f32x4.extract_lane(m, 1)),
    max(f32x4.extract_lane(m, 2), f32x4.extract_lane(m, 3)),
  );
  for (let j = whole; j < n; j++) top = max(top, load<f32>(x + (<usize>j << 2)));
  return top;
}

/** y = softmax(x) of one row of n; a row of minus infinity alone gives zeros. Returns log sum exp(x). */
// @ts-ignore: decorator
@inline
export function softmaxRow(n: i32, x: usize, y: usize): f32 {
  const top = largest(n, x);
  if (top == -Infinity) {
    memory.fill(y, 0, <usize>n << 2);
    return -Infinity;
  }
  const shift = f32x4.splat(top);
  const whole = n & ~3;
  let sums = f32x4.splat(0);
  for (let j = 0; j < whole; j += 4) {
    const at = <usize>j << 2;
    const e = exponential(f32x4.sub(v128.load(x + at), shift));
    sums = f32x4.add(sums, e);
    v128.store(y + at, e);
  }
  let sum = sumLanes(sums);
  for (let j = whole; j < n; j++) {
    const at = <usize>j << 2;
    const e = f32x4.extract_lane(exponential(f32x4.splat(load<f32>(x + at) - top)), 0);
    sum += e;
    store<f32>(y + at, e);
  }
  const inverse: f32 = 1 / sum;
  for (let j = 0; j < whole; j += 4) {
    const at = <usize>j << 2;
    v128.store(y + at, f32x4.mul(v128.load(y + at), f32x4.splat(inverse)));
  }
  for (let j = whole; j < n; j++) {
    const at = <usize>j << 2;
    store<f32>(y + at, load<f32>(y + at) * inverse);
  }
  return top + <f32>Math.log(sum);
}

/** dx = y (dy - sum(dy y)) of one row of n; dx may be dy. */
// @ts-ignore: decorator
@inline
export function softmaxGradientRow(n: i32, dy: usize, y: usize, dx: usize): void {
  const whole = n & ~3;
  let sums = f32x4.splat(0);
  for (let j = 0; j < whole; j += 4) {
    const at = <usize>j << 2;
    sums = f32x4.add(sums, f32x4.mul(v128.load(dy + at), v128.load(y + at)));
  }
  let dot = sumLanes(sums);
  for (let j = whole; j < n; j++) dot += load<f32>(dy + (<usize>j << 2)) * load<f32>(y + (<usize>j << 2));
  for (let j = 0; j < whole; j += 4) {
    const at = <usize>j << 2;
    v128.store(dx + at, f32x4.mul(v128.load(y + at), f32x4.sub(v128.load(dy + at), f32x4.splat(dot))));
  }
  for (let j = whole; j < n; j++) {
    const at = <usize>j << 2;
    store<f32>(dx + at, load<f32>(y + at) * (load<f32>(dy + at) - dot));
  }
}

/** x and y of shape [rows, n]. */
export function softmax(rows: i32, n: i32, x: usize, y: usize): void {
  for (let i = 0; i < rows; i++) {
    const at = (<usize>i * n) << 2;
    softmaxRow(n, x + at, y + at);
  }
}

/** dy, y and dx of shape [rows, n]. */
export function softmaxGradient(rows: i32, n: i32, dy: usize, y: usize, dx: usize): void {
  for (let i = 0; i < rows; i++) {
    const at = (<usize>i * n) << 2;
    softmaxGradientRow(n, dy + at, y + at, dx + at);
  }
}

/**
 * Losses -log softmax(x)[label] and their gradients softmax(x) - onehot(label).
 *
 * A label outside [0, n) has loss 0 and gradient 0: a place to be left out.
 *
 * @param x logits, shape [rows, n]
 * @param labels i32, shape [rows]
 * @param losses shape [rows]
 * @param slopes shape [rows, n]
 */
export function crossEntropy(rows: i32, n: i32, x: usize, labels: usize, losses: usize, slopes: usize): void {
  for (let i = 0; i < rows; i++) {
    const label = load<i32>(labels + (<usize>i << 2));
    const at = (<usize>i * n) << 2;
    const loss = losses + (<usize>i << 2);
    if (label < 0 || label >= n) {
      store<f32>(loss, 0);
      memory.fill(slopes + at, 0, <usize>n << 2);
      continue;
    }
    const total = softmaxRow(n, x + at, slopes + at);
    const place = slopes + at + (<usize>label << 2);
    store<f32>(loss, total - load<f32>(x + at + (<usize>label << 2)));
    store<f32>(place, load<f32>(place) - 1);
  }
}
