/** Sums of w rho(r) over one tile. A non-finite residual, at any weight, makes the sum non-finite. */
import * as d from './checked64';
import * as s from './elementary32';

export const L2: i32 = 0;
export const L1: i32 = 1;
export const HUBER: i32 = 2;
export const LOG_COSH: i32 = 3;

const LN2: f64 = 0.6931471805599453;

/** log(cosh r) = log1p(m^2 / (2 (1 + m))) with m = exp(|r|) - 1, and |r| - ln 2 beyond 20: no cancellation, no overflow. */
@inline function logCosh64(r: v128): v128 {
  const a = f64x2.abs(r);
  const m = d.expm1(f64x2.min(a, f64x2.splat(20)));
  const q = f64x2.div(f64x2.mul(m, m), f64x2.mul(f64x2.splat(2), f64x2.add(m, f64x2.splat(1))));
  return v128.bitselect(f64x2.sub(a, f64x2.splat(LN2)), d.log1p(q), f64x2.gt(a, f64x2.splat(20)));
}

@inline function logCosh<T>(r: v128): v128 {
  if (sizeof<T>() == 8) return logCosh64(r);
  return s.joinHalves(logCosh64(s.lowHalf(r)), logCosh64(s.highHalf(r)));
}

@inline function rho<T>(kind: i32, r: v128, delta: v128): v128 {
  if (kind == L2) return v128.mul<T>(r, r);
  if (kind == L1) return v128.abs<T>(r);
  if (kind == LOG_COSH) return logCosh<T>(r);
  const a = v128.abs<T>(r);
  const half = v128.splat<T>(<T>0.5);
  const inner = v128.mul<T>(v128.mul<T>(r, r), half);
  const outer = v128.mul<T>(delta, v128.sub<T>(a, v128.mul<T>(delta, half)));
  return v128.bitselect(inner, outer, v128.le<T>(a, delta));
}

@inline function total<T>(x: v128): f64 {
  if (sizeof<T>() == 8) return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
  const pairs = f64x2.add(s.lowHalf(x), s.highHalf(x));
  return f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
}

@inline function term<T>(kind: i32, weighted: bool, value: usize, target: usize, weights: usize, delta: v128, at: usize): v128 {
  const e = rho<T>(kind, v128.sub<T>(v128.load(value + at), v128.load(target + at)), delta);
  return weighted ? v128.mul<T>(e, v128.load(weights + at)) : e;
}

/** The lanes past the last row count for nothing, whatever they hold. */
@inline function tailMask<T>(rows: i32): v128 {
  if (sizeof<T>() == 8) return f64x2.replace_lane(i64x2.splat(0), 0, reinterpret<f64>(<i64>-1));
  const index = i32x4(0, 1, 2, 3);
  return i32x4.lt_s(index, i32x4.splat(rows));
}

@inline function sum<T>(kind: i32, weighted: bool, value: usize, target: usize, weights: usize, rows: i32, delta: f64): f64 {
  const lanes: i32 = 16 / sizeof<T>();
  const step = v128.splat<T>(<T>delta);
  const full: usize = <usize>(rows & ~(lanes - 1)) * sizeof<T>();
  const quads = full & ~63;
  let a = v128.splat<T>(0);
  let b = a;
  let c = a;
  let e = a;
  let at: usize = 0;
  for (; at < quads; at += 64) {
    a = v128.add<T>(a, term<T>(kind, weighted, value, target, weights, step, at));
    b = v128.add<T>(b, term<T>(kind, weighted, value, target, weights, step, at + 16));
    c = v128.add<T>(c, term<T>(kind, weighted, value, target, weights, step, at + 32));
    e = v128.add<T>(e, term<T>(kind, weighted, value, target, weights, step, at + 48));
  }
  for (; at < full; at += 16) a = v128.add<T>(a, term<T>(kind, weighted, value, target, weights, step, at));
  const rest = rows & (lanes - 1);
  if (rest) {
    const mask = tailMask<T>(rest);
    b = v128.add<T>(b, v128.and(mask, term<T>(kind, weighted, value, target, weights, step, at)));
  }
  return total<T>(a) + total<T>(b) + total<T>(c) + total<T>(e);
}

function l2<T>(value: usize, target: usize, weights: usize, rows: i32): f64 {
  return weights ? sum<T>(L2, true, value, target, weights, rows, 0) : sum<T>(L2, false, value, target, weights, rows, 0);
}
function l1<T>(value: usize, target: usize, weights: usize, rows: i32): f64 {
  return weights ? sum<T>(L1, true, value, target, weights, rows, 0) : sum<T>(L1, false, value, target, weights, rows, 0);
}
function huber<T>(value: usize, target: usize, weights: usize, rows: i32, delta: f64): f64 {
  return weights
    ? sum<T>(HUBER, true, value, target, weights, rows, delta)
    : sum<T>(HUBER, false, value, target, weights, rows, delta);
}
function logCoshSum<T>(value: usize, target: usize, weights: usize, rows: i32): f64 {
  return weights
    ? sum<T>(LOG_COSH, true, value, target, weights, rows, 0)
    : sum<T>(LOG_COSH, false, value, target, weights, rows, 0);
}

export function tileLoss<T>(kind: i32, value: usize, target: usize, weights: usize, rows: i32, delta: f64): f64 {
  if (kind == L2) return l2<T>(value, target, weights, rows);
  if (kind == L1) return l1<T>(value, target, weights, rows);
  if (kind == HUBER) return huber<T>(value, target, weights, rows, delta);
  return logCoshSum<T>(value, target, weights, rows);
}

/** All values of a tile are finite: x - x is 0. */
export function allFinite<T>(value: usize, rows: i32): bool {
  for (let i = 0; i < rows; i++) {
    const x = <f64>load<T>(value + <usize>i * sizeof<T>());
    if (x - x != 0) return false;
  }
  return true;
}
