/**
 * Elementary functions on two f64 lanes, within 4 ulp and without fused multiply-add.
 *
 * Each has a fast path for the usual range, guarded by one mask test a vector; lanes outside of it
 * (huge, subnormal, non-finite, off-domain) go one by one to the scalar library.
 * Polynomials are Chebyshev fits at 60 digits on the interval in the comment; range reduction is Cody-Waite.
 */
import { scalar } from './scalar';
import {
  EXP, EXP2, LOG, LOG2, LOG10, LOG1P, EXPM1, SIN, COS, TAN, SINH, COSH, TANH,
} from './opcodes';

@inline export function splat(x: f64): v128 {
  return f64x2.splat(x);
}

@inline function mad(a: v128, b: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(a, b), f64x2.splat(c));
}

/** Both lanes of a comparison hold. */
@inline export function both(mask: v128): bool {
  return i64x2.bitmask(mask) == 3;
}

@inline function copySign(size: v128, sign: v128): v128 {
  return v128.or(size, v128.and(sign, f64x2.splat(-0.0)));
}

export function eachLane(op: i32, x: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(scalar(op, f64x2.extract_lane(x, 0))), 1, scalar(op, f64x2.extract_lane(x, 1)));
}

/** 1.5 * 2^52: adding it rounds to an integer that then sits in the low bits. */
const MAGIC: f64 = 6755399441055744.0;
const LOG2E: f64 = 1.4426950408889634;
/** ln 2 in 32 bits and the rest: k * LN2_HIGH is exact. */
const LN2_HIGH: f64 = 0.6931471806019545;
const LN2_LOW: f64 = -4.2009150726810846e-11;

/** (exp(r) - 1 - r) / r^2 on |r| <= ln(2) / 2. */
@inline function expTail(r: v128): v128 {
  let p = mad(f64x2.splat(2.510038549551032e-08), r, 2.7620088445409746e-07);
  p = mad(p, r, 2.7557268459997064e-06);
  p = mad(p, r, 2.4801521295954376e-05);
  p = mad(p, r, 0.00019841269863053618);
  p = mad(p, r, 0.0013888888917213717);
  p = mad(p, r, 0.008333333333330062);
  p = mad(p, r, 0.04166666666662413);
  p = mad(p, r, 0.16666666666666669);
  return mad(p, r, 0.5);
}

@inline function reduceExp(x: v128, k: v128): v128 {
  return f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH))), f64x2.mul(k, f64x2.splat(LN2_LOW)));
}

@inline function expFast(x: v128): v128 {
  const t = mad(x, f64x2.splat(LOG2E), MAGIC);
  const r = reduceExp(x, f64x2.sub(t, f64x2.splat(MAGIC)));
  const y = f64x2.add(f64x2.splat(1), f64x2.add(r, f64x2.mul(f64x2.mul(r, r), expTail(r))));
  return i64x2.add(y, i64x2.shl(t, 52));
}

@inline export function exp(x: v128): v128 {
  if (!both(f64x2.le(f64x2.abs(x), f64x2.splat(708)))) return eachLane(EXP, x);
  return expFast(x);
}

/** exp(x) - 1 for |x| <= 708. */
@inline function expm1Fast(x: v128): v128 {
  const t = mad(x, f64x2.splat(LOG2E), MAGIC);
  const r = reduceExp(x, f64x2.sub(t, f64x2.splat(MAGIC)));
  const p = f64x2.add(r, f64x2.mul(f64x2.mul(r, r), expTail(r)));
  const scale = i64x2.shl(i64x2.add(t, i64x2.splat(1023)), 52);
  return f64x2.add(f64x2.mul(scale, p), f64x2.sub(scale, f64x2.splat(1)));
}

@inline export function expm1(x: v128): v128 {
  if (!both(f64x2.le(f64x2.abs(x), f64x2.splat(700)))) return eachLane(EXPM1, x);
  return copySign(expm1Fast(x), x);
}

@inline export function exp2(x: v128): v128 {
  if (!both(f64x2.le(f64x2.abs(x), f64x2.splat(1020)))) return eachLane(EXP2, x);
  const t = f64x2.add(x, f64x2.splat(MAGIC));
  const r = f64x2.sub(x, f64x2.sub(t, f64x2.splat(MAGIC)));
  return i64x2.add(mad(exp2Tail(r), r, 1), i64x2.shl(t, 52));
}

/** (2^r - 1) / r on |r| <= 1/2. */
@inline function exp2Tail(r: v128): v128 {
  let p = mad(f64x2.splat(2.5729344553786755e-11), r, 4.455822025014915e-10);
  p = mad(p, r, 7.054897292691627e-09);
  p = mad(p, r, 1.0178057064573359e-07);
  p = mad(p, r, 1.3215486808727859e-06);
  p = mad(p, r, 1.5252733841601815e-05);
  p = mad(p, r, 0.00015403530393370715);
  p = mad(p, r, 0.0013333558146406436);
  p = mad(p, r, 0.00961812910762848);
  p = mad(p, r, 0.055504108664821625);
  p = mad(p, r, 0.24022650695910072);
  return mad(p, r, 0.6931471805599453);
}

/** log10(2) in 33 bits and the rest. */
const LOG10_2_HIGH: f64 = 0.3010299956658855;
const LOG10_2_LOW: f64 = -1.9043128467164274e-12;

const ROOT_HALF_BITS: i64 = 0x3fe6a09e667f3bcd;

/** Bits of x moved so that the exponent field is that of x / sqrt(1/2). */
@inline function shifted(x: v128): v128 {
  return i64x2.add(x, i64x2.splat(0x3ff0000000000000 - ROOT_HALF_BITS));
}

@inline function exponent(moved: v128): v128 {
  const biased = v128.or(i64x2.shr_u(moved, 52), i64x2.splat(0x4330000000000000));
  return f64x2.sub(biased, f64x2.splat(4503599627370496.0 + 1023.0));
}

/** The mantissa in [sqrt(1/2), sqrt(2)). */
@inline function mantissa(moved: v128): v128 {
  return i64x2.add(v128.and(moved, i64x2.splat(0x000fffffffffffff)), i64x2.splat(ROOT_HALF_BITS));
}

/** log(1 + f) + low for 1 + f in [sqrt(1/2), sqrt(2)], by log((1 + s) / (1 - s)) with s = f / (2 + f) (as fdlibm). */
@inline function logMantissa(f: v128, low: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2)));
  const z = f64x2.mul(s, s);
  let p = mad(f64x2.splat(0.14617807153417325), z, 0.15331611722055008);
  p = mad(p, z, 0.1818289243253687);
  p = mad(p, z, 0.22222211089379496);
  p = mad(p, z, 0.28571428626253836);
  p = mad(p, z, 0.3999999999989889);
  p = mad(p, z, 0.666666666666667);
  const half = f64x2.mul(f64x2.mul(f, f), f64x2.splat(0.5));
  const tail = f64x2.add(f64x2.mul(s, f64x2.add(half, f64x2.mul(p, z))), low);
  return f64x2.sub(f, f64x2.sub(half, tail));
}

@inline function isNormal(x: v128): bool {
  return both(v128.and(f64x2.ge(x, f64x2.splat(2.2250738585072014e-308)), f64x2.lt(x, f64x2.splat(Infinity))));
}

@inline function logFast(x: v128): v128 {
  const moved = shifted(x);
  const k = exponent(moved);
  const f = f64x2.sub(mantissa(moved), f64x2.splat(1));
  // The order of the sums keeps k ln 2 and f apart until the last addition.
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2)));
  const z = f64x2.mul(s, s);
  let p = mad(f64x2.splat(0.14617807153417325), z, 0.15331611722055008);
  p = mad(p, z, 0.1818289243253687);
  p = mad(p, z, 0.22222211089379496);
  p = mad(p, z, 0.28571428626253836);
  p = mad(p, z, 0.3999999999989889);
  p = mad(p, z, 0.666666666666667);
  const half = f64x2.mul(f64x2.mul(f, f), f64x2.splat(0.5));
  const tail = f64x2.add(f64x2.mul(s, f64x2.add(half, f64x2.mul(p, z))), f64x2.mul(k, f64x2.splat(LN2_LOW)));
  return f64x2.sub(f64x2.mul(k, f64x2.splat(LN2_HIGH)), f64x2.sub(f64x2.sub(half, tail), f));
}

@inline export function log(x: v128): v128 {
  if (!isNormal(x)) return eachLane(LOG, x);
  return logFast(x);
}

@inline export function log2(x: v128): v128 {
  if (!isNormal(x)) return eachLane(LOG2, x);
  const moved = shifted(x);
  const f = f64x2.sub(mantissa(moved), f64x2.splat(1));
  return f64x2.add(f64x2.mul(logMantissa(f, f64x2.splat(0)), f64x2.splat(LOG2E)), exponent(moved));
}

@inline export function log10(x: v128): v128 {
  if (!isNormal(x)) return eachLane(LOG10, x);
  const moved = shifted(x);
  const f = f64x2.sub(mantissa(moved), f64x2.splat(1));
  const k = exponent(moved);
  const low = f64x2.add(
    f64x2.mul(logMantissa(f, f64x2.splat(0)), f64x2.splat(0.4342944819032518)),
    f64x2.mul(k, f64x2.splat(LOG10_2_LOW)),
  );
  return f64x2.add(f64x2.mul(k, f64x2.splat(LOG10_2_HIGH)), low);
}

@inline export function log1p(x: v128): v128 {
  if (!both(v128.and(f64x2.gt(x, f64x2.splat(-0.999999)), f64x2.lt(x, f64x2.splat(1e300))))) return eachLane(LOG1P, x);
  const u = f64x2.add(x, f64x2.splat(1));
  const b = f64x2.sub(u, f64x2.splat(1));
  const error = f64x2.add(f64x2.sub(f64x2.splat(1), f64x2.sub(u, b)), f64x2.sub(x, b));
  return f64x2.add(logFast(u), f64x2.div(error, u));
}

/** pi in 33 + 33 bits and the rest: the products with |n| < 2^20 are exact. */
const PI_1: f64 = 3.1415926534682512;
const PI_2: f64 = 1.2154201012607932e-10;
const PI_3: f64 = 4.044532497591901e-21;
/** Above this the reduction loses bits. */
const TRIGONOMETRIC_LIMIT: f64 = 8e5;

@inline function reducePi(x: v128, n: v128): v128 {
  const t = f64x2.sub(x, f64x2.mul(n, f64x2.splat(PI_1)));
  const w = f64x2.mul(n, f64x2.splat(PI_2));
  const r = f64x2.sub(t, w);
  const low = f64x2.sub(f64x2.sub(f64x2.sub(t, r), w), f64x2.mul(n, f64x2.splat(PI_3)));
  return f64x2.add(r, low);
}

/** sin(r) on |r| <= pi / 2. */
@inline function sinPolynomial(r: v128): v128 {
  const z = f64x2.mul(r, r);
  let p = mad(f64x2.splat(2.7314431889670642e-15), z, -7.643970170240761e-13);
  p = mad(p, z, 1.605897730850011e-10);
  p = mad(p, z, -2.5052107616935044e-08);
  p = mad(p, z, 2.755731921916275e-06);
  p = mad(p, z, -0.00019841269841254971);
  p = mad(p, z, 0.008333333333333316);
  p = mad(p, z, -0.16666666666666666);
  return f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p));
}

@inline export function sin(x: v128): v128 {
  if (!both(f64x2.le(f64x2.abs(x), f64x2.splat(TRIGONOMETRIC_LIMIT)))) return eachLane(SIN, x);
  const t = mad(x, f64x2.splat(0.3183098861837907), MAGIC);
  const r = reducePi(x, f64x2.sub(t, f64x2.splat(MAGIC)));
  return v128.xor(sinPolynomial(r), i64x2.shl(t, 63));
}

/** cos(x) = (-1)^(k + 1) sin(x - (k + 1/2) pi). */
@inline export function cos(x: v128): v128 {
  if (!both(f64x2.le(f64x2.abs(x), f64x2.splat(TRIGONOMETRIC_LIMIT)))) return eachLane(COS, x);
  const t = f64x2.add(mad(x, f64x2.splat(0.3183098861837907), -0.5), f64x2.splat(MAGIC));
  const h = f64x2.add(f64x2.sub(t, f64x2.splat(MAGIC)), f64x2.splat(0.5));
  const r = reducePi(x, h);
  return v128.xor(sinPolynomial(r), i64x2.shl(v128.not(t), 63));
}

/** Pieces of sin and cos at once: x = n pi / 2 + r, the bits of n at the bottom of `quadrant`. */
@inline export function sinCosFast(x: v128): bool {
  return both(f64x2.le(f64x2.abs(x), f64x2.splat(TRIGONOMETRIC_LIMIT / 2)));
}
@inline export function quadrant(x: v128): v128 {
  return mad(x, f64x2.splat(0.6366197723675814), MAGIC);
}
@inline export function reduceQuadrant(x: v128, t: v128): v128 {
  return reducePi(x, f64x2.mul(f64x2.sub(t, f64x2.splat(MAGIC)), f64x2.splat(0.5)));
}
/** Sign bits: sin is negative in quadrants 2 and 3, cos in 1 and 2. */
@inline export function sinSign(t: v128): v128 {
  return v128.and(i64x2.shl(t, 62), f64x2.splat(-0.0));
}
@inline export function cosSign(t: v128): v128 {
  return v128.and(i64x2.shl(i64x2.add(t, i64x2.splat(1)), 62), f64x2.splat(-0.0));
}
/** sin(r) on |r| <= pi / 4. */
@inline export function sinShort(r: v128, z: v128): v128 {
  let p = mad(f64x2.splat(1.5918126488531496e-10), z, -2.5051131806051286e-08);
  p = mad(p, z, 2.755731610236554e-06);
  p = mad(p, z, -0.00019841269836758213);
  p = mad(p, z, 0.008333333333330948);
  p = mad(p, z, -0.16666666666666666);
  return f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p));
}
/** cos(r) on |r| <= pi / 4. */
@inline export function cosShort(z: v128): v128 {
  let p = mad(f64x2.splat(-1.1382630669902987e-11), z, 2.0876146244035124e-09);
  p = mad(p, z, -2.755731727161287e-07);
  p = mad(p, z, 2.4801587298765462e-05);
  p = mad(p, z, -0.0013888888888887398);
  p = mad(p, z, 0.041666666666666664);
  const half = f64x2.mul(z, f64x2.splat(0.5));
  return f64x2.sub(f64x2.splat(1), f64x2.sub(half, f64x2.mul(f64x2.mul(z, z), p)));
}

@inline export function tan(x: v128): v128 {
  if (!both(f64x2.le(f64x2.abs(x), f64x2.splat(TRIGONOMETRIC_LIMIT / 2)))) return eachLane(TAN, x);
  const t = mad(x, f64x2.splat(0.6366197723675814), MAGIC);
  const n = f64x2.mul(f64x2.sub(t, f64x2.splat(MAGIC)), f64x2.splat(0.5));
  const r = reducePi(x, n);
  const z = f64x2.mul(r, r);
  let p = mad(f64x2.splat(1.822220478880628e-05), z, -3.3722689768919425e-05);
  p = mad(p, z, 6.847174666589002e-05);
  p = mad(p, z, -3.212697125841816e-06);
  p = mad(p, z, 0.00011984371088341526);
  p = mad(p, z, 0.00023059282326409804);
  p = mad(p, z, 0.0005922416930920641);
  p = mad(p, z, 0.0014554372109055495);
  p = mad(p, z, 0.003592176116222475);
  p = mad(p, z, 0.00886323177616722);
  p = mad(p, z, 0.02186948871106655);
  p = mad(p, z, 0.05396825396401422);
  p = mad(p, z, 0.1333333333333737);
  p = mad(p, z, 0.33333333333333326);
  const even = f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p));
  const odd = i64x2.lt_s(i64x2.shl(t, 63), i64x2.splat(0));
  return v128.bitselect(f64x2.div(f64x2.splat(-1), even), even, odd);
}

@inline export function tanh(x: v128): v128 {
  const m = expm1Fast(f64x2.mul(f64x2.min(f64x2.abs(x), f64x2.splat(22)), f64x2.splat(2)));
  return copySign(f64x2.div(m, f64x2.add(m, f64x2.splat(2))), x);
}

@inline export function sinh(x: v128): v128 {
  const a = f64x2.abs(x);
  if (!both(f64x2.le(a, f64x2.splat(708)))) return eachLane(SINH, x);
  const m = expm1Fast(a);
  const y = f64x2.add(m, f64x2.div(m, f64x2.add(m, f64x2.splat(1))));
  return copySign(f64x2.mul(y, f64x2.splat(0.5)), x);
}

@inline export function cosh(x: v128): v128 {
  const a = f64x2.abs(x);
  if (!both(f64x2.le(a, f64x2.splat(708)))) return eachLane(COSH, x);
  const e = expFast(a);
  return f64x2.mul(f64x2.add(e, f64x2.div(f64x2.splat(1), e)), f64x2.splat(0.5));
}

@inline export function sigmoid(x: v128): v128 {
  return f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(1), exp(f64x2.neg(x))));
}

const HALF_PI: f64 = 1.5707963267948966;
const HALF_PI_LOW: f64 = 6.123233995736766e-17;

/** Reduced to |t| <= tan(pi / 8) by (a - 1) / (a + 1) and -1 / a. */
@inline export function atan(x: v128): v128 {
  const a = f64x2.abs(x);
  const middle = f64x2.gt(a, f64x2.splat(0.41421356237309503));
  const large = f64x2.gt(a, f64x2.splat(2.414213562373095));
  const one = f64x2.splat(1);
  const numerator = v128.bitselect(f64x2.splat(-1), v128.bitselect(f64x2.sub(a, one), a, middle), large);
  const denominator = v128.bitselect(a, v128.bitselect(f64x2.add(a, one), one, middle), large);
  const t = f64x2.div(numerator, denominator);
  const z = f64x2.mul(t, t);
  let p = mad(f64x2.splat(0.01627194475162406), z, -0.034558092551413795);
  p = mad(p, z, 0.04551108126325172);
  p = mad(p, z, -0.052303478730160745);
  p = mad(p, z, 0.058789145444006215);
  p = mad(p, z, -0.06666423628069258);
  p = mad(p, z, 0.0769229630497447);
  p = mad(p, z, -0.09090908751076636);
  p = mad(p, z, 0.11111111105106705);
  p = mad(p, z, -0.14285714285659326);
  p = mad(p, z, 0.199999999999998);
  p = mad(p, z, -0.3333333333333333);
  const quarters = f64x2.add(v128.and(middle, f64x2.splat(0.5)), v128.and(large, f64x2.splat(0.5)));
  const low = f64x2.add(f64x2.mul(f64x2.mul(t, z), p), f64x2.mul(quarters, f64x2.splat(HALF_PI_LOW)));
  const y = f64x2.add(f64x2.mul(quarters, f64x2.splat(HALF_PI)), f64x2.add(t, low));
  return copySign(y, x);
}

/** asin(s) from z = s^2 <= 1/4. */
@inline function asinSmall(s: v128, z: v128): v128 {
  let p = mad(f64x2.splat(0.028757851367421566), z, -0.014851887071247204);
  p = mad(p, z, 0.01740087944269402);
  p = mad(p, z, 0.005457506718640358);
  p = mad(p, z, 0.01032281435018578);
  p = mad(p, z, 0.011479177415184906);
  p = mad(p, z, 0.013971212973552933);
  p = mad(p, z, 0.017352392720869973);
  p = mad(p, z, 0.02237217294214989);
  p = mad(p, z, 0.030381944138531247);
  p = mad(p, z, 0.04464285714635543);
  p = mad(p, z, 0.07499999999998433);
  p = mad(p, z, 0.16666666666666669);
  return f64x2.add(s, f64x2.mul(f64x2.mul(s, z), p));
}

@inline export function asin(x: v128): v128 {
  const a = f64x2.abs(x);
  const large = f64x2.gt(a, f64x2.splat(0.5));
  const half = f64x2.mul(f64x2.sub(f64x2.splat(1), a), f64x2.splat(0.5));
  const z = v128.bitselect(half, f64x2.mul(a, a), large);
  const y = asinSmall(v128.bitselect(f64x2.sqrt(half), a, large), z);
  const far = f64x2.sub(f64x2.splat(HALF_PI), f64x2.sub(f64x2.add(y, y), f64x2.splat(HALF_PI_LOW)));
  return copySign(v128.bitselect(far, y, large), x);
}

@inline export function acos(x: v128): v128 {
  const a = f64x2.abs(x);
  const large = f64x2.gt(a, f64x2.splat(0.5));
  const half = f64x2.mul(f64x2.sub(f64x2.splat(1), a), f64x2.splat(0.5));
  const z = v128.bitselect(half, f64x2.mul(a, a), large);
  const y = asinSmall(v128.bitselect(f64x2.sqrt(half), a, large), z);
  const twice = f64x2.add(y, y);
  const left = f64x2.sub(f64x2.splat(2 * HALF_PI), f64x2.sub(twice, f64x2.splat(2 * HALF_PI_LOW)));
  const outer = v128.bitselect(left, twice, f64x2.lt(x, f64x2.splat(0)));
  const inner = f64x2.sub(f64x2.splat(HALF_PI), f64x2.sub(copySign(y, x), f64x2.splat(HALF_PI_LOW)));
  return v128.bitselect(outer, inner, large);
}
