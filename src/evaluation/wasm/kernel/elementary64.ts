/**
 * Elementary functions on two f64 lanes, within 4 ulp and without fused multiply-add.
 *
 * Each has a fast path for the usual range, where `usual` holds; lanes outside of it
 * (huge, subnormal, non-finite, off-domain) go one by one to the scalar library.
 * Polynomials are Chebyshev fits at 60 digits on the interval in the comment; range reduction is Cody-Waite.
 */
import {
  ASIN_TAIL, ATAN_TAIL, BIAS, COS_SHORT, EXP2_LIMIT, EXP2_TAIL, EXPM1_LIMIT, EXPONENT_BIAS, EXP_LIMIT, EXP_TAIL,
  HALF, HALF_PI, HALF_PI_LOW, INFINITE, INTEGER_ONE, INVERSE_PI, LN2_HIGH, LN2_LOW, LOG10_2_HIGH, LOG10_2_LOW,
  LOG10_E, LOG1P_HIGHEST, LOG1P_LOWEST, LOG2E, LOG_TAIL, MAGIC, MAGNITUDE, MANTISSA, MINUS_HALF, MINUS_ONE, ONE, PI,
  PI_1, PI_2, PI_3, PI_LOW, QUADRANT_LIMIT, ROOT_HALF, SHIFT, SIGN, SIN_SHORT, SIN_WIDE, SMALLEST_NORMAL, TANH_LIMIT,
  TAN_EIGHTH, TAN_TAIL, TAN_THREE_EIGHTHS, TRIGONOMETRIC_LIMIT, TWO, TWO_52, TWO_OVER_PI,
} from './constants64';
import { polynomial } from './polynomial';
import {
  ACOS, ASIN, ATAN, COS, COSH, EXP, EXP2, EXPM1, LOG1P, SIGMOID, SIN, SINH, TAN, TANH,
} from './opcodes';

@inline function load(at: usize): v128 {
  return v128.load64_splat(at);
}

@inline function mad(a: v128, b: v128, c: usize): v128 {
  return f64x2.add(f64x2.mul(a, b), load(c));
}

/** Both lanes of a comparison hold. */
@inline export function both(mask: v128): bool {
  return i64x2.bitmask(mask) == 3;
}

@inline function copySign(size: v128, sign: v128): v128 {
  return v128.or(size, v128.and(sign, load(SIGN)));
}

/** Lanes where the function of an opcode, below, holds; the others belong to the scalar library. */
@inline export function usual(code: i32, x: v128): v128 {
  const size = v128.and(x, load(MAGNITUDE));
  if (code == EXP || code == SINH || code == COSH || code == SIGMOID) return f64x2.le(size, load(EXP_LIMIT));
  if (code == EXPM1) return f64x2.le(size, load(EXPM1_LIMIT));
  if (code == EXP2) return f64x2.le(size, load(EXP2_LIMIT));
  if (code == SIN || code == COS) return f64x2.le(size, load(TRIGONOMETRIC_LIMIT));
  if (code == TAN) return f64x2.le(size, load(QUADRANT_LIMIT));
  if (code == LOG1P) return v128.and(f64x2.gt(x, load(LOG1P_LOWEST)), f64x2.lt(x, load(LOG1P_HIGHEST)));
  return v128.and(f64x2.ge(x, load(SMALLEST_NORMAL)), f64x2.lt(x, load(INFINITE)));
}

/** Functions that hold on every lane. */
@inline export function isTotal(code: i32): bool {
  return code == TANH || code == ATAN || code == ASIN || code == ACOS;
}

/** (exp(r) - 1 - r) / r^2 on |r| <= ln(2) / 2. */
@inline function expTail(r: v128): v128 {
  return polynomial<f64>(10, r, EXP_TAIL);
}

@inline function reduceExp(x: v128, k: v128): v128 {
  return f64x2.sub(f64x2.sub(x, f64x2.mul(k, load(LN2_HIGH))), f64x2.mul(k, load(LN2_LOW)));
}

@inline export function exp(x: v128): v128 {
  const t = mad(x, load(LOG2E), MAGIC);
  const r = reduceExp(x, f64x2.sub(t, load(MAGIC)));
  const y = f64x2.add(load(ONE), f64x2.add(r, f64x2.mul(f64x2.mul(r, r), expTail(r))));
  return i64x2.add(y, i64x2.shl(t, 52));
}

/** exp(x) - 1 for |x| <= 708. */
@inline function expm1Fast(x: v128): v128 {
  const t = mad(x, load(LOG2E), MAGIC);
  const r = reduceExp(x, f64x2.sub(t, load(MAGIC)));
  const p = f64x2.add(r, f64x2.mul(f64x2.mul(r, r), expTail(r)));
  const scale = i64x2.shl(i64x2.add(t, load(BIAS)), 52);
  return f64x2.add(f64x2.mul(scale, p), f64x2.sub(scale, load(ONE)));
}

@inline export function expm1(x: v128): v128 {
  return copySign(expm1Fast(x), x);
}

@inline export function exp2(x: v128): v128 {
  const t = f64x2.add(x, load(MAGIC));
  const r = f64x2.sub(x, f64x2.sub(t, load(MAGIC)));
  return i64x2.add(mad(exp2Tail(r), r, ONE), i64x2.shl(t, 52));
}

/** (2^r - 1) / r on |r| <= 1/2. */
@inline function exp2Tail(r: v128): v128 {
  return polynomial<f64>(12, r, EXP2_TAIL);
}

/** Bits of x moved so that the exponent field is that of x / sqrt(1/2). */
@inline function shifted(x: v128): v128 {
  return i64x2.add(x, load(SHIFT));
}

@inline function exponent(moved: v128): v128 {
  const biased = v128.or(i64x2.shr_u(moved, 52), load(TWO_52));
  return f64x2.sub(biased, load(EXPONENT_BIAS));
}

/** The mantissa in [sqrt(1/2), sqrt(2)). */
@inline function mantissa(moved: v128): v128 {
  return i64x2.add(v128.and(moved, load(MANTISSA)), load(ROOT_HALF));
}

/** log(1 + f) + low for 1 + f in [sqrt(1/2), sqrt(2)], by log((1 + s) / (1 - s)) with s = f / (2 + f) (as fdlibm). */
@inline function logMantissa(f: v128, low: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f, load(TWO)));
  const z = f64x2.mul(s, s);
  const p = polynomial<f64>(7, z, LOG_TAIL);
  const half = f64x2.mul(f64x2.mul(f, f), load(HALF));
  const tail = f64x2.add(f64x2.mul(s, f64x2.add(half, f64x2.mul(p, z))), low);
  return f64x2.sub(f, f64x2.sub(half, tail));
}

@inline export function log(x: v128): v128 {
  const moved = shifted(x);
  const k = exponent(moved);
  const f = f64x2.sub(mantissa(moved), load(ONE));
  // The order of the sums keeps k ln 2 and f apart until the last addition.
  const s = f64x2.div(f, f64x2.add(f, load(TWO)));
  const z = f64x2.mul(s, s);
  const p = polynomial<f64>(7, z, LOG_TAIL);
  const half = f64x2.mul(f64x2.mul(f, f), load(HALF));
  const tail = f64x2.add(f64x2.mul(s, f64x2.add(half, f64x2.mul(p, z))), f64x2.mul(k, load(LN2_LOW)));
  return f64x2.sub(f64x2.mul(k, load(LN2_HIGH)), f64x2.sub(f64x2.sub(half, tail), f));
}

@inline export function log2(x: v128): v128 {
  const moved = shifted(x);
  const f = f64x2.sub(mantissa(moved), load(ONE));
  return f64x2.add(f64x2.mul(logMantissa(f, f64x2.splat(0)), load(LOG2E)), exponent(moved));
}

@inline export function log10(x: v128): v128 {
  const moved = shifted(x);
  const f = f64x2.sub(mantissa(moved), load(ONE));
  const k = exponent(moved);
  const low = f64x2.add(
    f64x2.mul(logMantissa(f, f64x2.splat(0)), load(LOG10_E)),
    f64x2.mul(k, load(LOG10_2_LOW)),
  );
  return f64x2.add(f64x2.mul(k, load(LOG10_2_HIGH)), low);
}

@inline export function log1p(x: v128): v128 {
  const u = f64x2.add(x, load(ONE));
  const b = f64x2.sub(u, load(ONE));
  const error = f64x2.add(f64x2.sub(load(ONE), f64x2.sub(u, b)), f64x2.sub(x, b));
  return f64x2.add(log(u), f64x2.div(error, u));
}

@inline function reducePi(x: v128, n: v128): v128 {
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, load(PI_1))), f64x2.mul(n, load(PI_2)));
  return f64x2.sub(r, f64x2.mul(n, load(PI_3)));
}

/** sin(r) on |r| <= pi / 2. */
@inline function sinPolynomial(r: v128): v128 {
  const z = f64x2.mul(r, r);
  const p = polynomial<f64>(8, z, SIN_WIDE);
  return f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p));
}

@inline export function sin(x: v128): v128 {
  const t = mad(x, load(INVERSE_PI), MAGIC);
  const r = reducePi(x, f64x2.sub(t, load(MAGIC)));
  return v128.xor(sinPolynomial(r), i64x2.shl(t, 63));
}

/** cos(x) = (-1)^(k + 1) sin(x - (k + 1/2) pi). */
@inline export function cos(x: v128): v128 {
  const t = f64x2.add(mad(x, load(INVERSE_PI), MINUS_HALF), load(MAGIC));
  const h = f64x2.add(f64x2.sub(t, load(MAGIC)), load(HALF));
  const r = reducePi(x, h);
  return v128.xor(sinPolynomial(r), i64x2.shl(v128.not(t), 63));
}

/** Pieces of sin and cos at once: x = n pi / 2 + r, the bits of n at the bottom of `quadrant`. */
@inline export function quadrant(x: v128): v128 {
  return mad(x, load(TWO_OVER_PI), MAGIC);
}
@inline export function reduceQuadrant(x: v128, t: v128): v128 {
  return reducePi(x, f64x2.mul(f64x2.sub(t, load(MAGIC)), load(HALF)));
}
/** Sign bits: sin is negative in quadrants 2 and 3, cos in 1 and 2. */
@inline export function sinSign(t: v128): v128 {
  return v128.and(i64x2.shl(t, 62), load(SIGN));
}
@inline export function cosSign(t: v128): v128 {
  return v128.and(i64x2.shl(i64x2.add(t, load(INTEGER_ONE)), 62), load(SIGN));
}
/** sin(r) on |r| <= pi / 4. */
@inline export function sinShort(r: v128, z: v128): v128 {
  const p = polynomial<f64>(6, z, SIN_SHORT);
  return f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p));
}
/** cos(r) on |r| <= pi / 4. */
@inline export function cosShort(z: v128): v128 {
  const p = polynomial<f64>(6, z, COS_SHORT);
  const half = f64x2.mul(z, load(HALF));
  return f64x2.sub(load(ONE), f64x2.sub(half, f64x2.mul(f64x2.mul(z, z), p)));
}

@inline export function tan(x: v128): v128 {
  const t = mad(x, load(TWO_OVER_PI), MAGIC);
  const n = f64x2.mul(f64x2.sub(t, load(MAGIC)), load(HALF));
  const r = reducePi(x, n);
  const z = f64x2.mul(r, r);
  const p = polynomial<f64>(14, z, TAN_TAIL);
  const even = f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p));
  const odd = i64x2.lt_s(i64x2.shl(t, 63), i64x2.splat(0));
  return v128.bitselect(f64x2.div(load(MINUS_ONE), even), even, odd);
}

@inline export function tanh(x: v128): v128 {
  const m = expm1Fast(f64x2.mul(f64x2.min(v128.and(x, load(MAGNITUDE)), load(TANH_LIMIT)), load(TWO)));
  return copySign(f64x2.div(m, f64x2.add(m, load(TWO))), x);
}

@inline export function sinh(x: v128): v128 {
  const m = expm1Fast(v128.and(x, load(MAGNITUDE)));
  const y = f64x2.add(m, f64x2.div(m, f64x2.add(m, load(ONE))));
  return copySign(f64x2.mul(y, load(HALF)), x);
}

@inline export function cosh(x: v128): v128 {
  const e = exp(v128.and(x, load(MAGNITUDE)));
  return f64x2.mul(f64x2.add(e, f64x2.div(load(ONE), e)), load(HALF));
}

@inline export function sigmoid(x: v128): v128 {
  return f64x2.div(load(ONE), f64x2.add(load(ONE), exp(v128.xor(x, load(SIGN)))));
}

/** Reduced to |t| <= tan(pi / 8) by (a - 1) / (a + 1) and -1 / a. */
@inline export function atan(x: v128): v128 {
  const a = v128.and(x, load(MAGNITUDE));
  const middle = f64x2.gt(a, load(TAN_EIGHTH));
  const large = f64x2.gt(a, load(TAN_THREE_EIGHTHS));
  const one = load(ONE);
  const numerator = v128.bitselect(load(MINUS_ONE), v128.bitselect(f64x2.sub(a, one), a, middle), large);
  const denominator = v128.bitselect(a, v128.bitselect(f64x2.add(a, one), one, middle), large);
  const t = f64x2.div(numerator, denominator);
  const z = f64x2.mul(t, t);
  const p = polynomial<f64>(12, z, ATAN_TAIL);
  const quarters = f64x2.add(v128.and(middle, load(HALF)), v128.and(large, load(HALF)));
  const low = f64x2.add(f64x2.mul(f64x2.mul(t, z), p), f64x2.mul(quarters, load(HALF_PI_LOW)));
  const y = f64x2.add(f64x2.mul(quarters, load(HALF_PI)), f64x2.add(t, low));
  return copySign(y, x);
}

/** asin(s) from z = s^2 <= 1/4. */
@inline function asinSmall(s: v128, z: v128): v128 {
  const p = polynomial<f64>(13, z, ASIN_TAIL);
  return f64x2.add(s, f64x2.mul(f64x2.mul(s, z), p));
}

@inline export function asin(x: v128): v128 {
  const a = v128.and(x, load(MAGNITUDE));
  const large = f64x2.gt(a, load(HALF));
  const half = f64x2.mul(f64x2.sub(load(ONE), a), load(HALF));
  const z = v128.bitselect(half, f64x2.mul(a, a), large);
  const y = asinSmall(v128.bitselect(f64x2.sqrt(half), a, large), z);
  const far = f64x2.sub(load(HALF_PI), f64x2.sub(f64x2.add(y, y), load(HALF_PI_LOW)));
  return copySign(v128.bitselect(far, y, large), x);
}

@inline export function acos(x: v128): v128 {
  const a = v128.and(x, load(MAGNITUDE));
  const large = f64x2.gt(a, load(HALF));
  const half = f64x2.mul(f64x2.sub(load(ONE), a), load(HALF));
  const z = v128.bitselect(half, f64x2.mul(a, a), large);
  const y = asinSmall(v128.bitselect(f64x2.sqrt(half), a, large), z);
  const twice = f64x2.add(y, y);
  const left = f64x2.sub(load(PI), f64x2.sub(twice, load(PI_LOW)));
  const outer = v128.bitselect(left, twice, f64x2.lt(x, f64x2.splat(0)));
  const inner = f64x2.sub(load(HALF_PI), f64x2.sub(copySign(y, x), load(HALF_PI_LOW)));
  return v128.bitselect(outer, inner, large);
}
