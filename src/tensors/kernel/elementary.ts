import { multiplyAdd } from './multiply-add';

// @ts-ignore: decorator
@inline
function polynomialStep(p: v128, x: v128, c: f32): v128 {
  return multiplyAdd(p, x, f32x4.splat(c));
}

/** exp(x) in each lane, to 2 ulp; 0 below -87.3, infinity above 88.7, NaN for NaN. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const low = f32x4.lt(x, f32x4.splat(-87.33654));
  const high = f32x4.gt(x, f32x4.splat(88.72283));
  // f32x4.min and max hand a NaN on.
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(88.72283)), f32x4.splat(-87.33654));
  // 2^n with n up to 128 does not fit one exponent, hence in two factors.
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504)));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = polynomialStep(p, r, 1.3981999507e-3);
  p = polynomialStep(p, r, 8.3334519073e-3);
  p = polynomialStep(p, r, 4.1665795894e-2);
  p = polynomialStep(p, r, 1.6666665459e-1);
  p = polynomialStep(p, r, 5.0000001201e-1);
  p = f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  const k = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(k, 1);
  const one = i32x4.splat(127);
  p = f32x4.mul(p, i32x4.shl(i32x4.add(half, one), 23));
  p = f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.sub(k, half), one), 23));
  p = v128.andnot(p, low);
  return v128.bitselect(f32x4.splat(Infinity), p, high);
}

/**
 * The normal cumulative distribution, to 1e-7 absolute; `tail` is exp(-x^2/2).
 *
 * @see Abramowitz and Stegun 7.1.26
 */
// @ts-ignore: decorator
@inline
export function normalCumulative(x: v128, tail: v128): v128 {
  const z = f32x4.mul(f32x4.abs(x), f32x4.splat(0.70710678));
  const one = f32x4.splat(1);
  const t = f32x4.div(one, multiplyAdd(z, f32x4.splat(0.3275911), one));
  let p = f32x4.splat(1.061405429);
  p = polynomialStep(p, t, -1.453152027);
  p = polynomialStep(p, t, 1.421413741);
  p = polynomialStep(p, t, -0.284496736);
  p = polynomialStep(p, t, 0.254829592);
  const half = f32x4.mul(f32x4.mul(f32x4.mul(p, t), tail), f32x4.splat(0.5));
  return v128.bitselect(half, f32x4.sub(one, half), f32x4.lt(x, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
export function normalTail(x: v128): v128 {
  return exponential(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

/** x Phi(x) in each lane. */
// @ts-ignore: decorator
@inline
export function geluOf(x: v128): v128 {
  return f32x4.mul(x, normalCumulative(x, normalTail(x)));
}

// @ts-ignore: decorator
@inline
export function sigmoidOf(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/** tanh(x), with its series near 0, where the quotient cancels. */
// @ts-ignore: decorator
@inline
export function tanhOf(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = exponential(f32x4.mul(f32x4.abs(x), f32x4.splat(-2)));
  const quotient = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  const signed = v128.or(quotient, v128.and(x, i32x4.splat(0x80000000)));
  const s = f32x4.mul(x, x);
  let p = f32x4.splat(-0.05396825);
  p = polynomialStep(p, s, 0.13333333);
  p = polynomialStep(p, s, -0.33333333);
  const series = multiplyAdd(f32x4.mul(p, s), x, x);
  return v128.bitselect(series, signed, f32x4.lt(f32x4.abs(x), f32x4.splat(0.25)));
}

/** log(x) in each lane, to 2 ulp, for normal x > 0; minus infinity at 0, NaN below and for NaN, infinity for infinity. */
// @ts-ignore: decorator
@inline
export function logarithm(x: v128): v128 {
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const n = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  // The mantissa in [sqrt(1/2), sqrt(2)), less 1.
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const m = f32x4.sub(mantissa, f32x4.splat(1));
  let p = f32x4.splat(7.0376836292e-2);
  p = polynomialStep(p, m, -1.1514610310e-1);
  p = polynomialStep(p, m, 1.1676998740e-1);
  p = polynomialStep(p, m, -1.2420140846e-1);
  p = polynomialStep(p, m, 1.4249322787e-1);
  p = polynomialStep(p, m, -1.6668057665e-1);
  p = polynomialStep(p, m, 2.0000714765e-1);
  p = polynomialStep(p, m, -2.4999993993e-1);
  p = polynomialStep(p, m, 3.3333331174e-1);
  const square = f32x4.mul(m, m);
  let tail = f32x4.mul(f32x4.mul(p, m), square);
  tail = multiplyAdd(n, f32x4.splat(-2.12194440e-4), tail);
  tail = multiplyAdd(square, f32x4.splat(-0.5), tail);
  let log = multiplyAdd(n, f32x4.splat(0.693359375), f32x4.add(m, tail));
  log = v128.bitselect(f32x4.splat(-Infinity), log, f32x4.eq(x, f32x4.splat(0)));
  // NaN where x is not at least 0; infinity stays.
  log = v128.bitselect(log, f32x4.splat(NaN), f32x4.ge(x, f32x4.splat(0)));
  return v128.bitselect(x, log, f32x4.eq(x, f32x4.splat(Infinity)));
}

/** log(1 + x) in each lane for x >= 0, also where x is far below 1. */
// @ts-ignore: decorator
@inline
export function logOnePlus(x: v128): v128 {
  const one = f32x4.splat(1);
  const sum = f32x4.add(one, x);
  // What rounding took from the sum is made up for by the quotient.
  const log = f32x4.mul(logarithm(sum), f32x4.div(x, f32x4.sub(sum, one)));
  return v128.bitselect(x, log, f32x4.eq(sum, one));
}
