/**
 * The common elementary functions on four f32 lanes, within 4 ulp of f32 where `usual` holds.
 *
 * The rare ones, and the lanes outside of it, are done in f64 and rounded.
 */
import {
  BIAS, EXP_LIMIT, EXP_TAIL, HALF, INFINITE, INVERSE_PI, LN2_HIGH, LN2_LOW, LOG2E, LOG_TAIL, MAGIC, MAGNITUDE,
  MANTISSA, MINUS_HALF, ONE, PI_1, PI_2, PI_3, PI_4, ROOT_HALF, SHIFT, SIGN, SIN_WIDE, SMALLEST_NORMAL, TANH_LIMIT,
  TRIGONOMETRIC_LIMIT, TWO,
} from './constants32';
import { polynomial } from './polynomial';
import { COS, EXP, SIGMOID, SIN } from './opcodes';

@inline function load(at: usize): v128 {
  return v128.load32_splat(at);
}

@inline function mad(a: v128, b: v128, c: usize): v128 {
  return f32x4.add(f32x4.mul(a, b), load(c));
}

@inline export function all(mask: v128): bool {
  return i32x4.bitmask(mask) == 15;
}

@inline export function lowHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

@inline export function highHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3));
}

@inline export function joinHalves(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/** The mask of each half, widened to f64 lanes. */
@inline export function lowMask(mask: v128): v128 {
  return i64x2.extend_low_i32x4_s(mask);
}
@inline export function highMask(mask: v128): v128 {
  return i64x2.extend_high_i32x4_s(mask);
}

/** Lanes where the function of an opcode, below, holds. */
@inline export function usual(code: i32, x: v128): v128 {
  const size = v128.and(x, load(MAGNITUDE));
  if (code == EXP || code == SIGMOID) return f32x4.le(size, load(EXP_LIMIT));
  if (code == SIN || code == COS) return f32x4.le(size, load(TRIGONOMETRIC_LIMIT));
  return v128.and(f32x4.ge(x, load(SMALLEST_NORMAL)), f32x4.lt(x, load(INFINITE)));
}

@inline function copySign(size: v128, sign: v128): v128 {
  return v128.or(size, v128.and(sign, load(SIGN)));
}

/** (exp(r) - 1 - r) / r^2 on |r| <= ln(2) / 2. */
@inline function expTail(r: v128): v128 {
  return polynomial<f32>(5, r, EXP_TAIL);
}

@inline function reduceExp(x: v128, k: v128): v128 {
  return f32x4.sub(f32x4.sub(x, f32x4.mul(k, load(LN2_HIGH))), f32x4.mul(k, load(LN2_LOW)));
}

@inline export function exp(x: v128): v128 {
  const t = mad(x, load(LOG2E), MAGIC);
  const r = reduceExp(x, f32x4.sub(t, load(MAGIC)));
  const y = f32x4.add(load(ONE), f32x4.add(r, f32x4.mul(f32x4.mul(r, r), expTail(r))));
  return i32x4.add(y, i32x4.shl(t, 23));
}

/** exp(x) - 1 for |x| <= 87. */
@inline function expm1Fast(x: v128): v128 {
  const t = mad(x, load(LOG2E), MAGIC);
  const r = reduceExp(x, f32x4.sub(t, load(MAGIC)));
  const p = f32x4.add(r, f32x4.mul(f32x4.mul(r, r), expTail(r)));
  const scale = i32x4.shl(i32x4.add(t, load(BIAS)), 23);
  return f32x4.add(f32x4.mul(scale, p), f32x4.sub(scale, load(ONE)));
}

@inline export function tanh(x: v128): v128 {
  const m = expm1Fast(f32x4.mul(f32x4.min(v128.and(x, load(MAGNITUDE)), load(TANH_LIMIT)), load(TWO)));
  return copySign(f32x4.div(m, f32x4.add(m, load(TWO))), x);
}

@inline export function sigmoid(x: v128): v128 {
  return f32x4.div(load(ONE), f32x4.add(load(ONE), exp(v128.xor(x, load(SIGN)))));
}

@inline export function log(x: v128): v128 {
  const moved = i32x4.add(x, load(SHIFT));
  const k = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(moved, 23), load(BIAS)));
  const m = i32x4.add(v128.and(moved, load(MANTISSA)), load(ROOT_HALF));
  const f = f32x4.sub(m, load(ONE));
  const s = f32x4.div(f, f32x4.add(f, load(TWO)));
  const z = f32x4.mul(s, s);
  const p = polynomial<f32>(3, z, LOG_TAIL);
  const half = f32x4.mul(f32x4.mul(f, f), load(HALF));
  const tail = f32x4.add(f32x4.mul(s, f32x4.add(half, f32x4.mul(p, z))), f32x4.mul(k, load(LN2_LOW)));
  return f32x4.sub(f32x4.mul(k, load(LN2_HIGH)), f32x4.sub(f32x4.sub(half, tail), f));
}

@inline function reducePi(x: v128, n: v128): v128 {
  let r = f32x4.sub(x, f32x4.mul(n, load(PI_1)));
  r = f32x4.sub(r, f32x4.mul(n, load(PI_2)));
  r = f32x4.sub(r, f32x4.mul(n, load(PI_3)));
  return f32x4.sub(r, f32x4.mul(n, load(PI_4)));
}

/** sin(r) on |r| <= pi / 2. */
@inline function sinPolynomial(r: v128): v128 {
  const z = f32x4.mul(r, r);
  const p = polynomial<f32>(4, z, SIN_WIDE);
  return f32x4.add(r, f32x4.mul(f32x4.mul(z, r), p));
}

@inline export function sin(x: v128): v128 {
  const t = mad(x, load(INVERSE_PI), MAGIC);
  const r = reducePi(x, f32x4.sub(t, load(MAGIC)));
  return v128.xor(sinPolynomial(r), i32x4.shl(t, 31));
}

@inline export function cos(x: v128): v128 {
  const t = f32x4.add(mad(x, load(INVERSE_PI), MINUS_HALF), load(MAGIC));
  const h = f32x4.add(f32x4.sub(t, load(MAGIC)), load(HALF));
  return v128.xor(sinPolynomial(reducePi(x, h)), i32x4.shl(v128.not(t), 31));
}
