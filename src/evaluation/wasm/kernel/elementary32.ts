/**
 * Elementary functions on four f32 lanes, within 4 ulp of f32: own polynomials for the common ones,
 * the f64 functions on two halves for the rest.
 */
import { both } from './elementary64';
import { scalar } from './scalar';
import { EXP, LOG, SIN, COS } from './opcodes';

@inline function mad(a: v128, b: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(c));
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

export function eachLane(op: i32, x: v128): v128 {
  const a = <f32>scalar(op, f32x4.extract_lane(x, 0));
  const b = <f32>scalar(op, f32x4.extract_lane(x, 1));
  const c = <f32>scalar(op, f32x4.extract_lane(x, 2));
  const d = <f32>scalar(op, f32x4.extract_lane(x, 3));
  return f32x4.replace_lane(f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(a), 1, b), 2, c), 3, d);
}

@inline function copySign(size: v128, sign: v128): v128 {
  return v128.or(size, v128.and(sign, f32x4.splat(-0.0)));
}

/** 1.5 * 2^23. */
const MAGIC: f32 = 12582912.0;
const LOG2E: f32 = 1.4426950408889634;
/** ln 2 in 15 bits and the rest. */
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.4286068203094173e-06;

/** (exp(r) - 1 - r) / r^2 on |r| <= ln(2) / 2. */
@inline function expTail(r: v128): v128 {
  let p = mad(f32x4.splat(0.0013926183587713494), r, 0.008363179052722578);
  p = mad(p, r, 0.041666554617204574);
  p = mad(p, r, 0.16666576989698775);
  return mad(p, r, 0.5);
}

@inline function reduceExp(x: v128, k: v128): v128 {
  return f32x4.sub(f32x4.sub(x, f32x4.mul(k, f32x4.splat(LN2_HIGH))), f32x4.mul(k, f32x4.splat(LN2_LOW)));
}

@inline function expFast(x: v128): v128 {
  const t = mad(x, f32x4.splat(LOG2E), MAGIC);
  const r = reduceExp(x, f32x4.sub(t, f32x4.splat(MAGIC)));
  const y = f32x4.add(f32x4.splat(1), f32x4.add(r, f32x4.mul(f32x4.mul(r, r), expTail(r))));
  return i32x4.add(y, i32x4.shl(t, 23));
}

@inline export function exp(x: v128): v128 {
  if (!all(f32x4.le(f32x4.abs(x), f32x4.splat(87)))) return eachLane(EXP, x);
  return expFast(x);
}

/** exp(x) - 1 for |x| <= 87. */
@inline function expm1Fast(x: v128): v128 {
  const t = mad(x, f32x4.splat(LOG2E), MAGIC);
  const r = reduceExp(x, f32x4.sub(t, f32x4.splat(MAGIC)));
  const p = f32x4.add(r, f32x4.mul(f32x4.mul(r, r), expTail(r)));
  const scale = i32x4.shl(i32x4.add(t, i32x4.splat(127)), 23);
  return f32x4.add(f32x4.mul(scale, p), f32x4.sub(scale, f32x4.splat(1)));
}

@inline export function tanh(x: v128): v128 {
  const m = expm1Fast(f32x4.mul(f32x4.min(f32x4.abs(x), f32x4.splat(10)), f32x4.splat(2)));
  return copySign(f32x4.div(m, f32x4.add(m, f32x4.splat(2))), x);
}

@inline export function sigmoid(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))));
}

const ROOT_HALF_BITS: i32 = 0x3f3504f3;

@inline export function log(x: v128): v128 {
  if (!all(v128.and(f32x4.ge(x, f32x4.splat(1.17549435e-38)), f32x4.lt(x, f32x4.splat(Infinity))))) return eachLane(LOG, x);
  const moved = i32x4.add(x, i32x4.splat(0x3f800000 - ROOT_HALF_BITS));
  const k = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(moved, 23), i32x4.splat(127)));
  const m = i32x4.add(v128.and(moved, i32x4.splat(0x007fffff)), i32x4.splat(ROOT_HALF_BITS));
  const f = f32x4.sub(m, f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(f, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  let p = mad(f32x4.splat(0.29580985929974424), z, 0.39988757716604845);
  p = mad(p, z, 0.6666668509542907);
  const half = f32x4.mul(f32x4.mul(f, f), f32x4.splat(0.5));
  const tail = f32x4.add(f32x4.mul(s, f32x4.add(half, f32x4.mul(p, z))), f32x4.mul(k, f32x4.splat(LN2_LOW)));
  return f32x4.sub(f32x4.mul(k, f32x4.splat(LN2_HIGH)), f32x4.sub(f32x4.sub(half, tail), f));
}

/** pi in 11 + 11 + 11 bits and the rest: the products with |n| < 2^12 are exact. */
const PI_1: f32 = 3.140625;
const PI_2: f32 = 0.0009675025939941406;
const PI_3: f32 = 1.5099067240953445e-07;
const PI_4: f32 = 5.126688303189038e-12;
const TRIGONOMETRIC_LIMIT: f32 = 8192;

@inline function reducePi(x: v128, n: v128): v128 {
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(PI_1)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(PI_2)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(PI_3)));
  return f32x4.sub(r, f32x4.mul(n, f32x4.splat(PI_4)));
}

/** sin(r) on |r| <= pi / 2. */
@inline function sinPolynomial(r: v128): v128 {
  const z = f32x4.mul(r, r);
  let p = mad(f32x4.splat(2.634754024591718e-06), z, -0.0001982273875793314);
  p = mad(p, z, 0.008333242129681654);
  p = mad(p, z, -0.166666659637654);
  return f32x4.add(r, f32x4.mul(f32x4.mul(z, r), p));
}

@inline export function sin(x: v128): v128 {
  if (!all(f32x4.le(f32x4.abs(x), f32x4.splat(TRIGONOMETRIC_LIMIT)))) return eachLane(SIN, x);
  const t = mad(x, f32x4.splat(0.3183098861837907), MAGIC);
  const r = reducePi(x, f32x4.sub(t, f32x4.splat(MAGIC)));
  return v128.xor(sinPolynomial(r), i32x4.shl(t, 31));
}

@inline export function cos(x: v128): v128 {
  if (!all(f32x4.le(f32x4.abs(x), f32x4.splat(TRIGONOMETRIC_LIMIT)))) return eachLane(COS, x);
  const t = f32x4.add(mad(x, f32x4.splat(0.3183098861837907), -0.5), f32x4.splat(MAGIC));
  const h = f32x4.add(f32x4.sub(t, f32x4.splat(MAGIC)), f32x4.splat(0.5));
  return v128.xor(sinPolynomial(reducePi(x, h)), i32x4.shl(v128.not(t), 31));
}
