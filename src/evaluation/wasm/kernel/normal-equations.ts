/** Jacobians, and the sums of a Gauss-Newton step, from the tiles of a gradient plan. */
import * as d from './elementary64';
import {
  TILE, TILE_ROWS, backwardEnd, backwardStart, columnsOfJacobian, forwardEnd, forwardStart, planEnd, planGradient,
  resultAddress, resultStride,
} from './gradient';
import { HUBER, L1, L2, allFinite, tileLoss } from './losses';
import { target64, tileBytes, weights64 } from './memory';
import { execute, parameterCount } from './plan';

@inline function column(k: i32, tile: u32): usize {
  const at = columnsOfJacobian + 16 * <usize>k;
  return load<usize>(at) + tile * load<u32>(at, 4);
}

/** Values and derivatives of whole tiles from row `from`; derivative columns lie `pitch` bytes apart. */
export function jacobian64(program: usize, from: i32, rows: i32, values: usize, jacobian: usize, pitch: usize): i32 {
  planGradient(program);
  const parameters = parameterCount(program);
  let finite = true;
  for (let row = 0; row < rows; row += TILE_ROWS) {
    const count = min(TILE_ROWS, rows - row);
    const tile: u32 = (from + row) / TILE_ROWS;
    execute(forwardStart, backwardEnd, tile, tileBytes<f64>(count));
    const result = resultAddress + tile * resultStride;
    finite = allFinite<f64>(result, count) && finite;
    const bytes = <usize>count * 8;
    memory.copy(values + <usize>row * 8, result, bytes);
    for (let k = 0; k < parameters; k++) {
      memory.copy(jacobian + <usize>k * pitch + <usize>row * 8, column(k, tile), bytes);
    }
  }
  return finite;
}

/** |r| below this, times 1 + |target|, counts as this in the weight 1 / |r| of L1. */
const RESIDUAL_FLOOR: f64 = 9.313225746154785e-10;

/** pull = w rho'(r), stiffness = w rho'(r) / r. */
@inline function pullAndStiffness(
  kind: i32, value: usize, target: usize, weights: usize, delta: f64, pull: usize, stiffness: usize, bytes: usize,
): void {
  const one = f64x2.splat(1);
  for (let at: usize = 0; at < bytes; at += 16) {
    const y = v128.load(target + at);
    const r = f64x2.sub(v128.load(value + at), y);
    const w = weights ? v128.load(weights + at) : one;
    const a = f64x2.abs(r);
    let force = r;
    let weight = one;
    if (kind == L2) {
      force = f64x2.add(r, r);
      weight = f64x2.splat(2);
    } else if (kind == L1) {
      force = v128.bitselect(v128.or(v128.and(r, f64x2.splat(-0.0)), one), r, f64x2.gt(a, f64x2.splat(0)));
      const floor = f64x2.mul(f64x2.splat(RESIDUAL_FLOOR), f64x2.add(one, f64x2.abs(y)));
      weight = f64x2.div(one, f64x2.max(a, floor));
    } else if (kind == HUBER) {
      const inside = f64x2.le(a, f64x2.splat(delta));
      weight = v128.bitselect(one, f64x2.div(f64x2.splat(delta), a), inside);
      const edge = v128.or(v128.and(r, f64x2.splat(-0.0)), f64x2.splat(delta));
      force = v128.bitselect(r, edge, inside);
    } else {
      force = d.tanh(r);
      weight = v128.bitselect(one, f64x2.div(force, r), f64x2.lt(a, f64x2.splat(1e-8)));
    }
    v128.store(pull + at, f64x2.mul(w, force));
    v128.store(stiffness + at, f64x2.mul(w, weight));
  }
}

function preparePull(
  kind: i32, value: usize, target: usize, weights: usize, delta: f64, pull: usize, stiffness: usize, bytes: usize,
): void {
  if (kind == L2) pullAndStiffness(L2, value, target, weights, delta, pull, stiffness, bytes);
  else if (kind == L1) pullAndStiffness(L1, value, target, weights, delta, pull, stiffness, bytes);
  else if (kind == HUBER) pullAndStiffness(HUBER, value, target, weights, delta, pull, stiffness, bytes);
  else pullAndStiffness(3, value, target, weights, delta, pull, stiffness, bytes);
}

/** r alone, for unweighted least squares. */
function residual(value: usize, target: usize, out: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(out + at, f64x2.sub(v128.load(value + at), v128.load(target + at)));
  }
}

@inline function pairSum(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

@inline function accumulate(at: usize, x: f64): void {
  store<f64>(at, load<f64>(at) + x);
}

function dot(a: usize, b: usize, rows: i32): f64 {
  const end = a + (<usize>(rows & ~3) << 3);
  let s = f64x2.splat(0);
  let t = s;
  while (a < end) {
    s = f64x2.add(s, f64x2.mul(v128.load(a), v128.load(b)));
    t = f64x2.add(t, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
    a += 32;
    b += 32;
  }
  let sum = pairSum(f64x2.add(s, t));
  for (let i = rows & 3; i > 0; i--) {
    sum += load<f64>(a) * load<f64>(b);
    a += 8;
    b += 8;
  }
  return sum;
}

/** Two dot products that share their first factor. */
function dotTwo(a: usize, b: usize, c: usize, rows: i32, outB: usize, outC: usize): void {
  const end = a + (<usize>(rows & ~3) << 3);
  let s = f64x2.splat(0);
  let t = s;
  let u = s;
  let v = s;
  while (a < end) {
    const x = v128.load(a);
    const y = v128.load(a, 16);
    s = f64x2.add(s, f64x2.mul(x, v128.load(b)));
    u = f64x2.add(u, f64x2.mul(x, v128.load(c)));
    t = f64x2.add(t, f64x2.mul(y, v128.load(b, 16)));
    v = f64x2.add(v, f64x2.mul(y, v128.load(c, 16)));
    a += 32;
    b += 32;
    c += 32;
  }
  let first = pairSum(f64x2.add(s, t));
  let second = pairSum(f64x2.add(u, v));
  for (let i = rows & 3; i > 0; i--) {
    const x = load<f64>(a);
    first += x * load<f64>(b);
    second += x * load<f64>(c);
    a += 8;
    b += 8;
    c += 8;
  }
  accumulate(outB, first);
  accumulate(outC, second);
}

function multiply(a: usize, b: usize, out: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(out + at, f64x2.mul(v128.load(a + at), v128.load(b + at)));
}

/**
 * Sum of w rho(r), the gradient [p] and the matrix [p * p] of the normal equations; NaN when anything is not finite.
 */
export function normal64(program: usize, rows: i32, kind: i32, delta: f64, hessian: usize, gradient: usize): f64 {
  planGradient(program);
  const p = parameterCount(program);
  const pitch = <usize>p * 8;
  const plain = kind == L2 && weights64 == 0;
  const pull = planEnd;
  const stiffness = pull + TILE;
  const scaled = stiffness + TILE;
  memory.fill(hessian, 0, <usize>p * pitch);
  memory.fill(gradient, 0, pitch);
  let sum: f64 = 0;
  let tile: u32 = 0;
  for (let row = 0; row < rows; row += TILE_ROWS) {
    const count = min(TILE_ROWS, rows - row);
    const bytes = tileBytes<f64>(count);
    execute(forwardStart, forwardEnd, tile, bytes);
    const value = resultAddress + tile * resultStride;
    const shift = <usize>tile * TILE;
    const target = target64 + shift;
    const weights = weights64 ? weights64 + shift : 0;
    sum += tileLoss<f64>(kind, value, target, weights, count, delta);
    if (sum - sum != 0) return NaN;
    execute(backwardStart, backwardEnd, tile, bytes);
    if (plain) residual(value, target, pull, bytes);
    else preparePull(kind, value, target, weights, delta, pull, stiffness, bytes);
    for (let i = 0; i < p; i++) {
      const own = column(i, tile);
      let left = own;
      if (!plain) {
        multiply(own, stiffness, scaled, bytes);
        left = scaled;
      }
      accumulate(gradient + 8 * <usize>i, dot(own, pull, count));
      const line = hessian + <usize>i * pitch;
      let j = 0;
      for (; j < i; j += 2) {
        dotTwo(left, column(j, tile), column(j + 1, tile), count, line + 8 * <usize>j, line + 8 * <usize>j + 8);
      }
      if (j == i) accumulate(line + 8 * <usize>i, dot(left, own, count));
    }
    tile++;
  }
  const factor: f64 = plain ? 2 : 1;
  let check: f64 = 0;
  for (let i: usize = 0; i < <usize>p; i++) {
    const g = factor * load<f64>(gradient + 8 * i);
    store<f64>(gradient + 8 * i, g);
    check += g - g;
    for (let j: usize = 0; j <= i; j++) {
      const h = factor * load<f64>(hessian + i * pitch + 8 * j);
      check += h - h;
      store<f64>(hessian + i * pitch + 8 * j, h);
      store<f64>(hessian + j * pitch + 8 * i, h);
    }
  }
  return check == 0 ? sum : NaN;
}
