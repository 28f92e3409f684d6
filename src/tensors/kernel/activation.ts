import { geluOf, normalCumulative, normalTail, sigmoidOf, tanhOf } from './elementary';
import { multiplyAdd } from './multiply-add';

/** Numbers of the activations, as in ../activation.ts. */
// @ts-ignore: decorator
@inline
const RELU: i32 = 1;
// @ts-ignore: decorator
@inline
const SIGMOID: i32 = 2;
// @ts-ignore: decorator
@inline
const TANH: i32 = 3;
// @ts-ignore: decorator
@inline
const GELU: i32 = 4;

function activate(x: v128, kind: i32): v128 {
  if (kind == RELU) return f32x4.max(x, f32x4.splat(0));
  if (kind == SIGMOID) return sigmoidOf(x);
  if (kind == TANH) return tanhOf(x);
  if (kind == GELU) return geluOf(x);
  return x;
}

/** c = activation(c + bias), row by row: c of shape [rows, n], `pitch` in bytes; bias of shape [n], or 0. */
export function biasActivate(rows: i32, n: i32, c: usize, pitch: usize, bias: usize, kind: i32): void {
  if (bias == 0 && kind == 0) return;
  if (bias != 0 && kind <= RELU) {
    biasRectify(rows, n, c, pitch, bias, kind == RELU);
    return;
  }
  const whole = n & ~3;
  for (let i = 0; i < rows; i++) {
    const row = c + <usize>i * pitch;
    for (let j = 0; j < whole; j += 4) {
      const at = row + (<usize>j << 2);
      let x = v128.load(at);
      if (bias != 0) x = f32x4.add(x, v128.load(bias + (<usize>j << 2)));
      v128.store(at, kind == 0 ? x : activate(x, kind));
    }
    for (let j = whole; j < n; j++) {
      const at = row + (<usize>j << 2);
      let x = load<f32>(at);
      if (bias != 0) x += load<f32>(bias + (<usize>j << 2));
      store<f32>(at, f32x4.extract_lane(activate(f32x4.splat(x), kind), 0));
    }
  }
}

/** The same for what layers mostly ask for, without a call for every four values. */
function biasRectify(rows: i32, n: i32, c: usize, pitch: usize, bias: usize, relu: bool): void {
  const whole = n & ~3;
  // Minus infinity leaves every number as it is, and a NaN is handed on by either.
  const floor: f32 = relu ? 0 : -Infinity;
  const bound = f32x4.splat(floor);
  for (let i = 0; i < rows; i++) {
    const row = c + <usize>i * pitch;
    for (let j = 0; j < whole; j += 4) {
      const at = <usize>j << 2;
      v128.store(row + at, f32x4.max(f32x4.add(v128.load(row + at), v128.load(bias + at)), bound));
    }
    for (let j = whole; j < n; j++) {
      const at = <usize>j << 2;
      store<f32>(row + at, max<f32>(load<f32>(row + at) + load<f32>(bias + at), floor));
    }
  }
}

/** dy times the derivative of relu, sigmoid or tanh, from its value y. */
// @ts-ignore: decorator
@inline
function slopeFromValue(dy: v128, y: v128, kind: i32): v128 {
  const one = f32x4.splat(1);
  if (kind == RELU) return v128.and(dy, f32x4.gt(y, f32x4.splat(0)));
  if (kind == SIGMOID) return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(one, y)));
  if (kind == TANH) return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(y, y)));
  return dy;
}

/** dy times the derivative of gelu at x: Phi(x) + x phi(x). */
// @ts-ignore: decorator
@inline
function slopeOfGelu(dy: v128, x: v128): v128 {
  const tail = normalTail(x);
  const density = f32x4.mul(tail, f32x4.splat(0.39894228));
  return f32x4.mul(dy, multiplyAdd(x, density, normalCumulative(x, tail)));
}

// @ts-ignore: decorator
@inline
function slope(dy: v128, from: v128, kind: i32): v128 {
  return kind == GELU ? slopeOfGelu(dy, from) : slopeFromValue(dy, from, kind);
}

/** dx = dy * activation', n values; `from` holds the values for relu, sigmoid and tanh, the arguments for gelu. */
export function activationGradient(n: i32, dy: usize, from: usize, dx: usize, kind: i32): void {
  const whole = <usize>(n & ~3) << 2;
  for (let at: usize = 0; at < whole; at += 16) {
    v128.store(dx + at, slope(v128.load(dy + at), v128.load(from + at), kind));
  }
  for (let i = n & ~3; i < n; i++) {
    const at = <usize>i << 2;
    const value = slope(f32x4.splat(load<f32>(dy + at)), f32x4.splat(load<f32>(from + at)), kind);
    store<f32>(dx + at, f32x4.extract_lane(value, 0));
  }
}

/** y = gelu(x), n values. */
export function gelu(n: i32, x: usize, y: usize): void {
  const whole = <usize>(n & ~3) << 2;
  for (let at: usize = 0; at < whole; at += 16) v128.store(y + at, geluOf(v128.load(x + at)));
  for (let i = n & ~3; i < n; i++) {
    const at = <usize>i << 2;
    store<f32>(y + at, f32x4.extract_lane(geluOf(f32x4.splat(load<f32>(x + at))), 0));
  }
}
